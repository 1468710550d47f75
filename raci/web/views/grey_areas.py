"""Grey areas: the list of what is not settled, and claims for it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from raci.forms.claim import ClaimForm
from raci.services.door import Author
from raci.services.loading import load_matrix
from raci.services.overlaps import claim as put_claim
from raci.web import access
from raci.web.answers import UNPROCESSABLE, say_written, show_conflicts
from raci.web.bulk_actions import GREY_AREA_ACTIONS
from raci.web.claimed import attach_claims
from raci.web.grey_filter import GreyAreaFilter, counts_by_age
from raci.web.listing import Listing, export_list, render_list
from raci.web.tables import GreyAreaTable

GREY_AREAS = Listing(
    "grey_areas",
    gettext_lazy("Grey areas"),
    GreyAreaTable,
    GreyAreaFilter,
    access.in_order_of_urgency,
    attach_claims,
    GREY_AREA_ACTIONS,
)


@login_required
@require_GET
def grey_areas(request: HttpRequest, slug: str) -> HttpResponse:
    """List what is not settled, or what was."""
    access.organisation(request, slug)
    return render_list(request, GREY_AREAS, ages=counts_by_age(request, GREY_AREAS))


@login_required
@require_GET
@never_cache
def export_grey_areas(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the list of what is not settled out as a file, as it is filtered."""
    access.organisation(request, slug)
    return export_list(request, GREY_AREAS, kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say what a role wants in a grey area, and why."""
    found = access.grey_area(request, slug, key, access.Need.CLAIM)
    sent = request.POST if request.method == "POST" else None
    form = ClaimForm(load_matrix(found.matrix), sent, initial={"role": request.GET.get("role", "")})
    if not form.is_valid():
        return _claim_page(request, found, form, UNPROCESSABLE if form.is_bound else 200)
    author = Author.of(request.user, "workspace")
    role, organisation = form.cleaned_data["role"], access.place(request).organisation
    outcome = put_claim(
        organisation=organisation, matrix=found.matrix, grey_area=key, role=role, wanted=form.claim(), author=author
    )
    if outcome.conflicts:
        return show_conflicts(request, outcome, request.path)
    if outcome.refusals:
        form.add_error(None, " ".join(refusal.message for refusal in outcome.refusals))
        return _claim_page(request, found, form, UNPROCESSABLE)
    say_written(request, outcome, _("The claim for %(duty)s stands.") % {"duty": found.duty})
    return redirect("grey_area", slug, key)


def _claim_page(request: HttpRequest, found: object, form: ClaimForm, status: int) -> HttpResponse:
    return render(request, "raci/claim.html", {"grey_area": found, "form": form}, status=status)
