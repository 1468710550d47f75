"""The three-way decision: seen, wanted, current. It guards a keystroke and an import alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from raci.domain.change import Address, Change
from raci.domain.diff import diff
from raci.domain.matrix import Matrix, records
from raci.domain.records import Kind, encode, to_fields


@dataclass(frozen=True)
class Conflict:
    """A change that saw something else than what is there now."""

    change: Change
    current: Any


@dataclass(frozen=True)
class Plan:
    """What becomes of a set of changes: to be made, already so, or in conflict."""

    changes: tuple[Change, ...] = ()
    settled: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


Spot = tuple[Address, str]


def decide(changes: Iterable[Change], current: Mapping[Spot, Any]) -> Plan:
    """Sort changes by what is there now: if it is what was seen, make the change; if it is already
    what is wanted, nothing is to do; otherwise the two disagree.

    ``current`` maps (address, field) to its value, for every spot that the changes name.
    """
    to_make, settled, conflicts = [], [], []
    for change in changes:
        found = current[change.address, change.field]
        if found == change.after:
            settled.append(change)
        elif found == change.before:
            to_make.append(change)
        else:
            conflicts.append(Conflict(change, found))
    return Plan(tuple(to_make), tuple(settled), tuple(conflicts))


def merge(seen: Matrix, wanted: Matrix, current: Matrix) -> Plan:
    """Carry the difference between ``seen`` and ``wanted`` over to ``current``.

    Nothing that somebody else changed in the meantime is overwritten: it is a conflict.
    """
    changes = diff(seen, wanted)
    now = dict(records(current))
    found: dict[Spot, Any] = {}
    for change in changes:
        address = change.address
        if address.kind is Kind.CELL:
            found[address, change.field] = current.letters(address.subject, address.other)
        else:
            record = now.get(address)
            if record is None:
                found[address, change.field] = None
            else:
                found[address, change.field] = (
                    encode(getattr(record, change.field)) if change.field else to_fields(record)
                )
    return decide(changes, found)
