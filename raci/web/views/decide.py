"""Deciding a duty in a matrix in one of seven ways: the form, what it would change, and putting it on record."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raci import models
from raci.services.door import Author
from raci.services.settling import decide as put_on_record
from raci.web import access
from raci.web.answers import UNPROCESSABLE, say_written
from raci.web.deciding import Deciding


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Decide a grey area. One that somebody has decided meanwhile is decided anew: nothing typed is lost."""
    found = access.any_grey_area(request, slug, key, access.Need.WRITE)
    if request.method != "POST" and found.status != models.GreyArea.Status.OPEN:
        return redirect("decide_row", slug, found.matrix.key, found.duty.key)
    return _answer(request, found.matrix, found.duty.key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide_row(request: HttpRequest, slug: str, key: str, duty: str) -> HttpResponse:
    """Decide a duty that is no open question; the decision in force is replaced."""
    return _answer(request, access.matrix(request, slug, key, access.Need.WRITE), duty)


def _answer(request: HttpRequest, sheet: models.Matrix, duty: str) -> HttpResponse:
    deciding = Deciding(request, sheet, duty)
    if request.method != "POST" or not deciding.form.judged:
        return deciding.show()
    if not deciding.form.is_valid():
        return deciding.show(UNPROCESSABLE)
    return _record(request, deciding) if deciding.records else deciding.show_preview()


def _record(request: HttpRequest, deciding: Deciding) -> HttpResponse:
    draft, organisation = deciding.draft(), access.place(request).organisation
    author = Author.of(request.user, "workspace", draft.decision.reason)
    outcome = put_on_record(draft=draft, author=author)
    if outcome.refusals:
        deciding.form.explain((refusal.field, refusal.message) for refusal in outcome.refusals)
        return deciding.show(UNPROCESSABLE)
    if outcome.conflicts:
        return deciding.show_preview(outcome)
    duty = deciding.loaded.duties[deciding.duty]
    say_written(request, outcome, _("The decision on %(duty)s is on record.") % {"duty": f"{duty.code} {duty.title}"})
    made = access.decisions(request).in_force().filter(matrix=deciding.sheet, duty__key=deciding.duty).first()
    return redirect("decision", organisation.slug, made.key) if made else redirect("decisions", organisation.slug)
