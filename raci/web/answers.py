"""What the visitor is told after a write: that it stands, that somebody was faster, or why it cannot stand."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from raci.domain.change import Change
from raci.domain.records import Kind
from raci.services.describing import describe
from raci.services.door import Outcome, Touched
from raci.services.naming import names_for
from raci.web import access

CONFLICT, UNPROCESSABLE = 409, 422


@dataclass(frozen=True)
class Clash:
    """One change that came too late: what it wanted, what is there now, and who put it there."""

    sentence: str
    letters: bool
    seen: Any
    wanted: Any
    current: Any
    touched: Touched | None


def say_written(request: HttpRequest, outcome: Outcome, text: str) -> None:
    """Say what was written, with a way to take it back for who may; or that nothing had to be."""
    if outcome.revision is None:
        messages.info(request, _("Nothing had to be changed: it is so already."))
        return
    place = access.place(request)
    back = reverse("undo", args=[place.organisation.slug, outcome.revision.number]) if place.may_write else ""
    messages.success(request, text, extra_tags=back)


def clashes(outcome: Outcome) -> list[Clash]:
    """Return the conflicts of an outcome in words."""
    names = names_for([conflict.change for conflict in outcome.conflicts])
    return [
        Clash(
            sentence=describe(conflict.change, names),
            letters=conflict.change.address.kind is Kind.CELL,
            seen=_shown(conflict.change, conflict.change.before),
            wanted=_shown(conflict.change, conflict.change.after),
            current=_shown(conflict.change, conflict.current),
            touched=outcome.touched.get(conflict.change.address),
        )
        for conflict in outcome.conflicts
    ]


def told_clash(clash: Clash) -> str:
    """Return one conflict as a sentence for people."""
    words = {"current": clash.current or _("empty"), "wanted": clash.wanted or _("empty")}
    if clash.touched is None:
        return _("Somebody changed it meanwhile: it is “%(current)s” now, not “%(wanted)s”.") % words
    at = date_format(timezone.localtime(clash.touched.at), "DATETIME_FORMAT")
    words |= {"by": clash.touched.by, "at": at}
    return _("%(by)s changed it on %(at)s: it is “%(current)s” now, not “%(wanted)s”.") % words


def show_conflicts(request: HttpRequest, outcome: Outcome, back: str) -> HttpResponse:
    """Answer 409: both sides of every conflict; nothing was written."""
    return render(request, "raci/conflict.html", {"clashes": clashes(outcome), "back": back}, status=CONFLICT)


def show_refusals(request: HttpRequest, outcome: Outcome, back: str) -> HttpResponse:
    """Answer 422: why the change cannot stand; nothing was written."""
    return render(request, "raci/refused.html", {"refusals": outcome.refusals, "back": back}, status=UNPROCESSABLE)


def _shown(change: Change, value: Any) -> Any:
    if isinstance(value, dict):
        return _("there")
    return _("not there") if value is None else value
