"""Roles, reporting lines, areas and duties."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.filters import among, given
from raci.admin.forms import DoorForm, RecordForm
from raci.admin.list_files import ACTIONS, ListFiles
from raci.admin.writing import DoorAdmin, DoorInline


class LineForm(RecordForm):
    """A reporting line leads to somebody else."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("superior") and values["superior"].pk == self.instance.role_id:
            self.add_error("superior", _("A role does not report to itself."))
        return values


class LineInline(DoorInline):
    model = models.ReportingLine
    form = LineForm
    fk_name = "role"
    fields = ("superior", "option", "dotted", "note", "seen")
    fixed = ("superior",)
    related = ("role", "superior", "organisation")
    verbose_name_plural = gettext_lazy("Reports to")


@admin.register(models.Role)
class RoleAdmin(DoorAdmin):
    editable = ("code", "name", "kind", "purpose", "scope", "source", "retired")
    shown = ("organisation", "key")
    related = ("organisation",)
    inlines = (LineInline,)
    list_display = ("name", "code", "kind", "organisation", "source", "retired")
    list_filter = (among("organisation"), "kind", "retired")
    search_fields = ("name", "code", "purpose", "scope", "aliases__name", "key")


@admin.register(models.RoleAlias)
class AliasAdmin(ListFiles, DoorAdmin):
    actions = (*DoorAdmin.actions, *ACTIONS)
    editable = ("role", "name", "source")
    fixed = ("role",)
    shown = ("key",)
    related = ("organisation", "role")
    list_display = ("name", "role", "source", "organisation")
    list_filter = (among("organisation"), among("role"))
    search_fields = ("name", "role__name", "role__code", "source", "key")


class LinePageForm(DoorForm):
    """A reporting line leads to somebody else."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("superior") and values["superior"] == values.get("role"):
            self.add_error("superior", _("A role does not report to itself."))
        return values


@admin.register(models.ReportingLine)
class LineAdmin(DoorAdmin):
    form = LinePageForm
    editable = ("role", "superior", "option", "dotted", "note")
    fixed = ("role", "superior")
    related = ("organisation", "role", "superior")
    list_display = ("role", "superior", "option", "dotted", "note", "organisation")
    list_filter = (among("organisation"), "dotted", among("superior"))
    search_fields = ("role__name", "role__code", "superior__name", "superior__code", "note")


class AreaForm(DoorForm):
    """An overlap is one of two roles."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, second = values.get("first_role"), values.get("second_role")
        if bool(first) != bool(second) and not {"first_role", "second_role"} & self.errors.keys():
            missing = "second_role" if first else "first_role"
            self.add_error(missing, _("An overlap names two roles: choose the other one too, or none."))
        elif first and first == second:
            self.add_error("second_role", _("An overlap is one of two different roles."))
        return values


@admin.register(models.Area)
class AreaAdmin(DoorAdmin):
    form = AreaForm
    editable = ("code", "name", "description", "position", "first_role", "second_role", "source")
    shown = ("organisation", "key")
    related = ("organisation", "first_role", "second_role")
    ordering = ("position", "code_key", "pk")  # said again, because counting drops that of the model
    list_display = ("name", "code", "first_role", "second_role", "duty_count", "position", "organisation")
    list_filter = (among("organisation"), given("first_role"))
    search_fields = ("name", "code", "description", "key")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the duties in use with the list."""
        return super().get_queryset(request).annotate(duty_count=Count("duties", filter=Q(duties__retired=False)))

    @admin.display(description=gettext_lazy("duties"), ordering="duty_count")
    def duty_count(self, area: Any) -> int:
        """How many duties of the area are in use."""
        return int(area.duty_count)


class DutyForm(DoorForm):
    """A duty is not a part of itself, nor of one of its parts."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        above, steps = values.get("parent"), 0
        while above and steps < 50:
            if above.pk == self.instance.pk:
                self.add_error("parent", _("A duty cannot be part of itself or of one of its own parts."))
                break
            above, steps = above.parent, steps + 1
        return values


@admin.register(models.Duty)
class DutyAdmin(DoorAdmin):
    form = DutyForm
    editable = ("code", "title", "area", "parent", "note", "source", "is_control", "retired")
    shown = ("organisation", "key")
    related = ("organisation", "area", "parent")
    list_display = ("code", "title", "area", "is_control", "source", "retired", "organisation")
    list_display_links = ("code", "title")
    list_filter = (among("organisation"), among("area"), "is_control", "retired")
    search_fields = ("code", "title", "note", "area__name", "key")
