"""One part of a packed workbook, as it streams past: what it is made of and how much of it.

There is no XML parser here, since parsers are what is guarded. Words are counted where they stand, whatever they mean
there: to count too much refuses nobody, for real files stay far below every limit.
"""

import re
from collections.abc import Iterable, Iterator

from raci.documents.intake.guard import words
from raci.documents.intake.guard.cells import Cells, column_number
from raci.documents.intake.guard.limits import (
    DEEPEST,
    LARGEST_MERGE,
    LARGEST_PART,
    LONGEST_FORMAT_CODE,
    LONGEST_FORMULA,
    LONGEST_NAME,
    LONGEST_RANGES,
    LONGEST_RUN,
    MEGABYTE,
    MOST_CELLS,
    MOST_FORMATS,
    MOST_MERGES,
    MOST_NAMES,
    MOST_RANGES,
    MOST_SHEETS,
    MOST_STRINGS,
)
from raci.domain.text import gettext_noop as _

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})")
_ENCODING = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}["']([^"'<>]{0,40})""")
_TAKEN_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1")
_WIDE = (b"\xff\xfe<", b"\xfe\xff\0<", b"<\0", b"\0<")
# Excel keeps its queries there, in UTF-16.
_NOBODY_READS = "customXml/"
_BLANK = b" \t\r\n"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# What is counted: a word that readers make something of, how often it may stand (a name in both of its tags), and what
# people call it.
_COUNTED = (
    (b"si>", MOST_STRINGS * 2, MOST_STRINGS, _("texts")),
    (b"xf ", MOST_FORMATS, MOST_FORMATS, _("cell formats")),
    (b"definedName", MOST_NAMES * 2 + 2, MOST_NAMES, _("defined names")),
    (b"sheetId=", MOST_SHEETS, MOST_SHEETS, _("sheets")),
    (b"mergeCell ", MOST_MERGES, MOST_MERGES, _("merged ranges")),
    (b"sqref=", MOST_RANGES, MOST_RANGES, _("ranges with rules of their own")),
)
_DECLARED = re.compile(rb"""[cC]ount\s{0,9}=\s{0,9}["'](\d{1,40})["']""")
_MERGED = re.compile(
    rb"""mergeCell\s[^<>]{0,100}?ref\s{0,9}=\s{0,9}["']\$?([A-Z]{1,4})\$?(\d{1,8}):\$?([A-Z]{1,4})\$?(\d{1,8})"""
)
_LONG_RANGES = re.compile(rb"""sqref\s{0,9}=\s{0,9}["'][^"'<>]{%d}""" % LONGEST_RANGES)
_LONG_NAME = re.compile(rb"definedName(?:\s[^<>]{0,2000})?>[^<]{%d}" % LONGEST_NAME)
_LONG_CODE = re.compile(rb"""formatCode\s{0,9}=\s{0,9}(?:"[^"]{%d}|'[^']{%d})""" % ((LONGEST_FORMAT_CODE,) * 2))
_LONG_FORMULA = re.compile(rb"[<:]f(?:\s[^<>]{0,300})?>[^<]{%d}" % LONGEST_FORMULA)


def check_part(name: str, pieces: Iterable[bytes]) -> Iterator[int]:
    """Check one part and yield how many bytes were seen of it, piece by piece. Raises `Refused`."""
    stream = iter(pieces)
    head = next(stream, b"")
    yield len(head)
    if not _is_xml(name, head):
        for piece in stream:
            yield len(piece)
        return
    text, waiting = _Text(name, head), head
    for piece in stream:
        yield len(piece)
        waiting += piece
        # Readers see whole tags; what follows the last one waits for the next piece.
        if (end := waiting.rfind(b"<")) > 0:
            text.see(waiting[:end])
            waiting = waiting[end:]
        elif len(waiting) > LONGEST_RUN:
            raise words.too_long(name, _("a text"), LONGEST_RUN)
    text.see(waiting)


def _is_xml(name: str, head: bytes) -> bool:
    """Whether a reader could take a part for XML: whatever is not clearly something else."""
    start = head.removeprefix(_BYTE_ORDER_MARK).lstrip(_BLANK)
    if start.startswith(_WIDE):
        if name.startswith(_NOBODY_READS) or name.endswith(".bin"):
            return False
        text = _(
            "{part} is written in UTF-16, which not every program can read. Open the file in a spreadsheet program, "
            "save it again as .xlsx and upload that."
        )
        raise words.refusal(text, part=name)
    named = name.casefold().endswith((".xml", ".rels", ".vml"))
    return named or not start or start.startswith(b"<") or (b"\0" not in head and b"<" in head)


class _Text:
    """The XML of one part, in windows that begin and end between two tags."""

    def __init__(self, name: str, head: bytes) -> None:
        self.name, self.length, self.depth = name, 0, 0
        self.counts = [0] * len(_COUNTED)
        self.cells = Cells(name)
        if (found := _ENCODING.search(head[:400])) and found[1].lower() not in _TAKEN_ENCODINGS:
            raise words.unusual(name)
        without_prologue = re.sub(rb"<[?!][^<>]{0,2000}>", b"", head[:8000])
        root = _ROOT.search(without_prologue)
        self.most = LARGEST_PART.get(root[1] if root else b"")

    def see(self, window: bytes) -> None:
        self.length += len(window)
        if self.most and self.length > self.most:
            raise words.too_large(self.name, self.most // MEGABYTE)
        if b"\0" in window or (b"<!" in window and (b"<!DOCTYPE" in window or b"<!ENTITY" in window)):
            raise words.unusual(self.name)
        self._see_depth(window)
        self._see_counts(window)
        if b"formatCode" in window and _LONG_CODE.search(window):
            raise words.too_long(self.name, _("a number format"), LONGEST_FORMAT_CODE)
        if _has_long_run(window) and _LONG_FORMULA.search(window):
            raise words.too_long(self.name, _("a formula"), LONGEST_FORMULA)
        self.cells.see(window)

    def _see_depth(self, window: bytes) -> None:
        self.depth += window.count(b"<") - 2 * window.count(b"</") - window.count(b"/>")
        if b"<!" in window or b"<?" in window:
            self.depth -= window.count(b"<!") + window.count(b"<?")
        if self.depth > DEEPEST:
            raise words.unusual(self.name)

    def _see_counts(self, window: bytes) -> None:
        for index, (sign, most, limit, what) in enumerate(_COUNTED):
            if found := window.count(sign):
                self.counts[index] += found
                if self.counts[index] > most:
                    raise words.too_much(self.name, what, limit)
                self._see_closely(sign, window)
        if b"ount=" in window and any(int(count) > MOST_CELLS for count in _DECLARED.findall(window)):
            raise words.too_much(self.name, _("texts"), MOST_CELLS)

    def _see_closely(self, sign: bytes, window: bytes) -> None:
        """Look at what a counted word says, where it can be too long or too large."""
        if sign == b"sqref=" and _LONG_RANGES.search(window):
            raise words.too_long(self.name, _("a list of ranges"), LONGEST_RANGES)
        if sign == b"definedName" and _LONG_NAME.search(window):
            raise words.too_long(self.name, _("a defined name"), LONGEST_NAME)
        if sign == b"mergeCell ":
            for left, top, right, bottom in _MERGED.findall(window):
                self._see_merge(left, int(top), right, int(bottom))

    def _see_merge(self, left: bytes, top: int, right: bytes, bottom: int) -> None:
        height, width = bottom - top + 1, column_number(right) - column_number(left) + 1
        if height < 1 or width < 1:
            raise words.unusual(self.name)
        if height * width > LARGEST_MERGE:
            raise words.too_much(self.name, _("cells in one merged range"), LARGEST_MERGE)


def _has_long_run(window: bytes) -> bool:
    """Whether there may be a text as long as the longest formula: half of such a text holds no tag."""
    half = LONGEST_FORMULA // 2
    return any(window.find(b"<", at, at + half) < 0 for at in range(0, len(window), half))
