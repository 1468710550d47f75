"""What roles must be able to do, and the ways to get there. What people can do is private, and stands nowhere here."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.defining import DefiningAdmin, OfRole
from raci.admin.filters import among, given
from raci.admin.forms import DoorForm
from raci.forms.amount import AmountField


class CompetencyForm(DoorForm):
    """A competency exists at some levels of its scale."""

    def clean(self) -> dict[str, Any]:
        """Refuse levels that the scale does not have."""
        values = super().clean()
        scale, lowest, highest = (values.get(name) for name in ("scale", "lowest", "highest"))
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("highest", _("The highest level lies below the lowest."))
            return values
        known = {item["level"] for item in scale.levels} if scale else set()
        for name, level in (("lowest", lowest), ("highest", highest)):
            if known and level is not None and level not in known:
                told = {"scale": scale, "first": min(known), "last": max(known)}
                self.add_error(name, _("%(scale)s goes from %(first)d to %(last)d.") % told)
        return values


@admin.register(models.Competency)
class CompetencyAdmin(DefiningAdmin):
    form = CompetencyForm
    editable = ("code", "name", "description", "scale", "lowest", "highest", "framework", "source", "position")
    shown = ("organisation", "key")
    related = ("organisation", "scale")
    ordering = ("position", "code_key", "pk")  # said again, because counting drops that of the model
    list_display = ("name", "code", "scale", "lowest", "highest", "framework", "role_count", "source", "organisation")
    list_filter = (among("organisation"), among("scale"), given("framework"), given("source"))
    search_fields = ("name", "code", "description", "framework", "source", "key")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count with the list the roles that require it."""
        return super().get_queryset(request).annotate(role_count=Count("requirements"))

    @admin.display(description=gettext_lazy("required by"), ordering="role_count")
    def role_count(self, competency: Any) -> int:
        """How many roles require it."""
        return int(competency.role_count)


@admin.register(models.Skill)
class SkillAdmin(OfRole):
    editable = ("role", "name", "competency", "source", "position")
    shown = ("key",)
    related = ("role__organisation", "competency")
    list_display = ("name", "role", "competency", "source", "position", "organisation")
    list_filter = (among("role__organisation"), among("role"), given("competency"), among("competency"))
    search_fields = ("name", "role__name", "role__code", "competency__name", "competency__code", "source", "key")


class RequirementForm(DoorForm):
    """A level that the competency exists at."""

    def clean(self) -> dict[str, Any]:
        """Refuse levels at which there is no such competency."""
        values = super().clean()
        competency = values.get("competency") or (None if self.adds else self.instance.competency)
        level = values.get("level")
        if competency and level is not None and not competency.lowest <= level <= competency.highest:
            told = {"name": competency, "first": competency.lowest, "last": competency.highest}
            self.add_error("level", _("%(name)s exists at the levels %(first)d to %(last)d.") % told)
        if values.get("weight") == 0:
            self.add_error("weight", _("Enter a weight of at least 1."))
        return values


@admin.register(models.Requirement)
class RequirementAdmin(OfRole):
    form = RequirementForm
    editable = ("role", "competency", "level", "essential", "weight")
    fixed = ("role", "competency")
    related = ("role__organisation", "competency")
    list_display = ("competency", "role", "level", "essential", "weight", "organisation")
    list_filter = (among("role__organisation"), among("role"), among("competency"), "essential", "level")
    search_fields = ("role__name", "role__code", "competency__name", "competency__code")


class RouteForm(DoorForm):
    """What it costs is an amount of a currency."""

    cost = AmountField(label=gettext_lazy("Cost"), required=False)

    def clean(self) -> dict[str, Any]:
        """An amount says of what."""
        values = super().clean()
        if values.get("cost") and not values.get("unit"):
            self.add_error("unit", _("Say of what, such as EUR."))
        return values


@admin.register(models.Route)
class RouteAdmin(DefiningAdmin):
    form = RouteForm
    editable = ("name", "type", "description", "evidence", "cost", "unit", "months", "source", "position")
    shown = ("organisation", "key")
    related = ("organisation",)
    ordering = ("position", "pk")  # said again, because counting drops that of the model
    list_display = ("name", "type", "gain_count", "cost", "unit", "months", "source", "organisation")
    list_filter = (among("organisation"), "type", given("source"))
    search_fields = ("name", "description", "evidence", "source", "key")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count with the list the competencies that it counts for."""
        return super().get_queryset(request).annotate(gain_count=Count("gains"))

    @admin.display(description=gettext_lazy("competencies"), ordering="gain_count")
    def gain_count(self, route: Any) -> int:
        """For how many competencies it counts."""
        return int(route.gain_count)


@admin.register(models.Gain)
class GainAdmin(DefiningAdmin):
    editable = ("route", "competency", "levels")
    fixed = ("route", "competency")
    related = ("route__organisation", "competency")
    list_display = ("route", "competency", "levels", "organisation")
    list_filter = (among("route__organisation"), among("route"), among("competency"))
    search_fields = ("route__name", "competency__name", "competency__code")

    @admin.display(description=gettext_lazy("organisation"), ordering="route__organisation__name")
    def organisation(self, gain: Any) -> Any:
        """Whose it is."""
        return gain.route.organisation
