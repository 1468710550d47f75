"""The three-way decision: seen, wanted, current. It guards a keystroke and an import alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from raci.domain.change import Address, Change
from raci.domain.diff import diff
from raci.domain.fitting import Fitting
from raci.domain.matrix import Matrix, value_at
from raci.domain.text import NOTHING, Fact, Sentence
from raci.domain.text import gettext_noop as _


@dataclass(frozen=True)
class Conflict:
    """A change that cannot be made. ``current`` is what its address holds now, ``why`` says it in words."""

    change: Change
    current: Any
    why: Sentence = NOTHING


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

    ``current`` maps (address, field) to its value, for every spot that the changes name; None stands
    for a record that does not exist.
    """
    to_make, settled, conflicts = [], [], []
    for change in changes:
        found = current[change.address, change.field]
        if found == change.after:
            settled.append(change)
        elif found == change.before:
            to_make.append(change)
        else:
            conflicts.append(Conflict(change, found, disagreement(change, found)))
    return Plan(tuple(to_make), tuple(settled), tuple(conflicts))


def merge(seen: Matrix, wanted: Matrix, current: Matrix) -> Plan:
    """Carry the difference between ``seen`` and ``wanted`` over to ``current``.

    Nothing that somebody else changed in the meantime is overwritten: it is a conflict. So is whatever
    no longer fits: letters for a row that is gone, the removal of a column in which somebody has put
    new letters, a code that somebody else has given away. ``plan.changes`` can always be applied to
    ``current``, and where all three are sound (`references.dangling`), so is the result.
    """
    changes = diff(seen, wanted)
    plan = decide(changes, {(c.address, c.field): value_at(current, c.address, c.field) for c in changes})
    disputed = [conflict.change for conflict in plan.conflicts]
    kept, refused = Fitting(wanted, current, plan.changes, disputed).settle()
    misfits = (Conflict(change, value_at(current, change.address, change.field), why) for change, why in refused)
    return Plan(kept, plan.settled, (*plan.conflicts, *misfits))


def disagreement(change: Change, found: Any) -> Sentence:
    """Say in words why a change that saw something else than ``found`` is not made."""
    if found is None:
        return Sentence(_("Somebody removed it in the meantime."))
    if change.creates:
        return Sentence(_("Somebody else added it in the meantime, with other contents."))
    if change.removes:
        return Sentence(_("Somebody changed it in the meantime, so it is not removed."))
    facts: dict[str, Fact] = {"before": _quoted(change.before), "now": _quoted(found)}
    return Sentence(_("Somebody changed it in the meantime: it was {before} and is {now} now."), facts)


def _quoted(value: Any) -> Sentence:
    if value in ("", {}):
        return Sentence(_("empty"))
    if isinstance(value, bool):
        return Sentence(_("yes") if value else _("no"))
    if isinstance(value, Mapping):
        value = ", ".join(f"{name}: {text}" for name, text in value.items())
    return Sentence(_("“{text}”"), {"text": str(value)})
