"""Blind rounds: the list, a new one, one of them, its reveal and its end."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raci import models
from raci.forms.blind_round import NewRoundForm, RevealForm
from raci.models.base import new_key
from raci.services import rounds as service
from raci.services.door import Author, Outcome
from raci.services.loading import load_matrix
from raci.services.marks import may_mark
from raci.web import access
from raci.web.answers import UNPROCESSABLE, say_written, show_conflicts, show_refusals
from raci.web.round_page import RevealedPage

_MOST = 200


@login_required
@never_cache
@require_GET
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """List the blind rounds by how far they are, with how much of each is answered."""
    access.organisation(request, slug)
    found = list(access.rounds(request)[:_MOST])
    progress = service.progress_of(found)
    listed = [(label, [(one, progress[one.pk]) for one in found if one.status == status]) for status, label in _STATES]
    context = {"listed": [(label, items) for label, items in listed if items]}
    return render(request, "raci/rounds.html", context)


_STATES = models.Round.Status.choices


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a round over rows of a matrix; which matrix is asked first."""
    access.organisation(request, slug, access.Need.WRITE)
    sheets = list(access.matrices(request))
    asked = (request.POST or request.GET).get("matrix", "")
    sheet = next((one for one in sheets if one.key == asked or len(sheets) == 1), None)
    if sheet is None:
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "raci/round_which.html", {"matrices": sheets}, status=status)
    form = NewRoundForm(load_matrix(sheet), request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _new_page(request, sheet, form, UNPROCESSABLE if form.is_bound else 200)
    values, key = form.cleaned_data, new_key()
    asked_for = {"title": values["title"], "duties": values["duties"], "roles": values["roles"]}
    outcome = service.open_round(matrix=sheet, key=key, due_on=values["due_on"], author=_author(request), **asked_for)
    if not outcome.ok:
        for refusal in outcome.refusals:
            form.add_error(None, refusal.message)
        return _new_page(request, sheet, form, UNPROCESSABLE)
    say_written(request, outcome, _("The round is open. Those who stand for its roles find it on their overview."))
    return redirect("round", slug, key)


def _new_page(request: HttpRequest, sheet: models.Matrix, form: NewRoundForm, status: int) -> HttpResponse:
    return render(request, "raci/round_new.html", {"matrix": sheet, "form": form}, status=status)


@login_required
@never_cache
@require_GET
def round_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show who has answered in a round; once it is revealed what they said and what that comes to."""
    found = access.blind_round(request, slug, key)
    if found.revealed_on and found.status != models.Round.Status.OPEN:
        return render(request, "raci/round_revealed.html", {"page": RevealedPage(request, found)})
    return render(request, "raci/round_open.html", _progress(request, found))


def _progress(request: HttpRequest, found: models.Round, **more: Any) -> dict[str, Any]:
    loaded = load_matrix(found.matrix)
    return {
        "round": found,
        "progress": service.progress_of([found])[found.pk],
        "roles": [loaded.roles[role].name for role in found.roles if role in loaded.roles],
        "asks_me": bool(may_mark(found, access.signed_in(request))),
        **more,
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal_round(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask once more, with who has not answered, and reveal a round."""
    found = access.blind_round(request, slug, key, access.Need.WRITE)
    if found.status != models.Round.Status.OPEN:
        return redirect("round", slug, key)
    context = _progress(request, found)
    sent = request.POST if request.method == "POST" else None
    form = RevealForm(sent, is_done=context["progress"].is_done)
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "raci/round_reveal.html", {**context, "form": form}, status=status)
    outcome = service.reveal(blind=found, author=_author(request))
    return _answer(request, found, outcome, _("%(title)s is revealed.") % {"title": found.title})


@login_required
@require_POST
def close_round(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """End a round, revealed or not."""
    found = access.blind_round(request, slug, key, access.Need.WRITE)
    outcome = service.close(blind=found, author=_author(request))
    return _answer(request, found, outcome, _("%(title)s is closed.") % {"title": found.title})


def _answer(request: HttpRequest, found: models.Round, outcome: Outcome, text: str) -> HttpResponse:
    back = redirect("round", access.place(request).organisation.slug, found.key)
    if outcome.conflicts:
        return show_conflicts(request, outcome, back.url)
    if outcome.refusals:
        return show_refusals(request, outcome, back.url)
    say_written(request, outcome, text)
    return back


def _author(request: HttpRequest) -> Author:
    return Author.of(request.user, "workspace")
