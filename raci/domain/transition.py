"""From one role to another: what the other one asks for, what changes in the matrices, and which way leads there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from raci.domain.competence import Gain, Requirement
from raci.domain.gaps import Gaps
from raci.domain.matrix import Matrix
from raci.domain.scheme import split_letters
from raci.domain.structure import rows_in_order
from raci.domain.text import code_key
from raci.domain.whole import Whole


def required_of(register: Matrix, role: str) -> dict[str, Requirement]:
    """Return what a role requires, by the key of the competency, in the order of the competencies."""
    found = {key: item for (of, key), item in register.requirements.items() if of == role}
    return {key: found[key] for key in in_order(register, found)}


def in_order(register: Matrix, competencies: Iterable[str]) -> list[str]:
    """Return competencies in their order: by position, then by code, CMP-2 before CMP-10."""
    shelf = register.competencies
    return sorted(competencies, key=lambda key: (shelf[key].position, code_key(shelf[key].code), key))


def skills_of(register: Matrix, role: str) -> list[str]:
    """Return the keys of the skills that a role calls for, in their order."""
    mine = {key: item for (of, key), item in register.skills.items() if of == role}
    return sorted(mine, key=lambda key: (mine[key].position, mine[key].name, key))


def uncovered_skills(register: Matrix, role: str) -> list[str]:
    """Return the skills of a role that no competency answers to: what nobody prepares for."""
    return [key for key in skills_of(register, role) if not register.skills[role, key].competency]


def unrequired_skills(register: Matrix, role: str) -> list[str]:
    """Return the skills of a role whose competency it requires at no level: named, but not measured."""
    required = required_of(register, role)
    skills = {key: register.skills[role, key].competency for key in skills_of(register, role)}
    return [key for key, competency in skills.items() if competency and competency not in required]


class Turn(StrEnum):
    """What becomes of a row for somebody who goes from one role to another."""

    GAINED = "gained"
    LOST = "lost"
    OTHER = "other"  # letters in both roles, and not the same
    SAME = "same"


@dataclass(frozen=True)
class Shift:
    """One row for somebody who changes roles: canonical letters before and after, and whether they answer for it."""

    duty: str
    before: str
    after: str
    answered: bool
    answers: bool

    @property
    def turn(self) -> Turn:
        if self.before == self.after:
            return Turn.SAME
        if not self.before:
            return Turn.GAINED
        return Turn.OTHER if self.after else Turn.LOST


@dataclass(frozen=True)
class Shifts:
    """What changes in one matrix. Rows in which neither role holds anything are left out."""

    matrix: str
    rows: tuple[Shift, ...]

    def of(self, turn: Turn) -> tuple[Shift, ...]:
        """Return the rows of which one thing becomes."""
        return tuple(row for row in self.rows if row.turn is turn)

    @property
    def to_answer_for(self) -> int:
        """How many rows they would answer for that they do not now."""
        return sum(row.answers and not row.answered for row in self.rows)

    @property
    def to_let_go(self) -> int:
        """How many rows they answer for now and would not any more."""
        return sum(row.answered and not row.answers for row in self.rows)


def shifts(whole: Whole, start: str, target: str) -> list[Shifts]:
    """Return what somebody gains and loses who goes from one role to another, matrix by matrix, those with any."""
    found = [Shifts(matrix.key, tuple(_shifts(matrix, start, target))) for matrix in whole.matrices]
    return [one for one in found if one.rows]


def _shifts(matrix: Matrix, start: str, target: str) -> Iterable[Shift]:
    owning = matrix.scheme.codes_of(matrix.scheme.pivot)
    for duty in rows_in_order(matrix):
        before, after = matrix.letters(duty, start), matrix.letters(duty, target)
        if matrix.rows[duty].applies and (before or after):
            answered, answers = (not owning.isdisjoint(split_letters(letters)) for letters in (before, after))
            yield Shift(duty, before, after, answered, answers)


@dataclass(frozen=True)
class Suggestion:
    """A route where it stands in the suggested order.

    ``closes`` are the levels of each gap that it closes after those before it, ``weighted`` the same with weights,
    ``frees`` the blockers that are none any more, ``readiness`` what is expected then.
    """

    route: str
    closes: Mapping[str, int]
    weighted: int
    frees: tuple[str, ...]
    readiness: Fraction | None


Gains = Mapping[tuple[str, str], Gain]


def expected(gaps: Gaps, gains: Gains, routes: Iterable[str]) -> Gaps:
    """Return the gaps as they are expected after some routes, each once.

    Never more than the gains say, never beyond what is required; what nobody assessed stays unknown, because nothing
    can be added to it.
    """
    sums: dict[str, int] = {}
    taken = set(routes)
    for (route, competency), gain in gains.items():
        if route in taken:
            sums[competency] = sums.get(competency, 0) + gain.levels
    return Gaps({key: item.raised(sums.get(key, 0)) for key, item in gaps.items.items()})


def closed_by(gaps: Gaps, gains: Gains, route: str) -> dict[str, int]:
    """Return the levels of each gap that a route is expected to close, without those that it leaves as they are."""
    after = expected(gaps, gains, [route])
    closed = {key: (item.gap or 0) - (after.items[key].gap or 0) for key, item in gaps.items.items()}
    return {key: levels for key, levels in closed.items() if levels}


def suggested(gaps: Gaps, gains: Gains, routes: Sequence[str], left_out: Collection[str] = ()) -> list[Suggestion]:
    """Return the routes that close anything, in an order in which each closes most of what is left.

    First what closes more of the blockers (levels by weight), then what closes more in all, then the order of
    ``routes``. What is ``left_out`` is not suggested; a route that closes nothing any more ends the list.
    """
    left = [route for route in routes if route not in left_out]
    found: list[Suggestion] = []
    now = gaps
    while left:
        tried = [(_worth(now, gains, route), -place, route) for place, route in enumerate(left)]
        (_blocking, weighted), _place, best = max(tried)
        if not weighted:
            break
        after = expected(now, gains, [best])
        frees = tuple(key for key in now.blockers if key not in after.blockers)
        found.append(Suggestion(best, closed_by(now, gains, best), weighted, frees, after.readiness))
        left.remove(best)
        now = after
    return found


def _worth(gaps: Gaps, gains: Gains, route: str) -> tuple[int, int]:
    """Return how many weighted levels a route closes: of blockers, and in all."""
    closed = closed_by(gaps, gains, route)
    weights = {key: levels * gaps.items[key].weight for key, levels in closed.items()}
    return sum(weights[key] for key in gaps.blockers if key in weights), sum(weights.values())
