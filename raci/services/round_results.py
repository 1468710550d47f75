"""What a revealed round came to: every row with its marks and verdict, rates, kappa, and the rounds before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from raci import models
from raci.domain.claims import (
    UNKNOWN,
    Mark,
    Names,
    Rates,
    Reading,
    Verdict,
    mark_of_role,
    mean_kappa,
    names_of,
    of_pair,
    pair_kappas,
    reading_of,
)
from raci.domain.matrix import Matrix
from raci.services.marks import Revealed, revealed_marks

Pair = tuple[str, str]


@dataclass(frozen=True)
class Voice:
    """What one role says of one row: its mark, and those of its people that it was made from.

    ``differs`` where they do not say the same, so that the role counts as not knowing.
    """

    mark: Mark
    given: tuple[Revealed, ...] = ()

    @property
    def differs(self) -> bool:
        return len({item.given.mark for item in self.given}) > 1

    @property
    def reason(self) -> str:
        """The reasons of all its people, one a line."""
        return "\n".join(dict.fromkeys(item.given.reason for item in self.given if item.given.reason))


@dataclass(frozen=True)
class Line:
    """One row: what each role says, whom it names, and what that amounts to."""

    duty: str
    voices: Mapping[str, Voice]
    names: Names
    reading: Reading

    @property
    def verdict(self) -> Verdict:
        return self.reading.verdict


@dataclass(frozen=True)
class Result:
    """All rows of a round, in the order of the matrix, for its ``roles`` in the order of the columns."""

    roles: tuple[str, ...]
    lines: tuple[Line, ...]

    @cached_property
    def rates(self) -> Rates:
        return Rates.of(line.verdict for line in self.lines)

    @cached_property
    def pairs(self) -> dict[Pair, float | None]:
        """Cohen's kappa of each pair of roles."""
        return pair_kappas([line.names for line in self.lines], self.roles)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; the mean over the pairs where there are more than two roles."""
        return mean_kappa(self.pairs.values())

    def lines_of_pair(self, pair: Pair) -> tuple[Line, ...]:
        """Return the rows as two of the roles see them."""
        found = []
        for line in self.lines:
            names = of_pair(line.names, *pair)
            found.append(Line(line.duty, {role: line.voices[role] for role in pair}, names, reading_of(names)))
        return tuple(found)

    def all_pairs(self) -> tuple[Pair, ...]:
        """Return the pairs of roles, where there are more than two."""
        return tuple(combinations(self.roles, 2)) if len(self.roles) > 2 else ()


def results_of(matrix: Matrix, rounds: Sequence[models.Round]) -> list[Result]:
    """Return what rounds of one matrix came to, in one query; a round that is not revealed has only unknowns."""
    marks = revealed_marks(rounds)
    return [_result(matrix, item, marks[item.pk]) for item in rounds]


def _result(matrix: Matrix, blind: models.Round, marks: Sequence[Revealed]) -> Result:
    columns = [role for role in matrix.column_keys if role in blind.roles]
    gone = sorted(role for role in blind.roles if role not in matrix.columns and role in matrix.roles)
    roles = (*columns, *gone)
    made: dict[tuple[str, str], list[Revealed]] = {}
    for item in marks:
        made.setdefault((item.duty, item.role), []).append(item)
    return Result(roles, tuple(_line(duty, roles, made) for duty in duties_of(matrix, blind)))


def duties_of(matrix: Matrix, blind: models.Round) -> tuple[str, ...]:
    """Return the rows of a round in the order of the matrix; those that it does not have any more come last."""
    rows = [duty for duty in matrix.row_keys if duty in blind.duties]
    gone = sorted(duty for duty in blind.duties if duty not in matrix.rows and duty in matrix.duties)
    return (*rows, *gone)


def _line(duty: str, roles: Sequence[str], made: Mapping[tuple[str, str], Sequence[Revealed]]) -> Line:
    voices = {}
    for role in roles:
        given = tuple(made.get((duty, role), ()))
        voices[role] = Voice(mark_of_role(item.given.mark for item in given) if given else UNKNOWN, given)
    names = names_of({role: voice.mark for role, voice in voices.items()}, roles)
    return Line(duty, voices, names, reading_of(names))
