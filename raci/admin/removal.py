"""Removing records: what goes with them is shown first, then all goes in one revision."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci import models
from raci.admin.forms import WhyField
from raci.admin.records import CELL_ADDRESS, address_of, fields_of, organisation_of
from raci.admin.told import of_outcome
from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.services.describing import describe
from raci.services.door import Author, apply_changes
from raci.services.naming import names_for
from raci.services.tables import TABLES

SHOWN = 40

# What is part of a record and goes with it: its kind, and the look-ups that lead from it to the record.
_PARTS: dict[type[Model], tuple[tuple[Kind, str], ...]] = {
    models.Matrix: (
        (Kind.ROW, "matrix__in"),
        (Kind.COLUMN, "matrix__in"),
        (Kind.GREY_AREA, "matrix__in"),
        (Kind.CLAIM, "grey_area__matrix__in"),
        (Kind.DECISION, "matrix__in"),
        (Kind.PART, "decision__matrix__in"),
        (Kind.ACKNOWLEDGEMENT, "decision__matrix__in"),
        (Kind.ROUND, "matrix__in"),
        (Kind.COMMENT, "matrix__in"),
        (Kind.AUTHORITY, "sheet__in"),  # these hold in the matrix alone
        (Kind.AGREEMENT, "sheet__in"),
    ),
    models.Role: (
        (Kind.LINE, "role__in"),
        (Kind.LINE, "superior__in"),
        (Kind.ALIAS, "role__in"),
        *((kind, "role__in") for kind in (Kind.CHARTER, Kind.ACCOUNTABILITY, Kind.AUTHORITY, Kind.SKILL)),
        *((kind, "role__in") for kind in (Kind.REQUIREMENT, Kind.HOLDING, Kind.SIGNATURE)),
        *((Kind.AGREEMENT, side) for side in ("first_role__in", "second_role__in")),
        *((Kind.DIFFERENCE, side) for side in ("first_role__in", "second_role__in")),
    ),
    models.Duty: ((Kind.NEED, "duty__in"), (Kind.INCOMPATIBILITY, "duty__in"), (Kind.INCOMPATIBILITY, "other__in")),
    models.Competency: ((Kind.REQUIREMENT, "competency__in"), (Kind.GAIN, "competency__in")),
    models.Route: ((Kind.GAIN, "route__in"),),
    models.GreyArea: ((Kind.CLAIM, "grey_area__in"),),
}
_CELLS = {models.Matrix: "row__matrix__in", models.MatrixRow: "row__in", models.MatrixColumn: "column__in"}


class ConfirmForm(forms.Form):
    """The reason, and the revision that the page was made of."""

    why = WhyField()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


def removal_of(organisation: models.Organisation, rows: Sequence[Model]) -> list[Change]:
    """Return the changes that remove records of one kind and all that is part of them."""
    model, ids = type(rows[0]), [row.pk for row in rows]
    wanted = [_removing(address_of(row), fields_of(row)) for row in rows]
    if model in _CELLS:
        cells = models.Assignment.objects.filter(**{_CELLS[model]: ids})
        for *parts, letters in cells.values_list(*CELL_ADDRESS, "letters"):
            wanted.append(Change(Address(Kind.CELL, *parts), "letters", letters, ""))
    for kind, lookup in _PARTS.get(model, ()):
        found = TABLES[kind].read(organisation.pk, None, **{lookup: ids})
        wanted += [_removing(address, fields) for address, (_id, fields) in found.items()]
    return list({change.address: change for change in wanted}.values())


def _removing(address: Address, fields: dict[str, Any]) -> Change:
    if address.kind is Kind.CELL:
        return Change(address, "letters", fields["letters"], "")
    return Change(address, "", fields, None)


@dataclass
class Removal:
    """What is to go, and what was said against it."""

    rows: Sequence[Any]
    organisation: models.Organisation
    action: str = ""
    problems: Sequence[str] = ()
    changes: list[Change] = field(default_factory=list)


def removal_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, rows: Sequence[Any], action: str = ""
) -> HttpResponse:
    """Show what would go and remove it once that is confirmed, if nothing moved in the meantime."""
    owners = {organisation_of(row).pk for row in rows}
    if len(owners) != 1:
        messages.warning(request, _("Select records of one organisation: each organisation has its own history."))
        return HttpResponseRedirect(request.get_full_path())
    # Its revision as it is now, before what goes is read.
    removal = Removal(rows, models.Organisation.objects.get(pk=owners.pop()), action)
    removal.changes = removal_of(removal.organisation, rows)
    form = ConfirmForm(request.POST if "confirm" in request.POST else None)
    if form.is_valid():
        if form.cleaned_data["revision"] == removal.organisation.revision:
            author = Author.of(request.user, "admin", form.cleaned_data["why"])
            outcome = apply_changes(organisation=removal.organisation, changes=removal.changes, author=author)
            if outcome.ok:
                return _done(model_admin, request, rows)
            removal.problems = of_outcome(outcome)
        else:
            removal.problems = [_("Something was changed in the meantime. This is what would go now.")]
    return _page(model_admin, request, removal, form)


def _done(model_admin: admin.ModelAdmin, request: HttpRequest, rows: Sequence[Any]) -> HttpResponse:
    model_admin.log_deletions(request, rows)
    text = ngettext("%(count)d record was deleted.", "%(count)d records were deleted.", len(rows))
    messages.success(request, text % {"count": len(rows)})
    return HttpResponseRedirect(reverse(f"admin:raci_{model_admin.opts.model_name}_changelist"))


def _page(model_admin: admin.ModelAdmin, request: HttpRequest, removal: Removal, form: ConfirmForm) -> HttpResponse:
    names, count = names_for(removal.changes), len(removal.rows)
    many = ngettext("Delete %(count)d record?", "Delete %(count)d records?", count)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Delete %(name)s?") % {"name": removal.rows[0]} if count == 1 else many % {"count": count},
        "removal": removal,
        "action": removal.action,
        "selected": [row.pk for row in removal.rows] if removal.action else [],
        "form": form,
        "problems": removal.problems,
        "counts": _counts(removal.changes),
        "sentences": [describe(change, names) for change in removal.changes[:SHOWN]],
        "more": max(0, len(removal.changes) - SHOWN),
    }
    return TemplateResponse(request, "admin/raci/delete.html", context)


def _counts(changes: Sequence[Change]) -> list[tuple[str, int]]:
    counts: dict[Kind, int] = defaultdict(int)
    for change in changes:
        counts[change.address.kind] += 1
    labels = {kind: table.model._meta for kind, table in TABLES.items()} | {Kind.CELL: models.Assignment._meta}
    return [
        (str(labels[kind].verbose_name if number == 1 else labels[kind].verbose_name_plural), number)
        for kind, number in counts.items()
    ]
