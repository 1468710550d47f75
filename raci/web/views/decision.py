"""One decision: read, acknowledged or disagreed with, withdrawn, looked at on another day."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raci import models
from raci.forms.decision import ReviewForm, WithdrawForm
from raci.services import settling
from raci.services.door import Author, Outcome
from raci.web import access
from raci.web.answers import UNPROCESSABLE, say_written, show_conflicts
from raci.web.decision_page import DecisionPage


@login_required
@require_GET
def decision(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one decision."""
    return _page(request, DecisionPage(request, access.decision(request, slug, key)))


@login_required
@require_POST
def acknowledge(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer a decision for a role that the visitor stands for."""
    found = access.decision(request, slug, key, access.Need.CLAIM)
    role = access.spoken_for(request).filter(key=request.POST.get("role", "")).first()
    if role is None:
        raise PermissionDenied(_("Only who stands for a role can answer for it."))
    agrees, reason = request.POST.get("answer") == "agree", request.POST.get("reason", "").strip()
    outcome = settling.acknowledge(
        matrix=found.matrix, decision=key, role=role.key, agrees=agrees, reason=reason, author=_author(request)
    )
    if outcome.refusals:
        refused = (role.key, " ".join(refusal.message for refusal in outcome.refusals), reason)
        return _page(request, DecisionPage(request, found, refused=refused), UNPROCESSABLE)
    told = (
        _("You acknowledged it for %(role)s.")
        if agrees
        else _("You disagree for %(role)s: the question is open again.")
    )
    return _answer(request, found, outcome, told % {"role": role.name})


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """End a decision without another; its question is open again."""
    found = access.decision(request, slug, key, access.Need.WRITE)
    form = WithdrawForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return _page(request, DecisionPage(request, found, withdraw=form), UNPROCESSABLE)
    author = _author(request, form.cleaned_data["reason"])
    outcome = settling.withdraw_decision(matrix=found.matrix, key=key, author=author)
    if outcome.refusals:
        form.add_error(None, " ".join(refusal.message for refusal in outcome.refusals))
        return _page(request, DecisionPage(request, found, withdraw=form), UNPROCESSABLE)
    return _answer(request, found, outcome, _("The decision is withdrawn, and its question is open again."))


@login_required
@require_POST
def review(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say when a decision is to be looked at again."""
    found = access.decision(request, slug, key, access.Need.WRITE)
    form = ReviewForm(request.POST, prefix="review")
    if not form.is_valid():
        return _page(request, DecisionPage(request, found, review=form), UNPROCESSABLE)
    day = form.cleaned_data["review_on"]
    outcome = settling.set_review(matrix=found.matrix, key=key, review_on=day, author=_author(request))
    if outcome.refusals:
        form.add_error("review_on", " ".join(refusal.message for refusal in outcome.refusals))
        return _page(request, DecisionPage(request, found, review=form), UNPROCESSABLE)
    return _answer(request, found, outcome, _("The day of the review is set."))


def _answer(request: HttpRequest, found: models.Decision, outcome: Outcome, text: str) -> HttpResponse:
    slug = access.place(request).organisation.slug
    if outcome.conflicts:
        return show_conflicts(request, outcome, request.path.rstrip("/").rpartition("/")[0] + "/")
    say_written(request, outcome, text)
    return redirect("decision", slug, found.key)


def _author(request: HttpRequest, reason: str = "") -> Author:
    return Author.of(request.user, "workspace", reason)


def _page(request: HttpRequest, page: DecisionPage, status: int = 200) -> HttpResponse:
    return render(request, "raci/decision.html", {"page": page}, status=status)
