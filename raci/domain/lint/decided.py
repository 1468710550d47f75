"""What the decisions in force say of a duty, for the rules that hold it against the matrix."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from raci.domain.bands import Band
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, DecisionType, Mode, Part

_SPLITS = (DecisionType.SPLIT_SCOPE, DecisionType.SPLIT_THRESHOLD)


def in_force(matrix: Matrix, duty: str, *types: DecisionType) -> Iterator[tuple[str, Decision]]:
    """Yield the decisions on a duty that are neither withdrawn nor replaced, by key; only of types if given."""
    for key in matrix.in_force_by_duty.get(duty, ()):
        decision = matrix.decisions[key]
        if not types or decision.type in types:
            yield key, decision


def holds_on(decision: Decision, day: date) -> bool:
    """Tell whether a day lies in the time for which a decision was made."""
    return (decision.valid_from or date.min) <= day <= (decision.valid_until or date.max)


def bands_of(parts: Iterable[Part]) -> tuple[Band, ...]:
    """Return parts of a decision as lines of a table of thresholds."""
    return tuple(
        Band.stored(part.role, part.lower, part.upper, category=part.category, unit=part.unit) for part in parts
    )


def mode_of(decision: Decision) -> Mode:
    return Mode.LIMITS if decision.mode == Mode.LIMITS else Mode.BANDS


def is_settled(matrix: Matrix, duty: str, today: date) -> bool:
    """Tell whether a decision on a duty that holds today names who answers for it."""
    return any(one.owner and holds_on(one, today) for _key, one in in_force(matrix, duty))


@dataclass(frozen=True)
class Expected:
    """Who answers for a duty as it was decided. ``split`` is the duty whose split says so, "" for a decision on itself.

    ``decision`` is its key.
    """

    decision: str
    owner: str
    split: str = ""


def expected_owners(matrix: Matrix, duty: str, today: date) -> list[Expected]:
    """Return what the decisions that hold today say of who answers for a duty in this matrix.

    One by the duty's own decision, one by each split of another duty that made this one. What was put off, and
    a split by scope that names nobody for the rest, say nothing.
    """
    found = []
    for key, decision in in_force(matrix, duty):
        owner = _owner_here(matrix, key, decision)
        if owner and holds_on(decision, today):
            found.append(Expected(key, owner))
    return found + list(_by_splits(matrix, duty, today))


def _owner_here(matrix: Matrix, key: str, decision: Decision) -> str:
    """Return the owner by a decision, or by the part of it that has this matrix as its sheet."""
    if decision.type is DecisionType.DEFER:
        return ""
    parts = matrix.parts_of(key) if decision.type is DecisionType.SPLIT_SCOPE else ()
    return next((part.role for part in parts if part.role and part.sheet == matrix.key), decision.owner)


def _by_splits(matrix: Matrix, duty: str, today: date) -> Iterator[Expected]:
    for key, part in matrix.parts_by_duty.get(duty, ()):
        decision, role = matrix.decisions.get(key), matrix.parts[key, part].role
        if not decision or not role or decision.duty == duty or decision.type not in _SPLITS:
            continue
        if key in matrix.in_force_by_duty.get(decision.duty, ()) and holds_on(decision, today):
            yield Expected(key, role, decision.duty)


def colliding(matrix: Matrix, duty: str, today: date) -> int:
    """Return how many decisions say at once who answers for a duty, 0 where none contradicts another.

    Two decisions on one duty collide where some day from today on lies in the time of both. A delegation stands
    beside the decision that made its giver the owner; a split collides with a decision on a duty that it made
    only where the owners differ.
    """
    own = [decision for _key, decision in in_force(matrix, duty)]
    said = expected_owners(matrix, duty, today)
    if len({one.owner for one in said}) > 1:
        return len(said)
    at_once = any(_meet(first, second, today) for first, second in combinations(own, 2))
    return len(own) if at_once else 0


def _meet(first: Decision, second: Decision, today: date) -> bool:
    if first.owner == second.owner and (first.type is DecisionType.DELEGATE) != (second.type is DecisionType.DELEGATE):
        return False
    start = max(today, first.valid_from or today, second.valid_from or today)
    return start <= min(first.valid_until or date.max, second.valid_until or date.max)
