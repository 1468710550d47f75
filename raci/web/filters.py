"""What lists can be narrowed to."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from raci.domain.text import fold
from raci.models import Duty, Revision, Role
from raci.services.history import day_begins, day_ends
from raci.web import access, access_people


def areas_of(request: Any) -> QuerySet[Any]:
    """Return the areas to choose from."""
    return access.areas(request)


def matrices_of(request: Any) -> QuerySet[Any]:
    """Return the matrices to choose from."""
    return access.matrices(request)


def roles_of(request: Any) -> QuerySet[Any]:
    """Return the roles to choose from."""
    return access.roles(request)


def day_input() -> forms.DateInput:
    """Return the field in which a browser lets a day be chosen."""
    # A date field of a browser understands nothing but this form, whatever the language.
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class TextFilter(django_filters.CharFilter):
    """Words to look for, anywhere in the given fields."""

    def __init__(self, fields: tuple[str, ...], label: Any) -> None:
        super().__init__(label=label, widget=forms.TextInput(attrs={"type": "search"}))
        self.fields = fields

    def filter(self, found: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep what has every word."""
        for word in fold(value or "").split():
            matches = Q()
            for name in self.fields:
                matches |= Q(**{f"{name}__icontains": word})
            found = found.filter(matches)
        return found


class RegisterFilter(django_filters.FilterSet):
    """What the register has in common: what is retired is left out, unless it is asked for."""

    widening = (("retired", "shown"),)

    @staticmethod
    def retired_filter() -> django_filters.ChoiceFilter:
        """Return the filter that must stand last in each list."""
        choices = [("shown", _("Shown as well")), ("only", _("Nothing else"))]
        return django_filters.ChoiceFilter(
            label=_("Retired"), empty_label=_("Left out"), choices=choices, method="by_retired"
        )

    def by_retired(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what is retired too, or nothing else."""
        return found.filter(retired=True) if value == "only" else found

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what is retired where nobody asks for it."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("retired") else found.filter(retired=False)


class DutyFilter(RegisterFilter):
    """Duties by text, area and matrix, and what is missing in the matrix that is chosen, or in any."""

    q = TextFilter(("code", "title", "note"), _("Text"))
    area = django_filters.ModelChoiceFilter(
        to_field_name="key", queryset=areas_of, label=_("Area"), empty_label=_("Any")
    )
    matrix = django_filters.ModelChoiceFilter(
        field_name="rows__matrix", to_field_name="key", queryset=matrices_of, label=_("Matrix"), empty_label=_("Any")
    )
    retired = RegisterFilter.retired_filter()
    undecided = django_filters.BooleanFilter(label=_("Undecided"), method="by_undecided", widget=forms.CheckboxInput)
    unowned = django_filters.BooleanFilter(
        label=_("Nobody accountable"), method="by_unowned", widget=forms.CheckboxInput
    )

    class Meta:
        model = Duty
        fields: list[str] = []

    def by_undecided(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep those that are an open grey area."""
        return found.filter(access.undecided(self.request, self._matrix())) if value else found

    def by_unowned(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep those that stand in a row for which nobody answers."""
        return found.filter(access.unowned(self.request, self._matrix())) if value else found

    def _matrix(self) -> Any:
        return self.form.cleaned_data.get("matrix")


class RoleFilter(RegisterFilter):
    """Roles by text, kind and matrix."""

    q = TextFilter(("code", "name", "purpose"), _("Text"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Role.Kind.choices, empty_label=_("Any"))
    matrix = django_filters.ModelChoiceFilter(
        field_name="columns__matrix", to_field_name="key", queryset=matrices_of, label=_("Matrix"), empty_label=_("Any")
    )
    retired = RegisterFilter.retired_filter()
    vacant = django_filters.BooleanFilter(label=_("Vacant today"), method="by_vacancy", widget=forms.CheckboxInput)

    class Meta:
        model = Role
        fields: list[str] = []

    def by_vacancy(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep those that nobody holds today."""
        return found.filter(~access_people.held_today()) if value else found


class RevisionFilter(django_filters.FilterSet):
    """Revisions by what they touched, reason, person, door and day."""

    about = django_filters.CharFilter(
        label=_("Duty or role"), method="by_subject", widget=forms.TextInput(attrs={"type": "search"})
    )
    q = TextFilter(("reason",), _("Reason"))
    by = TextFilter(("actor_name",), _("Person"))
    door = django_filters.ChoiceFilter(label=_("Through"), choices=Revision.Door.choices, empty_label=_("Any"))
    since = django_filters.DateFilter(label=_("From"), method="by_day", widget=day_input())
    until = django_filters.DateFilter(label=_("Until"), method="by_day", widget=day_input())

    class Meta:
        model = Revision
        fields: list[str] = []

    def by_subject(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those that touched a duty or a role of that code or name, as it is called today."""
        return found.filter(access.touching(self.request, fold(value).split()))

    def by_day(self, found: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Keep those made from the beginning of one day, or until the end of another, in the current time zone."""
        limits = {"at_us__gte": day_begins(value)} if name == "since" else {"at_us__lte": day_ends(value)}
        return found.filter(**limits)
