"""Measures: how much is decided, how old what is open is, and how long deciding takes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raci.web import access
from raci.web.measures import measures_page


@login_required
@require_GET
def measures(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of the organisation, or of one of its matrices."""
    access.organisation(request, slug)
    return render(request, "raci/measures.html", {"page": measures_page(request)})
