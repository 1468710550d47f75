"""What happened to one row of a matrix, or to one of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import Kind
from raci.services import sets
from raci.services.describing import describe
from raci.services.door import CHANGE_PARTS, from_microseconds, to_change
from raci.services.naming import names_for

LATEST = 20
# One revision can change a whole row; more sentences than this of one nobody reads.
_SENTENCES = 8


@dataclass(frozen=True)
class Entry:
    """One revision as far as it is about the row or cell; ``more`` counts the sentences left out."""

    revision: models.Revision
    at: datetime
    sentences: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Past:
    """The latest entries, newest first, and whether there are earlier ones."""

    entries: tuple[Entry, ...]
    is_cut: bool


def past_of(organisation: models.Organisation, matrix: Matrix, duty: str, role: str = "") -> Past:
    """Return the latest changes of a row, or of a cell where ``role`` is set, in a constant number of queries.

    The duty itself, its place in the matrix, its letters, and what was asked and decided about it; with a role
    only the letters of that role, and what was asked and decided. Comments are told where they are read.
    """
    return _latest(organisation, _about(matrix, duty, role), duty, matrix.duties[duty].code)


def past_of_grey_area(organisation: models.Organisation, matrix: Matrix, key: str) -> Past:
    """Return the latest changes of a grey area, with its claims and the decisions on it, in as many queries."""
    duty = matrix.grey_areas[key].duty
    decided = [name for name, item in matrix.decisions.items() if item.grey_area == key]
    about = Q(subject__in=sets.among([key, *decided]), matrix=matrix.key)
    return _latest(organisation, about, duty, matrix.duties[duty].code)


def _latest(organisation: models.Organisation, about: Q, duty: str, code: str) -> Past:
    changes = models.RevisionChange.objects.filter(about, revision__organisation=organisation)
    numbers = changes.order_by("-revision__number").values_list("revision", flat=True).distinct()
    latest = list(numbers[: LATEST + 1])
    rows = changes.filter(revision__in=latest[:LATEST]).select_related("revision")
    told = _told(list(rows.order_by("-revision__number", "ordinal")), duty, code)
    return Past(told, len(latest) > LATEST)


def _about(matrix: Matrix, duty: str, role: str) -> Q:
    asked = [key for key, item in matrix.grey_areas.items() if item.duty == duty]
    decided = [key for key, item in matrix.decisions.items() if item.duty == duty]
    settled = Q(subject__in=sets.among([*asked, *decided]), matrix=matrix.key)
    if role:
        return settled & (Q(other="") | Q(other=role)) | Q(subject=duty, matrix=matrix.key, kind=Kind.CELL, other=role)
    return settled | Q(subject=duty, matrix=matrix.key) | Q(subject=duty, matrix="", kind=Kind.DUTY)


def _told(rows: Sequence[Any], duty: str, code: str) -> tuple[Entry, ...]:
    changes = {row.pk: to_change(*(getattr(row, part) for part in CHANGE_PARTS)) for row in rows}
    names = names_for(changes.values())
    names = replace(names, by_key={**names.by_key, duty: code})  # its title stands above all of it
    told: dict[models.Revision, list[str]] = {}
    for row in rows:
        told.setdefault(row.revision, []).append(describe(changes[row.pk], names))
    return tuple(
        Entry(
            revision,
            timezone.localtime(from_microseconds(revision.at_us)),
            tuple(sentences[:_SENTENCES]),
            max(0, len(sentences) - _SENTENCES),
        )
        for revision, sentences in told.items()
    )
