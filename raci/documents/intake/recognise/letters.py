"""The cells of a grid: the letters that are taken, and what is said of those that are not."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, partial

from raci.documents.intake.recognise.cells import Cell, Kind
from raci.documents.intake.recognise.columns import Columns
from raci.documents.intake.recognise.names import Crossings
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.table import Medium, column_letters
from raci.domain.reading import Crossing, Problem, Weight
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

# A number in a cell of letters is a sum or a day; such cells are many where they are any.
_LONGEST_QUOTE = 80
# Without the names of the parts, which makes it twice as quick.
_new_crossing = partial(tuple.__new__, Crossing)


@dataclass
class Letters:
    """Reads the cells of roles row by row, and keeps what is to be said of them."""

    sight: Sight
    columns: Columns
    _none: Counter[str] = field(default_factory=Counter)
    _none_first: dict[str, str] = field(default_factory=dict)
    _told: list[Problem] = field(default_factory=list)

    @cached_property
    def _party_of(self) -> dict[int, int]:
        joined = self.columns.joined
        party_of = {
            column: party for party, column in enumerate(role for role in self.columns.roles if role not in joined)
        }
        return party_of | {column: party_of[first] for column, first in joined.items()}

    def of_row(self, row: int, item: int) -> list[Crossing]:
        """Return the crossings of one row; what is no letter is kept as a problem."""
        sight, party_of, spots = self.sight, self._party_of, self._spots
        cells, texts, letters = sight.cells[row], sight.table.rows[row], sight.letters[row]
        number = str(sight.table.first_row + row + 1)
        found: list[Crossing] = []
        for column in letters:
            if spot := spots.get(column):
                party, prefix = spot
                cell = cells[column]
                place = prefix + number if prefix else sight.table.place(row, column)
                found.append(_new_crossing((item, party, cell.letters, texts[column], place, cell.note)))
                if cell.doubt:
                    self._doubt(row, column, cell)
        filled = sight.filled(row)
        if len(filled) > len(letters):
            for column in sorted(party_of.keys() & set(filled).difference(letters)):
                found += self._other(row, column, item)
        return list(_merged(found)) if self.columns.joined else found

    def _other(self, row: int, column: int, item: int) -> list[Crossing]:
        """Return the crossing of letters among other words, or say of a cell what it is instead."""
        cell, text = self.sight.cells[row][column], self.sight.table.rows[row][column]
        if cell.kind is Kind.LOOSE:
            self._doubt(row, column, cell)
            place = self.sight.table.place(row, column)
            return [Crossing(item, self._party_of[column], cell.letters, text, place, cell.note)]
        if cell.kind is Kind.NONE:
            self._say_none(row, column, text.strip())
        else:
            self._left(row, column, text)
        return []

    @cached_property
    def _spots(self) -> dict[int, tuple[int, str]]:
        """The role of each column, and how the addresses of its cells begin in a sheet: all but the row's number."""
        table = self.sight.table
        first, name = table.first_column, table.name
        is_sheet = table.medium is Medium.SHEET
        return {
            column: (party, f"{name}!{column_letters(first + column)}" if is_sheet else "")
            for column, party in self._party_of.items()
        }

    def problems(self) -> list[Problem]:
        """Return what is to be said of cells: none-marks once for each mark, the rest one by one."""
        marks = [
            Problem(
                self._none_first[mark],
                Sentence(
                    _("{count} cells say “{mark}”, the first one here: nobody has a part there."),
                    {"count": count, "mark": mark},
                ),
                Weight.NOTE,
            )
            for mark, count in self._none.items()
        ]
        return [*marks, *self._told]

    def _say_none(self, row: int, column: int, mark: str) -> None:
        mark = mark[:_LONGEST_QUOTE]
        self._none[mark] += 1
        self._none_first.setdefault(mark, self.sight.table.place(row, column))

    def _doubt(self, row: int, column: int, cell: Cell) -> None:
        facts = {"text": self._quoted(row, column), "letters": "/".join(cell.letters)}
        self._tell(
            row, column, Sentence(_("“{text}” was read as {letters}; see whether that is meant."), facts), Weight.DOUBT
        )

    def _left(self, row: int, column: int, text: str) -> None:
        facts = {"text": self._quoted(row, column)}
        if self.sight.cell(row, column).kind is Kind.ODD:
            message = Sentence(_("“{text}” was left out: no legend says what this letter means."), facts)
            self._tell(row, column, message, Weight.DOUBT)
        else:
            self._tell(row, column, Sentence(_("“{text}” was left out: it holds no letter."), facts), Weight.LEFT)

    def _tell(self, row: int, column: int, message: Sentence, weight: Weight) -> None:
        self._told.append(Problem(self.sight.table.place(row, column), message, weight))

    def _quoted(self, row: int, column: int) -> str:
        return self.sight.text(row, column)[:_LONGEST_QUOTE]


def _merged(found: list[Crossing]) -> tuple[Crossing, ...]:
    """Return the crossings of one row, those of the same role in several columns as one."""
    crossings = Crossings()
    for one in found:
        crossings.add(one)
    return crossings.all()
