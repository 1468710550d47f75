"""What follows from a revealed round: agreed rows become letters, the others grey areas."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from raci import models
from raci.services.door import Author, Outcome
from raci.services.overlaps import assign
from raci.services.round_effects import raise_rows, reason_of
from raci.services.words import shown_number
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written
from raci.web.round_outcome import Outcomes

Write = Callable[[HttpRequest, Outcomes], Outcome]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what agreed rows would change in the matrix, and decide those that are ticked."""
    found = access.blind_round(request, slug, key, access.Need.WRITE)
    return _page(request, found, "raci/round_agree.html", _decide)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def raise_others(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show which grey areas the other rows would become, and raise those that are ticked."""
    found = access.blind_round(request, slug, key, access.Need.WRITE)
    return _page(request, found, "raci/round_raise.html", _raise)


def _page(request: HttpRequest, found: models.Round, template: str, write: Write) -> HttpResponse:
    slug = access.place(request).organisation.slug
    if not found.revealed_on or found.status == models.Round.Status.OPEN:
        return redirect("round", slug, found.key)
    if request.method != "POST":
        return render(request, template, {"outcomes": Outcomes(request, found)})
    outcomes = Outcomes(request, found, request.POST)
    if not outcomes.ticked:
        return _again(request, template, outcomes, wrong=[_("Tick at least one row.")])
    outcome = write(request, outcomes)
    if outcome.ok:
        return redirect("round", slug, found.key)
    if outcome.conflicts:
        return _again(request, template, outcomes, CONFLICT, clashes=clashes(outcome))
    return _again(request, template, outcomes, wrong=[refusal.message for refusal in outcome.refusals])


def _again(
    request: HttpRequest, template: str, outcomes: Outcomes, status: int = UNPROCESSABLE, **more: Any
) -> HttpResponse:
    return render(request, template, {"outcomes": outcomes, **more}, status=status)


def _decide(request: HttpRequest, outcomes: Outcomes) -> Outcome:
    choices = outcomes.choices()
    author = Author.of(request.user, "workspace", reason_of(outcomes.round))
    outcome = assign(organisation=access.place(request).organisation, choices=choices, author=author)
    if outcome.ok:
        told = ngettext("%(count)s agreed row is decided.", "%(count)s agreed rows are decided.", len(choices))
        say_written(request, outcome, told % {"count": shown_number(len(choices))})
    return outcome


def _raise(request: HttpRequest, outcomes: Outcomes) -> Outcome:
    reason = _("Raised from the blind round %(title)s") % {"title": outcomes.round.title}
    author = Author.of(request.user, "workspace", reason)
    outcome = raise_rows(blind=outcomes.round, result=outcomes.result, duties=outcomes.ticked, author=author)
    if outcome.ok:
        say_written(request, outcome, _("What was not agreed is a grey area now, with what each role claims."))
    return outcome
