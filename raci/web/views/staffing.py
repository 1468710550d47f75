"""Roles given and ended, absences entered, changed and taken away: a form each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from raci import models
from raci.forms.staffing import AbsenceForm, GiveForm, HoldingForm
from raci.services.structure import Action
from raci.services.structure import staffing_actions as wishes
from raci.web import access, access_people
from raci.web.answers import UNPROCESSABLE
from raci.web.attempts import Attempt, attempt
from raci.web.choices import record_fields, role_choices
from raci.web.staffing_page import HoldingPage, explain

_ABSENCE = ("starts_on", "ends_on", "cover")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a role to a person; either may be named in the address already."""
    access.organisation(request, slug, access.Need.WRITE)
    sent = request.POST if request.method == "POST" else None
    form = GiveForm(access_people.named(request), role_choices(request), sent, initial=request.GET.dict())
    if form.is_valid():
        tried = attempt(request, wishes.GiveRole(**form.cleaned_data))
        if tried.ok:
            return redirect("role", slug, form.cleaned_data["role"])
        explain(tried, form)
    return render(request, "raci/give_role.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def holding(request: HttpRequest, slug: str, key: str, holding: str) -> HttpResponse:
    """Set the last day of a holding, or take it off the record; whoever follows is named in the same step."""
    found = access_people.holding(request, slug, key, holding, access.Need.WRITE)
    others = [one for one in access_people.named(request) if one[0] != key]
    sent = request.POST if request.method == "POST" else None
    form = HoldingForm(others, sent, initial={"ends_on": found.ends_on})
    if not form.is_valid():
        return _holding_page(request, HoldingPage(found, form))
    tried = attempt(request, _wish(found, form, request.POST.get("action", "")))
    if tried.ok:
        return redirect("person", slug, key)
    explain(tried, form)
    return _holding_page(request, HoldingPage(found, form, tried))


def _wish(found: models.Holding, form: HoldingForm, what: str) -> Action:
    values = form.cleaned_data
    after = {"successor": values["successor"], "leave_vacant": values["leave_vacant"]}
    if what == "remove":
        return wishes.RemoveHolding(found.role.key, found.key, **after)
    return wishes.EndHolding(found.role.key, found.key, values["ends_on"], **after)


def _holding_page(request: HttpRequest, page: HoldingPage) -> HttpResponse:
    return render(request, "raci/holding.html", {"page": page}, status=page.status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_absence(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Enter that a person is away."""
    found = access_people.person(request, slug, key, access.Need.WRITE)
    sent = request.POST if request.method == "POST" else None
    form = AbsenceForm(None, _covers(request, key), sent)
    tried = None
    if form.is_valid():
        tried = attempt(request, wishes.AddAbsence(key, **form.days, cover=form.cleaned_data["cover"]))
        if tried.ok:
            return redirect("person", slug, key)
        explain(tried, form)
    return _absence_page(request, found, form, tried)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, slug: str, key: str, absence: str) -> HttpResponse:
    """Change an absence, or take it away."""
    found = access_people.absence(request, slug, key, absence, access.Need.WRITE)
    sent = request.POST if request.method == "POST" else None
    form = AbsenceForm(record_fields(found, _ABSENCE), _covers(request, key), sent)
    if sent is not None and sent.get("action") == "remove":
        tried = attempt(request, wishes.RemoveAbsence(absence))
    elif form.is_valid():
        tried = attempt(request, wishes.EditAbsence(absence, form.seen_fields, form.wanted))
    else:
        return _absence_page(request, found.person, form, None, found)
    if tried.ok:
        return redirect("person", slug, key)
    tried.explain(form)
    return _absence_page(request, found.person, form, tried, found)


def _covers(request: HttpRequest, key: str) -> list[tuple[str, str]]:
    return [one for one in access_people.named(request) if one[0] != key]


def _absence_page(
    request: HttpRequest,
    person: models.Person,
    form: AbsenceForm,
    tried: Attempt | None,
    found: models.Absence | None = None,
) -> HttpResponse:
    context = {"person": person, "form": form, "tried": tried, "absence": found}
    status = tried.status if tried else UNPROCESSABLE if form.is_bound else 200
    return render(request, "raci/absence.html", context, status=status)
