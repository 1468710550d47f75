"""Grey areas, claims and decisions."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.filters import AgeFilter, OverdueFilter, among, given
from raci.admin.forms import DoorForm, RecordForm
from raci.admin.many import TERMS, WITHDRAW, many_page
from raci.admin.on_record import PartInline
from raci.admin.scope import ReadOnly
from raci.admin.settling import assign_page, withdraw_page
from raci.admin.writing import DoorAdmin, DoorInline
from raci.domain.change import Change
from raci.domain.scheme import WrongLetters, parse_letters
from raci.forms.choices import offer
from raci.services.words import said


class _ClaimLetters:
    """Reads the letters of a claim as people type them, in the scheme of its matrix."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean()  # type: ignore[misc]  # of the form
        grey_area = values.get("grey_area") or getattr(self.instance, "grey_area", None)  # type: ignore[attr-defined]
        if grey_area and values.get("letters"):
            try:
                values["letters"] = parse_letters(grey_area.matrix.scheme.to_domain(), values["letters"])
            except WrongLetters as error:
                self.add_error("letters", f"{said(error.sentence)}.")  # type: ignore[attr-defined]  # of the form
        return values


class ClaimLineForm(_ClaimLetters, RecordForm):
    """A claim below its grey area, made today unless it says otherwise."""

    letters = forms.CharField(label=gettext_lazy("Letters"), max_length=80)
    made_on = forms.DateField(initial=timezone.localdate, widget=admin.widgets.AdminDateWidget)


class ClaimInline(DoorInline):
    model = models.Claim
    form = ClaimLineForm
    fields = ("role", "letters", "reason", "made_on", "seen")
    fixed = ("role",)
    related = ("grey_area__matrix__organisation", "grey_area__matrix__scheme", "grey_area__duty", "role")


class GreyAreaForm(DoorForm):
    """A grey area is decided by assigning it; here it can only be withdrawn, or taken up again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "status" in self.fields:
            status = models.GreyArea.Status
            choices = [(item.value, item.label) for item in (status.OPEN, status.WITHDRAWN)]
            offer(self, "status", choices)

    def _post_clean(self) -> None:
        if self.adds:
            self.instance.raised_on = timezone.localdate()
            self.instance.raised_by = self.raised_by
            self.instance.origin = models.GreyArea.Origin.HAND
        super()._post_clean()

    def clean(self) -> dict[str, Any]:
        """Whoever withdraws it says why."""
        values = super().clean()
        after, before = values.get("status"), values.get("seen", {}).get("status")
        if before != after == models.GreyArea.Status.WITHDRAWN and not values.get("revision_reason"):
            self.add_error("revision_reason", _("Say why it is no question any more."))
        return values

    def changes(self) -> list[Change]:
        """Return the changes; the age of one that is taken up again counts from today."""
        found = super().changes()
        again = [item for item in found if item.field == "status" and item.after == models.GreyArea.Status.OPEN]
        before, today = self.cleaned_data["seen"].get("reopened_on", ""), timezone.localdate().isoformat()
        return [*found, *(Change(item.address, "reopened_on", before, today) for item in again if before != today)]

    raised_by = ""


@admin.register(models.GreyArea)
class GreyAreaAdmin(DoorAdmin):
    form = GreyAreaForm
    editable = ("matrix", "duty", "question", "status", "decider", "interim", "due_on")
    fixed = ("matrix", "duty")
    shown = ("origin", "raised_on", "raised_by", "reopened_on", "proposal", "usual_decision", "key")
    related = ("matrix__organisation", "matrix__scheme", "duty", "decider", "interim")
    inlines = (ClaimInline,)
    actions = ("assign", "terms", "withdraw", *DoorAdmin.actions)
    list_display = ("duty", "matrix", "state", "claimants", "age", "due_on", "decider", "interim", "organisation")
    list_filter = (
        among("matrix__organisation"),
        among("matrix"),
        "status",
        "origin",
        OverdueFilter,
        AgeFilter,
        among("duty__area"),
        among("claims__role"),
        among("decider"),
        given("due_on"),
        given("interim"),
    )
    search_fields = ("duty__code", "duty__title", "question", "matrix__title", "claims__role__name", "key")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the claims with the list, and since when each is open."""
        found = super().get_queryset(request).annotate(since=Coalesce("reopened_on", "raised_on"))
        return found.prefetch_related("claims__role")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once decided it stays so, unless the revision is taken back."""
        shown = super().get_readonly_fields(request, obj)
        return [*shown, "status"] if obj and obj.status == models.GreyArea.Status.DECIDED else shown

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new one is open."""
        found = super().get_fieldsets(request, obj)
        if obj is None:
            found[0][1]["fields"] = [name for name in self.editable if name != "status"]
        return found

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """Note who raises it."""
        form = super().get_form(request, obj, change=change, **options)
        form.raised_by = str(request.user)
        return form

    @admin.action(permissions=["change"], description=gettext_lazy("Assign …"))
    def assign(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Choose for each who is accountable."""
        return assign_page(self, request, list(queryset))

    @admin.action(permissions=["change"], description=gettext_lazy("Set who decides, when and who owns it meanwhile …"))
    def terms(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Set the terms of all of them."""
        return many_page(self, request, list(queryset), TERMS)

    @admin.action(permissions=["change"], description=gettext_lazy("Withdraw …"))
    def withdraw(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Say of all of them that they are no questions any more."""
        return many_page(self, request, list(queryset), WITHDRAW)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, grey_area: Any) -> str:
        """Its status, and whether it is late."""
        late = grey_area.status == "open" and grey_area.due_on and grey_area.due_on < timezone.localdate()
        return _("Open, overdue") if late else str(grey_area.get_status_display())

    @admin.display(description=gettext_lazy("claimed by"), empty_value=gettext_lazy("nobody yet"))
    def claimants(self, grey_area: Any) -> str:
        """Who claims it, with which letters."""
        return " · ".join(f"{claim.role} {claim.letters}" for claim in grey_area.claims.all()) or _("nobody yet")

    @admin.display(description=gettext_lazy("age in days"), ordering="-since", empty_value="–")
    def age(self, grey_area: Any) -> int | None:
        """Days since it was raised, or opened again."""
        is_open = grey_area.status == models.GreyArea.Status.OPEN
        return (timezone.localdate() - grey_area.since).days if is_open else None

    @admin.display(description=gettext_lazy("proposed letters"))
    def proposal(self, grey_area: Any) -> str:
        """The letters that a template or an import proposes; none of them is in force."""
        names = dict(
            models.Role.objects.filter(
                organisation=grey_area.matrix.organisation_id, key__in=grey_area.proposed
            ).values_list("key", "name")
        )
        return " · ".join(f"{names.get(key, key)} {letters}" for key, letters in grey_area.proposed.items()) or "–"

    @admin.display(description=gettext_lazy("organisation"), ordering="matrix__organisation__name")
    def organisation(self, grey_area: Any) -> Any:
        """Whose it is."""
        return grey_area.matrix.organisation


class ClaimForm(_ClaimLetters, DoorForm):
    """A claim on a page of its own, made today unless it says otherwise."""

    letters = forms.CharField(label=gettext_lazy("Letters"), max_length=80)
    made_on = forms.DateField(initial=timezone.localdate, widget=admin.widgets.AdminDateWidget)


@admin.register(models.Claim)
class ClaimAdmin(DoorAdmin):
    form = ClaimForm
    editable = ("grey_area", "role", "letters", "reason", "made_on")
    fixed = ("grey_area", "role")
    related = ("grey_area__matrix__organisation", "grey_area__matrix__scheme", "grey_area__duty", "role")
    list_display = ("role", "letters", "duty", "matrix", "made_on", "reason")
    list_filter = (
        among("grey_area__matrix__organisation"),
        among("grey_area__matrix"),
        "grey_area__status",
        among("role"),
    )
    search_fields = ("role__name", "role__code", "grey_area__duty__code", "grey_area__duty__title", "reason")

    @admin.display(description=gettext_lazy("duty"), ordering="grey_area__duty__code_key")
    def duty(self, claim: Any) -> Any:
        """What is claimed."""
        return claim.grey_area.duty

    @admin.display(description=gettext_lazy("matrix"), ordering="grey_area__matrix__title")
    def matrix(self, claim: Any) -> Any:
        """Where it is claimed."""
        return claim.grey_area.matrix


@admin.register(models.Decision)
class DecisionAdmin(ReadOnly, DoorAdmin):
    """Never edited: made by assigning a grey area, ended by another decision or by withdrawing it."""

    editable = ()
    shown = (
        "matrix",
        "duty",
        "grey_area",
        "type",
        "owner",
        "row_letters",
        "terms",
        "mode",
        "reason",
        "options",
        "authority",
        "degree",
        "reversible",
        "decided_on",
        "decided_by",
        "valid_from",
        "valid_until",
        "due_on",
        "review_on",
        "supersedes",
        "withdrawn_on",
        "key",
    )
    related = (
        "matrix__organisation",
        "duty",
        "owner",
        "grey_area__duty",
        "grey_area__matrix",
        "supersedes__duty",
        "supersedes__owner",
    )
    actions = ("withdraw",)
    inlines = (PartInline,)
    list_display = (
        "duty",
        "type",
        "owner",
        "matrix",
        "decided_on",
        "decided_by",
        "review_on",
        "standing",
        "organisation",
    )
    list_filter = (
        among("matrix__organisation"),
        among("matrix"),
        "type",
        among("owner"),
        "decided_on",
        "review_on",
        given("withdrawn_on"),
    )
    search_fields = ("duty__code", "duty__title", "owner__name", "owner__code", "reason", "decided_by", "key")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Know with the list whether another decision took the place of this one."""
        return super().get_queryset(request).select_related("superseded_by")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Whoever sees a decision here owns it."""
        return self.has_view_permission(request)

    @admin.action(permissions=["withdraw"], description=gettext_lazy("Withdraw …"))
    def withdraw(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """End decisions without another one in their place."""
        return withdraw_page(self, request, list(queryset))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything, to read."""
        return [(None, {"fields": self.shown})]

    @admin.display(description=gettext_lazy("letters of the row"))
    def row_letters(self, decision: Any) -> str:
        """The row as it was decided."""
        organisation = decision.matrix.organisation_id
        roles = models.Role.objects.filter(organisation=organisation, key__in=decision.letters)
        names = dict(roles.values_list("key", "name"))
        return " · ".join(f"{names.get(key, key)} {letters}" for key, letters in decision.letters.items()) or "–"

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, decision: Any) -> str:
        """Whether it is in force."""
        if decision.withdrawn_on:
            return _("Withdrawn")
        if hasattr(decision, "superseded_by"):
            return _("Superseded")
        due: date | None = decision.review_on
        return _("In force, review due") if due and due <= timezone.localdate() else _("In force")

    @admin.display(description=gettext_lazy("organisation"), ordering="matrix__organisation__name")
    def organisation(self, decision: Any) -> Any:
        """Whose it is."""
        return decision.matrix.organisation
