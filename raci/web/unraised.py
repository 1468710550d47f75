"""Declared overlaps on which nothing is decided, as a list with ticks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.raising import unraised_overlaps, withdrawn_before
from raci.domain.records import Duty
from raci.domain.structure import rows_in_order
from raci.forms.choices import offer
from raci.forms.terms import NOBODY, DayField
from raci.services.loading import load_matrix
from raci.services.raising import Terms
from raci.web import access
from raci.web.choices import role_choices

# As many as a person can look through; once they are raised, the page shows the next.
MOST = 300


@dataclass(frozen=True)
class Line:
    """One row that can be raised. ``pick`` names it in the form; ``ticked`` unless somebody withdrew it before."""

    pick: str
    matrix: models.Matrix
    key: str
    duty: Duty
    area: str
    pair: tuple[str, ...]
    ticked: bool


@dataclass(frozen=True)
class Unraised:
    """The rows of all matrices asked about, the first of them as lines. ``only`` is the matrix that was named."""

    lines: tuple[Line, ...]
    total: int
    sheets: Sequence[models.Matrix]
    only: models.Matrix | None

    @property
    def more(self) -> int:
        return self.total - len(self.lines)

    @cached_property
    def by_pick(self) -> Mapping[str, Line]:
        return {line.pick: line for line in self.lines}


def overlaps_to_raise(request: HttpRequest) -> Unraised:
    """Return what can be raised in the matrix that the address names, or in all of the place."""
    sheets = list(access.matrices(request))
    wanted = request.POST.get("matrix") or request.GET.get("matrix") or ""
    only = next((sheet for sheet in sheets if sheet.key == wanted), None)
    found = [line for sheet in ([only] if only else sheets) for line in _lines(sheet)]
    return Unraised(tuple(found[:MOST]), len(found), sheets, only)


def _lines(sheet: models.Matrix) -> list[Line]:
    loaded = load_matrix(sheet)
    wanted, before = set(unraised_overlaps(loaded)), withdrawn_before(loaded)
    lines = []
    for key in rows_in_order(loaded) if wanted else ():
        if key in wanted:
            area = loaded.areas[loaded.duties[key].area]
            pair = tuple(loaded.roles[role].name for role in area.pair)
            pick = f"{sheet.key}-{key}"
            lines.append(Line(pick, sheet, key, loaded.duties[key], area.name, pair, key not in before))
    return lines


class OverlapsForm(forms.Form):
    """Which rows, and on what terms."""

    use_required_attribute = False

    decider = forms.ChoiceField(label=_("Who decides"), required=False)
    due_on = DayField(label=_("Due"), required=False)
    interim = forms.ChoiceField(
        label=_("Interim owner"), required=False, help_text=_("Where the role has a column in the matrix.")
    )

    def __init__(self, request: HttpRequest, found: Unraised, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.found = found
        roles = role_choices(request)
        offer(self, "decider", [("", _("Not said yet")), *roles])
        offer(self, "interim", [NOBODY, *roles])
        self.picks = data.getlist("pick") if data is not None else [line.pick for line in found.lines if line.ticked]

    def clean(self) -> dict[str, Any]:
        """Ask for one tick at least."""
        values = super().clean() or {}
        if not self.picks:
            raise forms.ValidationError(_("Tick at least one duty."))
        return values

    def picked(self) -> dict[models.Matrix, list[str]]:
        """Return the duties ticked, by matrix. Those that can no longer be raised are named all the same."""
        by_key = {sheet.key: sheet for sheet in self.found.sheets}
        found: dict[models.Matrix, list[str]] = {}
        for pick in dict.fromkeys(self.picks):
            matrix, _dash, duty = pick.partition("-")
            if matrix in by_key:
                found.setdefault(by_key[matrix], []).append(duty)
        return found

    def terms(self) -> Terms:
        """Return the terms for all of them. Call it on a valid form only."""
        said = self.cleaned_data
        due_on = date.fromisoformat(said["due_on"]) if said["due_on"] else None
        return Terms(said["decider"], due_on, said["interim"])
