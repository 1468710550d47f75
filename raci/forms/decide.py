"""Deciding a duty in one of the ways there are: what all of them ask for, and what each asks besides.

Forms only read what was typed. What a decision must say is for `raci.domain.settling.problems` alone; each problem
is shown at its field, together with what could not be read.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from raci.domain.records import Decision, DecisionType, Part
from raci.domain.settling import problems
from raci.forms.assign import REVIEW_AFTER_MONTHS, in_months
from raci.forms.decide_parts import PartForm, day_field, short_text
from raci.forms.decide_scene import Scene
from raci.forms.decide_sections import SECTIONS, Section
from raci.forms.decide_words import TYPE_WORDS
from raci.forms.judged import JudgedForm
from raci.forms.text import TextField
from raci.services.settling.degrees import DEGREES
from raci.services.words import said

_OF_A_DECISION = {item.name for item in fields(Decision)}


class CommonForm(JudgedForm):
    """What every decision says."""

    type = forms.ChoiceField(
        label=_("How is it settled?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, words.name) for kind, words in TYPE_WORDS.items()],
        error_messages={"required": _("Choose how it is settled.")},
    )
    reason = TextField(
        label=_("Reason"),
        required=False,
        help_text=_("It stands in the history and in the workbook, so that it need not be argued again."),
    )
    options = TextField(label=_("Options weighed"), required=False, help_text=_("What else could have been decided."))
    decided_by = short_text(_("Decided by"), 200, help_text=_("A person or a body. Left empty, it is you."))
    authority = short_text(
        _("By what authority"), 200, help_text=_("A policy, a charter, a meeting: “IT board of 3 March”.")
    )
    valid_from = day_field(_("Valid from"), help_text=_("Left empty, from today."))
    valid_until = day_field(_("Valid until"), help_text=_("Left empty, until it is replaced."))
    review_on = day_field(_("Look at it again on"), help_text=_("A year from now is usual."))
    reversible = forms.BooleanField(label=_("It can be taken back without much harm"), required=False, initial=True)
    degree = forms.TypedChoiceField(
        label=_("Level of delegation"),
        required=False,
        coerce=int,
        empty_value=0,
        choices=[("", _("Not said")), *((number, name) for number, (name, _means) in enumerate(DEGREES, start=1))],
    )

    def __init__(self, scene: Scene, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["review_on"].initial = in_months(timezone.localdate(), REVIEW_AFTER_MONTHS)
        self.fields["type"].initial = scene.usual
        self.fields["decided_by"].widget.attrs["placeholder"] = scene.by


class DecideForm:
    """All that is asked when a duty is decided. ``judged`` where it was sent to be looked at, not only carried along.

    ``adding`` is the type whose lines get one more.
    """

    def __init__(
        self, scene: Scene, data: MultiValueDict[str, Any] | None = None, *, judged: bool = False, adding: str = ""
    ) -> None:
        self.scene, self.judged = scene, judged
        self.common = CommonForm(scene, data, judged=judged)
        self.chosen = _type_of((data or {}).get("type"))
        self.sections: list[Section] = [
            section(scene, data, judged=judged and section.kind is self.chosen, more=section.kind.value == adding)
            for section in SECTIONS
        ]
        self.general: list[str] = []

    @property
    def section(self) -> Section | None:
        """The section of the type that was chosen."""
        return next((one for one in self.sections if one.kind is self.chosen), None)

    def is_valid(self) -> bool:
        """Look at everything at once, and put what is wrong at its field."""
        section = self.section
        readable = [form.is_valid() for form in self._forms()]
        if section is None:
            return False
        decision, parts = self.decision()
        found = problems(self.scene.loaded, decision, parts, timezone.localdate())
        self.explain((problem.field, said(problem.sentence)) for problem in found)
        return all(readable) and not found

    def decision(self) -> tuple[Decision, tuple[Part, ...]]:
        """Return what was typed as a decision with its parts; what could not be read is left open."""
        section = self.section
        assert section is not None
        values = {**self.common.cleaned_data, **section.cleaned_data, **section.own(self.common.cleaned_data)}
        values = {name: value for name, value in values.items() if name in _OF_A_DECISION and value is not None}
        values["type"] = section.kind
        decision = Decision(self.scene.duty, **{"reason": "", **values})
        return replace(decision, decided_by=decision.decided_by or self.scene.by), section.parts()

    def explain(self, found: Iterable[tuple[str, str]]) -> None:
        """Say at each field what stands in the way; what belongs to none is said above the form."""
        for name, message in found:
            form, field = self._place(name)
            if name == "parts" and self.section:
                self.section.lines_wrong.append(message)
            elif form is None or field not in form.fields:
                self.general.append(message)
            elif field not in form.errors:
                form.add_error(field, message)

    def _place(self, name: str) -> tuple[forms.Form | None, str]:
        """Return the form and the field that a problem is about, None where there is none."""
        section = self.section
        if section is None:
            return None, ""
        form, field = section.place(name)
        if form is None and field in self.common.fields:
            return self.common, field
        return form, field

    def _forms(self) -> Iterator[Any]:
        yield self.common
        if self.section:
            yield self.section
            yield from self.section.filled

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is wrong: the id of each field, its label and the sentence, in the order of the page."""
        found = (
            [(f"{self.section.prefix}-lines", "", text) for text in self.section.lines_wrong] if self.section else []
        )
        for form in self._in_order():
            for name in form.errors:
                field = form[name]
                place = field.id_for_label or f"{field.auto_id}_0"  # the first of several buttons
                found += [(place, str(_label(form, field)), str(text)) for text in field.errors]
        return found

    def _in_order(self) -> list[Any]:
        return [*([self.section, *self.section.filled] if self.section else []), self.common]


def _label(form: Any, field: Any) -> Any:
    if isinstance(form, PartForm):
        number = int(str(form.prefix).rpartition("-")[2]) + 1
        return _("%(label)s, line %(number)d") % {"label": field.label, "number": number}
    return field.label


def _type_of(text: Any) -> DecisionType | None:
    return next((kind for kind in DecisionType if kind.value == text), None)


def carried(data: MultiValueDict[str, Any]) -> list[tuple[str, str]]:
    """Return what was typed as pairs, for a page that carries it along unseen."""
    left_out = ("csrfmiddlewaretoken", "action", "seen")
    return [(name, value) for name in data for value in data.getlist(name) if name not in left_out]


def seen_rows(text: str) -> dict[str, dict[str, str]]:
    """Return the rows that a page says it showed, letters by role by matrix; none where it says nothing readable."""
    try:
        given = json.loads(text or "{}")
    except ValueError:
        return {}
    rows = given.items() if isinstance(given, dict) else ()
    return {matrix: {role: str(held) for role, held in row.items()} for matrix, row in rows if isinstance(row, dict)}
