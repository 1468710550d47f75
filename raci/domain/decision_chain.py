"""How decisions on one duty follow one another, and where each of them stands."""

from datetime import date
from enum import StrEnum

from raci.domain.matrix import Matrix


class Standing(StrEnum):
    """Where a decision stands on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"  # in force from a later day on
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


def standing(matrix: Matrix, key: str, today: date) -> Standing:
    """Return where a decision stands: withdrawn before replaced, and that before what its days say."""
    decision = matrix.decisions[key]
    if decision.withdrawn_on is not None:
        return Standing.WITHDRAWN
    if key in replacements(matrix, decision.duty):
        return Standing.REPLACED
    if decision.valid_until is not None and decision.valid_until < today:
        return Standing.EXPIRED
    if decision.valid_from is not None and decision.valid_from > today:
        return Standing.COMING
    return Standing.IN_FORCE


def replacements(matrix: Matrix, duty: str) -> dict[str, str]:
    """Return for each decision on a duty that was replaced the key of the one that replaced it."""
    return {item.supersedes: key for key, item in matrix.decisions.items() if item.duty == duty and item.supersedes}


def chain(matrix: Matrix, duty: str) -> tuple[str, ...]:
    """Return the keys of all decisions on a duty, oldest first; one that replaces another always comes after it."""
    mine = {key: item for key, item in matrix.decisions.items() if item.duty == duty}
    placed: dict[str, None] = {}
    for start in sorted(mine, key=lambda key: (mine[key].decided_on or date.min, key)):
        way, at = list[str](), start
        while at in mine and at not in placed and at not in way:
            way.append(at)
            at = mine[at].supersedes
        placed |= dict.fromkeys(reversed(way))
    return tuple(placed)
