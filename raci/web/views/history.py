"""History: what was changed together, by whom, when and why; and taking it back."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from raci.services.door import Author, undo
from raci.web import access
from raci.web.answers import say_written, show_conflicts, show_refusals
from raci.web.filters import RevisionFilter
from raci.web.list_export import as_file, asked_for
from raci.web.listing import is_whole
from raci.web.told import as_rows, told

_ON_A_PAGE = 25


@login_required
@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """List the revisions in sentences, newest first."""
    access.organisation(request, slug)
    filtered = _filtered(request)
    page = Paginator(filtered.qs, _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"filter": filtered, "page": page, "told": told(page.object_list), "export": "history_export"}
    return render(request, "raci/history.html", context)


@login_required
@require_GET
@never_cache
def export_history(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the revisions out as a file, as they are filtered, with a row for each sentence."""
    access.organisation(request, slug)
    filtered = _filtered(request)
    rows = as_rows(told(filtered.qs, limit=None))
    whole = is_whole(filtered)
    return as_file(request, kind, gettext_lazy("History"), rows, asked_for(filtered.form), whole=whole)


def _filtered(request: HttpRequest) -> RevisionFilter:
    return RevisionFilter(request.GET, queryset=access.revisions(request), request=request)


@login_required
@require_GET
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one revision with all that it changed."""
    found = access.revision(request, slug, number)
    (one,) = told([found], limit=1000)
    return render(request, "raci/revision.html", {"one": one})


@login_required
@require_POST
def undo_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a revision back, as a new one."""
    found = access.revision(request, slug, number, access.Need.WRITE)
    reason = _("Takes back revision %(number)d") % {"number": number}
    author = Author.of(request.user, "undo", reason)
    outcome = undo(organisation=found.organisation, number=number, author=author)
    if outcome.conflicts:
        return show_conflicts(request, outcome, redirect("revision", slug, number).url)
    if outcome.refusals:
        return show_refusals(request, outcome, redirect("revision", slug, number).url)
    say_written(request, outcome, _("Revision %(number)d is taken back.") % {"number": number})
    return redirect("history", slug)
