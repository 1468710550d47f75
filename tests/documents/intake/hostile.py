"""Files that take readers down, built by code: what each is, and what people must be told of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.documents.intake import building as good
from tests.documents.intake.archives import Member, archive, members, swollen
from tests.documents.intake.building import SHEET, STRINGS, STYLES, TYPES, WORKBOOK, sheet, strings, xlsx

READ = ""  # it is read right instead
MEGABYTE = 2**20

DAMAGED, UNUSUAL, PASSWORD = "damaged", "not written as spreadsheet programs write it", "protected with a password"
SWOLLEN, TOO_LARGE, APART = "times its size", "unpacks to more than", "lie too far apart"


@dataclass(frozen=True)
class Case:
    """One file: how it is made, what its name ends in, and a piece of the sentence that it meets."""

    make: Callable[[], bytes]
    words: str
    ending: str = "xlsx"


def _bomb(part: str, block: bytes, times: int, first: bytes, last: bytes) -> bytes:
    return xlsx({part: swollen(part, block, times, first, last)})


def _in_sheet(block: str, times: int) -> bytes:
    """Return a workbook whose sheet holds something very often."""
    first, last = sheet("<!>").split(b"<!>")
    return _bomb(SHEET, block.encode() * 1000, times // 1000, first, last)


def _in_strings(block: str, times: int) -> bytes:
    first, last = strings("<!>").split(b"<!>")
    return _bomb(STRINGS, block.encode() * 1000, times // 1000, first, last)


def _many(pattern: str, count: int) -> str:
    """Return a text many times, each with its number in place of "#"."""
    return "".join(pattern.replace("#", str(number)) for number in range(1, count + 1))


def _holding(data: str, before: str = "") -> bytes:
    return xlsx({SHEET: sheet(data, before=before)})


def _cell(place: str) -> bytes:
    return xlsx({SHEET: sheet(f'<row r="1"><c r="{place}"><v>1</v></c></row>')})


def _row(number: str) -> bytes:
    return xlsx({SHEET: sheet(f'<row r="{number}"><c><v>1</v></c></row>')})


def _with_entity(part: str, declared: str, used: str = "&a;") -> bytes:
    prologue = f"<!DOCTYPE x [{declared}]>".encode()
    content = good.parts()[part]
    assert isinstance(content, bytes)
    return xlsx({part: prologue + content.replace(b"<t>", b"<t>" + used.encode(), 1)})


_FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
_LAUGHS = '<!ENTITY a "lol">' + "".join(f"<!ENTITY {chr(98 + n)} '{chr(97 + n).join('&;') * 10}'>" for n in range(9))
_SECRET = '<!ENTITY a SYSTEM "file:///etc/passwd">'


def _sheets(count: int) -> bytes:
    return xlsx({WORKBOOK: good.workbook(_many('<sheet name="s#" sheetId="#" r:id="rId1"/>', count))})


def _names(count: int, text: str = "Plan!$A$1", name: str = "n") -> bytes:
    block = _many(f'<definedName name="{name}#">{text}</definedName>', count)
    return xlsx({WORKBOOK: good.workbook(after=f"<definedNames>{block}</definedNames>")})


def _after(xml: str) -> bytes:
    return xlsx({SHEET: sheet(good.rows(), after=xml)})


def _encoded(encoding: str, codec: str) -> bytes:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    return xlsx({SHEET: (declared + sheet(good.rows()).decode()).encode(codec)})


def _small(**facts: object) -> Member:
    return Member(SHEET, sheet(good.rows()), **facts)


def _entries(count: int) -> bytes:
    return archive([*members(good.parts()), *(Member(f"x/{n}", b"", method=0) for n in range(count))])


def _overlapping() -> bytes:
    """Return an archive in which one part lies inside of another, each with a header that is right."""
    inner = Member("xl/y", b"<x/>", method=0)
    outer = Member("xl/a.bin", archive([inner]), method=0)
    return archive([outer, *members(good.parts()), replace(inner, start=30 + len(outer.name))])


def _more(name: str) -> bytes:
    return archive([*members(good.parts()), Member(name, b"<x/>")])


ARCHIVES = {
    "whitespace of 1 GiB": Case(lambda: _bomb(SHEET, b" " * MEGABYTE, 1024, b"", sheet("")), SWOLLEN),
    "60 MiB that barely shrink too much": Case(
        lambda: _bomb(SHEET, b"<y/>" * 4096 + bytes(range(33, 60)) * 99, 4000, b"<x>", b"</x>"), TOO_LARGE
    ),
    "a part larger than it says": Case(
        lambda: xlsx({TYPES: swollen(TYPES, b" " * MEGABYTE, 1024), SHEET: sheet("")}), SWOLLEN
    ),
    "1 GiB that says it is small": Case(
        lambda: xlsx({SHEET: Member(SHEET, packed=swollen("", b" " * MEGABYTE, 1024).packed, size=2000, crc=0)}),
        UNUSUAL,
    ),
    "a part smaller than it says": Case(lambda: xlsx({SHEET: _small(size=9_000)}), DAMAGED),
    "a wrong checksum": Case(lambda: xlsx({SHEET: _small(crc=1)}), DAMAGED),
    "100,000 parts": Case(lambda: _entries(60_000), "1,000 parts"),
    "1,200 parts": Case(lambda: _entries(1_200), "1,000 parts"),
    "parts over one another": Case(_overlapping, UNUSUAL),
    "a part where there is none": Case(lambda: xlsx({SHEET: _small(start=77)}), UNUSUAL),
    "a name twice": Case(lambda: archive([*members(good.parts()), _small()]), UNUSUAL),
    "a name twice, in other letters": Case(lambda: _more(SHEET.upper()), UNUSUAL),
    "a name that leads away": Case(lambda: _more("../../tmp/evil"), UNUSUAL),
    "an absolute name": Case(lambda: _more("/etc/passwd"), UNUSUAL),
    "a drive": Case(lambda: _more("C:/autoexec.bat"), UNUSUAL),
    "backslashes": Case(lambda: _more("xl\\media"), "backslashes"),
    "another name in front of the part": Case(
        lambda: xlsx({SHEET: _small(local_name="xl/worksheets/sheet9.xml")}), UNUSUAL
    ),
    "an encrypted part": Case(lambda: xlsx({SHEET: _small(flags=1)}), PASSWORD),
    "another way of packing": Case(lambda: xlsx({SHEET: _small(method=12, packed=b"BZh")}), UNUSUAL),
    "half of a file": Case(lambda: xlsx()[:900], DAMAGED),
    "something behind it": Case(lambda: xlsx() + b"<script>" * 99, UNUSUAL),
    "something before it": Case(lambda: archive(members(good.parts()), before=b"\0\0MZ" * 9), "unknown kind"),
    "a program before it": Case(lambda: archive(members(good.parts()), before=b"MZ" * 9), "a program"),
    "an archive in an archive": Case(lambda: archive([Member("plan.xlsx", xlsx())]), "archive of files (plan.xlsx"),
    "an empty archive": Case(lambda: archive([]), "empty archive"),
}

SHEETS = {
    "a value in the last cell of all": Case(
        lambda: _holding(_FIRST + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), APART
    ),
    "only a format in the last cell of all": Case(
        lambda: _holding(good.rows() + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'), READ
    ),
    "a dimension that lies": Case(lambda: _holding(good.rows(), '<dimension ref="A1:XFD1048576"/>'), READ),
    "row 0": Case(lambda: _row("0"), UNUSUAL),
    "row -5": Case(lambda: _row("-5"), UNUSUAL),
    "row 4294967295": Case(lambda: _row("4294967295"), UNUSUAL),
    "row 100,000,000": Case(
        lambda: _holding(_FIRST + '<row r="100000000"><c r="A100000000"><v>1</v></c></row>'), UNUSUAL
    ),
    "column ZZZZZZ": Case(lambda: _cell("ZZZZZZ1"), UNUSUAL),
    "column XFE": Case(lambda: _cell("XFE1"), UNUSUAL),
    "a cell without a row": Case(lambda: _cell("A"), UNUSUAL),
    "8 million cells": Case(lambda: _in_sheet('<c r="A1"><v>1</v></c>', 8_000_000), SWOLLEN),
    "800,000 cells": Case(lambda: _holding(_many('<c r="A#"><v>1</v></c>', 80_000) * 10), "750,000 cells"),
    "5 million empty rows": Case(lambda: _in_sheet("<row/>", 5_000_000), "400,000 rows"),
    "450,000 empty rows": Case(lambda: _holding(_many('<row r="#"/>', 450_000)), "400,000 rows"),
    "a text of 64 MiB": Case(lambda: _in_sheet("x" * 64, MEGABYTE), SWOLLEN),
    "a text of 600 kB": Case(lambda: _holding(good.inline("A1", _many("#", 200_000))), "a text of more"),
    "a formula of 20,000 characters": Case(
        lambda: _holding(f"<c r='A1'><f>{'1+' * 10_000}1</f><v>1</v></c>"), "a formula of more"
    ),
    "100,000 merged ranges": Case(lambda: _after(_many('<mergeCell ref="A#:B#"/>', 30_000)), "20,000 merged ranges"),
    "everything merged": Case(
        lambda: _after('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "in one merged range"
    ),
    "50,000 conditional formats": Case(
        lambda: _after(_many('<conditionalFormatting sqref="A#"/>', 25_000)), "ranges with rules"
    ),
    "a rule for 200,000 ranges": Case(
        lambda: _after(f"<dataValidation sqref='{_many('A# ', 9_000)}'/>"), "a list of ranges"
    ),
    "200,000 attributes": Case(lambda: _holding("<row " + _many("a#='x' ", 90_000) + "/>"), "a text of more"),
    "5,000 elements within one another": Case(lambda: _holding(_many("<a#>", 5_000)), UNUSUAL),
    "a NUL": Case(lambda: xlsx({SHEET: sheet(good.rows()).replace(b"Plan", b"Pl\0n")}), UNUSUAL),
    "UTF-16": Case(lambda: _encoded("UTF-16", "utf-16"), "UTF-16"),
    "UTF-16 without a mark": Case(lambda: _encoded("UTF-16", "utf-16-be"), "UTF-16"),
    "UTF-7": Case(lambda: _encoded("UTF-7", "ascii"), UNUSUAL),
    "UTF-16 that is not": Case(lambda: _encoded("UTF-16", "ascii"), UNUSUAL),
}

OTHER_PARTS = {
    **{
        f"{what} in {part}": Case(lambda part=part, declared=declared: _with_entity(part, declared), UNUSUAL)
        for part in (TYPES, WORKBOOK, SHEET, STRINGS, STYLES)
        for what, declared in (("a billion laughs", _LAUGHS), ("a secret file", _SECRET), ("a DTD elsewhere", ""))
    },
    "4 billion texts that are not there": Case(
        lambda: xlsx({STRINGS: strings(facts='uniqueCount="4294967295"')}), "750,000 texts"
    ),
    "5 million texts": Case(lambda: _in_strings("<si><t>a</t></si>", 5_000_000), SWOLLEN),
    "450,000 texts": Case(lambda: xlsx({STRINGS: strings(_many("<si><t>#</t></si>", 450_000))}), "400,000 texts"),
    "2 million cell formats": Case(
        lambda: _bomb(STYLES, b"<xf/>" * 1000, 2_000, *styles_around()), "unpacks to more than 4 MB"
    ),
    "70,000 cell formats": Case(
        lambda: xlsx({STYLES: good.styles(_many('<xf numFmtId="#"/>', 70_000))}), "65,000 cell formats"
    ),
    "a million types": Case(
        lambda: _bomb(TYPES, b'<Override PartName="/x" ContentType="x"/>' * 1000, 1_000, *types_around()), SWOLLEN
    ),
    "20,000 sheets": Case(lambda: _sheets(20_000), "250 sheets"),
    "300,000 defined names": Case(lambda: _names(20_000), "5,000 defined names"),
    "a defined name that takes for ever": Case(
        lambda: _names(1, "'" * 2_500 + "!A1", "_xlnm.Print_Titles"), "a defined name of"
    ),
    "a number format that takes for ever": Case(
        lambda: xlsx({STYLES: good.styles(before=f"<numFmt formatCode='{'[' * 2_000}'/>")}),
        "a number format",
    ),
    "no list of types": Case(lambda: archive([part for part in members(good.parts()) if part.name != TYPES]), DAMAGED),
    "a list of types without a workbook": Case(lambda: xlsx({TYPES: good.types("text/plain")}), UNUSUAL),
}


def styles_around() -> tuple[bytes, bytes]:
    first, last = good.styles("<!>").split(b"<!>")
    return first, last


def types_around() -> tuple[bytes, bytes]:
    first, last = good.types(more="<!>").split(b"<!>")
    return first, last
