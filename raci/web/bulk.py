"""Doing one thing to the ticked rows of a list: questions, a preview in sentences, one revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from raci.services.bulk import Foreseen, do_foreseen, foresee, meanwhile
from raci.services.door import Author, Outcome
from raci.services.structure import NotPossible
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written
from raci.web.bulk_actions import Action, NoQuestions
from raci.web.listing import Listing
from raci.web.told import told

MOST = 200  # rows that are ticked at once


@dataclass
class Asked:
    """What a visitor wants: the action, the ticked rows, the answers, and where they came from."""

    request: HttpRequest
    listing: Listing
    code: str
    action: Action
    rows: Sequence[Any]
    data: QueryDict

    @property
    def keys(self) -> list[str]:
        return [row.key for row in self.rows]

    @property
    def back(self) -> str:
        """The list as it was filtered."""
        query = self.data.get("back", "")
        return reverse(self.listing.name, args=[access.place(self.request).organisation.slug]) + (
            f"?{QueryDict(query).urlencode()}" if query else ""
        )

    def form(self) -> NoQuestions:
        """Return the questions, answered where the address or the form says something about them."""
        questions = self.action.questions
        answered = not questions.base_fields or any(name in self.data for name in questions.base_fields)
        return questions(self.request, self.data if answered else None)

    def hidden(self, form: NoQuestions) -> list[tuple[str, str]]:
        """Return what goes along with the next request."""
        carried = [("tick", key) for key in self.keys] + [("do", self.code), ("back", self.data.get("back", ""))]
        return carried + [(name, self.data.get(name, "")) for name in form.fields]


def change_ticked(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Ask what an action has to be told, show what it would do, and do it. The place must be found already."""
    data: QueryDict = request.POST if request.method == "POST" else request.GET
    rows = list(listing.found(request).filter(key__in=data.getlist("tick")[:MOST]))
    if not rows:
        messages.info(request, _("Tick the rows that you want to change first."))
        return redirect(listing.name, access.place(request).organisation.slug)
    code = data.get("do", "")
    if code not in listing.actions:
        raise Http404
    asked = Asked(request, listing, code, listing.actions[code], rows, data)
    form = asked.form()
    if not form.is_valid():
        return _page(asked, form, status=UNPROCESSABLE if form.is_bound else 200)
    try:
        foreseen = foresee(
            access.place(request).organisation,
            asked.keys,
            lambda: asked.action.plan(request, asked.keys, form.cleaned_data),
        )
    except NotPossible as error:
        return _page(asked, form, status=UNPROCESSABLE, wrong=[str(error)])
    return _do(asked, form, foreseen) if request.method == "POST" else _page(asked, form, foreseen)


def _do(asked: Asked, form: NoQuestions, foreseen: Foreseen) -> HttpResponse:
    request, organisation = asked.request, access.place(asked.request).organisation
    reason = asked.data.get("reason", "").strip()
    if asked.action.asks_why and not reason:
        return _page(asked, form, foreseen, UNPROCESSABLE, no_reason=True)
    author = Author.of(request.user, "workspace", reason)
    mark = asked.data.get("mark", "")
    outcome = do_foreseen(organisation=organisation, foreseen=foreseen, mark=mark, author=author)
    if outcome is None or outcome.conflicts:
        return _stale(asked, form, foreseen, outcome)
    if outcome.refusals:
        wrong = list(dict.fromkeys(refusal.message for refusal in outcome.refusals))
        return _page(asked, form, foreseen, UNPROCESSABLE, wrong=wrong)
    say_written(request, outcome, asked.action.done % {"count": foreseen.touched})
    return redirect(asked.back)


def _stale(asked: Asked, form: NoQuestions, foreseen: Foreseen, outcome: Outcome | None) -> HttpResponse:
    """Answer 409: what happened since it was looked at, and what would be done now. Nothing was written."""
    seen = asked.data.get("revision", "")
    since = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else foreseen.revision
    later = told(meanwhile(access.place(asked.request).organisation, since))
    found = clashes(outcome) if outcome else []
    return _page(asked, form, foreseen, CONFLICT, stale=True, meanwhile=later, clashes=found)


def _page(
    asked: Asked, form: NoQuestions, foreseen: Foreseen | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    hidden = asked.hidden(form)
    context |= {
        "title": asked.listing.title,
        "action": asked.action,
        "rows": asked.rows,
        "form": form,
        "foreseen": foreseen,
        "hidden": hidden,
        "ticks": [pair for pair in hidden if pair[0] in ("tick", "do", "back")],
        "again": f"{asked.request.path}?{urlencode(hidden)}",
        "reason": asked.data.get("reason", ""),
        "back": asked.back,
    }
    return render(asked.request, "raci/bulk.html", context, status=status)
