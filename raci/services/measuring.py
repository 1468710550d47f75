"""The figures of an organisation or of one matrix, for the page, the command and the workbook alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.measured import facts_of
from raci.domain.measures import (
    Case,
    Facts,
    FirstDecision,
    Measures,
    as_data,
    first_decisions,
    measure,
    measure_areas,
    measure_matrices,
    oldest,
)
from raci.domain.records import Area, Kind
from raci.services.door import from_microseconds
from raci.services.loading import load_matrix


@dataclass(frozen=True)
class OfArea:
    """The figures of one area, and how early it was decided. ``key`` and ``name`` are "" for duties without an area."""

    key: str
    name: str
    measures: Measures
    first: FirstDecision | None


@dataclass(frozen=True)
class OfMatrix:
    """The figures of one matrix."""

    key: str
    title: str
    measures: Measures


@dataclass(frozen=True)
class Oldest:
    """A grey area that has been open for long, in words."""

    case: Case
    code: str
    title: str
    matrix: str
    age: int


@dataclass(frozen=True)
class Measured:
    """All figures of some matrices of an organisation on a day; ``started_on`` is from when days are counted."""

    today: date
    started_on: date
    whole: Measures
    areas: tuple[OfArea, ...]
    matrices: tuple[OfMatrix, ...]
    oldest: tuple[Oldest, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no row to say anything about."""
        return not self.whole.coverage.of and not self.oldest


def measured(asked: Sequence[models.Matrix], today: date, *, project: bool = False) -> Measured:
    """Return the figures of some matrices of one organisation, at least one.

    Days to the first decision run from the first revision of the organisation; with ``project`` from that which made
    the matrix, for a matrix that stands for a project of its own.
    """
    loaded = [load_matrix(matrix) for matrix in asked]
    facts = Facts.of(facts_of(matrix, today) for matrix in loaded)
    started_on = started(asked[0]) if project else began(asked[0].organisation_id)
    return Measured(
        today=today,
        started_on=started_on,
        whole=measure(facts, today),
        areas=areas_of(loaded[0].areas, facts, started_on, today),
        matrices=_matrices(loaded, facts, today),
        oldest=_oldest(loaded, facts, today),
    )


def began(organisation: int) -> date:
    """Return the day of the first revision of an organisation; today where there is none."""
    found = models.Revision.objects.filter(organisation=organisation).order_by("number")
    return _day(found, "at_us") or timezone.localdate()


def started(matrix: models.Matrix) -> date:
    """Return the day on which a matrix was made; a matrix that history does not know began with its organisation."""
    made = models.RevisionChange.objects.filter(
        revision__organisation=matrix.organisation_id, kind=Kind.SHEET, subject=matrix.key, field=""
    )
    return _day(made.order_by("revision__number", "ordinal"), "revision__at_us") or began(matrix.organisation_id)


def _day(found: Any, moment: str) -> date | None:
    first = found.values_list(moment, flat=True).first()
    return None if first is None else timezone.localtime(from_microseconds(first)).date()


def areas_of(areas: Mapping[str, Area], facts: Facts, started_on: date, today: date) -> tuple[OfArea, ...]:
    """Return the figures of each area that has any, in the order of the areas; what has none comes last."""
    by_area = measure_areas(facts, today)
    first = first_decisions(facts, started_on, today)
    order = sorted(by_area, key=lambda key: (not key, areas[key].position if key else 0, key))
    return tuple(OfArea(key, areas[key].name if key else "", by_area[key], first.get(key)) for key in order)


def _matrices(loaded: Sequence[Matrix], facts: Facts, today: date) -> tuple[OfMatrix, ...]:
    found, nothing = measure_matrices(facts, today), measure(Facts(), today)
    return tuple(OfMatrix(one.key, one.sheet.title, found.get(one.key, nothing)) for one in loaded)


def _oldest(loaded: Sequence[Matrix], facts: Facts, today: date) -> tuple[Oldest, ...]:
    by_key = {one.key: one for one in loaded}
    return tuple(
        Oldest(
            case=case,
            code=by_key[case.matrix].duties[case.duty].code,
            title=by_key[case.matrix].duties[case.duty].title,
            matrix=by_key[case.matrix].sheet.title,
            age=case.age(today),
        )
        for case in oldest(facts, today)
    )


def as_json(found: Measured) -> dict[str, Any]:
    """Return figures as JSON: days in ISO form, counts, days, and shares in per cent (null where there is nothing)."""
    return {
        "day": found.today.isoformat(),
        "started_on": found.started_on.isoformat(),
        "measures": as_data(found.whole),
        "matrices": [{"key": one.key, "title": one.title, **as_data(one.measures)} for one in found.matrices],
        "areas": [
            {"key": one.key, "name": one.name, **as_data(one.measures), "first_decision": _first(one.first)}
            for one in found.areas
        ],
        "oldest": [
            {
                "key": one.case.key,
                "matrix": one.case.matrix,
                "duty": one.code,
                "title": one.title,
                "open_since": one.case.open_since and one.case.open_since.isoformat(),
                "days": one.age,
            }
            for one in found.oldest
        ],
    }


def _first(first: FirstDecision | None) -> dict[str, Any] | None:
    if first is None:
        return None
    return {"decided_on": first.decided_on and first.decided_on.isoformat(), "days": first.days}
