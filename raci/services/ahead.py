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


def staged(changes: Sequence[Change], places: dict[Address, Place]) -> AbstractContextManager[None]:
    """Lay the changes of cells ready, in their order, with where each is kept."""
    texts: dict[str, str] = {}
    rows = []
    # By duty, as the index over the history has it: in any other order the database turns page upon page.
    for ordinal, change in sorted(enumerate(changes), key=_by_duty):
        place, before, after = places[change.address], str(change.before), str(change.after)
        for letters in (before, after):
            if letters not in texts:
                texts[letters] = json.dumps(letters)
        rows.append(
            (
                ordinal, change.address.subject, change.address.other, texts[before], texts[after], after,
                place.row, place.column, place.cell,
            )
        )  # fmt: skip
    return sets.staged(_COLUMNS, rows)


def _by_duty(numbered: tuple[int, Change]) -> str:
    return numbered[1].address.subject


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


def write_cells(changes: Sequence[Change], places: dict[Address, Place]) -> None:
    """Write what was laid ready into the cells. Raises `Moved` where one is not there any more."""
    emptied = sum(change.after == "" for change in changes)
    new = sum(places[change.address].cell is None for change in changes)
    altered = len(changes) - emptied - new
    needed = ((emptied, _EMPTY), (altered, _ALTER), (new, _FILL))
    if sum(sets.run(sql) for count, sql in needed if count) != len(changes):
        raise Moved


def write_history(matrix: str, revision: Revision) -> None:
    """Write what was laid ready into the history, as the changes of a revision."""
    sets.run(_TELL, [revision.pk, str(Kind.CELL), matrix])
