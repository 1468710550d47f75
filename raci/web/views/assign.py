"""Assigning: naming one accountable role for a duty, or for many grey areas at once."""

import json
from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from raci import models
from raci.forms.assign_many import AssignMany
from raci.services.door import Author, Outcome
from raci.services.loading import load_matrix
from raci.services.overlaps import assign as settle
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written
from raci.web.panels import Panel, carried, effects, panels


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a duty in every matrix in which it stands; preview or settle one of them, or all."""
    duty = access.duty(request, slug, key)
    action, _colon, chosen = request.POST.get("action", "").partition(":")
    found = panels(request, duty, chosen)
    if request.method != "POST":
        return _page(request, duty, found)
    access.require(request, access.Need.WRITE)
    sent = [panel for panel in found if panel.form.is_bound]
    fits = [panel.form.is_valid() for panel in sent]
    if not sent or not all(fits):
        return _page(request, duty, found, UNPROCESSABLE)
    if action != "decide":
        for panel in sent:
            panel.show_effects()
        return _page(request, duty, found)
    return _decide(request, duty, found, sent)


def _decide(request: HttpRequest, duty: models.Duty, found: list[Panel], sent: list[Panel]) -> HttpResponse:
    organisation = access.place(request).organisation
    reason = " · ".join(dict.fromkeys(panel.form.cleaned_data["reason"] for panel in sent))
    author = Author.of(request.user, "workspace", reason)
    outcome = settle(organisation=organisation, choices=[panel.form.choice() for panel in sent], author=author)
    if not outcome.ok:
        return _page(request, duty, found, _explain(sent, outcome))
    owners = ", ".join(f"{panel.matrix}: {panel.name_of(panel.form.choice().owner)}" for panel in sent)
    say_written(request, outcome, _("%(duty)s is decided. %(owners)s.") % {"duty": duty, "owners": owners})
    others = [panel for panel in found if panel not in sent]
    if not any(panel.grey_area for panel in others):
        return redirect("grey_areas", organisation.slug)
    query = carried(request, others)
    return redirect(f"{request.path}?{query}" if query else request.path)


def _explain(sent: list[Panel], outcome: Outcome) -> int:
    """Put what stood in the way beside the forms, and return the status that says so."""
    for refusal in outcome.refusals:
        sent[0].form.add_error(None, refusal.message)
    if not outcome.conflicts:
        return UNPROCESSABLE
    told = list(zip(outcome.conflicts, clashes(outcome), strict=True))
    for panel in sent:
        panel.clashes = [clash for conflict, clash in told if conflict.change.address.matrix == panel.matrix.key]
        panel.refresh_seen()
    return CONFLICT


def _page(request: HttpRequest, duty: models.Duty, found: list[Panel], status: int = 200) -> HttpResponse:
    unsettled = [panel for panel in found if panel.grey_area]
    context = {"duty": duty, "panels": found, "all_at_once": len(unsettled) > 1}
    return render(request, "raci/assign.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Settle the ticked grey areas in one table, as one revision."""
    access.organisation(request, slug, access.Need.WRITE)
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    found = list(access.unresolved(request).filter(key__in=asked.getlist("tick")[:200]))
    if not found:
        return redirect("grey_areas", slug)
    table = _table(found, request.POST if "action" in request.POST else None)
    if not table.common.is_bound:
        table.suggest("suggest" in asked)
        return _table_page(request, found, table)
    if not table.is_valid():
        return _table_page(request, found, table, UNPROCESSABLE)
    if request.POST["action"] != "decide":
        return _table_page(request, found, table, effects=effects(table.choices()))
    return _decide_many(request, found, table)


def _decide_many(request: HttpRequest, found: Sequence[models.GreyArea], table: AssignMany) -> HttpResponse:
    organisation = access.place(request).organisation
    author = Author.of(request.user, "workspace", table.common.cleaned_data["reason"])
    outcome = settle(organisation=organisation, choices=table.choices(), author=author)
    if not outcome.ok:
        status = CONFLICT if outcome.conflicts else UNPROCESSABLE
        return _table_page(request, found, _table(found, _seen_now(found, request.POST)), status, outcome=outcome)
    count = len(found)
    told = ngettext("%(count)d grey area is decided.", "%(count)d grey areas are decided.", count)
    say_written(request, outcome, told % {"count": count})
    return redirect("grey_areas", organisation.slug)


def _table(found: Sequence[models.GreyArea], data: QueryDict | None) -> AssignMany:
    loaded = {item.matrix_id: load_matrix(item.matrix) for item in found}
    return AssignMany([(item.matrix, loaded[item.matrix_id], item.duty.key) for item in found], data)


def _seen_now(found: Sequence[models.GreyArea], data: QueryDict) -> QueryDict:
    """Return what was sent with what is there now, so that it can be sent again knowingly."""
    fresh = data.copy()
    for line in _table(found, None).lines:
        fresh[line.add_prefix("seen")] = json.dumps(line.current)
    return fresh


def _table_page(
    request: HttpRequest,
    found: Sequence[models.GreyArea],
    table: AssignMany,
    status: int = 200,
    *,
    outcome: Outcome | None = None,
    **context: object,
) -> HttpResponse:
    lines = list(zip(found, table.lines, strict=True))
    told = {"clashes": clashes(outcome), "refusals": outcome.refusals} if outcome else {}
    return render(
        request, "raci/assign_many.html", {"lines": lines, "common": table.common, **told, **context}, status=status
    )
