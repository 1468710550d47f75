"""The Matrix sheet: found by its hidden row of keys, wherever it stands by now and whatever it is called."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from raci.documents.workbook import layout
from raci.documents.workbook.reading.markup import Enough
from raci.documents.workbook.reading.sheet import ERROR, FORMULA, NUMBER, SheetRow, column_number
from raci.domain.homecoming.brought import (
    AREA,
    BETWEEN_CELLS,
    CODE,
    KEY,
    TITLE,
    UNREADABLE,
    BroughtColumn,
    BroughtRow,
)
from raci.domain.reading import Problem, Weight
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

HEAD_ROWS = 200  # rows with text above which the keys must stand
_FIELDS = frozenset((*layout.FIELD_OF_COLUMN.values(), layout.OWNERS_FIELD, layout.DOERS_FIELD, layout.CHECK_FIELD))
_FEWEST_FIELDS = 3

_FORMULA = _("There is a formula in this cell. Type what it is to hold; nothing was taken from it.")
_ERROR = _("This cell shows the error {error}. Nothing was taken from it.")
_NUMBER = _("This cell holds a number, {number}. Spreadsheets make one of what looks like a date; is it right?")
_NAMELESS = _("Column {column} holds something and has no name, so it was left out.")


def keys_of(row: SheetRow) -> dict[str, str]:
    """Return what the hidden row says of each column, {} for any other row."""
    named = {at: text for at, text in row.cells.items() if text in _FIELDS or text.startswith(layout.ROLE_PREFIX)}
    return named if KEY in named.values() and len(named) >= _FEWEST_FIELDS else {}


@dataclass
class MatrixSheet:
    """Takes the rows of one sheet: first the keys, then the header, then duties and counts."""

    sheet: str
    fields: dict[str, str] = field(default_factory=dict)
    columns: list[BroughtColumn] = field(default_factory=list)
    rows: list[BroughtRow] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _keys: dict[str, str] = field(default_factory=dict)
    _known: frozenset[str] = frozenset()
    _at: tuple[str, ...] = ()
    _looked_at: int = 0

    @property
    def is_one(self) -> bool:
        return bool(self._keys)

    def take(self, row: SheetRow) -> None:
        """Take one row. Raises `Enough` where there is no hidden row of keys near the top."""
        if self._at or self._known:
            self._take_row(row)
        elif self._keys:
            self._take_header(row)
        else:
            self._keys = keys_of(row)
            self._looked_at += 1
            if not self._keys and self._looked_at > HEAD_ROWS:
                raise Enough

    # --- above the rows

    def _take_header(self, row: SheetRow) -> None:
        for at, text in sorted(self._keys.items(), key=lambda item: column_number(item[0])):
            if not text.startswith(layout.ROLE_PREFIX):
                self.fields.setdefault(text, at)
        roles = {at: text for at, text in self._keys.items() if text.startswith(layout.ROLE_PREFIX)}
        added = {at for at, text in row.cells.items() if at not in self._keys and text.strip()}
        inside = self._inside(roles)
        for at in sorted({*roles, *added}, key=column_number):
            name = UNREADABLE if row.odd.get(at) in (FORMULA, ERROR) else row.cells.get(at, "")
            if name == UNREADABLE:
                self._report(f"{at}{row.number}", Sentence(_FORMULA))
            key = roles.get(at, "").removeprefix(layout.ROLE_PREFIX)
            self.columns.append(BroughtColumn(key, name, at, inside=column_number(at) in inside))
        self._at = tuple(column.at for column in self.columns)
        self._known = frozenset((*self._keys, *self._at))

    def _inside(self, roles: Iterable[str]) -> range:
        """Return the columns from the title to the counts: one inserted there is a role even before it has letters."""
        left = [column_number(at) for at in (*roles, self.fields.get(TITLE, "")) if at]
        right = [column_number(at) for at in roles]
        if owners := self.fields.get(layout.OWNERS_FIELD):
            right.append(column_number(owners) - 1)
        return range(min(left, default=0), max(right, default=-1) + 1)

    # --- rows

    def _take_row(self, row: SheetRow) -> None:
        cells, fields = row.cells, self.fields
        key = cells.get(fields[KEY], "").strip()
        if key.startswith(layout.COUNT_PREFIX):
            self._take_label(key.removeprefix(layout.COUNT_PREFIX), cells.get(fields.get(TITLE, ""), ""))
            return
        # Whoever sums up columns below the matrix has no duty there.
        if not key and any(row.odd.get(at) == FORMULA for at in self._at):
            return
        if row.odd:
            self._look_at_odd(row)
        get = cells.get
        letters = BETWEEN_CELLS.join([get(at, "") for at in self._at])
        if letters.count(BETWEEN_CELLS) >= max(len(self._at), 1):
            letters = BETWEEN_CELLS.join([get(at, "").replace(BETWEEN_CELLS, " ") for at in self._at])
        area, code, title = (get(fields.get(name, ""), "") for name in (AREA, CODE, TITLE))
        if key or title or code or letters.strip():
            self.rows.append(BroughtRow(row.number, key, area, code, title, letters, row.hidden))
            if strays := cells.keys() - self._known:
                self._leave(strays, row.number)

    def _take_label(self, code: str, label: str) -> None:
        suffix = f" ({code})"
        if label.endswith(suffix):
            self.labels[label.removesuffix(suffix)] = code

    def _look_at_odd(self, row: SheetRow) -> None:
        """Report formulas and errors where a text should be, and let nothing be taken from them."""
        texts = {self.fields[name] for name in (AREA, CODE, TITLE) if name in self.fields}
        for at, kind in row.odd.items():
            where = f"{at}{row.number}"
            if kind == NUMBER:
                if at in texts:
                    self._report(where, Sentence(_NUMBER, {"number": row.cells[at]}), Weight.DOUBT)
            elif at in texts or at in self._at:
                error = Sentence(_ERROR, {"error": row.cells.get(at, "")})
                self._report(where, Sentence(_FORMULA) if kind == FORMULA else error)
                row.cells[at] = UNREADABLE

    def _leave(self, strays: Iterable[str], number: int) -> None:
        for at in sorted(strays, key=column_number):
            self._report(f"{at}{number}", Sentence(_NAMELESS, {"column": at}), Weight.NOTE)
        self._known |= frozenset(strays)

    def _report(self, at: str, message: Sentence, weight: Weight = Weight.LEFT) -> None:
        self.problems.append(Problem(f"{self.sheet}!{at}", message, weight))
