"""The way from one role to another, for nobody in particular."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from raci import models
from raci.domain.records import Duty
from raci.domain.scheme import Scheme
from raci.domain.transition import Shift, Turn, shifts
from raci.domain.whole import Whole
from raci.services.paths import Demand, Note, Way, demands, gains_of, hole_notes, routes_in_order
from raci.web import access_paths


@dataclass(frozen=True)
class Moved:
    """One row for somebody who changes roles."""

    duty: Duty
    key: str
    shift: Shift


@dataclass(frozen=True)
class Turned:
    """What changes in one matrix. ``same`` counts the rows that stay as they are."""

    key: str
    title: str
    scheme: Scheme
    to_answer_for: int
    to_let_go: int
    gained: Sequence[Moved]
    lost: Sequence[Moved]
    other: Sequence[Moved]
    same: int


def turned(whole: Whole, start: str, target: str) -> list[Turned]:
    """Return what somebody gains and loses who goes from one role to another, matrix by matrix."""
    found = []
    for one in shifts(whole, start, target):
        matrix = whole.by_key[one.matrix]
        moved = {
            turn: [Moved(matrix.duties[row.duty], row.duty, row) for row in one.of(turn)]
            for turn in (Turn.GAINED, Turn.LOST, Turn.OTHER)
        }
        found.append(
            Turned(
                one.matrix,
                matrix.sheet.title,
                matrix.scheme,
                one.to_answer_for,
                one.to_let_go,
                moved[Turn.GAINED],
                moved[Turn.LOST],
                moved[Turn.OTHER],
                len(one.of(Turn.SAME)),
            )
        )
    return found


class PathInGeneral:
    """What stands on the page."""

    def __init__(self, whole: Whole, start: models.Role, target: models.Role) -> None:
        self.whole, self.start, self.target = whole, start, target

    @cached_property
    def demands(self) -> list[Demand]:
        """What either role requires."""
        return demands(self.whole.register, self.target.key, self.start.key)

    @cached_property
    def notes(self) -> list[Note]:
        """What is missing on the way."""
        return hole_notes(self.whole.register, self.target.key)

    @cached_property
    def ways(self) -> list[Way]:
        """The routes that lead to anything that the target requires more."""
        register, more = self.whole.register, {one.key for one in self.demands if one.more}
        found = [Way(key, register.routes[key], gains_of(register, key)) for key in routes_in_order(register)]
        return [way for way in found if more & way.gains.keys()]

    @cached_property
    def codes(self) -> dict[str, str]:
        """The codes of the competencies by key."""
        return {key: one.code for key, one in self.whole.register.competencies.items()}

    @cached_property
    def turned(self) -> list[Turned]:
        """What is gained and lost in the matrices."""
        return turned(self.whole, self.start.key, self.target.key)

    @cached_property
    def catalogue(self) -> dict[str, list[Any]]:
        """What the catalogue says of this way, by kind."""
        found: dict[str, list[Any]] = {}
        for entry in access_paths.catalogue_of(self.start, self.target):
            found.setdefault(entry.kind, []).append(entry)
        return found
