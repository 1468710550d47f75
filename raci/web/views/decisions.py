"""Decisions: how grey areas were settled."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from raci.web import access
from raci.web.decision_filter import DecisionFilter
from raci.web.decision_log import in_words, log_file
from raci.web.listing import Listing, export_list, render_list
from raci.web.tables import DecisionTable

DECISIONS = Listing("decisions", _("Decisions"), DecisionTable, DecisionFilter, access.decisions, prepare_file=in_words)


@login_required
@require_GET
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the decisions, newest first, those that were replaced among them."""
    access.organisation(request, slug)
    return render_list(request, DECISIONS)


@login_required
@require_GET
@never_cache
def export_decisions(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the list of decisions out as a file, as it is filtered: as a table, or as a log for a repository."""
    access.organisation(request, slug)
    return log_file(request, DECISIONS) if kind == "md" else export_list(request, DECISIONS, kind)
