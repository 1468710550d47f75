"""The boundary of two roles as a workbook: a summary, the differences, and every line."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from raci.documents.boundary import words
from raci.documents.boundary.edition import BoundaryEdition
from raci.documents.held import CannotBeHeld, check
from raci.documents.speech import gettext as _
from raci.documents.speech import speaking
from raci.documents.workbook.cells import spelled
from raci.documents.workbook.layout import letter
from raci.documents.workbook.styles import DATE_FORMAT, FACE, LOOKS, NAVY, hatch
from raci.domain.boundary import AreaPart, Line, LineClass

Value = str | int | float | datetime | None

_MOMENT = "hh:mm"
# Points that a line takes, and what a row may have at most; how many small letters a unit of width holds.
_LINE, _HIGHEST = 13.5, 409
_LETTERS_TO_A_WIDTH = 1.05
_CLASS_COLUMN, _INTERIM_COLUMN = 6, 10


def write_workbook(edition: BoundaryEdition, stream: BinaryIO) -> None:
    """Write the boundary as a workbook, whole or not at all. Raises `CannotBeHeld`, naming the cell."""
    with speaking(edition.language):
        book = Workbook()
        _summary(book.active, edition)
        _differences(book.create_sheet(), edition)
        _lines(book.create_sheet(), edition)
        ready = BytesIO()
        book.save(ready)
    stream.write(ready.getvalue())


def _summary(sheet: Any, edition: BoundaryEdition) -> None:
    sheet.title = _("Summary")
    _widths(sheet, (34, 14, 14, 14, 14, 14, 14, 14))
    first, second = edition.names
    _write(sheet, 1, [_("{first} and {second}").format(first=first, second=second)], "title")
    _write(sheet, 2, [edition.organisation], "subject")
    _write(sheet, 3, [words.summary(edition.pair, edition.names)], "table_text")
    sheet.merge_cells("A3:H3")
    sheet["A3"].border = LOOKS["plain"].border
    sheet.row_dimensions[3].height = 44
    row = 5
    for name, value in words.figures(edition.pair, edition.names):
        _write(sheet, row, [name, _as_number(value)], "table_text", "table_number")
        row += 1
    row = _by_area(sheet, edition, row + 1)
    for agreement in edition.agreements:
        row += 1
        _wide(sheet, row, _("Agreement"), agreement)
    for name, said in _about(edition):
        row += 1
        _wide(sheet, row, name, said)
    _paper(sheet)


def _wide(sheet: Any, row: int, name: str, value: Value) -> None:
    """Write a name and a value that may be as long as the sheet is wide."""
    _write(sheet, row, [name, value], "table_quiet", "table_text")
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=8)
    sheet.row_dimensions[row].height = None


def _by_area(sheet: Any, edition: BoundaryEdition, row: int) -> int:
    """Write one line for each area that is written down, and return the number of the row after them."""
    named = words.class_words(edition.names)
    _write(sheet, row, [_("Area"), _("Overlap"), *named.values(), _("Declared")], "header", "header_middle")
    for part in edition.found.areas:
        row += 1
        counts = [part.counts.get(kind, 0) for kind in words.ORDER]
        cells = [part.share.coefficient, *counts, len(part.hand_overs), _("yes") if part.declared else ""]
        _write(sheet, row, [words.area_name(edition.whole, part), *cells], "table_strong", "table_number")
        sheet.cell(row, 2).number_format = "0.00"
    return row + 1


def _about(edition: BoundaryEdition) -> Iterator[tuple[str, Value]]:
    yield from edition.asked or [(_("Filters"), _("none"))]
    yield _("Revision"), edition.register.revision
    yield _("Made on"), edition.exported_at
    yield _("Made by"), edition.exported_by


def _differences(sheet: Any, edition: BoundaryEdition) -> None:
    sheet.title = _("Differences")
    first, second = edition.names
    told = _("Catalogue: {role}")
    _widths(sheet, (26, 38, 38, 38, 38))
    heads = [_("Dimension"), first, second, told.format(role=first), told.format(role=second)]
    _write(sheet, 1, heads, "header")
    for row, side in enumerate(edition.found.differences, start=2):
        catalogue = (side.entry.first, side.entry.second) if side.entry else ("", "")
        values = [side.dimension, side.first, side.second]
        _write(sheet, row, [*values, *catalogue], "table_strong", "table_text", "table_text", "table_quiet")
        for column, value in ((2, side.first), (3, side.second)):
            if not value:
                sheet.cell(row, column).fill = hatch()
    _list(sheet, len(edition.found.differences) + 1, len(heads))


def _lines(sheet: Any, edition: BoundaryEdition) -> None:
    sheet.title = _("Lines")
    _widths(sheet, (18, 15, 9, 34, 11, 17, 7, 7, 18, 16, 7, 28, 32))
    first, second = (edition.register.roles[key].code for key in (edition.found.first, edition.found.second))
    heads = [
        _("Area"), _("Matrix"), _("Code"), _("Duty"), _("Type of area"), _("Class"), first, second, _("Accountable"),
        _("Interim owner"), _("Days open"), _("Hand-over"), _("Decision"),
    ]  # fmt: skip
    _write(sheet, 1, heads, "header")
    row = 1
    for part in edition.found.areas:
        points = words.points_of(part)
        for line in part.lines:
            row += 1
            passing = [
                words.hand_over(edition.whole, one, edition.names) for one in points.get((line.duty, line.matrix), ())
            ]
            _write(sheet, row, _line(edition, part, line, passing), *_LOOKS_OF_A_LINE)
            if line.kind is LineClass.UNDECIDED:
                sheet.cell(row, _CLASS_COLUMN).fill = hatch()
            if line.interim:
                sheet.cell(row, _INTERIM_COLUMN).border = LOOKS["sample_interim"].border
    _list(sheet, row, len(heads))


_LOOKS_OF_A_LINE = (
    "table_quiet", "table_quiet", "table_quiet", "table_strong", "table_quiet", "table_text", "table_number",
    "table_number", "table_text", "table_text", "table_number", "table_text", "table_text",
)  # fmt: skip


def _line(edition: BoundaryEdition, part: AreaPart, line: Line, passing: Sequence[str]) -> list[Value]:
    matrix = edition.whole.by_key[line.matrix]
    duty = matrix.duties[line.duty]
    return [
        words.area_name(edition.whole, part),
        matrix.sheet.title,
        duty.code,
        duty.title,
        _("declared overlap") if part.declared else "",
        words.class_words(edition.names)[line.kind],
        line.first,
        line.second,
        words.accountable(edition.whole, line),
        words.role_name(edition.whole, line.interim),
        line.age if line.grey_area else None,
        "\n".join(passing),
        "\n".join(edition.decisions[line.matrix, key] for key in line.decisions),
    ]


def _as_number(value: str) -> Value:
    """Return a figure as a number where it is one, so that it can be calculated with."""
    return int(value) if value.isdecimal() else value


def _write(sheet: Any, row: int, values: Sequence[Value], *looks: str) -> None:
    """Write a row of cells; the last look is that of all that follow. Text stays text, whatever it looks like."""
    for column, value in enumerate(values, start=1):
        name = looks[min(column, len(looks)) - 1]
        cell = sheet.cell(row, column)
        _fill_in(sheet, cell, value)
        look = LOOKS[name]
        cell.font = Font(name=FACE, size=look.size, bold=look.bold, italic=look.italic, color=look.colour)
        cell.fill, cell.border = look.fill, look.border
        cell.alignment = Alignment(horizontal=look.across, vertical=look.upright, wrap_text=look.wrap or None)
    _heighten(sheet, row, values)


def _heighten(sheet: Any, row: int, values: Sequence[Value]) -> None:
    """Give a row room for its longest text: not every program does so by itself."""
    lines = 1
    for column, value in enumerate(values, start=1):
        if isinstance(value, str) and sheet.cell(row, column).alignment.wrap_text:
            room = max(sheet.column_dimensions[letter(column)].width * _LETTERS_TO_A_WIDTH, 1)
            lines = max(lines, sum(max(1, ceil(len(line) / room)) for line in value.split("\n")))
    if lines > 1:
        sheet.row_dimensions[row].height = min(lines * _LINE + 3, _HIGHEST)


def _fill_in(sheet: Any, cell: Any, value: Value) -> None:
    if isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None, microsecond=0)
        cell.number_format = f"{_(DATE_FORMAT)} {_MOMENT}"
    elif isinstance(value, str):
        try:
            check(value)
        except CannotBeHeld as refusal:
            raise CannotBeHeld(refusal.reason, sheet=sheet.title, cell=cell.coordinate) from None
        if value:
            cell.value = spelled(value)
            cell.data_type = "s"
    else:
        cell.value = value


def _widths(sheet: Any, widths: Sequence[float]) -> None:
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[letter(index)].width = width


def _list(sheet: Any, last: int, columns: int) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letter(columns)}{max(last, 1)}"
    sheet.print_title_rows = "1:1"
    _paper(sheet)


def _paper(sheet: Any) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = NAVY
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
