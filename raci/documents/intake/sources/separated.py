"""Separated values: which sign separates, and the records between."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from raci.documents.intake.guard import words
from raci.documents.intake.guard.limits import LARGEST_FILE, MOST_ROWS
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

# In this order where two do as well.
_CANDIDATES = ("\t", ";", ",", "|")
_DECLARED = re.compile(r"\A\"?sep=([,;\t|])\"?\r?\n", re.IGNORECASE)
_SAMPLE_ROWS, _SAMPLE_LENGTH = 200, 200_000
# A record over more lines than this comes of a quotation mark that is never closed.
_TALLEST = 50
_FILE = Sentence(_("The file"))

if TYPE_CHECKING:
    from _csv import Reader

# Limits of the module that do not know how large a file may be.
csv.field_size_limit(LARGEST_FILE)


@dataclass(frozen=True)
class Separated:
    """How a text is separated: the sign, "" for not at all, and whether its first line only says so."""

    separator: str
    declared: bool = False


def separator_of(text: str) -> Separated:
    """Return the sign that makes the most even table of a text: most rows alike, then the widest."""
    if found := _DECLARED.match(text):
        return Separated(found[1], declared=True)
    sample = text[:_SAMPLE_LENGTH]
    scores = [(_evenness(sample, sign), -place, sign) for place, sign in enumerate(_CANDIDATES) if sign in sample]
    (share, _width), _place, sign = max(scores, default=((0.0, 0), 0, ""))
    return Separated(sign if share else "")


def _evenness(sample: str, sign: str) -> tuple[float, int]:
    """Return the share of rows that have the same number of columns, and that number; (0, 0) for a single column."""
    widths = [len(row) for row in islice(_reader(sample, sign), _SAMPLE_ROWS) if any(map(str.strip, row))]
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0, 0
    width, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return round(times / len(widths), 1), width


def records_of(text: str, parted: Separated) -> tuple[list[list[str]], list[int]]:
    """Return the records of a text and the line on which each begins, counted from one."""
    rows, lines = _records(text, parted.separator, quoted=True)
    if _is_swallowed(text, lines):
        rows, lines = _records(text, parted.separator, quoted=False)
    if parted.declared:
        rows, lines = rows[1:], lines[1:]
    if len(rows) > MOST_ROWS:
        raise words.too_much(_FILE, _("lines"), MOST_ROWS)
    return rows, lines


def _records(text: str, separator: str, *, quoted: bool) -> tuple[list[list[str]], list[int]]:
    if not separator:
        rows = [[line] for line in text.splitlines()]
        return rows, list(range(1, len(rows) + 1))
    reader, rows, lines, line = _reader(text, separator, quoted=quoted), [], [], 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        raise words.unreadable() from None
    lines.append(line)
    return rows, lines


def _reader(text: str, separator: str, *, quoted: bool = True) -> "Reader":
    stream = StringIO(text, newline="")
    if quoted:
        return csv.reader(stream, delimiter=separator)
    return csv.reader(stream, delimiter=separator, quoting=csv.QUOTE_NONE)


def _is_swallowed(text: str, lines: list[int]) -> bool:
    """Whether a quotation mark that is never closed has swallowed the lines after it."""
    tallest = max((later - line for line, later in pairwise(lines)), default=0)
    return tallest > _TALLEST and text.count('"') % 2 == 1
