"""Development routes: the list, a new one, one of them with what it is expected to bring."""

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
from raci.forms.developing import RouteForm, route_form
from raci.services import developing
from raci.web import access, access_paths
from raci.web.answers import UNPROCESSABLE
from raci.web.attempts import Attempt, attempt_plan
from raci.web.choices import record_fields
from raci.web.developing_tables import RouteFilter, RouteTable, attach_gains
from raci.web.listing import Listing, export_list, render_list

ROUTES = Listing("routes", _("Development routes"), RouteTable, RouteFilter, access_paths.routes, attach_gains)


@login_required
@require_GET
def routes(request: HttpRequest, slug: str) -> HttpResponse:
    """List the development routes, each with what it is expected to bring."""
    access.organisation(request, slug)
    return render_list(request, ROUTES)


@login_required
@require_GET
@never_cache
def export_routes(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the list of development routes out as a file, as it is filtered."""
    access.organisation(request, slug)
    return export_list(request, ROUTES, kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_route(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a development route."""
    access.organisation(request, slug, access.Need.WRITE)
    sent = request.POST if request.method == "POST" else None
    form = route_form(None, list(access_paths.competencies(request)), sent)
    if not form.is_valid():
        return _new_page(request, form, UNPROCESSABLE if form.is_bound else 200)
    tried = attempt_plan(request, partial(developing.add_route, fields=form.wanted))
    if tried.ok:
        return redirect("routes", slug)
    tried.explain(form)
    return _new_page(request, form, tried.status)


def _new_page(request: HttpRequest, form: RouteForm, status: int) -> HttpResponse:
    back = reverse("routes", args=[access.place(request).organisation.slug])
    return render(request, "raci/route_new.html", {"form": form, "back": back}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def route(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a development route; change it, or take it out."""
    found = access_paths.route(request, slug, key)
    if request.method != "POST":
        return _page(request, found, _form(request, found))
    access.require(request, access.Need.WRITE)
    if request.POST.get("action") == "remove":
        tried = attempt_plan(request, partial(developing.remove_route, key=key))
        return redirect("routes", slug) if tried.ok else _page(request, found, _form(request, found), tried)
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, Attempt())
    tried = attempt_plan(request, partial(developing.edit_route, key=key, seen=form.seen_fields, wanted=form.wanted))
    if tried.ok:
        return redirect(request.path)
    tried.explain(form)
    return _page(request, found, form, tried)


def _form(request: HttpRequest, found: models.Route, data: Any = None) -> RouteForm:
    competencies = list(access_paths.competencies(request))
    brings = {gain.competency_id: gain.levels for gain in access_paths.gains(request).filter(route=found)}
    record = record_fields(found, developing.ROUTE_FIELDS)
    record |= {f"gain-{one.key}": brings.get(one.pk, 0) for one in competencies}
    return route_form(record, competencies, data)


def _page(request: HttpRequest, found: models.Route, form: RouteForm, tried: Attempt | None = None) -> HttpResponse:
    gains = access_paths.gains(request).filter(route=found, levels__gt=0)
    context = {"route": found, "form": form, "tried": tried, "gains": gains}
    return render(request, "raci/route.html", context, status=tried.status if tried else 200)
