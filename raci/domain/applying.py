"""Making changes: the matrix that follows from another one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from raci.domain.change import Address, Change
from raci.domain.matrix import PAIRED, SHELVES, Matrix, concerns
from raci.domain.records import Kind, decode, encode, from_fields, to_fields


class DoesNotFit(ValueError):
    """A change cannot be applied: its address is missing, taken, still in use, or holds another value."""


# What is worked out only once, and from which shelf: it stays true while that shelf stays as it is.
_DERIVED = {
    "row_keys": "rows",
    "applicable_rows": "rows",
    "column_keys": "columns",
    "open_by_duty": "grey_areas",
    "decision_by_duty": "decisions",
    "in_force_by_duty": "decisions",
    "parts_by_duty": "parts",
    "children_by_duty": "duties",
    "parts_by_decision": "parts",
    "claimants_by_grey_area": "claims",
    "comments_by_duty": "comments",
}


def apply(matrix: Matrix, changes: Iterable[Change], *, revision: int | None = None) -> Matrix:
    """Return the matrix after the changes, made in the order given; ``revision`` is the one it then stands at.

    Changes of other matrices are passed over. Raises `DoesNotFit` where a change has not seen what is
    there, where a row or column is removed that still has letters, and where the matrix itself would be
    created or removed: a matrix cannot say what it was before it existed.
    """
    draft = _Draft(matrix, matrix.revision if revision is None else revision)
    for change in changes:
        if concerns(matrix, change):
            draft.make(change)
    return draft.finish()


class _Draft:
    """The parts of a matrix that have changed so far, copied on the first change of each."""

    def __init__(self, matrix: Matrix, revision: int) -> None:
        self.matrix = matrix
        self.revision = revision
        self.shelves: dict[str, Any] = {}
        self.rows_copied: set[str] = set()
        self.sheet = matrix.sheet

    def make(self, change: Change) -> None:
        if change.address.kind is Kind.CELL:
            self._set_cell(change)
        elif change.address.kind is Kind.SHEET:
            if not change.field:
                raise DoesNotFit(f"matrix {change.address.subject} can be neither created nor removed from within")
            self.sheet = _changed(self.sheet, change)
        else:
            self._set_record(change)

    def finish(self) -> Matrix:
        if "cells" in self.shelves:
            for duty in self.rows_copied:
                if not self.shelves["cells"][duty]:
                    del self.shelves["cells"][duty]
        made = replace(self.matrix, sheet=self.sheet, revision=self.revision, **self.shelves)
        known = vars(self.matrix)
        kept = {name: known[name] for name, shelf in _DERIVED.items() if name in known and shelf not in self.shelves}
        if "tally" in known:
            kept["tally"] = self._tally(made)
        vars(made).update(kept)
        return made

    def _tally(self, made: Matrix) -> Counter[tuple[str, str]]:
        tally = self.matrix.tally
        if self.rows_copied:
            tally = tally.copy()
            for duty in self.rows_copied:
                tally.subtract(self.matrix.cells.get(duty, {}).items())
                tally.update(made.cells.get(duty, {}).items())
            tally = +tally
        return tally

    def _seen(self, name: str) -> Mapping[Any, Any]:
        """Return a shelf to look at: as it is by now, without copying it."""
        found: Mapping[Any, Any] = self.shelves.get(name, getattr(self.matrix, name))
        return found

    def _shelf(self, name: str) -> dict[Any, Any]:
        shelf: dict[Any, Any] | None = self.shelves.get(name)
        if shelf is None:
            shelf = self.shelves[name] = dict(getattr(self.matrix, name))
        return shelf

    def _set_cell(self, change: Change) -> None:
        duty, role = change.address.subject, change.address.other
        cells = self._shelf("cells")
        if duty not in self.rows_copied:
            cells[duty] = dict(cells.get(duty, {}))
            self.rows_copied.add(duty)
        _expect(change, cells[duty].get(role, ""))
        if change.after == "":
            cells[duty].pop(role, None)
            return
        if duty not in self._seen("rows") or role not in self._seen("columns"):
            raise DoesNotFit(f"there is no cell at row {duty}, column {role}")
        cells[duty][role] = change.after

    def _set_record(self, change: Change) -> None:
        address = change.address
        shelf = self._shelf(SHELVES[address.kind])
        key: Any = (address.subject, address.other) if address.kind in PAIRED else address.subject
        if change.removes:
            self._refuse_in_use(address)
        result = _changed(shelf.get(key), change)
        if result is None:
            del shelf[key]
        else:
            shelf[key] = result

    def _refuse_in_use(self, address: Address) -> None:
        cells = self._seen("cells")
        if address.kind is Kind.ROW and cells.get(address.subject):
            raise DoesNotFit(f"row {address.subject} still has letters")
        if address.kind is Kind.COLUMN and any(address.subject in row for row in cells.values()):
            raise DoesNotFit(f"column {address.subject} still has letters")


def _changed(record: Any, change: Change) -> Any:
    """Return a record after one change of it, None where it was removed."""
    if change.field:
        if record is None:
            raise DoesNotFit(f"there is no {change.address.kind} {change.address.subject}")
        wanted = decode(change.address.kind, change.field, change.after)
        _expect(change, encode(getattr(record, change.field)))
        return replace(record, **{change.field: wanted})
    _expect(change, None if record is None else to_fields(record))
    if change.after is None:
        return None
    assert isinstance(change.after, Mapping)
    return from_fields(change.address.kind, change.after)


def _expect(change: Change, found: Any) -> None:
    if change.before != found:
        where = f"{change.address.kind} {change.address.subject} {change.address.other} {change.field}".strip()
        raise DoesNotFit(f"{where}: expected {change.before!r}, found {found!r}")
