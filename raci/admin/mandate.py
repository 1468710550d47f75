"""What roles are for: charters, main duties, authorities and what needs them, and where another role begins."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.defining import DefiningAdmin, OfDuty, OfRole, TwoForm
from raci.admin.filters import among, given
from raci.admin.forms import DoorForm
from raci.forms.amount import AmountField

ITEMS = gettext_lazy("One in a line.")
LISTS = ("excludes", "domains", "policies", "dependencies", "measures")


class CharterForm(DoorForm):
    """The lists of a charter hold one item in a line."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in LISTS:
            if name in self.fields:
                self.fields[name].help_text = ITEMS
                self.fields[name].widget.attrs["rows"] = 5


@admin.register(models.Charter)
class CharterAdmin(OfRole):
    form = CharterForm
    editable = ("role", *LISTS, "valid_from", "review_on")
    list_display = ("role", "main_duties", "valid_from", "review_on", "organisation")
    list_filter = (among("role__organisation"), "review_on", given("review_on"), given("excludes"), given("measures"))
    search_fields = ("role__name", "role__code", *LISTS)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the main duties of the role with the list."""
        return super().get_queryset(request).annotate(main_duties=Count("role__accountabilities"))

    @admin.display(description=gettext_lazy("main duties"), ordering="main_duties")
    def main_duties(self, charter: Any) -> int:
        """How many main duties the role has."""
        return int(charter.main_duties)


class MainDutyForm(DoorForm):
    """A main duty stands for a duty, or for those of an area."""

    def clean(self) -> dict[str, Any]:
        """Refuse what says two things, and more than all of one's time."""
        values = super().clean()
        if values.get("duty") and values.get("area"):
            self.add_error("area", _("Name the duty or the area, not both."))
        if (values.get("share") or 0) > 100:
            self.add_error("share", _("Nobody has more than 100 per cent of their time."))
        return values


@admin.register(models.Accountability)
class MainDutyAdmin(OfRole):
    form = MainDutyForm
    editable = ("role", "text", "duty", "area", "share", "position")
    shown = ("key",)
    related = ("role__organisation", "duty", "area")
    list_display = ("text", "role", "duty", "area", "share", "position", "organisation")
    list_filter = (among("role__organisation"), among("role"), among("area"), given("duty"))
    search_fields = ("text", "role__name", "role__code", "duty__code", "duty__title", "key")


class AuthorityForm(DoorForm):
    """A limit is an amount."""

    ceiling = AmountField(label=gettext_lazy("Limit"), required=False)

    def clean(self) -> dict[str, Any]:
        """An amount says of what."""
        values = super().clean()
        if values.get("ceiling") and not values.get("unit"):
            self.add_error("unit", _("Say of what, such as EUR."))
        return values


@admin.register(models.Authority)
class AuthorityAdmin(OfRole):
    form = AuthorityForm
    editable = ("role", "verb", "thing", "ceiling", "unit", "sheet", "note", "position")
    shown = ("key",)
    related = ("role__organisation", "sheet")
    list_display = ("thing", "role", "verb", "ceiling", "unit", "sheet", "note", "organisation")
    list_filter = (among("role__organisation"), among("role"), "verb", "unit", among("sheet"), given("ceiling"))
    search_fields = ("thing", "note", "role__name", "role__code", "key")


class NeedForm(DoorForm):
    """What is needed is needed up to an amount, or of any size."""

    amount = AmountField(label=gettext_lazy("Up to"), required=False)

    def clean(self) -> dict[str, Any]:
        """An amount says of what."""
        values = super().clean()
        if values.get("amount") and not values.get("unit"):
            self.add_error("unit", _("Say of what, such as EUR."))
        return values


@admin.register(models.Need)
class NeedAdmin(OfDuty):
    form = NeedForm
    editable = ("duty", "verb", "thing", "amount", "unit")
    shown = ("key",)
    list_display = ("thing", "duty", "verb", "amount", "unit", "organisation")
    list_filter = (among("duty__organisation"), among("duty__area"), "verb", "unit")
    search_fields = ("thing", "duty__code", "duty__title", "key")


@admin.register(models.Agreement)
class AgreementAdmin(DefiningAdmin):
    form = TwoForm
    editable = ("first_role", "second_role", "type", "sheet", "reference", "valid_until")
    shown = ("organisation", "key")
    related = ("organisation", "first_role", "second_role", "sheet")
    list_display = ("reference", "first_role", "second_role", "type", "sheet", "valid_until", "organisation")
    list_display_links = ("reference", "first_role")
    list_filter = (
        among("organisation"),
        "type",
        among("first_role"),
        among("second_role"),
        among("sheet"),
        "valid_until",
    )
    search_fields = ("reference", "first_role__name", "second_role__name", "key")


class IncompatibilityForm(TwoForm):
    """Two different duties, in one record whichever is named first."""

    pair = ("duty", "other")
    alike = gettext_lazy("Choose two different duties.")

    def clean(self) -> dict[str, Any]:
        """Refuse the same pair the other way round."""
        values = super().clean()
        duty, other = values.get("duty"), values.get("other")
        if duty and other and models.Incompatibility.objects.filter(duty=other, other=duty).exists():
            self.add_error("other", _("This pair is on record already, the other way round."))
        if values.get("control_until") and not values.get("control"):
            self.add_error("control", _("Say what makes up for it until then."))
        return values


@admin.register(models.Incompatibility)
class IncompatibilityAdmin(OfDuty):
    form = IncompatibilityForm
    editable = ("duty", "other", "reason", "control", "control_until")
    fixed = ("duty", "other")
    related = ("duty__organisation", "other")
    list_display = ("duty", "other", "reason", "control_until", "organisation")
    list_filter = (among("duty__organisation"), among("duty__area"), given("control"), "control_until")
    search_fields = ("duty__code", "duty__title", "other__code", "other__title", "reason", "control")


class BlankSide(admin.SimpleListFilter):
    """Differences that say nothing of one of the two roles."""

    title = gettext_lazy("a side left blank")
    parameter_name = "blank"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one thing that is worth asking."""
        return [("yes", gettext_lazy("Blank"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep what is not filled in."""
        return queryset.filter(Q(first_value="") | Q(second_value="")) if self.value() == "yes" else queryset


@admin.register(models.Difference)
class DifferenceAdmin(DefiningAdmin):
    form = TwoForm
    editable = ("first_role", "second_role", "dimension", "first_value", "second_value", "source", "position")
    fixed = ("first_role", "second_role")
    shown = ("organisation", "key")
    related = ("organisation", "first_role", "second_role")
    list_display = (
        "dimension",
        "first_role",
        "first_value",
        "second_role",
        "second_value",
        "source",
        "position",
        "organisation",
    )
    list_filter = (among("organisation"), among("first_role"), among("second_role"), BlankSide)
    search_fields = ("dimension", "first_value", "second_value", "first_role__name", "second_role__name", "source")


class BaselineForm(DoorForm):
    """A revision that there is gets a name."""

    published_on = forms.DateField(
        label=gettext_lazy("Published on"), initial=timezone.localdate, widget=admin.widgets.AdminDateWidget
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a revision that nobody has made."""
        values = super().clean()
        latest = self.editing.organisation.revision
        if "number" in values and not 1 <= (values["number"] or 0) <= latest:
            self.add_error("number", _("There is no such revision: the latest is %(latest)d.") % {"latest": latest})
        return values


@admin.register(models.Baseline)
class BaselineAdmin(DefiningAdmin):
    """What was published stays what it is: only its name and the note are written again."""

    form = BaselineForm
    editable = ("name", "number", "published_on", "note")
    fixed = ("number", "published_on")
    shown = ("organisation", "key")
    related = ("organisation",)
    list_display = ("name", "number", "published_on", "note", "organisation")
    list_filter = (among("organisation"), "published_on")
    search_fields = ("name", "note", "=number", "key")
