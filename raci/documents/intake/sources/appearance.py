"""What python-calamine does not tell of an Excel workbook: hidden rows and columns, and cells that hold errors.

It is looked for in the XML as it streams past. Where a workbook is written in an unusual way, something may stay
unseen; nothing is seen that is not there.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from raci.documents.intake.guard.archive import Archive
from raci.documents.intake.guard.cells import column_number
from raci.documents.intake.guard.limits import LONGEST_RUN

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET = re.compile(rb"<(?:\w{1,60}:)?sheet\s([^<>]{1,2000})>")
_RELATION = re.compile(rb"<(?:\w{1,60}:)?Relationship\s([^<>]{1,4000})>")
_ATTRIBUTE = re.compile(rb"""([\w:]{1,60})\s{0,9}=\s{0,9}(?:"([^"<]{0,2000})"|'([^'<]{0,2000})')""")

_HIDDEN = re.compile(rb"""hidden\s?=\s?["'](?:1|true)["']""")
_ROW = re.compile(rb"<(?:\w{1,60}:)?row\s([^<>]{1,1000})>")
_COLUMN = re.compile(rb"<(?:\w{1,60}:)?col\s([^<>]{1,1000})>")
_ERROR = re.compile(
    rb"""r="([A-Z]{1,3})([1-9]\d{0,6})"[^<>]{0,300}?\st="e"[^<>]{0,300}>"""
    rb"""(?:<(?:\w{1,60}:)?f(?:[^<>]{0,300}/>|[^<>]{0,300}>[^<]{0,16384}</(?:\w{1,60}:)?f>))?"""
    rb"""<(?:\w{1,60}:)?v>([^<]{1,30})</"""
)


@dataclass
class Appearance:
    """Of one sheet, counted from nought: hidden rows, hidden columns from first to last, errors by their place."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


NOTHING = Appearance()


def appearances(content: bytes) -> dict[str, Appearance]:
    """Return what is known of each sheet, by its name."""
    archive = Archive(content)
    targets = {}
    for found in _RELATION.findall(archive.read(RELATIONS)):
        facts = attributes(found)
        targets[facts.get("Id", "")] = facts.get("Target", "")
    known = {}
    for found in _SHEET.findall(archive.read(WORKBOOK)):
        facts = attributes(found)
        identifier = next((value for name, value in facts.items() if name.endswith(":id")), "")
        target = targets.get(identifier, "")
        known[facts.get("name", "")] = _appearance(archive, sheet_path(target))
    return known


def sheet_path(target: str) -> str:
    """Return the part to which the list of sheets points."""
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def attributes(tag: bytes) -> dict[str, str]:
    """Return what a tag says, by name."""
    return {
        name.decode("ascii", "replace"): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _appearance(archive: Archive, path: str) -> Appearance:
    look = Appearance()
    for window in _windows(archive, path):
        if b"hidden" in window:
            _see_hidden(look, window)
        if b't="e"' in window:
            for column, row, error in _ERROR.findall(window):
                look.errors[int(row) - 1, column_number(column) - 1] = error.decode("utf-8", "replace")
    return look


def _windows(archive: Archive, path: str) -> Iterator[bytes]:
    """Yield a sheet in pieces that begin with a row, or an earlier tag where a row is very long."""
    entry, waiting = archive.entry(path), b""
    for piece in archive.pieces(entry) if entry else ():
        waiting += piece
        end = waiting.rfind(b"<row")
        if end <= 0 and len(waiting) > LONGEST_RUN:
            end = waiting.rfind(b"<")
        if end > 0:
            yield waiting[:end]
            waiting = waiting[end:]
    yield waiting


def _see_hidden(look: Appearance, window: bytes) -> None:
    for tag in filter(_HIDDEN.search, _ROW.findall(window)):
        number = attributes(tag).get("r", "")
        if number.isascii() and number.isdigit():
            look.hidden_rows.add(int(number) - 1)
    for tag in filter(_HIDDEN.search, _COLUMN.findall(window)):
        facts = attributes(tag)
        first, last = facts.get("min", ""), facts.get("max", "")
        if first.isascii() and first.isdigit() and last.isascii() and last.isdigit():
            look.hidden_columns.append((int(first) - 1, int(last) - 1))
