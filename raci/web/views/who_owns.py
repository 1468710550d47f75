"""Who owns what: one box, and the answer itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raci.services import finding
from raci.web import access

_LONGEST = 200
_QUICK = 8


@login_required
@require_GET
def who_owns(request: HttpRequest, slug: str) -> HttpResponse:
    """Find duties, roles, areas, people and decisions, each with who owns it."""
    organisation = access.organisation(request, slug)
    typed = _typed(request)
    return render(request, "raci/who_owns.html", {"typed": typed, "finds": finding.who_owns(organisation, typed)})


@login_required
@require_GET
def quick(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer while somebody types: the first few, as the options of a list and nothing around it."""
    organisation = access.organisation(request, slug)
    finds = finding.who_owns(organisation, _typed(request), _QUICK)
    return render(request, "raci/finds/quick.html", {"finds": finds, "slug": slug})


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:_LONGEST]
