"""The boundary of two roles: which pairs there are, one page for a meeting, and what is written down of it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raci.documents.held import CannotBeHeld
from raci.services.boundary_export import BOUNDARY_KINDS, export_boundary
from raci.services.door import Outcome
from raci.services.validation import Refusal
from raci.web import access, access_boundary, boundary_edit
from raci.web.answers import UNPROCESSABLE, show_refusals
from raci.web.boundary_page import BoundaryPage
from raci.web.boundary_pairs import PairsPage


@login_required
@require_GET
def boundaries(request: HttpRequest, slug: str) -> HttpResponse:
    """List the pairs of roles worth looking at, declared overlaps first; lead to any two that are asked for."""
    page = PairsPage(request, access.organisation(request, slug))
    if page.form.is_bound and page.form.is_valid():
        return redirect("boundary", slug, page.form.cleaned_data["first"], page.form.cleaned_data["second"])
    status = UNPROCESSABLE if page.form.is_bound else 200
    return render(request, "raci/boundaries.html", {"page": page}, status=status)


@login_required
@never_cache
@require_GET
def boundary(request: HttpRequest, slug: str, first: str, second: str) -> HttpResponse:
    """Show everything that stands between two roles."""
    stands = access_boundary.pair(request, slug, first, second)
    return render(request, "raci/boundary.html", {"page": BoundaryPage(request, stands)})


@login_required
@never_cache
@require_GET
def export(request: HttpRequest, slug: str, first: str, second: str, kind: str) -> HttpResponse:
    """Hand out what is shown, as it is filtered."""
    page = BoundaryPage(request, access_boundary.pair(request, slug, first, second))
    if kind not in BOUNDARY_KINDS:
        raise Http404
    by, asked = str(request.user), page.filter.asked
    try:
        file = export_boundary(page.organisation, page.stands, page.found, kind, exported_by=by, asked=asked)
    except CannotBeHeld as refusal:
        outcome = Outcome(refusals=(Refusal(None, str(refusal)),))
        return show_refusals(request, outcome, boundary_edit.back_to(request, page.stands))
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    return response


@login_required
@require_POST
def take(request: HttpRequest, slug: str, first: str, second: str) -> HttpResponse:
    """Fill blank sides with what the catalogue says, because somebody asked for it."""
    return boundary_edit.take_over(request, access_boundary.pair(request, slug, first, second, access.Need.WRITE))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_difference(request: HttpRequest, slug: str, first: str, second: str) -> HttpResponse:
    """Say in what the two differ."""
    return boundary_edit.add_difference(request, access_boundary.pair(request, slug, first, second, access.Need.WRITE))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def difference(request: HttpRequest, slug: str, first: str, second: str, key: str) -> HttpResponse:
    """Change a difference, or take it off the record."""
    stands = access_boundary.pair(request, slug, first, second, access.Need.WRITE)
    return boundary_edit.edit_difference(request, stands, key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_agreement(request: HttpRequest, slug: str, first: str, second: str) -> HttpResponse:
    """Put an agreement between the two on record."""
    return boundary_edit.add_agreement(request, access_boundary.pair(request, slug, first, second, access.Need.WRITE))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, slug: str, first: str, second: str, key: str) -> HttpResponse:
    """Change an agreement, or take it off the record."""
    stands = access_boundary.pair(request, slug, first, second, access.Need.WRITE)
    return boundary_edit.edit_agreement(request, stands, key)
