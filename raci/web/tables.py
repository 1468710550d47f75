"""The lists, column by column. What a column shows stands in a small template of its own."""

from typing import Any

import django_tables2 as tables
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from raci.models import Decision, Duty, GreyArea, Role


class ListTable(tables.Table):
    """What all lists have in common."""

    class Meta:
        attrs = {"class": "list"}
        order_by_field = "sort"


class CellColumn(tables.Column):
    """A column that draws itself from templates/raci/cells, for empty values too.

    `TemplateColumn` would do the same with the request, and so ask every context processor again for
    every cell.
    """

    empty_values = ()

    def __init__(self, name: str, label: Any, *order_by: str, style: str = "") -> None:
        attrs = {"td": {"class": style}} if style else {}
        super().__init__(verbose_name=label, order_by=order_by or None, orderable=bool(order_by), attrs=attrs)
        self.template_name = f"raci/cells/{name}.html"

    def render(self, record: Any, table: tables.Table) -> str:
        """Draw one cell."""
        slug = table.request.place.organisation.slug
        return get_template(self.template_name).render({"record": record, "slug": slug})


class GreyAreaTable(ListTable):
    """What is not settled: who claims it, how long it has been open, when it is due and who decides."""

    tick = CellColumn("tick", _("Tick"))
    duty = CellColumn("grey_duty", _("Duty"), "duty__code_key", style="duty")
    area = tables.Column(
        accessor="duty__area", verbose_name=_("Area"), order_by=("duty__area__position", "duty__code_key")
    )
    matrix = tables.Column(accessor="matrix", verbose_name=_("Matrix"), order_by=("matrix__position", "duty__code_key"))
    claims = CellColumn("claims", _("Claimed by"))
    age = CellColumn("age", _("Age"), "-raised_on", style="nowrap")
    due = CellColumn("due", _("Due"), "due_or_never", style="nowrap")
    decider = CellColumn("decider", _("Who decides"), "decider__name")

    class Meta(ListTable.Meta):
        model = GreyArea
        fields = ("tick", "duty", "area", "matrix", "claims", "age", "due", "decider")


class DutyTable(ListTable):
    """Duties, and who answers for them where."""

    code = tables.Column(
        verbose_name=_("Code"), order_by=("area__position", "code_key"), attrs={"td": {"class": "code"}}
    )
    title = CellColumn("duty", _("Duty"), "title", style="duty")
    area = tables.Column(verbose_name=_("Area"), order_by=("area__position", "code_key"), default="–")
    held = CellColumn("held_duty", _("Accountable"))

    class Meta(ListTable.Meta):
        model = Duty
        fields = ("code", "title", "area", "held")


class RoleTable(ListTable):
    """Roles, and how often they hold each letter."""

    code = tables.Column(verbose_name=_("Code"), attrs={"td": {"class": "code"}})
    name = tables.Column(verbose_name=_("Role"), attrs={"td": {"class": "nowrap"}})
    kind = tables.Column(verbose_name=_("Kind"), attrs={"td": {"class": "nowrap"}})
    purpose = tables.Column(verbose_name=_("Purpose"), orderable=False, default="–", attrs={"td": {"class": "duty"}})
    held = CellColumn("held_role", _("Letters held"))

    class Meta(ListTable.Meta):
        model = Role
        fields = ("code", "name", "kind", "purpose", "held")


class DecisionTable(ListTable):
    """Decisions: what, where, who, why and until when."""

    duty = CellColumn("decision_duty", _("Duty"), "duty__code", style="duty")
    matrix = tables.Column(verbose_name=_("Matrix"), order_by=("matrix__position", "duty__code_key"))
    owner = CellColumn("decision_owner", _("Accountable"), "owner__name")
    reason = tables.Column(verbose_name=_("Reason"), orderable=False, attrs={"td": {"class": "duty"}})
    decided_on = CellColumn("decided", _("Decided"), "decided_on", style="nowrap")
    review_on = CellColumn("review", _("Look again"), "review_on", style="nowrap")

    class Meta(ListTable.Meta):
        model = Decision
        fields = ("duty", "matrix", "owner", "reason", "decided_on", "review_on")
