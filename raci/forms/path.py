"""What a person fills in on the way to a role: assessments, whom they let in, the steps of a plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.forms.choices import offer
from raci.forms.decide_parts import day_field
from raci.forms.record import Choices
from raci.forms.text import TextField
from raci.services.paths import Line
from raci.services.private import LONGEST_EVIDENCE, LONGEST_NOTE, Given


class _Form(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)


@dataclass(frozen=True)
class AssessFields:
    """The fields of one competency."""

    line: Line
    level: forms.BoundField
    evidence: forms.BoundField


class AssessForm(_Form):
    """How far somebody sees a person in each competency that a role requires; nothing chosen is no assessment."""

    day = day_field(_("Assessed on"))

    def __init__(self, lines: Sequence[Line], given: Mapping[str, Given], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            mine = given.get(line.key)
            levels = [(level, line.scale.shown(level)) for level in line.scale.given(line.competency)]
            self.fields[f"level-{line.key}"] = forms.TypedChoiceField(
                label=_("Level"),
                choices=[("", _("not assessed")), *levels],
                coerce=int,
                empty_value=None,
                required=False,
                initial="" if mine is None else mine.level,
            )
            self.fields[f"evidence-{line.key}"] = TextField(
                label=_("Evidence"), required=False, longest=LONGEST_EVIDENCE, initial=mine.evidence if mine else ""
            )
        self.fields["day"].initial = timezone.localdate()

    @property
    def rows(self) -> Iterator[AssessFields]:
        """The fields, by competency."""
        for line in self.lines:
            yield AssessFields(line, self[f"level-{line.key}"], self[f"evidence-{line.key}"])

    @property
    def given(self) -> dict[str, Given | None]:
        """What was said of each competency. Call it on a valid form only."""
        found: dict[str, Given | None] = {}
        for line in self.lines:
            level = self.cleaned_data[f"level-{line.key}"]
            found[line.key] = None if level is None else Given(level, self.cleaned_data[f"evidence-{line.key}"])
        return found

    def clean_day(self) -> date:
        """What was not seen yet cannot be assessed."""
        day: date | None = self.cleaned_data["day"]
        if day is None or day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is not to come."))
        return day


class ConfidantForm(_Form):
    """Whom a person lets see their assessments and plans."""

    user = forms.TypedChoiceField(label=_("Member"), coerce=int, error_messages={"required": _("Choose somebody.")})
    assesses = forms.BooleanField(label=_("may assess me as well"), required=False)

    def __init__(self, members: Sequence[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "user", [("", _("Choose somebody")), *members])


class StepForm(_Form):
    """One step of a plan: a route with its days."""

    route = forms.ChoiceField(label=_("Development route"), error_messages={"required": _("Choose a route.")})
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    note = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, required=False)

    def __init__(self, routes: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "route", [("", _("Choose a route")), *routes])

    def clean(self) -> dict[str, Any]:
        """Both days are needed, in their order."""
        values = super().clean() or {}
        for name in ("starts_on", "ends_on"):
            if name in values and values[name] is None:
                self.add_error(name, _("Choose a day."))
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("It ends before it begins."))
        return values
