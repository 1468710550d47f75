"""Hostile files of the other kinds, and files that hold no table at all."""

import struct

from tests.documents.intake import building as good
from tests.documents.intake.archives import archive, members
from tests.documents.intake.building import TYPES
from tests.documents.intake.hostile import APART, DAMAGED, MEGABYTE, PASSWORD, READ, UNUSUAL, Case


def _repeated(rows: int, columns: int, value: str = "x") -> bytes:
    cell = good.ods_cell(value, f'table:number-columns-repeated="{columns}"')
    return good.ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


def _xls_labels(*places: tuple[int, int]) -> bytes:
    return good.xls(*((0x0204, struct.pack("<4HB", row, column, 0, 1, 0) + b"A") for row, column in places))


def _xlsb_values(*places: tuple[int, int]) -> bytes:
    records = [
        ((0, struct.pack("<L", row) + bytes(13)), (6, struct.pack("<3LH", column, 0, 1, 65))) for row, column in places
    ]
    return good.xlsb(*(record for pair in records for record in pair))


def _xls_claims(rows: int, columns: int) -> bytes:
    return good.xls((0x0200, struct.pack("<2L2HH", 0, rows, 0, columns, 0)))


OTHER_KINDS = {
    "a million rows repeated": Case(lambda: _repeated(700_000, 1), "100,000 rows", "ods"),
    "4 billion columns repeated": Case(lambda: _repeated(1, 4_294_967_295), "750,000 cells", "ods"),
    "a billion cells repeated": Case(lambda: _repeated(30_000, 30_000), "750,000 cells", "ods"),
    "a million empty rows repeated": Case(
        lambda: good.ods('<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'),
        READ,
        "ods",
    ),
    "an OpenDocument file with a password": Case(
        lambda: good.ods(listed="<manifest:encryption-data/>"), PASSWORD, "ods"
    ),
    "corners of a binary sheet": Case(lambda: _xlsb_values((0, 0), (1_048_575, 16_383)), APART, "xlsb"),
    "4 billion rows in a binary sheet": Case(lambda: _xlsb_values((2**32 - 1, 2**32 - 1)), UNUSUAL, "xlsb"),
    "4 billion texts in a binary workbook": Case(
        lambda: good.xlsb((159, struct.pack("<2L", 1, 2**32 - 1))), "400,000 texts", "xlsb"
    ),
    "corners of a sheet of 1997": Case(lambda: _xls_labels((0, 0), (65_535, 255)), APART, "xls"),
    "a sheet of 1997 that claims to be large": Case(lambda: _xls_claims(2**32 - 1, 256), APART, "xls"),
    "a workbook of 1997 with a password": Case(lambda: good.xls((0x002F, b"\1\0" * 9)), PASSWORD, "xls"),
    "sectors in a circle": Case(lambda: good.compound({"Workbook": b"x" * 9_000}, next_sector={1: 1}), DAMAGED, "xls"),
    "a workbook in a circle": Case(
        lambda: good.compound({"Workbook": b"x" * 9_000}, next_sector={9: 3}), DAMAGED, "xls"
    ),
    "an encrypted workbook": Case(lambda: good.compound({"EncryptedPackage": b"x" * 5_000}), PASSWORD),
    "an old Word document": Case(lambda: good.compound({"WordDocument": b"x" * 5_000}), "a Word document", "xls"),
    "2 million lines": Case(lambda: b"a,b\n" * 210_000, "100,000 lines", "csv"),
    "2 million cells in a line": Case(lambda: b"," * 2_000_000, "750,000 cells", "csv"),
    "NULs": Case(lambda: b"a,b\0c\n", "unknown kind", "csv"),
    "nothing but blanks": Case(lambda: b" \n" * 9, "nothing but blanks", "txt"),
    "nothing at all": Case(lambda: b"", "is empty"),
    "12 MB": Case(lambda: b"x" * 12 * MEGABYTE, "at most 10 MB", "csv"),
    "an XML file with entities": Case(
        lambda: b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'x'>]><x>&a;</x>", "an XML file"
    ),
}

_FIRST_BYTES = {
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0",
    "a document in Rich Text Format": b"{\\rtf1\\ansi}",
    "a packed file (gzip)": b"\x1f\x8b\x08\0",
    "a packed file (7z)": b"7z\xbc\xaf\x27\x1c\0\4",
    "a packed file (RAR)": b"Rar!\x1a\7\1\0",
    "a Parquet file": b"PAR1\x15\4",
    "a database": b"SQLite format 3\0\x10",
    "a program": b"\x7fELF\2\1",
    "an XML spreadsheet of 2003": b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    "a flat OpenDocument file": b'<?xml version="1.0"?><office:document xmlns:office="urn">',
    "a SYLK file": b"ID;PWXL;N;E\n",
    "a web archive": b"From: <Saved>\r\nSubject: Plan\r\nMIME-Version: 1.0\r\n",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PACKED_OTHERS = {
    "a Word document": {TYPES: good.types(f"{_OFFICE}.wordprocessingml.document.main+xml")},
    "a PowerPoint presentation": {TYPES: good.types(f"{_OFFICE}.presentationml.presentation.main+xml")},
    "a text document of LibreOffice": {"mimetype": b"application/vnd.oasis.opendocument.text"},
    "an electronic book": {"mimetype": b"application/epub+zip"},
    "a Numbers document": {"Index/Document.iwa": b"\0\1"},
}
ALIENS = {
    **{what: Case(lambda first=first: first + b"x" * 50, f"This is {what}") for what, first in _FIRST_BYTES.items()},
    **{
        what: Case(lambda parts=parts: archive(members(parts)), f"This is {what}")
        for what, parts in _PACKED_OTHERS.items()
    },
}
