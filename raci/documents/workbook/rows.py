"""The rows of the Matrix sheet: joined from prebuilt fragments, one of each column and content.

What costs time in a large sheet is not Excel but an object per cell, so there is none: a cell is looked
up by its letters, and the row's number is put in once for the whole row.
"""

from collections.abc import Iterator
from operator import getitem

from raci.documents import words
from raci.documents.held import CannotBeHeld, placed
from raci.documents.speech import gettext as _
from raci.documents.tally import Tally
from raci.documents.workbook import cells, layout
from raci.documents.workbook.formulas import Formulas
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, Grid, letter
from raci.documents.workbook.parts import Styles, fitted
from raci.domain.matrix import Matrix
from raci.domain.structure import rows_in_order

_KEY, _CLAIM, _INTERIM, _OVERLAP, _AREA, _CODE, _DUTY = map(letter, layout.FIELD_OF_COLUMN)


def body(matrix: Matrix, grid: Grid, tally: Tally, styles: Styles) -> Iterator[str]:
    """Yield every row of a matrix, as they stand below one another on its page."""
    roles = matrix.column_keys
    letters = [_Letters(letter(column), styles["letter"]) for column in range(FIRST_ROLE_COLUMN, grid.owners_column)]
    lead, edge = _Lead(matrix, tally, styles), _Edge(matrix, grid, tally, styles)
    nothing: dict[str, str] = {}
    blanks = [""] * len(roles)
    for number, duty in enumerate(rows_in_order(matrix), start=FIRST_ROW):
        try:
            row = matrix.cells.get(duty, nothing)
            crossings = map(getitem, letters, map(row.get, roles, blanks))
            said, right = edge.of(duty, number)
            yield cells.row(
                number, [*lead.of(duty), *crossings, *right], fitted=_height(matrix.duties[duty].title, said)
            )
        except CannotBeHeld as refusal:
            about = _("duty {code}").format(code=words.short(matrix.duties[duty].code, 60))
            raise placed(refusal, layout.sheet_name(layout.MATRIX), number, about) from None


def _height(title: str, said: str) -> float:
    if len(title) <= layout.DUTY_WIDTH and len(said) <= layout.CHECK_WIDTH and "\n" not in title:
        return 0
    return fitted((title, layout.DUTY_WIDTH), (said, layout.CHECK_WIDTH))


class _Letters(dict[str, str]):
    """The cells of one column by their letters. An empty one is no cell at all: its column dresses it."""

    def __init__(self, column: str, style: int) -> None:
        super().__init__({"": ""})
        self._column, self._style = column, style

    def __missing__(self, letters: str) -> str:
        self[letters] = cells.text(self._column, self._style, letters)
        return self[letters]


class _Lead:
    """The cells of a row before its letters."""

    def __init__(self, matrix: Matrix, tally: Tally, styles: Styles) -> None:
        self._matrix, self._tally, self._styles = matrix, tally, styles
        self._open = matrix.open_by_duty
        self._areas: dict[str, str] = {}

    def of(self, duty: str) -> list[str]:
        styles, record = self._styles, self._matrix.duties[duty]
        parts = [cells.text(_KEY, styles["key"], duty)]
        if duty in self._open:
            parts += self._undecided(duty)
        elif duty in self._tally.unsettled:
            parts.append(cells.text(_OVERLAP, styles["key"], self._contenders(duty)))
        parts.append(self._area(record.area))
        parts.append(cells.text(_CODE, styles["code"], record.code))
        parts.append(cells.text(_DUTY, styles["duty"], record.title))
        return parts

    def _undecided(self, duty: str) -> Iterator[str]:
        style = self._styles["key"]
        yield cells.text(_CLAIM, style, words.claim(self._matrix, duty))
        if interim := self._matrix.grey_areas[self._open[duty]].interim:
            yield cells.text(_INTERIM, style, layout.ROLE_PREFIX + interim)

    def _contenders(self, duty: str) -> str:
        """Return what the overlap column holds (see `layout.ABSENT_CLAIMANT`)."""
        claims = self._tally.claims.get(duty, frozenset())
        present = [layout.ROLE_PREFIX + role for role in self._matrix.column_keys if role in claims] if claims else []
        absent = layout.ABSENT_CLAIMANT * (len(claims) - len(present))
        return absent + layout.KEY_SEPARATOR + "".join(key + layout.KEY_SEPARATOR for key in present)

    def _area(self, key: str) -> str:
        if key not in self._areas:
            name = self._matrix.areas[key].name if key in self._matrix.areas else ""
            self._areas[key] = cells.text(_AREA, self._styles["area"], name)
        return self._areas[key]


class _Edge:
    """The cells of a row after its letters: two counts and the words.

    The first row that applies holds the formulas, all others share them. A row that does not apply has
    none, and says why.
    """

    def __init__(self, matrix: Matrix, grid: Grid, tally: Tally, styles: Styles) -> None:
        self._matrix, self._grid, self._tally = matrix, grid, tally
        self._columns = [letter(grid.owners_column + step) for step in range(3)]
        self._looks = [styles["count"], styles["count"], styles["check"]]
        self._cells = list(zip(range(3), self._columns, self._looks, strict=True))
        self._known: dict[tuple[int, int, str], list[str]] = {}
        self._shared = False

    def of(self, duty: str, number: int) -> tuple[str, list[str]]:
        """Return the words on a row, and its cells."""
        if not self._matrix.rows[duty].applies:
            said = self._tally.words_on(duty)
            return said, self._not_here(said)
        results = self._tally.rows[duty]
        if not self._shared:
            return results[2], self._formulas(number, results)
        if results not in self._known:
            made = [cells.shared(column, look, results[index], index=index) for index, column, look in self._cells]
            if results[2].startswith(_(words.UNDECIDED)):  # hardly ever the same twice
                return results[2], made
            self._known[results] = made
        return results[2], self._known[results]

    def _formulas(self, number: int, results: tuple[int, int, str]) -> list[str]:
        self._shared = True
        formulas = Formulas(self._grid, self._tally.verdicts, number)
        last = self._grid.last_row
        expressions = (formulas.owners, formulas.doers, formulas.check)
        return [
            cells.first_shared(
                column, look, expressions[index], results[index], index=index, span=f"{column}{number}:{column}{last}"
            )
            for index, column, look in self._cells
        ]

    def _not_here(self, said: str) -> list[str]:
        blanks = [cells.text(column, look, "") for column, look in zip(self._columns[:2], self._looks, strict=False)]
        return [*blanks, cells.text(self._columns[2], self._looks[2], said)]
