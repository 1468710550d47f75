"""What the list of decisions can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.models import Decision, Role
from raci.web import access
from raci.web.filters import TextFilter, areas_of, matrices_of, roles_of


class DecisionFilter(django_filters.FilterSet):
    """Decisions by what they are about, their type and standing, and which roles have a part or have not answered."""

    # What is asked for less often stands behind a fold.
    folded = ("owner", "role", "silent")

    q = TextFilter(("duty__code", "duty__title", "reason", "decided_by"), _("Text"))
    type = django_filters.ChoiceFilter(label=_("Kind"), choices=Decision.Type.choices, empty_label=_("Any"))
    standing = django_filters.ChoiceFilter(
        label=_("Standing"),
        empty_label=_("Any"),
        choices=[
            ("in_force", _("In force")),
            ("review", _("Review overdue")),
            ("expired", _("Expired")),
            ("replaced", _("Replaced")),
            ("withdrawn", _("Withdrawn")),
        ],
        method="by_standing",
    )
    area = django_filters.ModelChoiceFilter(
        field_name="duty__area", to_field_name="key", queryset=areas_of, label=_("Area"), empty_label=_("Any")
    )
    matrix = django_filters.ModelChoiceFilter(
        to_field_name="key", queryset=matrices_of, label=_("Matrix"), empty_label=_("Any")
    )
    owner = django_filters.ModelChoiceFilter(
        to_field_name="key", queryset=roles_of, label=_("Accountable"), empty_label=_("Anybody")
    )
    role = django_filters.ModelChoiceFilter(
        to_field_name="key", queryset=roles_of, label=_("Has a part"), empty_label=_("Anybody"), method="by_role"
    )
    silent = django_filters.ModelChoiceFilter(
        to_field_name="key",
        queryset=roles_of,
        label=_("Not acknowledged by"),
        empty_label=_("Not asked"),
        method="by_silence",
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def by_standing(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those that stand so today."""
        today = timezone.localdate()
        last = Q(withdrawn_on=None, superseded_by=None)
        begun = Q(valid_from=None) | Q(valid_from__lte=today)
        not_over = Q(valid_until=None) | Q(valid_until__gte=today)
        by_value = {
            "in_force": last & begun & not_over,
            "review": last & Q(review_on__lt=today),
            "expired": last & Q(valid_until__lt=today),
            "replaced": Q(withdrawn_on=None, superseded_by__isnull=False),
            "withdrawn": Q(withdrawn_on__isnull=False),
        }
        return found.filter(by_value[value])

    def by_role(self, found: QuerySet[Any], name: str, value: Role | None) -> QuerySet[Any]:
        """Keep those by which a role owns, holds a letter or has a part."""
        return found.filter(access.concerning(value.key)) if value else found

    def by_silence(self, found: QuerySet[Any], name: str, value: Role | None) -> QuerySet[Any]:
        """Keep those in force that a role has a part in and that nobody has acknowledged for it."""
        if value is None:
            return found
        asked = found.filter(access.concerning(value.key), withdrawn_on=None, superseded_by=None)
        return asked.exclude(type__in=Decision.OPEN_TYPES).exclude(access.answered(value.key, agrees=True))
