"""People, the roles that they hold, when they are away, what they signed.

A person is no part of the history, and so is written here directly; holdings, absences and signatures refer to them by
key and go through the door.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.defining import DefiningAdmin, OfRole, SpanForm
from raci.admin.filters import among, given
from raci.admin.list_files import ACTIONS, ListFiles
from raci.admin.on_record import Shown
from raci.admin.scope import ScopedAdmin


class PersonForm(forms.ModelForm):
    """The account of a person is one of a member of their organisation, and of nobody else in it."""

    def clean(self) -> dict[str, Any]:
        """Refuse a stranger's account, and one that somebody else has."""
        values = super().clean() or {}
        adds = self.instance._state.adding
        user, organisation = values.get("user"), values.get("organisation") if adds else self.instance.organisation
        if user is None or organisation is None:
            return values
        if not organisation.memberships.filter(user=user).exists():
            self.add_error("user", _("This account is no member of the organisation: make it one first."))
        elif organisation.people.filter(user=user).exclude(pk=self.instance.pk).exists():
            self.add_error("user", _("This account belongs to somebody else on record."))
        return values


@admin.register(models.Person)
class PersonAdmin(ListFiles, ScopedAdmin):
    """Never deleted: who held a role stays on record under a key, while the name can be erased in the workspace."""

    form = PersonForm
    related = ("organisation", "user")
    ordering = ("name", "pk")  # said again, because counting drops that of the model
    actions = ACTIONS
    list_display = ("name_now", "email", "user", "role_count", "erased_on", "organisation")
    list_filter = (among("organisation"), among("holdings__role"), given("user"), given("erased_on"))
    search_fields = ("name", "email", "user__username", "key")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the holdings with the list."""
        return super().get_queryset(request).annotate(role_count=Count("holdings", distinct=True))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A person without a name any more has nothing left to write."""
        return ("organisation", "name", "email", "user", *(("erased_on", "key") if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose they are is said once."""
        if obj is None:
            return ()
        everything = ("organisation", "name", "email", "user", "erased_on", "key")
        return everything if obj.erased_on else ("organisation", "erased_on", "key")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.erased_on)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the history would speak of nobody

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def name_now(self, person: Any) -> str:
        """What they are called, or that nobody knows any more."""
        return str(person)

    @admin.display(description=gettext_lazy("holdings"), ordering="role_count")
    def role_count(self, person: Any) -> int:
        """How many holdings are on record."""
        return int(person.role_count)


@admin.register(models.Holding)
class HoldingAdmin(OfRole):
    form = SpanForm
    editable = ("role", "person", "manner", "starts_on", "ends_on")
    fixed = ("role", "person")
    shown = ("key",)
    related = ("role__organisation", "person")
    list_display = ("person", "role", "manner", "starts_on", "ends_on", "organisation")
    list_filter = (among("role__organisation"), among("role"), "manner", "starts_on", "ends_on", given("ends_on"))
    search_fields = ("person__name", "role__name", "role__code", "key")


class AbsenceForm(SpanForm):
    """Nobody stands in for themselves."""

    def clean(self) -> dict[str, Any]:
        """Refuse oneself as cover."""
        values = super().clean()
        person = values.get("person") or (None if self.adds else self.instance.person)
        if values.get("cover") and values["cover"] == person:
            self.add_error("cover", _("Nobody stands in for themselves."))
        return values


@admin.register(models.Absence)
class AbsenceAdmin(DefiningAdmin):
    form = AbsenceForm
    editable = ("person", "starts_on", "ends_on", "cover")
    fixed = ("person",)
    shown = ("organisation", "key")
    related = ("organisation", "person", "cover")
    list_display = ("person", "starts_on", "ends_on", "cover", "organisation")
    list_filter = (among("organisation"), given("cover"), "starts_on", "ends_on")
    search_fields = ("person__name", "cover__name", "key")


@admin.register(models.Signature)
class SignatureAdmin(ListFiles, Shown):
    """Given by the person alone, where they read what they sign."""

    actions = ACTIONS
    shown = ("role", "person", "number", "signed_on", "digest", "key")
    related = ("role__organisation", "person")
    list_display = ("person", "role", "number", "signed_on", "organisation")
    list_filter = (among("role__organisation"), among("role"), "signed_on")
    search_fields = ("person__name", "role__name", "role__code", "=number", "digest", "key")

    @admin.display(description=gettext_lazy("organisation"), ordering="role__organisation__name")
    def organisation(self, signature: Any) -> Any:
        """Whose it is."""
        return signature.role.organisation
