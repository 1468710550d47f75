"""What a decision would do, drawn up for people: cell by cell in every matrix, duties that come and go, findings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from raci.domain.change import Change
from raci.domain.lint import Finding
from raci.domain.matrix import Matrix
from raci.domain.records import GreyAreaStatus, Kind
from raci.services.naming import Names, names_for
from raci.services.overlaps import Preview


@dataclass(frozen=True)
class CellEffect:
    """One cell: the name of its role, and its letters before and after."""

    role: str
    before: str
    after: str


@dataclass
class DutyEffect:
    """The cells of one duty in one matrix. ``new`` where the duty is made by the decision, ``gone`` where it ends."""

    key: str
    name: str
    new: bool = False
    gone: bool = False
    cells: list[CellEffect] = field(default_factory=list)


@dataclass
class SheetEffect:
    """What changes in one matrix."""

    key: str
    title: str
    duties: list[DutyEffect] = field(default_factory=list)


@dataclass(frozen=True)
class DecisionEffects:
    """All that would change. ``closes`` and ``opens``: what becomes of the grey area."""

    sheets: tuple[SheetEffect, ...]
    fixed: tuple[Finding, ...]
    added: tuple[Finding, ...]
    closes: bool
    opens: bool

    @property
    def cells(self) -> int:
        """How many cells change."""
        return sum(len(duty.cells) for sheet in self.sheets for duty in sheet.duties)


def effects_of(found: Preview, matrix: Matrix, duty: str) -> DecisionEffects:
    """Return a preview in the names that people know, with a constant number of queries.

    The duty that is decided stands first, roles in the order of the columns of the matrix.
    """
    names = names_for(found.changes)
    columns = {role: at for at, role in enumerate(matrix.column_keys)}
    first = {one.address.subject: at for at, one in reversed(list(enumerate(found.changes)))}
    ordered = sorted(
        found.changes,
        key=lambda one: (
            one.address.subject != duty,
            first[one.address.subject],
            columns.get(one.address.other, len(columns)),
        ),
    )
    return DecisionEffects(
        sheets=tuple(_sheets(ordered, names)),
        fixed=found.fixed,
        added=found.added,
        closes=any(_becomes(change, GreyAreaStatus.DECIDED) for change in found.changes),
        opens=any(_becomes(change, GreyAreaStatus.OPEN) for change in found.changes),
    )


def _sheets(changes: Iterable[Change], names: Names) -> Iterator[SheetEffect]:
    """Put the changes together by matrix and duty, in the order in which they come."""
    changes = list(changes)
    new = {change.address.subject for change in changes if change.address.kind is Kind.DUTY and change.creates}
    gone = {
        one.address.subject for one in changes if one.address.kind is Kind.DUTY and one.field == "retired" and one.after
    }
    sheets: dict[str, SheetEffect] = {}
    duties: dict[tuple[str, str], DutyEffect] = {}
    for change in changes:
        matrix, duty = change.address.matrix, change.address.subject
        if change.address.kind not in (Kind.CELL, Kind.ROW):
            continue
        sheet = sheets.setdefault(matrix, SheetEffect(matrix, str(names.of(matrix))))
        if change.address.kind is Kind.ROW and not (change.creates or change.removes):
            continue
        if (matrix, duty) not in duties:
            duties[matrix, duty] = DutyEffect(duty, str(names.of(duty)), duty in new, duty in gone)
            sheet.duties.append(duties[matrix, duty])
        if change.address.kind is Kind.CELL:
            duties[matrix, duty].cells.append(_cell(change, names))
    return (sheet for sheet in sheets.values() if sheet.duties)


def _cell(change: Change, names: Names) -> CellEffect:
    return CellEffect(str(names.of(change.address.other)), str(change.before), str(change.after))


def _becomes(change: Change, status: GreyAreaStatus) -> bool:
    if change.address.kind is not Kind.GREY_AREA:
        return False
    if change.creates:
        after: Any = change.after
        return bool(after.get("status") == status.value)
    return change.field == "status" and change.after == status.value
