"""A duty that is being decided in a matrix: the form, what stands around it, and what the decision would do."""

import json
from dataclasses import replace
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from raci import models
from raci.domain.records import Decision, DecisionType
from raci.forms.decide import DecideForm, carried, seen_rows
from raci.forms.decide_scene import Scene
from raci.services.door import Outcome
from raci.services.loading import load_matrix
from raci.services.settling import Draft, preview
from raci.services.settling.degrees import DEGREES
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes
from raci.web.choices import matrix_choices
from raci.web.decision_effects import effects_of
from raci.web.panels import Panel


class Around(Panel):
    """What is said about the duty, beside the form: claims, letters in force, what a template proposes."""

    def suggestion(self) -> str:
        """The proposal is taken over on the page that names one owner."""
        return ""


class Deciding:
    """One duty in one matrix, and the request that decides it. Raises `Http404` where it does not stand there."""

    def __init__(self, request: HttpRequest, sheet: models.Matrix, duty: str) -> None:
        self.request, self.sheet, self.duty = request, sheet, duty
        self.loaded = load_matrix(sheet)
        if duty not in self.loaded.rows:
            raise Http404
        choices = tuple(matrix_choices(request))
        self.scene = Scene(sheet, self.loaded, duty, choices, str(request.user))
        self.action, _colon, adding = request.POST.get("action", "").partition(":")
        sent = request.POST if request.method == "POST" else None
        self.form = DecideForm(self.scene, sent, judged=self.action in ("", "preview", "record"), adding=adding)

    @property
    def replaces_key(self) -> str:
        return self.loaded.decision_by_duty.get(self.duty, "")

    @property
    def replaces(self) -> Decision | None:
        """The decision in force, which a new one replaces."""
        return self.loaded.decisions[self.replaces_key] if self.replaces_key else None

    @cached_property
    def seen(self) -> dict[str, dict[str, str]]:
        """The rows as a preview showed them; none where there was no preview."""
        return seen_rows(self.request.POST.get("seen", ""))

    @property
    def records(self) -> bool:
        """Whether it goes on record now: only what was previewed does."""
        return self.action == "record" and bool(self.seen)

    def draft(self) -> Draft:
        """Return what was typed for the service, with the rows as they were shown. Only with a valid form."""
        decision, parts = self.form.decision()
        return Draft(self.sheet, decision, parts, self.seen)

    def show(self, status: int = 200) -> HttpResponse:
        """Answer with the form."""
        context = {
            "deciding": self,
            "form": self.form,
            "duty": self.loaded.duties[self.duty],
            "duty_key": self.duty,
            "panel": Around(self.sheet, self.duty),
            "degrees": list(enumerate(DEGREES, start=1)),
        }
        return render(self.request, "raci/decide.html", context, status=status)

    def show_preview(self, outcome: Outcome | None = None) -> HttpResponse:
        """Answer with what would change, to be put on record; after a conflict with what stood in the way."""
        draft = self.draft()
        rows = self._rows(draft)
        found = preview(replace(draft, seen=rows))
        if found.refusals:
            self.form.explain((refusal.field, refusal.message) for refusal in found.refusals)
            return self.show(UNPROCESSABLE)
        context = {
            "deciding": self,
            "duty": self.loaded.duties[self.duty],
            "duty_key": self.duty,
            "decision": draft.decision,
            "type": self.form.section.words if self.form.section else None,
            "effects": effects_of(found, self.loaded, self.duty),
            "carried": carried(self.request.POST),
            "seen": json.dumps(rows, sort_keys=True),
            "clashes": clashes(outcome) if outcome else [],
        }
        return render(self.request, "raci/decide_preview.html", context, status=CONFLICT if outcome else 200)

    def _rows(self, draft: Draft) -> dict[str, dict[str, str]]:
        """Return the row of the duty as it is now, in this matrix and wherever a part of the decision stands."""
        named = {part.sheet for part in draft.parts if part.sheet} - {self.sheet.key}
        if draft.decision.type is not DecisionType.SPLIT_SCOPE or not named:
            return {self.sheet.key: dict(self.loaded.cells.get(self.duty, {}))}
        others = [load_matrix(row) for row in access.matrices(self.request).filter(key__in=named)]
        return {one.key: dict(one.cells.get(self.duty, {})) for one in (self.loaded, *others)}
