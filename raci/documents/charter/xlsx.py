"""Charters as a workbook, one sheet for each role. What is text stays text, whatever it begins with."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from raci.documents.charter.parts import Row, Section, Table
from raci.documents.charter.told import Edition, Told, tell
from raci.documents.held import check, place
from raci.documents.speech import gettext as _
from raci.documents.speech import speaking
from raci.documents.workbook.cells import spelled
from raci.documents.workbook.styles import BAND, FACE, INK, LINE, NAVY, QUIET
from raci.domain.text import fold

_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Excel keeps it for itself.
_RESERVED = {"history"}
_COLUMNS = (58, 24, 16, 28, 22)  # characters; the tables of a charter have up to five columns
_WIDEST = sum(_COLUMNS)
_HEIGHT = 16  # points: the height of one line


def write_workbook(editions: Sequence[Edition], stream: BinaryIO) -> None:
    """Write charters to a stream, in their order. Raises `CannotBeHeld`, naming sheet and cell, before anything is."""
    book = Workbook()
    book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    language = editions[0].language if editions else None
    names = sheet_names([edition.view.role.name for edition in editions])
    for name, edition in zip(names, editions, strict=True):
        with speaking(edition.language):
            _Writer(book.create_sheet(name)).write(tell(edition))
    if language is None:
        _Writer(book.create_sheet("Charters")).line(_("There is no role yet."), "charter quiet")
    ready = BytesIO()  # whole or not at all
    book.save(ready)
    stream.write(ready.getvalue())


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names that sheets can bear: at most 31 characters, none of them forbidden, no two alike."""
    taken: set[str] = set(_RESERVED)
    found = []
    for name in wanted:
        plain = " ".join(_NOT_IN_A_NAME.sub(" ", name).split()).strip("' ")
        base = plain[:_LONGEST_NAME].strip("' ") or "Role"
        made, number = base, 1
        while fold(made) in taken:
            number += 1
            ending = f" ({number})"
            made = base[: _LONGEST_NAME - len(ending)].rstrip("' ") + ending
        taken.add(fold(made))
        found.append(made)
    return found


class _Writer:
    """Writes one charter from top to bottom."""

    def __init__(self, sheet: Any) -> None:
        self.sheet, self.row = sheet, 1
        for column, width in zip("ABCDE", _COLUMNS, strict=True):
            sheet.column_dimensions[column].width = width
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.oddFooter.center.text = "&A · &P / &N"

    def write(self, told: Told) -> None:
        self.line(told.title, "charter title", height=30)
        self.line(f"{told.subtitle} · {told.code}", "charter quiet")
        self.row += 1
        for name, value in told.facts:
            self._put(1, name, "charter quiet")
            self._put(2, value, "charter strong")
            self.row += 1
        for section in told.sections:
            self._section(section)
        self._head(told.signing.title)
        rows = told.signing.rows or (Row(("",) * len(told.signing.heads)),) * 3
        self._table(Table("", told.signing.heads, told.signing.widths, tuple(rows)), least=26)

    def line(self, text: str, look: str, height: float = 0) -> None:
        """Write a text over the whole width."""
        self._put(1, text, look)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=len(_COLUMNS))
        self.sheet.row_dimensions[self.row].height = height or _HEIGHT * _lines(text, _WIDEST)
        self.row += 1

    def _head(self, title: str) -> None:
        self.row += 1
        for column in range(2, len(_COLUMNS) + 1):
            self.sheet.cell(self.row, column).style = "charter head"
        self.line(title, "charter head", height=24)
        self.sheet.row_dimensions[self.row].height = 6
        self.row += 1

    def _section(self, section: Section) -> None:
        self._head(section.title)
        if section.is_empty:
            self.line(section.empty, "charter quiet")
        if section.text:
            self.line(section.text, "charter text")
        for item in section.items:
            self.line(f"• {item}", "charter text")
        for table in section.tables:
            if table.title:
                self.line(table.title, "charter strong", height=20)
            self._table(table)

    def _table(self, table: Table, least: float = 0) -> None:
        for column, head in enumerate(table.heads, start=1):
            self._put(column, head, "charter label")
        self.sheet.row_dimensions[self.row].height = _HEIGHT + 4
        self.row += 1
        for row in table.rows:
            if row.kind == "head":
                self._band(row.cells[0])
                continue
            for column, value in enumerate(row.cells, start=1):
                self._put(column, value, "charter foot" if row.kind == "foot" else "charter cell")
            tallest = max(_lines(value, width) for value, width in zip(row.cells, _COLUMNS, strict=False))
            self.sheet.row_dimensions[self.row].height = max(_HEIGHT * tallest + 2, least)
            self.row += 1

    def _band(self, text: str) -> None:
        for column in range(2, len(_COLUMNS) + 1):
            self.sheet.cell(self.row, column).style = "charter band"
        self.line(text, "charter band")

    def _put(self, column: int, text: str, look: str) -> None:
        """Write a text as text: "=1+1" is what somebody typed, not a sum."""
        cell = self.sheet.cell(self.row, column)
        with place(self.sheet.title, self.row):
            check(text)
        if text:
            cell.value = spelled(text)
            cell.data_type = "s"
        cell.style = look


def _lines(text: str, width: float) -> int:
    """Return over how many lines a text goes in a column, as far as can be told without its letters drawn."""
    return sum(max(1, -(-len(line) // int(width * 1.15))) for line in text.split("\n")) or 1


def _styles() -> Iterable[NamedStyle]:
    top = Alignment(vertical="top", wrap_text=True)
    middle = Alignment(vertical="center", wrap_text=True)
    under, strong_under = (
        Border(bottom=Side(style=style, color=tone)) for style, tone in (("thin", LINE), ("thin", NAVY))
    )
    looks: dict[str, tuple[Font, Border, str]] = {
        "title": (Font(name=FACE, size=20, bold=True, color=NAVY), Border(), ""),
        "head": (Font(name=FACE, size=12, bold=True, color=NAVY), strong_under, ""),
        "label": (Font(name=FACE, size=9, bold=True, color=QUIET), under, ""),
        "text": (Font(name=FACE, size=10, color=INK), Border(), ""),
        "quiet": (Font(name=FACE, size=10, color=QUIET), Border(), ""),
        "strong": (Font(name=FACE, size=10, bold=True, color=INK), Border(), ""),
        "cell": (Font(name=FACE, size=10, color=INK), under, ""),
        "foot": (Font(name=FACE, size=10, bold=True, color=INK), under, ""),
        "band": (Font(name=FACE, size=10, bold=True, color=INK), under, BAND),
    }
    for name, (font, border, fill) in looks.items():
        style = NamedStyle(
            f"charter {name}",
            font=font,
            border=border,
            alignment=middle if name in ("head", "label", "band", "strong") else top,
        )
        if fill:
            style.fill = PatternFill("solid", fgColor=fill)
        yield style
