"""Competencies: the list, a new one, one of them."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from raci import models
from raci.forms.developing import CompetencyForm
from raci.services import developing
from raci.web import access, access_paths
from raci.web.answers import UNPROCESSABLE
from raci.web.attempts import Attempt, attempt_plan
from raci.web.choices import record_fields
from raci.web.developing_tables import CompetencyFilter, CompetencyTable, attach_demands
from raci.web.listing import Listing, export_list, render_list

COMPETENCIES = Listing(
    "competencies", _("Competencies"), CompetencyTable, CompetencyFilter, access_paths.competencies, attach_demands
)


@login_required
@require_GET
def competencies(request: HttpRequest, slug: str) -> HttpResponse:
    """List the competencies, each with what roles require of it."""
    access.organisation(request, slug)
    return render_list(request, COMPETENCIES)


@login_required
@require_GET
@never_cache
def export_competencies(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the list of competencies out as a file, as it is filtered."""
    access.organisation(request, slug)
    return export_list(request, COMPETENCIES, kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_competency(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a competency."""
    access.organisation(request, slug, access.Need.WRITE)
    form = CompetencyForm(None, _scales(), request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _new_page(request, form, UNPROCESSABLE if form.is_bound else 200)
    tried = attempt_plan(request, partial(developing.add_competency, fields=form.wanted))
    if tried.ok and tried.done:
        return redirect("competencies", slug)
    tried.explain(form)
    return _new_page(request, form, tried.status)


def _new_page(request: HttpRequest, form: CompetencyForm, status: int) -> HttpResponse:
    back = reverse("competencies", args=[access.place(request).organisation.slug])
    return render(request, "raci/competency_new.html", {"form": form, "back": back}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def competency(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a competency; change it, or take it out where nothing refers to it."""
    found = access_paths.competency(request, slug, key)
    if request.method != "POST":
        return _page(request, found, _form(found))
    access.require(request, access.Need.WRITE)
    if request.POST.get("action") == "remove":
        tried = attempt_plan(request, partial(developing.remove_competency, key=key))
        return redirect("competencies", slug) if tried.ok else _page(request, found, _form(found), tried)
    form = _form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, Attempt())
    plan = partial(developing.edit_competency, key=key, seen=form.seen_fields, wanted=form.wanted)
    tried = attempt_plan(request, plan)
    if tried.ok:
        return redirect(request.path)
    tried.explain(form)
    return _page(request, found, form, tried)


def _scales() -> list[tuple[str, str]]:
    return [(row.code, str(row)) for row in access_paths.scales()]


def _form(found: models.Competency, data: Any = None) -> CompetencyForm:
    names = ("name", "code", "scale", "lowest", "highest", "framework", "description")
    return CompetencyForm(record_fields(found, names), _scales(), data)


def _page(
    request: HttpRequest, found: models.Competency, form: CompetencyForm, tried: Attempt | None = None
) -> HttpResponse:
    context = {
        "competency": found,
        "form": form,
        "tried": tried,
        "demands": access_paths.requirements(request).filter(competency=found),
        "gains": access_paths.gains(request).filter(competency=found, levels__gt=0),
    }
    return render(request, "raci/competency.html", context, status=tried.status if tried else 200)
