"""The list of people, column by column, what it can be narrowed to, and what its rows show."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.domain.staffed import Stretch
from raci.models import Holding, Person
from raci.services.holders import short_term
from raci.services.sets import among_ids
from raci.services.speaking import runs_on
from raci.web import access_people
from raci.web.filters import TextFilter, roles_of
from raci.web.tables import CellColumn, FileColumn, ListTable


def attach_roles(request: HttpRequest, people: Sequence[Any]) -> None:
    """Give each person ``held``, their holdings of today, ``away``, the absence of today or None, and its days."""
    by_pk = {person.pk: person for person in people}
    for person in people:
        person.held, person.away, person.away_term = [], None, ""
    running = runs_on(timezone.localdate())
    holdings = access_people.holdings(request).filter(running, person__in=among_ids(by_pk))
    for holding in holdings.order_by("role__name", "pk"):
        by_pk[holding.person_id].held.append(holding)
    for absence in access_people.absences(request).filter(running, person__in=among_ids(by_pk)):
        by_pk[absence.person_id].away = absence
        by_pk[absence.person_id].away_term = short_term(Stretch(absence.starts_on, absence.ends_on))


def holding_said(holding: Any) -> str:
    """Say in what manner a role is held, where that is not the usual one."""
    usual = holding.manner == Holding.Manner.PERMANENT
    return holding.role.name if usual else f"{holding.role.name} ({holding.get_manner_display()})"


def _roles(person: Any) -> str:
    return "; ".join(map(holding_said, person.held))


class PeopleTable(ListTable):
    """People, the roles that they hold today, and whether they are away."""

    name = CellColumn("person", _("Person"), "name", style="nowrap", value=str)
    held = CellColumn("person_roles", _("Roles today"), value=_roles)
    away = CellColumn("person_away", _("Away today"), value=lambda one: one.away_term)
    cover = FileColumn(_("Stand-in"), lambda one: one.away.cover if one.away and one.away.cover else "")
    email = CellColumn("person_email", _("E-mail address"), "email", value=lambda one: one.email)
    account = CellColumn("person_account", _("Account"), "user__last_name", value=lambda one: one.user or "")

    class Meta(ListTable.Meta):
        model = Person
        sequence = fields = ("name", "held", "away", "cover", "email", "account")


class PeopleFilter(django_filters.FilterSet):
    """People by text and role of today; those who are away, who are deputies, and who hold nothing."""

    q = TextFilter(("name", "email"), _("Text"))
    role = django_filters.ModelChoiceFilter(
        to_field_name="key", queryset=roles_of, label=_("Holds today"), empty_label=_("Any"), method="by_role"
    )
    away = django_filters.BooleanFilter(label=_("Away today"), method="by_away", widget=forms.CheckboxInput)
    deputies = django_filters.BooleanFilter(label=_("Deputies"), method="by_deputy", widget=forms.CheckboxInput)
    idle = django_filters.BooleanFilter(label=_("No role today"), method="by_idle", widget=forms.CheckboxInput)

    class Meta:
        model = Person
        fields: list[str] = []

    def by_role(self, found: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Keep those who hold a role today."""
        return found.filter(access_people.holds_today(role=value)) if value else found

    def by_away(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep those who are away today."""
        return found.filter(access_people.away_today()) if value else found

    def by_deputy(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep those who are deputy for some role today."""
        return found.filter(access_people.holds_today(manner=Holding.Manner.DEPUTY)) if value else found

    def by_idle(self, found: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep those who hold no role today."""
        return found.filter(~access_people.holds_today()) if value else found
