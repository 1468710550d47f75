"""What the list of grey areas can be narrowed to, and how many there are of each age."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.domain.ages import opened_within
from raci.forms.ages import AGES
from raci.models import GreyArea, Matrix
from raci.web.filters import TextFilter, areas_of, matrices_of, roles_of
from raci.web.listing import Listing


class GreyAreaFilter(django_filters.FilterSet):
    """Grey areas by what they are about, who claims and decides them, their age and state. Open ones unless asked."""

    widening = (("status", "all"),)
    # What is asked for less often stands behind a fold.
    folded = ("decider", "origin", "scope", "age", "state", "status")

    q = TextFilter(("duty__code", "duty__title", "question"), _("Text"))
    area = django_filters.ModelChoiceFilter(
        field_name="duty__area", to_field_name="key", queryset=areas_of, label=_("Area"), empty_label=_("Any")
    )
    matrix = django_filters.ModelChoiceFilter(
        to_field_name="key", queryset=matrices_of, label=_("Matrix"), empty_label=_("Any")
    )
    claimant = django_filters.ModelChoiceFilter(
        field_name="claims__role",
        to_field_name="key",
        queryset=roles_of,
        label=_("Claimed by"),
        empty_label=_("Anybody"),
    )
    late = django_filters.BooleanFilter(label=_("Overdue"), method="by_due", widget=forms.CheckboxInput)
    decider = django_filters.ModelChoiceFilter(
        to_field_name="key",
        queryset=roles_of,
        label=_("Who decides"),
        empty_label=_("Anybody"),
        null_label=_("Not said yet"),
    )
    origin = django_filters.ChoiceFilter(label=_("Origin"), empty_label=_("Any"), choices=GreyArea.Origin.choices)
    scope = django_filters.ChoiceFilter(
        field_name="matrix__scope_kind", label=_("Scope"), empty_label=_("Any"), choices=Matrix.ScopeKind.choices
    )
    age = django_filters.ChoiceFilter(
        label=_("Age"), empty_label=_("Any"), choices=[(str(at), name) for at, name in enumerate(AGES)], method="by_age"
    )
    state = django_filters.ChoiceFilter(
        label=_("Claims"),
        empty_label=_("Any"),
        choices=[("contested", _("Claimed by several")), ("open", _("Claimed by one or nobody"))],
        method="by_state",
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        empty_label=_("Open"),
        choices=[("decided", _("Decided")), ("withdrawn", _("Withdrawn")), ("all", _("Any"))],
        method="by_status",
    )

    class Meta:
        model = GreyArea
        fields: list[str] = []

    def by_state(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those that two roles or more claim, or the others."""
        counted = found.annotate(claimed=Count("claims"))
        return counted.filter(claimed__gte=2) if value == "contested" else counted.filter(claimed__lt=2)

    def by_due(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep those that are open although their day has passed."""
        return found.filter(status=GreyArea.Status.OPEN, due_on__lt=timezone.localdate()) if value else found

    def by_age(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those that have been open for so long."""
        return found.filter(aged(int(value)))

    def by_status(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those that are settled one way, or all."""
        return found if value == "all" else found.filter(status=value)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what is settled where nobody asks for it."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("status") else found.filter(status=GreyArea.Status.OPEN)

    @property
    def unfolded(self) -> bool:
        """Whether something behind the fold is asked for."""
        return any(self.data.get(name) for name in self.folded)


def aged(number: int) -> Q:
    """Return the condition that a grey area is open and of the bucket with that number, by its ``since``."""
    first, last = opened_within(number, timezone.localdate())
    asked = Q(status=GreyArea.Status.OPEN)
    if first:
        asked &= Q(since__gte=first)
    return asked & Q(since__lte=last) if last else asked


@dataclass(frozen=True)
class AgeCount:
    """How many open grey areas of the list are of one age; ``query`` is the address that shows only those."""

    name: Any
    count: int
    query: str
    current: bool


def counts_by_age(request: HttpRequest, listing: Listing) -> list[AgeCount]:
    """Return how many there are of each age, of what the other filters leave, in one query; none where none is open."""
    data = request.GET.copy()
    asked = data.pop("age", [""])[-1]
    data.pop("page", None)
    left = listing.filter(data, queryset=listing.found(request), request=request).qs.order_by()
    buckets = {f"bucket_{at}": Count("pk", filter=aged(at), distinct=True) for at in range(len(AGES))}
    found = left.aggregate(**buckets)
    if not any(found.values()):
        return []
    return [_counted(data, at, found[f"bucket_{at}"], asked == str(at)) for at in range(len(AGES))]


def _counted(data: Any, at: int, count: int, current: bool) -> AgeCount:
    query = data.copy()
    if not current:  # the current one leads back to all
        query["age"] = str(at)
    return AgeCount(AGES[at], count, query.urlencode(), current)
