"""A table as a recogniser sees it: every cell read once, and what the document says of letters."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, compress

from raci.documents.intake.recognise.cells import EMPTY, TEXT, Cell, Kind, Reader
from raci.documents.intake.recognise.headings import Headings
from raci.documents.intake.recognise.legend import Legend
from raci.documents.intake.table import Medium, Table, column_letters

_LETTERS, _OF_TEXT = Kind.LETTERS, (Kind.ODD, Kind.TEXT)


class _Folded(dict[str, str]):
    """Texts with their blanks folded, each folded once."""

    def __missing__(self, text: str) -> str:
        folded = self[text] = " ".join(text.split())
        return folded


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
    _folded: dict[str, str] = field(init=False, default_factory=lambda: _Folded({"": ""}))
    texts: list[list[int]] = field(init=False)  # the columns with something that is neither a letter nor a none-mark

    def __post_init__(self) -> None:
        read = self.reader.__getitem__
        self.cells = [list(map(read, row)) for row in self.table.rows]
        for row, column in self.legend.taken.get(self.number, ()):
            self.cells[row][column] = TEXT
        self._filled, self.letters, self.texts = [], [], []
        for line in self.cells:
            filled = [place for place, cell in enumerate(line) if cell is not EMPTY]
            letters = [place for place in filled if line[place].kind is _LETTERS]
            rest = len(filled) > len(letters)
            self._filled.append(filled)
            self.letters.append(letters)
            self.texts.append([place for place in filled if line[place].kind in _OF_TEXT] if rest else [])

    def cell(self, row: int, column: int) -> Cell:
        line = self.cells[row]
        return line[column] if column < len(line) else EMPTY

    def text(self, row: int, column: int) -> str:
        """Return a text with its blanks folded."""
        line = self.table.rows[row] if row < len(self.table.rows) else ()
        return self._folded[line[column]] if 0 <= column < len(line) else ""

    def tally(self, rows: Iterable[int], columns: Collection[int]) -> Counter[str]:
        """Count what stands in some columns of some rows, with blanks folded; nothing where they are empty."""
        lines = map(self.table.rows.__getitem__, rows)
        found: Counter[str] = Counter()
        for text, count in Counter(line[at] for line in lines for at in columns if at < len(line)).items():
            if folded := self._folded[text]:
                found[folded] += count
        return found

    def filled(self, row: int) -> list[int]:
        """Return the columns of a row that are not empty."""
        return self._filled[row]

    def is_legend(self, row: int, last: int | None = None) -> bool:
        """Whether an entry of a legend stands in a row, up to the ``last`` column: one beside a grid is not in it."""
        first = self._legend_rows.get(row)
        return first is not None and (last is None or first <= last)

    @cached_property
    def _legend_rows(self) -> dict[int, int]:
        """The rows with entries of a legend, and the first column of these."""
        return dict(sorted(self.legend.taken.get(self.number, ()), reverse=True))

    @cached_property
    def letter_columns(self) -> frozenset[int]:
        """The columns in which, among the rows that have letters at all, letters are at least half of the texts."""
        letters = Counter(chain.from_iterable(self.letters))
        others = Counter(chain.from_iterable(compress(self.texts, self.letters)))
        return frozenset(column for column, count in letters.items() if count >= others[column])

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
