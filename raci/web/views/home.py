"""The way in, and an organisation at a glance."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from raci.web import access
from raci.web.glance import glance, start


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Go to the only organisation, or show those to choose from."""
    found = list(access.organisations(request).order_by("name")[:200])
    if len(found) != 1:
        return render(request, "raci/home.html", {"found": found})
    access.organisation(request, found[0].slug)
    return redirect("grey_areas" if access.place(request).may_write else "overview", found[0].slug)


@login_required
@require_GET
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the organisation is and what waits for the visitor; the next steps where there is no matrix yet."""
    access.organisation(request, slug)
    found = glance(request)
    if found is None:
        return render(request, "raci/start.html", {"start": start(request)})
    return render(request, "raci/overview.html", {"glance": found})
