"""A list as a file: titles, then rows of plain values, as a workbook or as comma-separated values."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from typing import Any, BinaryIO, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from raci.documents.formulas import guarded
from raci.documents.held import CannotBeHeld, check
from raci.documents.speech import gettext as _
from raci.documents.speech import number as shown
from raci.documents.workbook.cells import spelled
from raci.documents.workbook.layout import LAST_ROW_OF_A_SHEET, letter
from raci.documents.workbook.styles import BAND, DATE_FORMAT, INK, NAVY

Value: TypeAlias = str | int | float | date | datetime | None

_TEXT, _DAY, _MOMENT, _HEAD = "orgroles text", "orgroles day", "orgroles moment", "orgroles head"
_FIRST_SAFE_DAY = date(1900, 3, 1)  # before it, spreadsheet programs disagree about the calendar
_NARROWEST, _WIDEST = 9, 60  # characters of a column
_DATE_WIDTH, _MOMENT_WIDTH = 13, 19
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Table:
    """Rows of values under titles. ``about`` says in pairs what it is: on a sheet of its own, where there are sheets.

    A moment is written as its own clock shows it: turn it into the reader's zone before.
    """

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Value]]
    about: Sequence[tuple[str, Value]] = ()
    about_name: str = "About"


def write_table(table: Table, kind: str, stream: BinaryIO) -> None:
    """Write a table as "xlsx" or "csv". Raises `CannotBeHeld`, naming the row, before anything is written."""
    for number, row in enumerate((table.titles, *table.rows), start=1):
        _refuse(number, row)
    if kind == "csv":
        _write_csv(table, stream)
    else:
        _write_xlsx(table, stream)


def _refuse(number: int, row: Sequence[Value]) -> None:
    for value in row:
        try:
            if isinstance(value, str):
                check(value)
        except CannotBeHeld as refusal:
            raise CannotBeHeld(refusal.reason, record=_("row {number}").format(number=shown(number))) from None


def _write_csv(table: Table, stream: BinaryIO) -> None:
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        out = csv.writer(text)
        out.writerow([guarded(title) for title in table.titles])
        out.writerows([_plain(value) for value in row] for row in table.rows)
        text.flush()
    finally:
        text.detach()


def _plain(value: Value) -> str | int | float:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else "" if value is None else value


def _write_xlsx(table: Table, stream: BinaryIO) -> None:
    last = len(table.rows) + 1
    if last > LAST_ROW_OF_A_SHEET:
        text = _("{count} rows; a sheet holds {limit}")
        said = text.format(count=shown(last), limit=shown(LAST_ROW_OF_A_SHEET))
        raise CannotBeHeld(said, sheet=table.name)
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    sheet = book.create_sheet(_sheet_name(table.name))
    for index, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letter(len(table.titles))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_cell(sheet, title, _HEAD) for title in table.titles])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])
    if table.about:
        _add_about(book, table)
    ready = BytesIO()  # whole or not at all
    book.save(ready)
    stream.write(ready.getvalue())


def _add_about(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_sheet_name(table.about_name))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, _WIDEST
    for name, value in table.about:
        sheet.append([_cell(sheet, name, _HEAD), _cell(sheet, value)])


def _styles() -> Iterator[NamedStyle]:
    """Yield the looks of cells, each written once; new style objects for each cell would take ten times as long."""
    at = Alignment(horizontal="left", vertical="top", wrap_text=True)
    yield NamedStyle(_TEXT, alignment=at)
    yield NamedStyle(_DAY, alignment=at, number_format=_(DATE_FORMAT))
    yield NamedStyle(_MOMENT, alignment=at, number_format=f"{_(DATE_FORMAT)} hh:mm")
    line = Border(bottom=Side(style="medium", color=NAVY))
    head = Font(bold=True, color=INK)
    yield NamedStyle(_HEAD, alignment=at, font=head, fill=PatternFill("solid", fgColor=BAND), border=line)


def _cell(sheet: Any, value: Value, look: str = "") -> Any:
    """Return a cell. What is text stays text, whatever it looks like; a moment loses its zone, which no sheet knows."""
    if isinstance(value, datetime):
        value, look = value.replace(tzinfo=None, microsecond=0), _MOMENT
    elif isinstance(value, date):
        value, look = (value, _DAY) if value >= _FIRST_SAFE_DAY else (value.isoformat(), _TEXT)
    cell = WriteOnlyCell(sheet, spelled(value) if isinstance(value, str) else value)
    if value == "":
        cell.value = None
    elif isinstance(value, str):
        cell.data_type = "s"
    cell.style = look or _TEXT
    return cell


def _widths(table: Table) -> Iterator[float]:
    for index, title in enumerate(table.titles):
        longest = max((_length(row[index]) for row in table.rows), default=0)
        # The arrow of the filter stands beside the title.
        yield min(max(longest + 2, len(title) + 4, _NARROWEST), _WIDEST)


def _length(value: Value) -> int:
    if isinstance(value, str):
        return max(map(len, value.split("\n")))
    if isinstance(value, date):
        return _MOMENT_WIDTH if isinstance(value, datetime) else _DATE_WIDTH
    return len(str(value)) if value is not None else 0


def _sheet_name(name: str) -> str:
    """Return a name that a sheet can bear."""
    return _NOT_IN_A_NAME.sub(" ", name)[:_LONGEST_NAME].strip("' ") or "Sheet"
