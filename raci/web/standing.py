"""In which matrices a duty or a role stands, with its letters there: a constant number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from raci import models
from raci.domain.scheme import Scheme, split_letters
from raci.web import access
from raci.web.decision_steps import attach_standing


@dataclass
class Place:
    """One matrix. ``line`` is the row or column in it, None where there is none.

    ``decisions`` are those on a duty, newest first, each with ``standing``; ``grey_area`` is the key of the open one of
    a row. ``held`` are pairs: role and letters of a row, letter and count of a column.
    """

    matrix: models.Matrix
    scheme: Scheme
    line: Any = None
    held: Sequence[tuple[str, Any]] = field(default_factory=list)
    grey_area: str = ""
    decisions: Sequence[Any] = ()


@dataclass(frozen=True)
class Places:
    """The matrices in which something stands, and the others."""

    there: list[Place]
    elsewhere: list[Place]


def places_of_duty(request: HttpRequest, duty: models.Duty) -> Places:
    """Return the matrices of the place as they are to a duty."""
    rows = {row.matrix_id: row for row in access.all_rows_of(request, duty)}
    held: dict[int, list[tuple[str, str]]] = {}
    cells = access.cells(request).filter(row__duty=duty).order_by("column__position", "column__pk")
    for matrix, role, letters in cells.values_list("row__matrix", "column__role__name", "letters"):
        held.setdefault(matrix, []).append((role, letters))
    opened = dict(access.unresolved(request).filter(duty=duty).order_by().values_list("matrix", "key"))
    made: dict[int, list[Any]] = {}
    for decision in attach_standing(access.decisions(request).filter(duty=duty), timezone.localdate()):
        made.setdefault(decision.matrix_id, []).append(decision)
    return _parted(
        Place(
            one,
            one.scheme.to_domain(),
            rows.get(one.pk),
            held.get(one.pk, []),
            opened.get(one.pk, ""),
            made.get(one.pk, ()),
        )
        for one in access.matrices(request)
    )


def places_of_role(request: HttpRequest, role: models.Role) -> Places:
    """Return the matrices of the place as they are to a role."""
    columns = {column.matrix_id: column for column in access.columns_of(request, role)}
    counts: dict[int, Counter[str]] = {}
    cells = access.cells(request).filter(column__role=role).order_by()
    for matrix, letters in cells.values_list("row__matrix", "letters"):
        counts.setdefault(matrix, Counter()).update(split_letters(letters))
    return _parted(_role_place(one, columns.get(one.pk), counts.get(one.pk, {})) for one in access.matrices(request))


def _role_place(matrix: models.Matrix, column: Any, counts: Any) -> Place:
    scheme = matrix.scheme.to_domain()
    return Place(matrix, scheme, column, [(code, counts[code]) for code in scheme.by_code if code in counts])


def _parted(places: Any) -> Places:
    found = list(places)
    return Places([place for place in found if place.line], [place for place in found if not place.line])
