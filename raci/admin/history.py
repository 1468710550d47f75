"""Revisions and their changes: to read, and to take back, never to edit."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.filters import among
from raci.admin.removal import ConfirmForm
from raci.admin.scope import ReadOnly, ScopedAdmin
from raci.admin.told import of_outcome
from raci.services.describing import describe, sentences, sentences_of
from raci.services.door import CHANGE_PARTS, Author, from_microseconds, to_change, undo
from raci.services.naming import names_for


class RevisionList(ChangeList):
    """A page of revisions, told in sentences with a constant number of queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        told = sentences_of(list(self.result_list), 2)
        for revision in self.result_list:
            revision.told = told[revision.pk]


@admin.register(models.Revision)
class RevisionAdmin(ReadOnly, ScopedAdmin):
    related = ("organisation",)
    actions = None
    list_display = ("number", "what", "actor_name", "time", "door", "reason", "size", "organisation")
    list_filter = (among("organisation"), "door", among("actor"))
    search_fields = ("=number", "actor_name", "reason", "=changes__subject")
    fields = (
        "organisation",
        "number",
        "time",
        "actor_name",
        "door",
        "reason",
        "undoes",
        "size",
        "everything",
        "previous",
        "hash",
    )
    change_form_template = "admin/raci/revision.html"

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """Return the list that tells its revisions."""
        return RevisionList

    @admin.display(description=gettext_lazy("time"), ordering="at_us")
    def time(self, revision: Any) -> Any:
        """When it was made."""
        return localtime(from_microseconds(revision.at_us))

    @admin.display(description=gettext_lazy("what"))
    def what(self, revision: Any) -> str:
        """The first of its changes."""
        return format_html_join("", "<p>{}</p>", ([sentence] for sentence in revision.told))

    @admin.display(description=gettext_lazy("what changed"))
    def everything(self, revision: Any) -> str:
        """Its changes, one sentence each."""
        return format_html_join("", "<p>{}</p>", ([sentence] for sentence in sentences(revision)))

    def get_urls(self) -> list[Any]:
        """Add the page that takes a revision back."""
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<path:object_id>/undo/", view, name="raci_revision_undo"), *super().get_urls()]

    def undo_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask before taking a revision back, and take it back as a new revision."""
        revision = self.get_object(request, unquote(object_id))
        if revision is None:
            raise Http404
        form = ConfirmForm(request.POST or None)
        problems: list[str] = []
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["why"] or _("Takes back revision %(number)d") % {"number": revision.number}
            author = Author.of(request.user, "admin", reason)
            outcome = undo(organisation=revision.organisation, number=revision.number, author=author)
            if outcome.ok:
                return self._undone(request, revision, outcome.revision)
            problems = of_outcome(outcome)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Take back revision %(number)d?") % {"number": revision.number},
            "intro": _("Each of these is turned round, together as one new revision; nothing of the history goes."),
            "submit": _("Take it back"),
            "original": revision,
            "sentences": sentences(revision),
            "form": form,
            "problems": problems,
        }
        return TemplateResponse(request, "admin/raci/confirm.html", context)

    @staticmethod
    def _undone(request: HttpRequest, revision: Any, new: models.Revision | None) -> HttpResponse:
        if new is None:
            messages.info(request, _("There was nothing to take back: everything is as it was before."))
            return HttpResponseRedirect(reverse("admin:raci_revision_change", args=[revision.pk]))
        told = {"number": revision.number, "new": new.number}
        messages.success(request, _("Revision %(number)d was taken back by revision %(new)d.") % told)
        return HttpResponseRedirect(reverse("admin:raci_revision_change", args=[new.pk]))


class RevisionChangeList(ChangeList):
    """A page of changes, told in sentences with a constant number of queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        changes = {row.pk: to_change(*(getattr(row, part) for part in CHANGE_PARTS)) for row in self.result_list}
        names = names_for(changes.values())
        for row in self.result_list:
            row.told = describe(changes[row.pk], names)


@admin.register(models.RevisionChange)
class RevisionChangeAdmin(ReadOnly, ScopedAdmin):
    owner_path = "revision__organisation"
    related = ("revision__organisation",)
    actions = None
    list_display = ("what", "revision_number", "by", "time", "kind", "organisation")
    list_filter = (among("revision__organisation"), "kind", "field", "revision__door")
    search_fields = ("=subject", "=matrix", "=other", "field", "revision__actor_name", "revision__reason")
    ordering = ("-revision", "ordinal")
    fields = ("revision", "ordinal", "kind", "matrix", "subject", "other", "field", "before", "after")

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """Return the list that tells its changes."""
        return RevisionChangeList

    @admin.display(description=gettext_lazy("what"))
    def what(self, row: Any) -> str:
        """The change as a sentence."""
        return str(row.told)

    @admin.display(description=gettext_lazy("revision"), ordering="revision__number")
    def revision_number(self, row: Any) -> int:
        """The number of its revision."""
        return int(row.revision.number)

    @admin.display(description=gettext_lazy("by"), ordering="revision__actor_name")
    def by(self, row: Any) -> str:
        """Who made it."""
        return str(row.revision.actor_name)

    @admin.display(description=gettext_lazy("time"), ordering="revision__at_us")
    def time(self, row: Any) -> Any:
        """When it was made."""
        return localtime(from_microseconds(row.revision.at_us))

    @admin.display(description=gettext_lazy("organisation"), ordering="revision__organisation__name")
    def organisation(self, row: Any) -> Any:
        """Whose it is."""
        return row.revision.organisation
