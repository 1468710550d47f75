"""Admin pages whose every write goes through the one door."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.forms import DoorForm, DoorFormSet, Editing, NotWritten, RecordForm
from raci.admin.record_history import history_of
from raci.admin.records import address_of, find_id, organisation_of, owner_path
from raci.admin.removal import removal_page
from raci.admin.scope import ScopedAdmin, ScopedMixin
from raci.services.door import Author, apply_changes


class DoorAdmin(ScopedAdmin):
    """A record that only the door writes.

    ``editable`` are the fields of its form; ``fixed`` those of them that are part of its address or its
    origin and are chosen once, when it is added; ``shown`` further ones that are only shown.
    """

    form = DoorForm
    editable: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    actions = ("delete_selected",)
    object_history_template = "admin/raci/record_history.html"

    def __init__(self, model: type[Model], site: admin.AdminSite) -> None:
        self.owner_path = owner_path(model)
        super().__init__(model, site)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return the fields of the record, then the reason for the change."""
        shown = self.shown if obj else ()
        why = (gettext_lazy("For the history"), {"fields": ["revision_reason", "seen"]})
        return [(None, {"fields": [*self.editable, *shown]}), why]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return what is shown only."""
        return [*self.fixed, *self.shown] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """Return the form, told what this request edits."""
        return self.told(super().get_form(request, obj, change=change, **options), request)

    @staticmethod
    def told(form: type, request: HttpRequest) -> type:
        """Return a form class that knows what this request edits."""
        return type(form.__name__, (form,), {"editing": request.editing})  # type: ignore[attr-defined]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Return what hangs on the record, once it is there."""
        return self.inlines if obj else ()

    # --- Saving

    @csrf_protect_m
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show or save a form. Where the door refuses, show it again with what was typed and what is wrong.

        The door has a transaction of its own: one around the whole page would only hold everybody up.
        """
        organisation = self._organisation(request, object_id)
        if organisation is None:
            return self._ask_for_organisation(request)
        request.organisation = organisation  # type: ignore[attr-defined]  # what relations are limited to
        request.editing = Editing(organisation)  # type: ignore[attr-defined]  # what forms are told
        extra = {"organisation": organisation, **(extra_context or {})}
        try:
            return self._changeform_view(request, object_id, form_url, extra)
        except NotWritten as refused:
            request.editing.refused = refused.outcome  # type: ignore[attr-defined]  # set above
            return self._changeform_view(request, object_id, form_url, extra)

    def _organisation(self, request: HttpRequest, object_id: str | None) -> models.Organisation | None:
        """Return the organisation of the record, or the one in which to add it; None where it is to be chosen."""
        if object_id is not None:
            obj = self.get_object(request, unquote(object_id))
            if obj is None:
                raise Http404
            return organisation_of(obj)
        owned = models.Organisation.objects.owned_by(request.user)
        if wanted := request.GET.get("organisation"):
            return get_object_or_404(owned, pk=wanted if wanted.isdecimal() else 0)
        found = list(owned[:2])
        return found[0] if len(found) == 1 else None

    def _ask_for_organisation(self, request: HttpRequest) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Add %(name)s") % {"name": self.opts.verbose_name},
            "organisations": models.Organisation.objects.owned_by(request.user),
        }
        return TemplateResponse(request, "admin/raci/choose_organisation.html", context)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Everything of the page is written together, in `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write the form and all that hangs on it as one revision, or raise `NotWritten`."""
        editing: Editing = request.editing  # type: ignore[attr-defined]  # set by changeform_view
        changes = [*form.changes(), *(item for formset in formsets for item in formset.changes())]
        if not changes:
            return
        author = Author.of(request.user, "admin", form.cleaned_data["revision_reason"])
        outcome = apply_changes(organisation=editing.organisation, changes=changes, author=author)
        if not outcome.ok:
            raise NotWritten(outcome)
        editing.outcome = outcome
        if form.adds:
            form.instance.pk = find_id(editing.organisation, address_of(form.instance))

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> str:
        """Refer to the revision, which tells the rest."""
        revision = self._revision(request)
        return _("Revision %(number)d") % {"number": revision.number} if revision else ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Note it among the person's latest actions, where something was written."""
        return super().log_addition(request, obj, message) if message else None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Note it among the person's latest actions, where something was written."""
        return super().log_change(request, obj, message) if message else None

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say plainly that there was nothing to save."""
        if self._revision(request) is None:
            messages.info(request, _("There was nothing to save: everything is as it was."))
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    @staticmethod
    def _revision(request: HttpRequest) -> models.Revision | None:
        outcome = request.editing.outcome  # type: ignore[attr-defined]  # set by changeform_view
        return outcome.revision if outcome else None

    # --- Removing, and what happened before

    @csrf_protect_m
    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask before removing a record, and remove it."""
        return removal_page(self, request, [self._found(request, object_id, "delete")])

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask before removing several records, and remove them in one revision."""
        return removal_page(self, request, list(queryset), action="delete_selected")

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show every revision that changed the record."""
        obj = self._found(request, object_id, "view")
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(name)s") % {"name": obj},
            "opts": self.opts,
            "object": obj,
            "entries": history_of(organisation_of(obj), address_of(obj)),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _found(self, request: HttpRequest, object_id: str, verb: str) -> Any:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not getattr(self, f"has_{verb}_permission")(request, obj):
            raise PermissionDenied
        return obj


class DoorInline(ScopedMixin, admin.TabularInline):
    """Records that hang on another one. ``fixed`` fields are chosen once, when a line is added."""

    form = RecordForm
    formset = DoorFormSet
    template = "admin/raci/lines.html"
    fixed: Sequence[str] = ()
    related: tuple[str, ...] = ()
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the records with what their address is made of."""
        return super().get_queryset(request).select_related(*self.related)

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Return the set, its forms told what this request edits."""
        found = super().get_formset(request, obj, **options)
        fixed = self.fixed

        class Line(DoorAdmin.told(found.form, request)):  # type: ignore[misc]  # a form class
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, **options)
                for field in self.fields.values():
                    field.widget.attrs["aria-label"] = field.label  # the head of the column names it for the eye only
                for name in () if self.adds else fixed:
                    self.fields[name].disabled = True

        found.form = Line
        return found

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # whoever may see the page

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission
