"""The measures page: figures of an organisation, or of the matrix that is asked for, with their charts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.measures import Days, Measures
from raci.services.measuring import Measured, OfArea, measured
from raci.web import access
from raci.web.charts import Bars, grouped, stacked
from raci.web.glance import AGE_STYLES
from raci.web.measures_tables import (
    FigureTable,
    ages_table,
    coverage_table,
    first_table,
    reviews_table,
    times_table,
)

COVERAGE_STYLES = ("age-4", "age-1")
# Days until it was decided, or days so far while nothing is.
FIRST_STYLES = ("age-4", "age-2")
TIME_STYLES = ("owner", "doer")


@dataclass(frozen=True)
class Page:
    """What is shown. ``chosen`` is the matrix that it is about, None for all; ``found`` is None where there is none."""

    matrices: Sequence[models.Matrix]
    chosen: models.Matrix | None = None
    found: Measured | None = None

    @property
    def coverage(self) -> Bars:
        """How many rows of each area are covered, and how many are not."""
        return self._chart(COVERAGE_STYLES, lambda one: _parted(one.measures))

    @property
    def ages(self) -> Bars:
        """What is open in each area, by age; areas in which nothing is open are left out."""
        return self._chart(AGE_STYLES, lambda one: one.measures.buckets if one.measures.open else None)

    @property
    def first(self) -> Bars:
        """For how many days each area waited for its first decision, or has waited so far."""
        return self._chart(FIRST_STYLES, _waited)

    @property
    def times(self) -> Bars:
        """How many days deciding took in each area: in the middle, and at most for 85 of 100."""
        found = [(_name(one), _rounded(one.measures.time_to_decide)) for one in self._areas]
        return grouped([(name, counts) for name, counts in found if counts], TIME_STYLES)

    @property
    def tables(self) -> dict[str, FigureTable]:
        """The tables beside the charts, by the names of these."""
        makers = {
            "coverage": coverage_table,
            "ages": ages_table,
            "times": times_table,
            "first": first_table,
            "reviews": reviews_table,
        }
        return {name: make(self.found) for name, make in makers.items()} if self.found else {}

    @property
    def _areas(self) -> Sequence[OfArea]:
        return self.found.areas if self.found else ()

    def _chart(self, styles: Sequence[str], counts: Callable[[OfArea], Sequence[int] | None]) -> Bars:
        found = [(_name(one), counts(one)) for one in self._areas]
        return stacked([(name, counts) for name, counts in found if counts is not None], styles)


def measures_page(request: HttpRequest) -> Page:
    """Return the figures that are asked for; 404 for a matrix that is not there."""
    matrices = list(access.matrices(request))
    chosen = None
    if key := request.GET.get("matrix"):
        chosen = get_object_or_404(access.matrices(request), key=key)
    if not matrices:
        return Page(matrices)
    asked = [chosen] if chosen else matrices
    return Page(matrices, chosen, measured(asked, timezone.localdate(), project=chosen is not None))


def _name(one: OfArea) -> str:
    return one.name or _("Other duties")


def _parted(item: Measures) -> tuple[int, int] | None:
    covered = item.coverage
    return (covered.count, covered.of - covered.count) if covered.of else None


def _waited(one: OfArea) -> tuple[int, int] | None:
    if one.first is None:
        return None
    return (one.first.days, 0) if one.first.decided_on else (0, one.first.days)


def _rounded(days: Days) -> tuple[int, int] | None:
    return None if days.median is None or days.p85 is None else (round(days.median), round(days.p85))
