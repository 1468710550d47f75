"""The plan of a person towards a role: its steps, and the plan as a file. Private like the page that it is on."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from raci.forms.path import StepForm
from raci.models.base import new_key
from raci.services import private
from raci.services.paths import routes_in_order
from raci.services.plan_export import PLAN_KINDS, plan_file
from raci.services.private import NotKept, Step
from raci.web import access_paths
from raci.web.access import Need
from raci.web.answers import UNPROCESSABLE
from raci.web.towards_page import TowardsPage
from raci.web.views.towards import for_their_eyes, page_of


@for_their_eyes
@require_http_methods(["GET", "HEAD", "POST"])
def new_step(request: HttpRequest, slug: str, key: str, role: str) -> HttpResponse:
    """Put a route into the plan."""
    access_paths.own_confidence(request, slug, key, Need.CLAIM)
    page = page_of(request, slug, key, role, Need.CLAIM)
    return _step_page(request, page, None)


@for_their_eyes
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str, key: str, role: str, step: str) -> HttpResponse:
    """Change a step of the plan, say that it is done or not, or take it out."""
    confidence = access_paths.own_confidence(request, slug, key, Need.CLAIM)
    page = page_of(request, slug, key, role, Need.CLAIM)
    found = next((one for one in page.towards.steps if one.key == step), None)
    if found is None:
        raise Http404(_("This step is not in the plan any more."))
    what = request.POST.get("action", "") if request.method == "POST" else ""
    if what == "remove":
        private.remove_step(confidence=confidence, key=step)
        messages.success(request, _("The step is out of the plan."))
    elif what in ("done", "undone"):
        done_on = timezone.localdate() if what == "done" else None
        private.put_step(confidence=confidence, step=replace(found, done_on=done_on))
        messages.success(request, _DONE[what]())
    else:
        return _step_page(request, page, found)
    return redirect("towards", slug, key, role)


_DONE = {
    "done": lambda: _("Done. What it brought counts once it is assessed."),
    "undone": lambda: _("The step is open again."),
}


def _step_page(request: HttpRequest, page: TowardsPage, found: Step | None) -> HttpResponse:
    register = page.whole.register
    routes = [(key, register.routes[key].name) for key in routes_in_order(register)]
    sent = request.POST if request.method == "POST" else None
    form = StepForm(routes, sent, initial=_initial(request, page, found))
    if form.is_valid():
        given = replace(found or Step(new_key(), page.role.key, "", date.min, date.min), **form.cleaned_data)
        try:
            private.put_step(confidence=page.confidence, step=given)
        except NotKept as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The plan is kept."))
            return redirect("towards", page.person.organisation.slug, page.person.key, page.role.key)
    context = {"page": page, "form": form, "step": found}
    return render(request, "raci/step.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _initial(request: HttpRequest, page: TowardsPage, found: Step | None) -> dict[str, Any]:
    if found:
        return {name: getattr(found, name) for name in ("route", "starts_on", "ends_on", "note")}
    asked = request.GET.get("route", "")
    route = page.whole.register.routes.get(asked)
    months = route.months if route else 0
    return {"route": asked if route else "", "starts_on": page.today, "ends_on": later(page.today, months)}


def later(day: date, months: int) -> date:
    """Return the day so many months later, the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@for_their_eyes
@require_GET
def export_plan(request: HttpRequest, slug: str, key: str, role: str, kind: str) -> HttpResponse:
    """Hand the plan out as a file, to the person alone."""
    if kind not in PLAN_KINDS:
        raise Http404
    access_paths.own_confidence(request, slug, key)
    page = page_of(request, slug, key, role)
    content, content_type = plan_file(page.towards, page.confidence, kind)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"plan-{page.role.code.lower()}.{kind}")
    return response
