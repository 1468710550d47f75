"""An Excel workbook without what python-calamine stumbles over, though spreadsheet programs open it.

Errors that are newer than the reader (#SPILL!, #CALC!), sheets that are no tables or are not there, merged ranges and
names in forms that it does not know: one of them, and nothing of the file would be read.
"""

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from raci.documents.intake.guard.archive import Archive
from raci.documents.intake.sources.appearance import RELATIONS, WORKBOOK, attributes, sheet_path

_NAMES = re.compile(rb"<((?:\w{1,60}:)?)definedNames\b.*?</\1definedNames\s*>", re.DOTALL)
_SHEET = re.compile(rb"<(?:\w{1,60}:)?sheet\s([^<>]{1,2000})>(?:</(?:\w{1,60}:)?sheet>)?")
_RELATION = re.compile(rb"<(?:\w{1,60}:)?Relationship\s([^<>]{1,4000})>")
_ERROR = re.compile(rb"""(<(?:\w{1,60}:)?c\s[^<>]{0,300}?\bt=["'])e(["'])""")
_MERGE = re.compile(rb"""<(?:\w{1,60}:)?mergeCell\s[^<>]{0,200}>""")
_GOOD_MERGE = re.compile(rb"""ref=["'][A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6}["']""")


def mended(content: bytes) -> bytes:
    """Return a workbook with the same values, which the reader may take. Raises `Refused` for a broken archive."""
    archive = Archive(content)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as target:
        for entry in archive.entries:
            held = b"".join(archive.pieces(entry))
            if entry.name == WORKBOOK:
                held = _without_strangers(held, archive)
            elif b"<sheetData" in held or b":sheetData" in held:
                held = _MERGE.sub(_if_good, _ERROR.sub(rb"\1str\2", held))
            target.writestr(entry.name, held)
    return stream.getvalue()


def _if_good(found: re.Match[bytes]) -> bytes:
    return found[0] if _GOOD_MERGE.search(found[0]) else b""


def _without_strangers(workbook: bytes, archive: Archive) -> bytes:
    """Return the list of sheets without names, and with those sheets alone that are tables of this file."""
    there = {
        facts.get("Id", "")
        for facts in map(attributes, _RELATION.findall(archive.read(RELATIONS)))
        if facts.get("Type", "").endswith("/worksheet") and archive.entry(sheet_path(facts.get("Target", "")))
    }

    def if_there(found: re.Match[bytes]) -> bytes:
        facts = attributes(found[1])
        return found[0] if any(name.endswith(":id") and value in there for name, value in facts.items()) else b""

    return _SHEET.sub(if_there, _NAMES.sub(b"", workbook))
