"""How well an organisation decides who owns what: coverage, ages, time to decide, reviews, how early it began.

Formulas and their sources stand in docs/measures.md (`decisions.md` 4.5). Ages are skewed, so the middle is a median,
never a mean. A share of nothing is None, never 0.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from raci.domain.ages import BUCKETS, bucket

_OLDEST = 10


@dataclass(frozen=True)
class RowFact:
    """A row that applies. ``covered`` where a valid decision stands behind it.

    ``first_decided_on`` is the day of its first decision that settled it, None where it has none.
    """

    matrix: str
    area: str
    duty: str
    covered: bool = False
    first_decided_on: date | None = None


@dataclass(frozen=True)
class Case:
    """A grey area. ``open_since`` is None where it is not open, ``decided_on`` is the day it was first settled.

    ``reopened`` once it was open again after that; ``escalated`` where the question went up before it was settled.
    """

    matrix: str
    area: str
    duty: str
    key: str
    raised_on: date
    open_since: date | None = None
    decided_on: date | None = None
    reopened: bool = False
    escalated: bool = False

    def age(self, today: date) -> int:
        """Return for how many days it has been open; 0 where it is dated in the future."""
        assert self.open_since is not None
        return max(0, (today - self.open_since).days)

    @property
    def days_to_decide(self) -> int:
        assert self.decided_on is not None
        return max(0, (self.decided_on - self.raised_on).days)


@dataclass(frozen=True)
class Review:
    """A decision in force that is to be looked at again on a day."""

    matrix: str
    area: str
    duty: str
    decision: str
    review_on: date


@dataclass(frozen=True)
class Facts:
    """What is measured."""

    rows: Sequence[RowFact] = ()
    cases: Sequence[Case] = ()
    reviews: Sequence[Review] = ()

    def where(self, keep: Callable[[RowFact | Case | Review], bool]) -> "Facts":
        """Return the facts that are kept."""
        return Facts(
            tuple(row for row in self.rows if keep(row)),
            tuple(case for case in self.cases if keep(case)),
            tuple(review for review in self.reviews if keep(review)),
        )

    @staticmethod
    def of(parts: Iterable["Facts"]) -> "Facts":
        """Return all facts of several matrices."""
        found = tuple(parts)
        return Facts(
            tuple(row for part in found for row in part.rows),
            tuple(case for part in found for case in part.cases),
            tuple(review for part in found for review in part.reviews),
        )


@dataclass(frozen=True)
class Share:
    """So many of all."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """In per cent, rounded down, so that 100 means all; None where there is nothing to share."""
        return 100 * self.count // self.of if self.of else None


@dataclass(frozen=True)
class Days:
    """How long some things took: how many they are, the middle, and what 85 of 100 stay below; None without any."""

    count: int
    median: float | None
    p85: float | None


@dataclass(frozen=True)
class Measures:
    """The figures of some matrices or areas on one day.

    ``buckets`` counts what is open by age: up to 30, 60, 90 days, older.
    """

    coverage: Share
    buckets: tuple[int, ...]
    open_age: Days
    time_to_decide: Days
    reopened: Share
    escalated: Share
    overdue_reviews: Share

    @property
    def open(self) -> int:
        return sum(self.buckets)


@dataclass(frozen=True)
class FirstDecision:
    """How early an area was decided for the first time.

    ``days`` run from the start to that day, or to today while nothing is decided. A decision dated before the start
    counts 0.
    """

    area: str
    started_on: date
    decided_on: date | None
    days: int


def percentile(values: Sequence[int], percent: int) -> float | None:
    """Return the percentile of some whole numbers, by linear interpolation between the closest ranks.

    It is type 7 of Hyndman and Fan (1996), which spreadsheets call PERCENTILE.INC; the 50th is the median.
    """
    if not values:
        return None
    ordered = sorted(values)
    below, rest = divmod(percent * (len(ordered) - 1), 100)
    if not rest:
        return float(ordered[below])
    return ordered[below] + (ordered[below + 1] - ordered[below]) * rest / 100


def is_valid(*, in_force: bool, settles: bool, valid_from: date | None, valid_until: date | None, today: date) -> bool:
    """Say whether a decision stands behind its row on a day; both of its days belong to its term."""
    begun = valid_from is None or valid_from <= today
    lasts = valid_until is None or today <= valid_until
    return in_force and settles and begun and lasts


def measure(facts: Facts, today: date) -> Measures:
    """Return the figures of some facts on a day."""
    ages = [case.age(today) for case in facts.cases if case.open_since is not None]
    decided = [case for case in facts.cases if case.decided_on is not None]
    overdue = sum(review.review_on < today for review in facts.reviews)
    return Measures(
        coverage=Share(sum(row.covered for row in facts.rows), len(facts.rows)),
        buckets=tuple(sum(bucket(age) == place for age in ages) for place in range(len(BUCKETS) + 1)),
        open_age=_days(ages),
        time_to_decide=_days([case.days_to_decide for case in decided]),
        reopened=Share(sum(case.reopened for case in decided), len(decided)),
        escalated=Share(sum(case.escalated for case in decided), len(decided)),
        overdue_reviews=Share(overdue, len(facts.reviews)),
    )


def measure_areas(facts: Facts, today: date) -> dict[str, Measures]:
    """Return the figures of each area that has any facts, by the key of the area; "" is for duties without one."""
    return {area: measure(part, today) for area, part in _parted(facts, lambda fact: fact.area)}


def measure_matrices(facts: Facts, today: date) -> dict[str, Measures]:
    """Return the figures of each matrix that has any facts, by its key."""
    return {matrix: measure(part, today) for matrix, part in _parted(facts, lambda fact: fact.matrix)}


def oldest(facts: Facts, today: date, most: int = _OLDEST) -> tuple[Case, ...]:
    """Return what has been open longest, the oldest first."""
    opened = (case for case in facts.cases if case.open_since is not None)
    return tuple(sorted(opened, key=lambda case: (-case.age(today), case.matrix, case.duty, case.key))[:most])


def first_decisions(facts: Facts, started_on: date, today: date) -> dict[str, FirstDecision]:
    """Return for each area that has a row that applies how long its first decision took from the start."""
    found: dict[str, date | None] = {}
    for row in facts.rows:
        known = found.get(row.area)
        found[row.area] = min(filter(None, (known, row.first_decided_on)), default=None)
    return {
        area: FirstDecision(area, started_on, decided, max(0, ((decided or today) - started_on).days))
        for area, decided in found.items()
    }


def _parted(facts: Facts, name: Callable[[RowFact | Case | Review], str]) -> Iterator[tuple[str, Facts]]:
    """Yield the facts by what they have in common, looking at each once."""
    parts: dict[str, tuple[list[RowFact], list[Case], list[Review]]] = {}
    for row in facts.rows:
        parts.setdefault(name(row), ([], [], []))[0].append(row)
    for case in facts.cases:
        parts.setdefault(name(case), ([], [], []))[1].append(case)
    for review in facts.reviews:
        parts.setdefault(name(review), ([], [], []))[2].append(review)
    for key, (rows, cases, reviews) in parts.items():
        yield key, Facts(rows, cases, reviews)


def _days(values: Sequence[int]) -> Days:
    return Days(len(values), percentile(values, 50), percentile(values, 85))


def as_data(found: Measures) -> Mapping[str, object]:
    """Return figures as JSON knows them: counts, days, and shares in per cent (null where there is nothing)."""
    return {
        "coverage": _share(found.coverage),
        "open": found.open,
        "open_by_age": dict(zip(("0-30", "31-60", "61-90", "over 90"), found.buckets, strict=True)),
        "open_age_days": _told(found.open_age),
        "days_to_decide": _told(found.time_to_decide),
        "reopened": _share(found.reopened),
        "decided_after_escalation": _share(found.escalated),
        "reviews_overdue": _share(found.overdue_reviews),
    }


def _share(share: Share) -> dict[str, int | None]:
    return {"count": share.count, "of": share.of, "percent": share.percent}


def _told(days: Days) -> dict[str, float | None]:
    return {"count": days.count, "median": days.median, "percentile_85": days.p85}
