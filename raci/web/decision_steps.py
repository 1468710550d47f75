"""The decisions on a duty one after another, and where each stands, for lists of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from raci import models
from raci.domain.decision_chain import Standing, chain, replacements, standing
from raci.domain.matrix import Matrix
from raci.domain.records import Decision
from raci.forms.decide_words import TYPE_WORDS, TypeWords


@dataclass(frozen=True)
class Step:
    """One decision of the chain; ``replaced_by`` is the key of the one that took its place."""

    key: str
    decision: Decision
    type: TypeWords
    owner: str
    standing: Standing
    replaced_by: str
    current: bool


def steps(matrix: Matrix, duty: str, today: date, current: str = "") -> list[Step]:
    """Return the decisions on a duty, oldest first, each with where it stands."""
    replaced = replacements(matrix, duty)
    found = []
    for key in chain(matrix, duty):
        made = matrix.decisions[key]
        owner = matrix.roles[made.owner].name if made.owner in matrix.roles else ""
        state = standing(matrix, key, today)
        found.append(Step(key, made, TYPE_WORDS[made.type], owner, state, replaced.get(key, ""), key == current))
    return found


def standing_of(row: models.Decision, today: date) -> Standing:
    """Return where a decision of the database stands; ``superseded_by`` is to be loaded with it."""
    if row.withdrawn_on is not None:
        return Standing.WITHDRAWN
    if hasattr(row, "superseded_by"):
        return Standing.REPLACED
    if row.valid_until is not None and row.valid_until < today:
        return Standing.EXPIRED
    if row.valid_from is not None and row.valid_from > today:
        return Standing.COMING
    return Standing.IN_FORCE


def attach_standing(rows: Any, today: date) -> list[Any]:
    """Give each decision of the database ``standing``."""
    found = list(rows)
    for row in found:
        row.standing = standing_of(row, today)
    return found
