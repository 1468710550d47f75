"""Who owns what: one box, and the answer itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raci.services import finding
from raci.web import access

_LONGEST = 200


@login_required
@require_GET
def who_owns(request: HttpRequest, slug: str) -> HttpResponse:
    """Find duties, roles, areas and decisions, each with who owns it."""
    organisation = access.organisation(request, slug)
    typed = request.GET.get("q", "").strip()[:_LONGEST]
    return render(request, "raci/who_owns.html", {"typed": typed, "finds": finding.who_owns(organisation, typed)})
