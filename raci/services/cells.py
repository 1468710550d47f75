"""Reading and writing cells, any number at once."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.models import Assignment
from raci.services import sets

# Every join is a left one, so that SQLite keeps this order and looks each key up; it would otherwise
# start from the largest table and take the JSON apart once for each of its rows.
_READ = """
SELECT given.matrix, given.duty, given.role, r.id, c.id, a.id, a.letters
FROM {given}
LEFT JOIN raci_matrix m ON m.key = given.matrix AND m.organisation_id = %s
LEFT JOIN raci_duty d ON d.key = given.duty AND d.organisation_id = m.organisation_id
LEFT JOIN raci_role o ON o.key = given.role AND o.organisation_id = m.organisation_id
LEFT JOIN raci_matrixrow r ON r.matrix_id = m.id AND r.duty_id = d.id
LEFT JOIN raci_matrixcolumn c ON c.matrix_id = m.id AND c.role_id = o.id
LEFT JOIN raci_assignment a ON a.row_id = r.id AND a.column_id = c.id
"""


class Place(NamedTuple):
    """Where a cell is kept: the ids of its row and column, of itself where it has letters."""

    row: int
    column: int
    cell: int | None
    letters: str


def read(organisation: int, addresses: Iterable[Address]) -> dict[Address, Place]:
    """Return the place of every cell whose row and column exist, in one query."""
    keys = [[address.matrix, address.subject, address.other] for address in addresses]
    if not keys:
        return {}
    query = _READ.format(given=sets.given([("matrix", "CharField"), ("duty", "CharField"), ("role", "CharField")]))
    return {
        Address(Kind.CELL, matrix, duty, role): Place(row, column, cell, letters or "")
        for matrix, duty, role, row, column, cell, letters in sets.select(query, keys, [organisation])
        if row is not None and column is not None
    }


def clear(changes: Sequence[Change], places: dict[Address, Place]) -> None:
    """Remove the cells that changes empty."""
    sets.delete(Assignment, [cell for change in changes if (cell := places[change.address].cell) is not None])


def fill(changes: Sequence[Change], places: dict[Address, Place]) -> None:
    """Write the letters that changes want, into new cells and old ones."""
    rows = [(places[change.address].row, places[change.address].column, change.after) for change in changes]
    sets.insert(
        Assignment,
        ["row", "column", "letters"],
        rows,
        on_conflict="ON CONFLICT (row_id, column_id) DO UPDATE SET letters = excluded.letters",
    )
