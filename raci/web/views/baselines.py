"""Baselines: revisions that were given a name and published."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from raci.web import access, access_boundary, boundary_edit


@login_required
@require_GET
def baselines(request: HttpRequest, slug: str) -> HttpResponse:
    """List the baselines, the latest revision first, with the ways to their matrices as they were."""
    register = access_boundary.register(request, slug)
    found = sorted(register.baselines.items(), key=lambda item: (-item[1].number, item[0]))
    context = {"baselines": found, "matrices": access.matrices(request), "revision": register.revision}
    return render(request, "raci/baselines.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_baseline(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a revision under a name."""
    return boundary_edit.add_baseline(request, slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def baseline(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Rename a baseline, or withdraw it."""
    return boundary_edit.edit_baseline(request, slug, key)
