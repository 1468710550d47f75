"""Good files of every kind, as small as they can be, with an invented matrix in them."""

import struct
from collections.abc import Mapping, Sequence
from io import BytesIO

import openpyxl

from tests.documents.intake.archives import Member, archive, members

ROWS = (("Task", "Lead", "Clerk"), ("Plan the move", "A", "R"), ("Order the boxes", "I", "A/R"))

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES, RELATIONS, WORKBOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"
WORKBOOK_RELATIONS, SHEET, STRINGS = "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def sheet(data: str, after: str = "", before: str = "") -> bytes:
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'.encode()


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(table: tuple[tuple[str, ...], ...] = ROWS) -> str:
    return "".join(
        f'<row r="{number}">' + "".join(inline(f"{'ABC'[at]}{number}", text) for at, text in enumerate(row)) + "</row>"
        for number, row in enumerate(table, start=1)
    )


def workbook(names: str = '<sheet name="Plan" sheetId="1" r:id="rId1"/>', after: str = "") -> bytes:
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets>{after}</workbook>'.encode()


def strings(items: str = "<si><t>x</t></si>", facts: str = "") -> bytes:
    return f'<sst xmlns="{_MAIN}" {facts}>{items}</sst>'.encode()


def styles(formats: str = "<xf/>", before: str = "") -> bytes:
    looks = "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills>"
    looks += "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    return f'<styleSheet xmlns="{_MAIN}">{before}{looks}<cellXfs>{formats}</cellXfs></styleSheet>'.encode()


def types(main: str = f"{_TYPE}.sheet.main+xml", more: str = "") -> bytes:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{WORKBOOK}" ContentType="{main}"/>'
        f'<Override PartName="/{SHEET}" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/{STRINGS}" ContentType="{_TYPE}.sharedStrings+xml"/>'
        f'<Override PartName="/{STYLES}" ContentType="{_TYPE}.styles+xml"/>{more}</Types>'
    ).encode()


def relations(*targets: tuple[str, str]) -> bytes:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode()


def parts() -> dict[str, bytes | Member]:
    """Return the parts of a small workbook with one sheet, `ROWS`."""
    links = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))
    return {
        TYPES: types(),
        RELATIONS: relations(("officeDocument", WORKBOOK)),
        WORKBOOK: workbook(),
        WORKBOOK_RELATIONS: relations(*links),
        SHEET: sheet(rows()),
        STRINGS: strings(),
        STYLES: styles(),
    }


def xlsx(changed: Mapping[str, bytes | Member] | None = None) -> bytes:
    """Return that workbook, with some of its parts exchanged or added."""
    return archive(members(parts() | dict(changed or {})))


def saved_by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsb(*records: tuple[int, bytes]) -> bytes:
    """Return a binary workbook, of `ROWS` where no other records of its sheet are given."""
    cells: list[tuple[int, bytes]] = []
    for number, row in enumerate(ROWS):
        cells.append((0, struct.pack("<L", number) + bytes(13)))
        cells += [(6, struct.pack("<2L", column, 0) + _wide(text)) for column, text in enumerate(row)]
    sheet_facts = struct.pack("<2L", 0, 1) + _wide("rId1") + _wide("Plan")
    dimension = struct.pack("<4L", 0, len(ROWS) - 1, 0, 2)
    book = [(131, b""), (143, b""), (156, sheet_facts), (144, b""), (157, bytes(26)), (132, b"")]
    held = [(129, b""), (148, dimension), (145, b""), *(records or cells), (146, b""), (130, b"")]
    return archive(
        members(
            {
                TYPES: types("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
                RELATIONS: relations(("officeDocument", "xl/workbook.bin")),
                "xl/workbook.bin": _binary(book),
                "xl/_rels/workbook.bin.rels": relations(("worksheet", "worksheets/sheet1.bin")),
                "xl/worksheets/sheet1.bin": _binary(held),
            }
        )
    )


def _wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def _binary(records: Sequence[tuple[int, bytes]]) -> bytes:
    content = bytearray()
    for kind, held in records:
        content += bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length = len(held)
        content += bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
        content += held
    return bytes(content)


def ods(content: str = "", listed: str = "") -> bytes:
    """Return an OpenDocument spreadsheet, of `ROWS` where no other rows are given."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    cells = content or "".join(
        "<table:table-row>" + "".join(ods_cell(text) for text in row) + "</table:table-row>" for row in ROWS
    )
    document = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Plan">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0">{listed}</manifest:manifest>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive(
        [
            Member("mimetype", kind, method=0),
            Member("content.xml", document.encode()),
            Member("META-INF/manifest.xml", manifest.encode()),
        ]
    )


def ods_cell(text: str, facts: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {facts}><text:p>{text}</text:p></table:table-cell>'


def compound(streams: Mapping[str, bytes], *, next_sector: Mapping[int, int] | None = None) -> bytes:
    """Return the container of old Office files with streams in it; ``next_sector`` bends its chains."""
    sectors: list[bytes] = [b"", b""]  # the table, the directory
    table = {0: 0xFFFFFFFD, 1: 0xFFFFFFFE}
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, held in streams.items():
        content = held.ljust(4096, b"\0")
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        first = len(sectors)
        entries.append(_entry(name, 2, first, len(content)))
        table |= {first + at: first + at + 1 for at in range(len(pieces) - 1)} | {first + len(pieces) - 1: 0xFFFFFFFE}
        sectors += pieces
    table |= dict(next_sector or {})
    sectors[0] = struct.pack("<128L", *(table.get(number, 0xFFFFFFFF) for number in range(128)))
    sectors[1] = b"".join(entries)[:512].ljust(512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return head + struct.pack("<109L", 0, *[0xFFFFFFFF] * 108) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB3L", len(raw) + 2, kind, 1, *[0xFFFFFFFF] * 3)
    return head + bytes(36) + struct.pack("<2LL", start, size, 0)


def xls(*records: tuple[int, bytes]) -> bytes:
    """Return an old workbook, of `ROWS` where no other records of its sheet are given."""
    labels = tuple((0x0204, _label(row, column)) for row in range(len(ROWS)) for column in range(3))
    bound = struct.pack("<LBBBB", 0, 0, 0, 4, 0) + b"Plan"
    start = _record(0x0809, struct.pack("<4H2L", 0x0600, 0x0005, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    before = len(start) + len(_record(0x0085, bound)) + len(end)
    book = start + _record(0x0085, struct.pack("<L", before) + bound[4:]) + end
    first = _record(0x0809, struct.pack("<4H2L", 0x0600, 0x0010, 0, 0, 0, 0))
    return compound({"Workbook": book + first + b"".join(_record(*one) for one in records or labels) + end})


def _label(row: int, column: int) -> bytes:
    text = ROWS[row][column].encode()
    return struct.pack("<3HHB", row, column, 0, len(text), 0) + text


def _record(kind: int, held: bytes) -> bytes:
    return struct.pack("<2H", kind, len(held)) + held


GOOD_TEXTS = {
    "plan.csv": "Task,Lead,Clerk\r\nPlan the move,A,R\r\nOrder the boxes,I,A/R\r\n".encode("utf-8-sig"),
    "semicolons.csv": b"Task;Lead;Clerk\r\nM\xf6bel ordnen;A;R\r\nK\xfcche, klein;I;A/R\r\n",
    "plan.tsv": b"Task\tLead\tClerk\nPlan the move\tA\tR\nOrder the boxes\tI\tA/R\n",
    "wide.csv": "Task,Lead,Clerk\nPlan,A,R\n".encode("utf-16"),
}
GOOD_MARKUP = {
    "plan.md": b"| Task | Lead | Clerk |\n|---|---|---|\n| Plan the move | A | R |\n",
    "plan.html": b"<html><table><tr><th>Task</th><th>Lead</th></tr><tr><td>Plan</td><td>A</td></tr></table></html>",
}


def good_workbooks() -> dict[str, bytes]:
    """Return good workbooks by their names."""
    return {
        "small.xlsx": xlsx(),
        "openpyxl.xlsx": saved_by_openpyxl(),
        "plan.xlsb": xlsb(),
        "plan.ods": ods(),
        "plan.xls": xls(),
    }
