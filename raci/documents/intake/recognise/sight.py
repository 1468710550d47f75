"""A table as a recogniser sees it: every cell read once, and what the document says of letters."""

from dataclasses import dataclass, field
from functools import cached_property

from raci.documents.intake.recognise.cells import EMPTY, TEXT, Cell, Kind, Reader
from raci.documents.intake.recognise.headings import Headings
from raci.documents.intake.recognise.legend import Legend
from raci.documents.intake.table import Medium, Table, column_letters


@dataclass
class Sight:
    """One table and its cells. A letter that stands in a legend is text here."""

    number: int
    table: Table
    legend: Legend
    reader: Reader
    headings: Headings
    cells: list[list[Cell]] = field(init=False)
    _filled: list[list[int]] = field(init=False)
    letters: list[list[int]] = field(init=False)  # the columns with letters, row by row
    texts: list[list[int]] = field(init=False)  # the columns with something that is neither a letter nor a none-mark

    def __post_init__(self) -> None:
        read = self.reader.__getitem__
        self.cells = [list(map(read, row)) for row in self.table.rows]
        for row, column in self.legend.taken.get(self.number, ()):
            self.cells[row][column] = TEXT
        empty, of_letters, of_text = EMPTY, Kind.LETTERS, (Kind.ODD, Kind.TEXT)
        self._filled = [[place for place, cell in enumerate(row) if cell is not empty] for row in self.cells]
        pairs = list(zip(self.cells, self._filled, strict=True))
        self.letters = [[place for place in filled if row[place].kind is of_letters] for row, filled in pairs]
        self.texts = [
            [place for place in filled if row[place].kind in of_text] if len(filled) > len(letters) else []
            for (row, filled), letters in zip(pairs, self.letters, strict=True)
        ]

    def cell(self, row: int, column: int) -> Cell:
        line = self.cells[row]
        return line[column] if column < len(line) else EMPTY

    def text(self, row: int, column: int) -> str:
        """Return a text with its blanks folded."""
        line = self.table.rows[row] if row < len(self.table.rows) else ()
        text = line[column] if 0 <= column < len(line) else ""
        return " ".join(text.split()) if text else ""

    def filled(self, row: int) -> list[int]:
        """Return the columns of a row that are not empty."""
        return self._filled[row]

    def is_legend(self, row: int) -> bool:
        """Whether an entry of a legend stands in a row."""
        return row in self._legend_rows

    @cached_property
    def _legend_rows(self) -> frozenset[int]:
        return frozenset(row for row, _column in self.legend.taken.get(self.number, ()))

    @cached_property
    def merged_into(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The corner of each cell that a merged range covers, the corner itself left out."""
        return {
            (row, column): (span.top, span.left)
            for span in self.table.merged
            for row in range(span.top, min(span.bottom + 1, len(self.table.rows)))
            for column in range(span.left, min(span.right + 1, self.table.width))
            if (row, column) != (span.top, span.left)
        }

    def shown(self, row: int, column: int) -> str:
        """Return the text that people see somewhere: in a merged range, that of its corner."""
        text = self.text(row, column)
        corner = None if text else self.merged_into.get((row, column))
        return self.text(*corner) if corner else text

    def range_of(self, top: int, left: int, bottom: int, right: int) -> str:
        """Return the address of a rectangle: "Sheet1!A3:G13", or "line 12"."""
        if self.table.medium is not Medium.SHEET:
            return self.table.place_of_row(top)
        last = f"{column_letters(self.table.first_column + right)}{self.table.first_row + bottom + 1}"
        return f"{self.table.place(top, left)}:{last}"
