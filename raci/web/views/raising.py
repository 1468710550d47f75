"""Raising grey areas: one by hand, or all declared overlaps on which nothing is decided."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from raci import models
from raci.forms.raising import RaiseForm
from raci.services import raising
from raci.services.door import Author
from raci.services.loading import load_matrix
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written
from raci.web.choices import role_choices
from raci.web.unraised import OverlapsForm, overlaps_to_raise


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_grey_area(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who answers for a duty of a matrix; the address may say which duty, and which role is one side."""
    access.organisation(request, slug, access.Need.WRITE)
    sheets = list(access.matrices(request))
    sheet = _chosen(request, sheets)
    if sheet is None:
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "raci/grey_area_where.html", {"sheets": sheets}, status=status)
    loaded, duty = load_matrix(sheet), request.GET.get("duty", "")
    if request.method != "POST" and duty in loaded.open_by_duty:
        messages.info(request, _("This is a grey area already; here it is."))
        return redirect("grey_area", slug, loaded.open_by_duty[duty])
    sent = request.POST if request.method == "POST" else None
    role = request.GET.get("role", "")
    form = RaiseForm(loaded, role_choices(request), sent, initial={"duty": duty}, role=role)
    if not form.is_valid():
        return _new_page(request, sheet, form, UNPROCESSABLE if form.is_bound else 200)
    return _raise(request, sheet, form)


def _chosen(request: HttpRequest, sheets: list[models.Matrix]) -> models.Matrix | None:
    """Return the matrix that is named; where there is but one, that."""
    wanted = request.POST.get("matrix") or request.GET.get("matrix") or ""
    return next((sheet for sheet in sheets if sheet.key == wanted or len(sheets) == 1), None)


def _raise(request: HttpRequest, sheet: models.Matrix, form: RaiseForm) -> HttpResponse:
    author = Author.of(request.user, "workspace")
    wanted = form.grey_area(author.name)
    raised = raising.raise_grey_area(matrix=sheet, wanted=wanted, claims=form.claims(), author=author)
    if raised.found:
        return _new_page(request, sheet, form, CONFLICT, first=raised.key)
    if raised.outcome.conflicts:
        return _new_page(request, sheet, form, CONFLICT, clashes=clashes(raised.outcome))
    if raised.outcome.refusals:
        for refusal in raised.outcome.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _new_page(request, sheet, form, UNPROCESSABLE)
    code = form.loaded.duties[wanted.duty].code
    say_written(request, raised.outcome, _("%(duty)s is a grey area now.") % {"duty": code})
    return redirect("grey_area", access.place(request).organisation.slug, raised.key)


def _new_page(
    request: HttpRequest, sheet: models.Matrix, form: RaiseForm, status: int = 200, **told: Any
) -> HttpResponse:
    return render(request, "raci/grey_area_new.html", {"sheet": sheet, "form": form, **told}, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def raise_overlaps(request: HttpRequest, slug: str) -> HttpResponse:
    """List the declared overlaps on which nothing is decided, and raise those that are ticked as one revision."""
    access.organisation(request, slug, access.Need.WRITE)
    found = overlaps_to_raise(request)
    form = OverlapsForm(request, found, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _overlaps_page(request, found, form, UNPROCESSABLE if form.is_bound else 200)
    author = Author.of(request.user, "workspace", str(_("Declared overlaps without a decision")))
    organisation = access.place(request).organisation
    done = raising.raise_overlaps(organisation=organisation, picked=form.picked(), terms=form.terms(), author=author)
    if not done.outcome.ok:
        return _overlaps_page(request, found, form, CONFLICT, clashes=clashes(done.outcome))
    text = ngettext("%(count)d grey area is raised.", "%(count)d grey areas are raised.", done.raised)
    say_written(request, done.outcome, text % {"count": done.raised})
    if done.passed:
        text = ngettext(
            "%(count)d was raised or decided by somebody else meanwhile.",
            "%(count)d were raised or decided by somebody else meanwhile.",
            done.passed,
        )
        messages.info(request, text % {"count": done.passed})
    return redirect(f"{reverse('grey_areas', args=[slug])}?origin=overlap")


def _overlaps_page(
    request: HttpRequest, found: Any, form: OverlapsForm, status: int = 200, **told: Any
) -> HttpResponse:
    return render(request, "raci/overlaps.html", {"found": found, "form": form, **told}, status=status)
