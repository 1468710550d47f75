"""Two states of a matrix side by side: what became of each thing that differs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from raci.domain.change import Change
from raci.domain.diff import diff
from raci.domain.matrix import Matrix
from raci.domain.records import GreyAreaStatus, Kind


class Fate(StrEnum):
    """What became of something between two states."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    OPENED = "opened"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    MOVED = "moved"


_BY_STATUS: Mapping[object, Fate] = {
    GreyAreaStatus.OPEN.value: Fate.OPENED,
    GreyAreaStatus.DECIDED.value: Fate.SETTLED,
    GreyAreaStatus.WITHDRAWN.value: Fate.WITHDRAWN,
}
_BY_FIELD = {"code": Fate.RENAMED, "name": Fate.RENAMED, "title": Fate.RENAMED, "position": Fate.MOVED}


def fate(change: Change) -> Fate:
    """Tell what became of the thing that a change is about."""
    if change.address.kind is Kind.CELL:
        return Fate.ADDED if not change.before else Fate.CHANGED if change.after else Fate.REMOVED
    if change.address.kind is Kind.GREY_AREA and (status := _status(change)):
        return _BY_STATUS[status]
    if change.creates:
        return Fate.ADDED
    return Fate.REMOVED if change.removes else _BY_FIELD.get(change.field, Fate.CHANGED)


def _status(change: Change) -> object:
    """Return the status into which a change brings a grey area, nothing where it brings it into none."""
    if change.field:
        return change.after if change.field == "status" else None
    return change.after.get("status") if isinstance(change.after, Mapping) else None


def differences(old: Matrix, new: Matrix) -> tuple[Change, ...]:
    """Return what differs between two states of one matrix, in whatever schemes, without what is told twice.

    A duty that came or went with its row, and a role with its column, are told by the row and the column.
    """
    changes = diff(replace(old, scheme=new.scheme), new)
    told = {(item.address.subject, item.removes) for item in changes if _is_place(item) and not item.field}
    return tuple(
        item
        for item in changes
        if item.field
        or item.address.kind not in (Kind.DUTY, Kind.ROLE)
        or (item.address.subject, item.removes) not in told
    )


def _is_place(change: Change) -> bool:
    return change.address.kind in (Kind.ROW, Kind.COLUMN)


def cells_by_duty(old: Matrix, new: Matrix, changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return the changed cells of each duty: rows and columns as they stand now, then those that are gone."""
    rows = {key: index for index, key in enumerate(dict.fromkeys([*new.row_keys, *old.row_keys]))}
    columns = {key: index for index, key in enumerate(dict.fromkeys([*new.column_keys, *old.column_keys]))}
    cells = [change for change in changes if change.address.kind is Kind.CELL]
    found: dict[str, list[Change]] = {}
    for change in sorted(cells, key=lambda item: (rows[item.address.subject], columns[item.address.other])):
        found.setdefault(change.address.subject, []).append(change)
    return found
