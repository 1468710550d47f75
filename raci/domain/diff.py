"""What must change to make one matrix into another."""

from dataclasses import fields

from raci.domain.change import Address, Change, cell_change, in_order
from raci.domain.matrix import Matrix, records
from raci.domain.records import Record, encode, to_fields


def diff(old: Matrix, new: Matrix) -> tuple[Change, ...]:
    """Return the changes that turn ``old`` into ``new``: ``apply(old, diff(old, new)) == new``.

    Both must be the same matrix (same key and scheme), otherwise `ValueError`. The changes stand in an
    order in which each finds what it needs, and the same two states always give the same order.
    """
    if (old.key, old.scheme) != (new.key, new.scheme):
        raise ValueError("only two states of the same matrix, in the same scheme, can be compared")
    before, after = dict(records(old)), dict(records(new))
    found = [
        change
        for address in before | after
        for change in record_changes(address, before.get(address), after.get(address))
    ]
    return in_order([*found, *_cell_changes(old, new)])


def record_changes(address: Address, old: Record | None, new: Record | None) -> list[Change]:
    """Return the changes of one record: created or removed whole, or field by field."""
    if old is None or new is None:
        if old is new:
            return []
        return [Change(address, "", None if old is None else to_fields(old), None if new is None else to_fields(new))]
    if old == new:
        return []
    pairs = ((item.name, getattr(old, item.name), getattr(new, item.name)) for item in fields(old))
    return [Change(address, name, encode(was), encode(now)) for name, was, now in pairs if was != now]


def _cell_changes(old: Matrix, new: Matrix) -> list[Change]:
    found = []
    for duty in {**old.cells, **new.cells}:
        was, now = old.cells.get(duty, {}), new.cells.get(duty, {})
        if was != now:
            pairs = ((role, was.get(role, ""), now.get(role, "")) for role in {**was, **now})
            found += [cell_change(old.key, duty, role, old_one, new_one) for role, old_one, new_one in pairs]
    return [change for change in found if change.before != change.after]
