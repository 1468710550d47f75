"""A matrix at two moments, side by side."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from raci.services.comparing import compare_moments
from raci.services.history import NoSuchRevision
from raci.web import access
from raci.web.grid_query import read_moment

_ON_A_PAGE = 100


@login_required
@require_GET
def compare(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what differs between two revisions or days; what makes no sense in the address is left out."""
    found = access.matrix(request, slug, key)
    moments = [read_moment(request.GET.get(name, "")) for name in ("from", "to")]
    wrong = ""
    try:
        comparison = compare_moments(found, *moments)
    except NoSuchRevision as error:
        comparison, wrong = compare_moments(found), str(error)
    page = Paginator(comparison.duties, _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"matrix": found, "comparison": comparison, "page": page, "wrong": wrong}
    return render(request, "raci/compare.html", context, status=404 if wrong else 200)
