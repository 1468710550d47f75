"""What goes with decisions and rounds, to read: parts, answers, blind rounds. What people mark in a round is no record
of the house, and stands nowhere in the administration."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.filters import among
from raci.admin.scope import ReadOnly, ScopedMixin
from raci.admin.writing import DoorAdmin


class PartInline(ReadOnly, ScopedMixin, admin.TabularInline):
    """The parts of a decision on its page."""

    model = models.DecisionPart
    extra = 0
    fields = ("role", "name", "text", "category", "unit", "lower", "upper", "duty", "sheet", "giver", "may_pass_on")
    readonly_fields = fields
    ordering = ("position", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the lines name."""
        return super().get_queryset(request).select_related("role", "duty", "sheet", "giver")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # whoever may see the page


class Shown(ReadOnly, DoorAdmin):
    """A record to read."""

    actions = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything, to read."""
        return [(None, {"fields": self.shown})]


class _OfDecision(Shown):
    """A record of a decision."""

    related: tuple[str, ...] = (
        "decision__matrix__organisation",
        "decision__duty",
        "decision__owner",
        "role",
    )

    @admin.display(description=gettext_lazy("matrix"), ordering="decision__matrix__title")
    def matrix(self, row: Any) -> Any:
        """Where its decision stands."""
        return row.decision.matrix

    @admin.display(description=gettext_lazy("organisation"), ordering="decision__matrix__organisation__name")
    def organisation(self, row: Any) -> Any:
        """Whose it is."""
        return row.decision.matrix.organisation


@admin.register(models.DecisionPart)
class PartAdmin(_OfDecision):
    shown = (
        "decision",
        "role",
        "position",
        "name",
        "text",
        "category",
        "unit",
        "lower",
        "upper",
        "duty",
        "sheet",
        "giver",
        "may_pass_on",
        "starts_on",
        "ends_on",
        "key",
    )
    related = (*_OfDecision.related, "duty", "sheet", "giver")
    list_display = ("role", "decision", "name", "text", "lower", "upper", "unit", "matrix", "organisation")
    list_filter = (
        among("decision__matrix__organisation"),
        among("decision__matrix"),
        "decision__type",
        among("role"),
        "unit",
    )
    search_fields = ("decision__duty__code", "decision__duty__title", "role__name", "name", "text", "category", "key")


@admin.register(models.Acknowledgement)
class AcknowledgementAdmin(_OfDecision):
    shown = ("decision", "role", "name", "agrees", "reason", "answered_on", "key")
    list_display = ("name", "role", "decision", "agrees", "reason", "answered_on", "matrix", "organisation")
    list_filter = (
        among("decision__matrix__organisation"),
        among("decision__matrix"),
        "agrees",
        among("role"),
        "answered_on",
    )
    search_fields = ("name", "role__name", "decision__duty__code", "decision__duty__title", "reason", "key")


@admin.register(models.Round)
class RoundAdmin(Shown):
    shown = (
        "matrix",
        "title",
        "status",
        "asked_about",
        "between",
        "opened_on",
        "opened_by",
        "due_on",
        "revealed_on",
        "key",
    )
    related = ("matrix__organisation",)
    list_display = ("title", "matrix", "status", "opened_on", "opened_by", "due_on", "revealed_on", "organisation")
    list_filter = (among("matrix__organisation"), among("matrix"), "status", "opened_on")
    search_fields = ("title", "matrix__title", "opened_by", "key")

    @admin.display(description=gettext_lazy("duties"))
    def asked_about(self, round_: Any) -> str:
        """The duties that it is about."""
        owner = round_.matrix.organisation_id
        codes = models.Duty.objects.filter(organisation=owner, key__in=round_.duties).order_by("code_key")
        return ", ".join(codes.values_list("code", flat=True)) or "–"

    @admin.display(description=gettext_lazy("roles"))
    def between(self, round_: Any) -> str:
        """The roles that are asked."""
        owner = round_.matrix.organisation_id
        names = models.Role.objects.filter(organisation=owner, key__in=round_.roles).order_by("name")
        return ", ".join(names.values_list("name", flat=True)) or "–"

    @admin.display(description=gettext_lazy("organisation"), ordering="matrix__organisation__name")
    def organisation(self, round_: Any) -> Any:
        """Whose it is."""
        return round_.matrix.organisation
