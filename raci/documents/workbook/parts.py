"""What every sheet of the workbook is made of: set-up by openpyxl, rows as text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any, TypeAlias

from openpyxl.worksheet.worksheet import Worksheet

from raci.documents.held import CannotBeHeld, placed
from raci.documents.speech import gettext as _
from raci.documents.speech import number
from raci.documents.workbook import cells
from raci.documents.workbook.layout import (
    LAST_ROW_OF_A_SHEET,
    TABLE_FIRST_ROW,
    TABLE_HEADER_ROW,
    TABLE_KEY_ROW,
    TABLE_NOTE_ROW,
    TABLE_TITLE_ROW,
    letter,
)

# Heights in points. A width counts digits; letters are narrower on the whole, but words wrap before a line is full.
_LINE, _AROUND, _TALLEST, _FILL = 14.5, 4.5, 409.0, 1.12

_FIGURES = ("table_number", "table_share")

Styles: TypeAlias = dict[str, int]
Value: TypeAlias = str | int | float | date | None


@dataclass(frozen=True)
class Part:
    """One sheet: its name, how openpyxl sets it up, how far it reaches, and its rows once styles have numbers."""

    name: str
    set_up: Callable[[Worksheet], None]
    last_column: int
    last_row: int
    rows: Callable[[Styles], Iterable[str]]


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width in characters, the look of its cells.

    ``field`` is what the hidden row says of a column that comes home; ``hidden`` ones hold keys.
    """

    header: str
    width: float
    look: str = "table_text"
    field: str = ""
    hidden: bool = False

    @property
    def header_look(self) -> str:
        """The look of the header: in the middle where figures are."""
        return "header_middle" if self.look in _FIGURES else "header"


@dataclass(frozen=True)
class Table:
    """A sheet of records: a title, a sentence about it, a header, a row per record.

    ``make`` turns a record into the values of its row, ``about`` into the words that name it in a
    refusal. ``header_height`` is in points: three lines need more than two.
    """

    name: str
    note: str
    columns: Sequence[Column]
    records: Sequence[Any]
    make: Callable[[Any], Sequence[Value]]
    about: Callable[[Any], str]
    header_height: float = 34

    def __post_init__(self) -> None:
        if self.last_row > LAST_ROW_OF_A_SHEET:
            raise CannotBeHeld(
                _("{records} records make {rows} rows; a sheet holds {limit}").format(
                    records=number(len(self.records)), rows=number(self.last_row), limit=number(LAST_ROW_OF_A_SHEET)
                ),
                sheet=self.name,
            )

    @property
    def last_row(self) -> int:
        return TABLE_FIRST_ROW + max(len(self.records), 1) - 1

    def part(self, footer: str, dress: Callable[[Worksheet, int], None] | None = None) -> Part:
        """Return the sheet; ``dress`` adds what only this table has, given its last row."""

        def set_up(sheet: Worksheet) -> None:
            for index, column in enumerate(self.columns, start=1):
                sheet.column_dimensions[letter(index)].width = column.width
                sheet.column_dimensions[letter(index)].hidden = column.hidden
            sheet.freeze_panes = f"A{TABLE_FIRST_ROW}"
            sheet.auto_filter.ref = f"A{TABLE_HEADER_ROW}:{letter(len(self.columns))}{self.last_row}"
            set_page(sheet, footer, header_row=TABLE_HEADER_ROW)
            if dress:
                dress(sheet, self.last_row)

        return Part(self.name, set_up, len(self.columns), self.last_row, self._rows)

    def _rows(self, styles: Styles) -> Iterator[str]:
        yield from heading(self.name, self.note, styles)
        if fields := [(letter(index), column.field) for index, column in enumerate(self.columns, 1) if column.field]:
            keys = (cells.text(name, styles["key"], field) for name, field in fields)
            yield cells.row(TABLE_KEY_ROW, keys, hidden=True)
        heads = (
            cells.text(letter(index), styles[column.header_look], column.header)
            for index, column in enumerate(self.columns, start=1)
        )
        yield cells.row(TABLE_HEADER_ROW, heads, height=self.header_height)
        letters = [letter(index) for index in range(1, len(self.columns) + 1)]
        numbers = [styles[column.look] for column in self.columns]
        # What is hidden makes no row higher.
        widths = [inf if column.hidden else column.width for column in self.columns]
        for row, record in enumerate(self.records, start=TABLE_FIRST_ROW):
            try:
                values = self.make(record)
                height = fitted(*zip(values, widths, strict=True))
                line = cells.row(row, map(_cell, letters, numbers, values), fitted=height)
            except CannotBeHeld as refusal:
                raise placed(refusal, self.name, row, self.about(record)) from None
            yield line


def heading(title: str, note: str, styles: Styles) -> Iterator[str]:
    """Yield the two rows above a table."""
    yield cells.row(TABLE_TITLE_ROW, [cells.text("A", styles["title"], title)], height=28)
    yield cells.row(TABLE_NOTE_ROW, [cells.text("A", styles["revision"], note)], height=18)


def _cell(column: str, style: int, value: Value) -> str:
    if isinstance(value, str):
        return cells.text(column, style, value)
    if value is None or isinstance(value, date):
        return cells.day(column, style, value)
    return cells.number(column, style, value)


def fitted(*texts: tuple[Value, float]) -> float:
    """Return the height of a row, in points, that shows texts in columns of so many characters; 0 for one line.

    An estimate: programs measure for themselves when a text is edited, but many show a new file as it is.
    """
    lines = 1
    for value, width in texts:
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            lines = max(lines, sum(1 + int(len(line) / (width * _FILL)) for line in value.split("\n")))
    return min(_LINE * lines + _AROUND, _TALLEST) if lines > 1 else 0


def set_page(sheet: Worksheet, footer: str, *, header_row: int = 0) -> None:
    """Set a sheet up for paper: landscape, one page wide, header on every page, revision and page below."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _LINE + _AROUND, True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.oddFooter.left.text = footer
    sheet.oddFooter.right.text = _("Page &P of &N")
    for side in (sheet.oddFooter.left, sheet.oddFooter.right):
        side.size, side.color = 8, "5B6475"
