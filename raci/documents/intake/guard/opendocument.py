"""Cells of an OpenDocument spreadsheet, counted as its content streams past.

Rows and cells say how often they are repeated: a few bytes can stand for a million cells, and mostly do, for the empty
rest of a sheet. Only those with a value count, as often as they are repeated.
"""

import re

from raci.documents.intake.guard import words
from raci.documents.intake.guard.cells import check_rectangle
from raci.documents.intake.guard.limits import MOST_CELLS, MOST_RECORDS, MOST_ROWS
from raci.domain.text import gettext_noop as _

_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]{0,4000}+)")
_REPEATED = re.compile(rb"""number-(?:columns|rows)-repeated\s{0,9}=\s{0,9}["'](\d{1,12})["']""")
# Its value, its type or its formula: whatever has none of them is empty.
_VALUE, _FORMULA = b"office:", b"formula"


class Content:
    """The count of all sheets of one file. Raises `Refused` as soon as something is too much."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.tags = self.values = self.rows = 0
        self._start_sheet()

    def _start_sheet(self) -> None:
        self.row = self.repeated = 0
        self.first_row, self.last_row, self.last_column = -1, 0, 0
        self._start_row(0)

    def _start_row(self, repeated: int) -> None:
        self.row += self.repeated
        self.repeated, self.column, self.row_values, self.row_last = repeated, 0, 0, 0

    def see(self, window: bytes) -> None:
        """Take a piece of the content that begins and ends between two tags."""
        found = _TAG.findall(window)
        self.tags += len(found)
        if self.tags > MOST_RECORDS:
            raise words.too_much(self.part, _("cells, most of them without a value"), MOST_RECORDS)
        for name, attributes in found:
            if name.endswith(b"cell"):
                self._see_cell(attributes)
            else:
                self._end_row()
                if name == b"table":
                    self._start_sheet()
                else:
                    self._start_row(_repetition(attributes))

    def end(self) -> None:
        self._end_row()

    def _see_cell(self, attributes: bytes) -> None:
        repeated = _repetition(attributes)
        self.column += repeated
        if _VALUE in attributes or _FORMULA in attributes:
            self.row_values += repeated
            self.row_last = self.column

    def _end_row(self) -> None:
        if not self.row_values:
            return
        self.values += self.row_values * self.repeated
        self.rows += self.repeated
        if self.values > MOST_CELLS:
            raise words.too_much(self.part, _("cells with a value"), MOST_CELLS)
        if self.rows > MOST_ROWS:
            raise words.too_much(self.part, _("rows with a value"), MOST_ROWS)
        if self.first_row < 0:
            self.first_row = self.row
        self.last_row = self.row + self.repeated
        self.last_column = max(self.last_column, self.row_last)
        check_rectangle(self.part, self.last_row - self.first_row, self.last_column)
        self.row_values = 0


def _repetition(attributes: bytes) -> int:
    found = _REPEATED.search(attributes) if b"repeated" in attributes else None
    return int(found[1]) if found else 1
