"""Many cells at once: all that can be done before anybody is held up is done before.

Which rows of the tables are meant, what stands there and what is to be written down is read and laid ready while
others go on writing. Under the lock it is only asked whether the organisation still stands at the same revision: every
write to it makes a new one, so that then nothing that was read has changed.
"""

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.models import Assignment, MatrixColumn, MatrixRow, Revision
from raci.services import sets
from raci.services.cells import Place

# From so many cells on it pays; fewer are written in the time that it takes to lay them ready.
MANY = 500

_COLUMNS = (
    ("ordinal", "IntegerField"), ("subject", "CharField"), ("other", "CharField"), ("before", "JSONField"),
    ("after", "JSONField"), ("wanted", "CharField"), ("row_id", "ForeignKey"), ("column_id", "ForeignKey"),
    ("cell", "BigIntegerField"),
)  # fmt: skip


class Moved(Exception):
    """What was laid ready does not fit what is there any more."""


@dataclass(frozen=True)
class Sheet:
    """All cells of a matrix as they are kept: row and column ids by key, the cells that are not empty by both."""

    matrix: str
    rows: dict[str, int]
    columns: dict[str, int]
    cells: dict[tuple[int, int], tuple[int, str]]

    @classmethod
    def read(cls, organisation: int, matrix: str) -> "Sheet":
        """Return the cells of a matrix in three queries; nothing where the organisation has no such matrix."""
        of = {"matrix__organisation": organisation, "matrix__key": matrix}
        rows = MatrixRow.objects.filter(**of).order_by().values_list("duty__key", "pk")
        columns = MatrixColumn.objects.filter(**of).order_by().values_list("role__key", "pk")
        cells = Assignment.objects.filter(row__matrix__organisation=organisation, row__matrix__key=matrix)
        parts = cells.order_by().values_list("row_id", "column_id", "pk", "letters")
        return cls(
            matrix, dict(rows), dict(columns), {(row, column): (cell, held) for row, column, cell, held in parts}
        )

    def places(self, changes: Iterable[Change]) -> dict[Address, Place]:
        """Return where the cells of changes are kept, without those whose row or column does not exist."""
        rows, columns, cells = self.rows, self.columns, self.cells
        found, nothing = {}, (None, "")
        for change in changes:
            address = change.address
            if address.subject in rows and address.other in columns:
                row, column = rows[address.subject], columns[address.other]
                found[address] = Place(row, column, *cells.get((row, column), nothing))
        return found

    def laid(self, changes: Sequence[Change]) -> "Laid | None":
        """Return changes of cells that all find what they saw; None where one does not, and where there is none.

        History tells them in the order given. They are laid by duty, as its index has them: in any other order the
        database turns page upon page.
        """
        rows, columns, cells = self.rows, self.columns, self.cells
        quoted, nothing = _Quoted(), (None, "")
        kind, found, told = str(Kind.CELL), [], []
        for ordinal, ((_kind, _matrix, subject, other), _field, before, after) in enumerate(changes):
            row, column = rows.get(subject), columns.get(other)
            if row is None or column is None:
                return None
            cell, held = cells.get((row, column), nothing)
            if held != before or held == after:
                return None
            found.append((ordinal, subject, other, quoted[before], quoted[after], after, row, column, cell))
            told.append([kind, self.matrix, subject, other, "letters", before, after])
        found.sort(key=_DUTY)
        return Laid(self.matrix, found, told) if found else None


_DUTY = itemgetter(1)


class _Quoted(dict[Any, str]):
    """Letters as JSON text, each worked out once."""

    def __missing__(self, letters: str) -> str:
        self[letters] = text = json.dumps(letters)
        return text


class Laid:
    """Changes of the cells of a matrix with where each cell is kept; ``told`` is what history keeps of them."""

    def __init__(self, matrix: str, rows: Sequence[tuple[Any, ...]], told: Sequence[Sequence[Any]]) -> None:
        self.matrix = matrix
        self.rows = rows
        self.told = told
        self._emptied = sum(row[5] == "" for row in rows)
        self._new = sum(row[8] is None for row in rows)

    def staged(self) -> AbstractContextManager[None]:
        """Run a transaction for which they stand ready in a table that this connection alone sees."""
        return sets.staged(_COLUMNS, self.rows)

    def write_cells(self) -> None:
        """Write what was laid ready into the cells. Raises `Moved` where one is not there any more."""
        altered = len(self.rows) - self._emptied - self._new
        needed = ((self._emptied, _EMPTY), (altered, _ALTER), (self._new, _FILL))
        if sum(sets.run(sql) for count, sql in needed if count) != len(self.rows):
            raise Moved

    def write_history(self, revision: Revision) -> None:
        """Write what was laid ready into the history, as the changes of a revision."""
        sets.run(_TELL, [revision.pk, str(Kind.CELL), self.matrix])


@contextmanager
def without_collecting() -> Iterator[None]:
    """Put off the collection of garbage: it would look again and again at some hundred thousand objects, all in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def only_matrix(changes: Sequence[Change]) -> str:
    """Return the matrix of a large set that is about its cells alone; "" for any other set."""
    if len(changes) < MANY or any(change.address.kind is not Kind.CELL for change in changes):
        return ""
    matrices = {change.address.matrix for change in changes}
    return matrices.pop() if len(matrices) == 1 else ""


_EMPTY = "DELETE FROM raci_assignment WHERE id IN (SELECT cell FROM raci_staged WHERE wanted = '')"
_ALTER = """
UPDATE raci_assignment SET letters = raci_staged.wanted FROM raci_staged
WHERE raci_assignment.id = raci_staged.cell AND raci_staged.wanted <> ''
"""
_FILL = """
INSERT INTO raci_assignment (row_id, column_id, letters)
SELECT row_id, column_id, wanted FROM raci_staged WHERE cell IS NULL
"""
_TELL = """
INSERT INTO raci_revisionchange (revision_id, ordinal, kind, matrix, subject, other, field, before, after)
SELECT %s, ordinal, %s, %s, subject, other, 'letters', before, after FROM raci_staged
"""
