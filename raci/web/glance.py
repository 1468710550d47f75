"""The figures of the overview page."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from raci import models
from raci.domain.lint import Health
from raci.services.linting import findings, matrix_health
from raci.web import access
from raci.web.told import Told, told

_SHOWN = 5


@dataclass(frozen=True)
class Card:
    """One matrix: rows that apply, those settled, and its findings that are errors or warnings."""

    matrix: models.Matrix
    rows: int
    settled: int
    findings: int
    health: Health


@dataclass(frozen=True)
class Glance:
    """An organisation on one page. ``median_age`` is in days, None where nothing is undecided."""

    cards: list[Card]
    waiting: list[Any]
    unresolved: int
    overdue: int
    median_age: int | None
    settled_percent: int | None
    findings: int
    latest: list[Told]


def glance(request: HttpRequest) -> Glance:
    """Return the figures of the place; the number of queries grows with its matrices, never with its duties."""
    today = timezone.localdate()
    unresolved = access.unresolved(request)
    waiting = list(unresolved.values("due_on", "raised_on"))
    found = cards(request)
    rows, settled = sum(card.rows for card in found), sum(card.settled for card in found)
    ages = [(today - item["raised_on"]).days for item in waiting]
    return Glance(
        cards=found,
        waiting=list(unresolved[:_SHOWN]),
        unresolved=len(waiting),
        overdue=sum(item["due_on"] is not None and item["due_on"] < today for item in waiting),
        median_age=round(median(ages)) if ages else None,
        settled_percent=100 * settled // rows if rows else None,
        findings=sum(card.findings for card in found),
        latest=told(access.revisions(request)[:_SHOWN]),
    )


def cards(request: HttpRequest) -> list[Card]:
    """Return how far each matrix of the place is."""
    opened = _opened(request)
    return [_card(matrix, opened.get(matrix.pk, 0)) for matrix in access.matrices(request)]


def _opened(request: HttpRequest) -> dict[int, int]:
    counts: dict[int, int] = {}
    for matrix in access.unresolved(request).order_by().values_list("matrix_id", flat=True):
        counts[matrix] = counts.get(matrix, 0) + 1
    return counts


def _card(matrix: models.Matrix, opened: int) -> Card:
    found = [item for item in findings(matrix) if item.level != "info"]
    health = matrix_health(matrix)
    return Card(matrix, health.applicable, health.applicable - opened, len(found), health)
