"""Cells of a sheet, counted in its XML as it streams past: how many have a value, and how far they reach.

No parser: expressions of bounded length look at one tag at a time. A window begins and ends between two tags.
"""

import re

from raci.documents.intake.guard import words
from raci.documents.intake.guard.limits import (
    LARGEST_RECTANGLE,
    LAST_COLUMN,
    LAST_ROW,
    MOST_CELLS,
    MOST_CELLS_WITHOUT_VALUE,
    MOST_ROWS,
    MOST_ROWS_WITHOUT_VALUE,
)
from raci.domain.text import Fact
from raci.domain.text import gettext_noop as _

_PREFIXED = re.compile(rb"(</?)[A-Za-z_][\w.-]{0,60}+:(?=row\b|c[\s/>])")
# How a cell can begin, besides with a blank.
_CELL = (b"<c>", b"<c/", b"<c\n", b"<c\r", b"<c\t")
# Bounded and without a way back, so that no tag takes longer than its length. A cell without a value ends at once, or
# has nothing inside.
_TO_PLACE = rb"""<c\s(?:[^<>]{0,300}?\s)??r\s?=\s?["']"""
_HELD = re.compile(_TO_PLACE + rb"""([A-Z]{1,3}[1-9]\d{0,6})["'][^<>/]{0,300}+>(?!</)""")
_PLACED = re.compile(_TO_PLACE + rb"""[A-Z]{1,3}[1-9]\d{0,6}["'][^<>/]{0,300}+/?>""")
_DIGITS, _CAPITALS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ANY_PLACE = re.compile(rb"""<c(?:\s[^<>]{0,300}?)??\sr\s{0,9}=""")
_START = re.compile(rb"<c(?=[\s/>])")
_ROW_PLACE = re.compile(rb"""<row\s(?:[^<>]{0,300}?\s)??r\s{0,9}=\s{0,9}["']([^"'<>]{0,20})""")
_ROW_NUMBER = re.compile(rb"[1-9]\d{0,6}")


class Cells:
    """The count of one sheet. Raises `Refused` as soon as something is too much."""

    def __init__(self, part: Fact) -> None:
        self.part = part
        self.cells = self.values = self.rows = 0
        self.columns: set[bytes] = set()
        self.numbers: set[int] = set()
        self._first_row, self._last_row = LAST_ROW, 0
        self._first_column, self._last_column = LAST_COLUMN, 0
        self._without_place = 0  # the most cells of one row that do not say where they are

    def see(self, window: bytes) -> None:
        if b":row" in window or b":c" in window:
            window = _PREFIXED.sub(rb"\1", window)
        rows = window.count(b"<row")
        self.rows += rows
        if self.rows > MOST_ROWS_WITHOUT_VALUE:
            raise words.too_much(self.part, _("rows"), MOST_ROWS_WITHOUT_VALUE)
        if rows:
            self._see_rows(window)
        # Mostly a blank follows; where something else does, it may be a cell or another tag (<col>).
        cells, others = window.count(b"<c "), window.count(b"<c")
        if cells != others:
            cells += sum(map(window.count, _CELL))
        if cells:
            self._see_cells(window, cells)

    def _see_rows(self, window: bytes) -> None:
        for number in _ROW_PLACE.findall(window):
            if not _ROW_NUMBER.fullmatch(number) or int(number) > LAST_ROW:
                raise words.unusual(self.part)

    def _see_cells(self, window: bytes, cells: int) -> None:
        self.cells += cells
        if self.cells > MOST_CELLS_WITHOUT_VALUE:
            raise words.too_much(self.part, _("cells, most of them without a value"), MOST_CELLS_WITHOUT_VALUE)
        held = _HELD.findall(window)
        self.values += len(held)
        if len(held) != cells and (unplaced := cells - len(_PLACED.findall(window))):
            self._see_unplaced(window, unplaced)
        if held:
            rows = {place.lstrip(_CAPITALS) for place in held}
            self._reach({place.rstrip(_DIGITS) for place in held}, set(map(int, rows)))
        self._check()

    def _see_unplaced(self, window: bytes, count: int) -> None:
        """Take cells that do not say where they are; refuse those that say something impossible."""
        if len(_ANY_PLACE.findall(window)) > len(_PLACED.findall(window)):
            raise words.unusual(self.part)
        self.values += count
        widest = max(len(_START.findall(row)) for row in window.split(b"<row"))
        self._without_place = max(self._without_place, widest)
        self._last_column = max(self._last_column, self._without_place)
        self._first_column = 1

    def _reach(self, columns: set[bytes], rows: set[int]) -> None:
        self.numbers |= rows
        self._first_row, self._last_row = min(self._first_row, *rows), max(self._last_row, *rows)
        for column in columns - self.columns:
            number = column_number(column)
            self._first_column = min(self._first_column, number)
            self._last_column = max(self._last_column, number)
        self.columns |= columns

    def _check(self) -> None:
        if self.values > MOST_CELLS:
            raise words.too_much(self.part, _("cells with a value"), MOST_CELLS)
        if len(self.numbers) > MOST_ROWS:
            raise words.too_much(self.part, _("rows with a value"), MOST_ROWS)
        check_reach(self.part, self._last_row, self._last_column)
        height = max(self._last_row - self._first_row + 1, self.rows if self._without_place else 0)
        check_rectangle(self.part, height, max(self._last_column - self._first_column + 1, 0))


def check_reach(part: Fact, row: int, column: int) -> None:
    """Refuse cells, counted from one, that lie outside of every sheet."""
    if row > LAST_ROW or column > LAST_COLUMN:
        raise words.unusual(part)


def check_rectangle(part: Fact, height: int, width: int) -> None:
    """Refuse a sheet whose values lie so far apart that no reader could hold what is between them."""
    if height * width > LARGEST_RECTANGLE:
        text = _(
            "The values of {part} lie too far apart: they reach over {rows} rows and {columns} columns. Delete what "
            "stands far away from the matrix, or copy the matrix alone into a new workbook, and upload that."
        )
        raise words.refusal(text, part=part, rows=height, columns=width)


def column_number(letters: bytes) -> int:
    """Return the number of a column, counted from one, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
