"""Decisions that wait for the visitor: to be acknowledged for a role of theirs, or to be looked at again."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from raci import models
from raci.web import access

_ABOUT = ("key", "decided_on", "review_on", "matrix__title", "duty__code", "duty__title")


@dataclass(frozen=True)
class Made:
    """A decision that waits; ``due_on`` is the day on which it is to be looked at again, where it waits for that."""

    key: str
    code: str
    title: str
    matrix: str
    decided_on: date
    due_on: date | None


def to_acknowledge(request: HttpRequest, columns: Mapping[str, Set[int]], most: int) -> tuple[Made, ...]:
    """Return the decisions in force that some roles have a part in and the visitor has not answered for them.

    ``columns`` are the matrices in which each role stands: one query, none for who may not answer.
    """
    if not access.place(request).may_claim:
        return ()
    person, asked = str(request.user.pk), Q(pk__in=[])
    for role, matrices in columns.items():
        asked |= access.concerning(role) & Q(matrix__in=matrices) & ~access.answered(role, person=person)
    found = _in_force(request).exclude(type__in=models.Decision.OPEN_TYPES).filter(asked)
    return _read(found.order_by("-decided_on", "-pk"), most, due=False)


def to_review(request: HttpRequest, roles: Set[str], most: int) -> tuple[Made, ...]:
    """Return the decisions in force whose review is due and that a role owns or decided: one query.

    Where a decision names no owner, those that have a part in it look after it.
    """
    mine = Q(owner__key__in=roles) | Q(grey_area__decider__key__in=roles) | (Q(owner=None) & access.sharing(roles))
    due = _in_force(request).filter(mine, review_on__lte=timezone.localdate())
    return _read(due.order_by("review_on", "pk"), most, due=True)


def _in_force(request: HttpRequest) -> QuerySet[Any]:
    return access.decisions(request).filter(withdrawn_on=None, superseded_by=None)


def _read(found: QuerySet[Any], most: int, *, due: bool) -> tuple[Made, ...]:
    return tuple(
        Made(
            row["key"],
            row["duty__code"],
            row["duty__title"],
            row["matrix__title"],
            row["decided_on"],
            row["review_on"] if due else None,
        )
        for row in found.values(*_ABOUT)[:most]
    )
