"""Decisions: how grey areas were settled."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from raci.web import access
from raci.web.filters import DecisionFilter
from raci.web.listing import render_list
from raci.web.tables import DecisionTable


@login_required
@require_GET
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the decisions, newest first, those that were replaced among them."""
    access.organisation(request, slug)
    return render_list(request, "raci/decisions.html", DecisionTable, DecisionFilter, access.decisions(request))
