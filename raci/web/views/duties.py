"""One duty: what it is, in which matrices it stands, and the end of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from raci import models
from raci.forms.record import DutyForm, NewDutyForm
from raci.services.structure import Action, actions
from raci.web import access
from raci.web.answers import UNPROCESSABLE
from raci.web.attempts import Attempt, attempt, nothing_to_do
from raci.web.choices import area_choices, matrix_choices, named_matrix, record_fields
from raci.web.needed import needed
from raci.web.standing import places_of_duty


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_duty(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a duty, and in which matrices it stands."""
    access.organisation(request, slug, access.Need.WRITE)
    sent = request.POST if request.method == "POST" else None
    form = NewDutyForm(area_choices(request), matrix_choices(request), sent, initial=request.GET.dict())
    if not form.is_valid():
        return _new_page(request, form, UNPROCESSABLE if form.is_bound else 200)
    wanted = actions.AddDuty(**form.wanted, matrices=tuple(form.cleaned_data["matrices"]))  # type: ignore[arg-type]  # its fields
    tried = attempt(request, wanted)
    if tried.ok and tried.done:
        return redirect("duty", slug, tried.done.key)
    tried.explain(form)
    return _new_page(request, form, tried.status)


def _new_page(request: HttpRequest, form: NewDutyForm, status: int) -> HttpResponse:
    back = reverse("duties", args=[access.place(request).organisation.slug])
    return render(request, "raci/duty_new.html", {"form": form, "back": back}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a duty; change it, or where it stands, one thing at a time."""
    found = access.duty(request, slug, key)
    if request.method != "POST":
        return _page(request, found, _form(request, found))
    access.require(request, access.Need.WRITE)
    what = request.POST.get("action", "save")
    if what == "save":
        return _save(request, found)
    matrix, action = named_matrix(request), _action(request, what, key)
    tried = attempt(request, action, matrix) if action and (matrix or what in _ALL_OVER) else nothing_to_do()
    if tried.ok:
        return redirect(request.path)
    return _page(request, found, _form(request, found), tried)


_ALL_OVER = ("retire", "restore")


def _action(request: HttpRequest, what: str, key: str) -> Action | None:
    wishes: dict[str, Action] = {
        "retire": actions.RetireDuties((key,)),
        "restore": actions.RestoreDuty(key),
        "add": actions.AddRows((key,)),
        "remove": actions.RemoveRows((key,)),
        "applies": actions.SetApplies(key, True),
        "out": actions.SetApplies(key, False, request.POST.get("reason", "")),
    }
    return wishes.get(what)


def _save(request: HttpRequest, found: models.Duty) -> HttpResponse:
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, Attempt())
    tried = attempt(request, actions.EditDuty(found.key, form.seen_fields, form.wanted))
    if tried.ok:
        return redirect(request.path)
    tried.explain(form)
    return _page(request, found, form, tried)


def _form(request: HttpRequest, found: models.Duty, data: Any = None) -> DutyForm:
    names = ("title", "code", "area", "note", "is_control")
    return DutyForm(record_fields(found, names), area_choices(request), data)


def _page(request: HttpRequest, found: models.Duty, form: DutyForm, tried: Attempt | None = None) -> HttpResponse:
    context = {
        "duty": found,
        "form": form,
        "places": places_of_duty(request, found),
        "needs": needed(request, found),
        "tried": tried,
    }
    return render(request, "raci/duty.html", context, status=tried.status if tried else 200)
