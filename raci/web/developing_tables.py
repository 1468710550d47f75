"""The lists of competencies and development routes, with what stands beside them."""

from collections.abc import Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from raci.models import Competency, Route
from raci.services.paths import cost_said
from raci.web import access_paths
from raci.web.filters import TextFilter, roles_of
from raci.web.tables import CellColumn, FileColumn, ListTable


def attach_demands(request: HttpRequest, competencies: Sequence[Any]) -> None:
    """Put beside each competency what roles require of it, and how many routes lead to it: two queries for all."""
    asked, led = list(access_paths.requirements(request)), list(access_paths.gains(request))
    for one in competencies:
        one.demands = [item for item in asked if item.competency_id == one.pk]
        one.ways = sum(item.competency_id == one.pk and item.levels > 0 for item in led)


def attach_gains(request: HttpRequest, routes: Sequence[Any]) -> None:
    """Put beside each route what it is expected to bring: one query for all."""
    found = list(access_paths.gains(request))
    for one in routes:
        one.brings = [item for item in found if item.route_id == one.pk and item.levels]


def _demands(competency: Any) -> str:
    return "; ".join(map(_demand, competency.demands))


def _demand(item: Any) -> str:
    known = f"{item.role.name} {item.level}"
    return " ".join([known, str(_("essential"))]) if item.essential else known


def _gains(route: Any) -> str:
    return "; ".join(f"{item.competency.code} +{item.levels}" for item in route.brings)


def _cost(route: Any) -> str:
    return cost_said(route.cost, route.unit)


class CompetencyTable(ListTable):
    """Competencies, the levels at which they exist, and what roles require of them."""

    code = tables.Column(verbose_name=_("Code"), order_by="code_key", attrs={"td": {"class": "code"}})
    name = CellColumn("competency", _("Competency"), "name", style="duty", value=lambda one: one.name)
    scale = tables.Column(
        verbose_name=_("Scale"), order_by=("scale__name", "code_key"), attrs={"td": {"class": "nowrap"}}
    )
    levels = CellColumn("levels", _("Levels"), style="nowrap", value=lambda one: f"{one.lowest}–{one.highest}")
    demands = CellColumn("demands", _("Required of"), value=_demands)
    ways = CellColumn("ways", _("Routes"), style="number", value=lambda one: one.ways)
    framework = tables.Column(verbose_name=_("Codes in frameworks"), orderable=False, default="–")
    description = FileColumn(_("Description"), lambda one: one.description)

    class Meta(ListTable.Meta):
        model = Competency
        sequence = fields = ("code", "name", "scale", "levels", "demands", "ways", "framework", "description")


class RouteTable(ListTable):
    """Development routes, and what they are expected to bring."""

    name = CellColumn("route", _("Development route"), "name", style="duty", value=lambda one: one.name)
    type = tables.Column(verbose_name=_("Type"), attrs={"td": {"class": "nowrap"}})
    brings = CellColumn("brings", _("Expected gain"), value=_gains)
    cost = CellColumn("cost", _("Cost"), style="nowrap", value=_cost)
    months = CellColumn("months", _("Months"), "months", style="number", value=lambda one: one.months or None)
    evidence = tables.Column(verbose_name=_("Evidence"), orderable=False, default="–", attrs={"td": {"class": "duty"}})
    description = FileColumn(_("Description"), lambda one: one.description)

    class Meta(ListTable.Meta):
        model = Route
        sequence = fields = ("name", "type", "brings", "cost", "months", "evidence", "description")


class CompetencyFilter(django_filters.FilterSet):
    """Competencies by text, and by the role that requires them."""

    q = TextFilter(("code", "name", "description", "framework"), _("Text"))
    role = django_filters.ModelChoiceFilter(
        field_name="requirements__role",
        to_field_name="key",
        queryset=roles_of,
        label=_("Required of"),
        empty_label=_("Any"),
    )

    class Meta:
        model = Competency
        fields: list[str] = []


class RouteFilter(django_filters.FilterSet):
    """Development routes by text, type, and the competency to which they lead."""

    q = TextFilter(("name", "description", "evidence"), _("Text"))
    type = django_filters.ChoiceFilter(label=_("Type"), choices=Route.Type.choices, empty_label=_("Any"))
    competency = django_filters.ModelChoiceFilter(
        field_name="gains__competency",
        to_field_name="key",
        queryset=access_paths.competencies,
        label=_("Leads to"),
        empty_label=_("Any"),
    )

    class Meta:
        model = Route
        fields: list[str] = []
