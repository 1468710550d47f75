"""Settling from lists: assigning grey areas, and withdrawing decisions."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci import models
from raci.admin.records import organisation_of
from raci.admin.removal import ConfirmForm
from raci.admin.told import of_outcome
from raci.domain.change import Change
from raci.forms.assign_many import AssignMany
from raci.services.describing import describe
from raci.services.door import Author, Outcome, apply_changes
from raci.services.loading import load_matrix
from raci.services.naming import names_for
from raci.services.overlaps import assign
from raci.services.settling import withdrawal

MOST = 100  # as many as a person can weigh on one page


def one_organisation(request: HttpRequest, rows: Sequence[Any]) -> models.Organisation | None:
    """Return the organisation of records; None, with a message, where they are of several or there are none left."""
    found = {organisation_of(row).pk: organisation_of(row) for row in rows}
    if len(found) == 1:
        return found.popitem()[1]
    text = _("Select records of one organisation: each organisation has its own history.")
    messages.warning(request, text if found else _("Nothing of what was selected is open any more."))
    return None


def assign_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, grey_areas: Sequence[models.GreyArea]
) -> HttpResponse | None:
    """Ask for each grey area who is accountable, and settle all of them in one revision."""
    open_ones = [item for item in grey_areas if item.status == models.GreyArea.Status.OPEN][:MOST]
    organisation = one_organisation(request, open_ones)
    if organisation is None:
        return None
    confirmed = "confirm" in request.POST
    table = _table(open_ones, request.POST if confirmed else None)
    problems: list[str] = []
    if confirmed and table.is_valid():
        author = Author.of(request.user, "admin", table.common.cleaned_data["reason"])
        outcome = assign(organisation=organisation, choices=table.choices(), author=author)
        if outcome.ok:
            return _assigned(model_admin, request, open_ones, outcome)
        problems = [_("Nothing was saved; what you chose is still here."), *of_outcome(outcome)]
        table = _table(open_ones, _seen_now(request.POST, table))
    context = {
        **_context(model_admin, request, open_ones),
        "title": ngettext("Assign %(count)d grey area", "Assign %(count)d grey areas", len(open_ones))
        % {"count": len(open_ones)},
        "action": "assign",
        "common": table.common,
        "lines": list(zip(open_ones, table.lines, strict=True)),
        "problems": problems,
    }
    return TemplateResponse(request, "admin/raci/assign.html", context)


def _table(grey_areas: Sequence[models.GreyArea], data: Any) -> AssignMany:
    loaded = {item.matrix_id: load_matrix(item.matrix) for item in grey_areas}
    table = AssignMany([(item.matrix, loaded[item.matrix_id], item.duty.key) for item in grey_areas], data)
    for line in table.lines:
        line.order_fields(("owner", "does_work", "rest"))
    return table


def _seen_now(data: Any, table: AssignMany) -> Any:
    """Return what was sent, having seen what the page shows now."""
    fresh = data.copy()
    for line in table.lines:
        current = load_matrix(line.row).cells.get(line.duty, {})
        fresh[line.add_prefix("seen")] = json.dumps(dict(current), sort_keys=True)
    return fresh


def _assigned(
    model_admin: admin.ModelAdmin, request: HttpRequest, rows: Sequence[models.GreyArea], outcome: Outcome
) -> None:
    if outcome.revision:
        for row in rows:
            model_admin.log_change(request, row, _("Revision %(number)d") % {"number": outcome.revision.number})
    text = ngettext("%(count)d grey area was assigned.", "%(count)d grey areas were assigned.", len(rows))
    messages.success(request, text % {"count": len(rows)})


def withdraw_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, decisions: Sequence[models.Decision]
) -> HttpResponse | None:
    """Ask before decisions are withdrawn, and withdraw them in one revision.

    The letters stay as they are, and the questions are open again.
    """
    in_force = [item for item in decisions if item.withdrawn_on is None and not hasattr(item, "superseded_by")]
    organisation = one_organisation(request, in_force)
    if organisation is None:
        return None
    changes = _withdrawal(in_force)
    form = ConfirmForm(request.POST if "confirm" in request.POST else None)
    problems: list[str] = []
    if form.is_valid():
        author = Author.of(request.user, "admin", form.cleaned_data["why"])
        outcome = apply_changes(organisation=organisation, changes=changes, author=author)
        if outcome.ok:
            text = ngettext("%(count)d decision was withdrawn.", "%(count)d decisions were withdrawn.", len(in_force))
            messages.success(request, text % {"count": len(in_force)})
            return None
        problems = of_outcome(outcome)
    names = names_for(changes)
    context = {
        **_context(model_admin, request, in_force),
        "title": ngettext("Withdraw %(count)d decision?", "Withdraw %(count)d decisions?", len(in_force))
        % {"count": len(in_force)},
        "intro": _("The letters in the matrix stay as they are. The question that was decided is open again."),
        "action": "withdraw",
        "submit": _("Withdraw"),
        "sentences": [describe(change, names) for change in changes],
        "form": form,
        "problems": problems,
    }
    return TemplateResponse(request, "admin/raci/confirm.html", context)


def _withdrawal(decisions: Sequence[models.Decision]) -> list[Change]:
    by_matrix: dict[models.Matrix, list[str]] = {}
    for item in decisions:
        by_matrix.setdefault(item.matrix, []).append(item.key)
    today = timezone.localdate()
    return [change for matrix, keys in by_matrix.items() for change in withdrawal(load_matrix(matrix), keys, today)]


def _context(model_admin: admin.ModelAdmin, request: HttpRequest, rows: Sequence[Any]) -> dict[str, Any]:
    context = model_admin.admin_site.each_context(request)
    return {**context, "opts": model_admin.opts, "selected": [row.pk for row in rows]}
