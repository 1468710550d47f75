"""Filters that only offer what the person may see, and those of grey areas by their days."""

from typing import Any

from django.contrib.admin import EmptyFieldListFilter, RelatedOnlyFieldListFilter, SimpleListFilter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.domain.ages import opened_within
from raci.forms.ages import AGES
from raci.models import GreyArea


def among(path: str) -> tuple[str, type]:
    """Return a filter by a relation, limited to what occurs in the list."""
    return (path, RelatedOnlyFieldListFilter)


def given(path: str) -> tuple[str, type]:
    """Return a filter by whether a field holds anything."""
    return (path, EmptyFieldListFilter)


class OverdueFilter(SimpleListFilter):
    """Open grey areas whose day has passed."""

    title = _("overdue")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one thing that is worth asking."""
        return [("yes", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep what is late."""
        late = {"status": GreyArea.Status.OPEN, "due_on__lt": timezone.localdate()}
        return queryset.filter(**late) if self.value() == "yes" else queryset


class AgeFilter(SimpleListFilter):
    """Open grey areas by how long they have been open; the list must have ``since``."""

    title = _("age")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the groups of ages."""
        return [(str(number), name) for number, name in enumerate(AGES)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep what has been open for so long."""
        asked = self.value()
        if asked not in dict(self.lookup_choices):
            return queryset
        first, last = opened_within(int(asked), timezone.localdate())
        limits = {"since__gte": first, "since__lte": last}
        wanted = {name: day for name, day in limits.items() if day}
        return queryset.filter(status=GreyArea.Status.OPEN, **wanted)
