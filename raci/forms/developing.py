"""Competencies, what roles require of them, the skills they call for, and development routes, as forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.competence import Competency
from raci.domain.records import Value
from raci.forms.amount import AmountField
from raci.forms.choices import offer
from raci.forms.record import Choices, RecordForm
from raci.forms.seen import INCOMPLETE
from raci.forms.text import TextField
from raci.services.scales import Levels

HEAVIEST = 9


class CompetencyForm(RecordForm):
    """Something that people can be able to do, and the levels at which it exists."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("What somebody can do: “Plan money over years”.")
    )
    code = forms.CharField(label=_("Code"), max_length=30, required=False)
    scale = forms.ChoiceField(label=_("Scale"), help_text=_("The levels that it is measured by."))
    lowest = forms.IntegerField(
        label=_("Lowest level"), min_value=0, max_value=20, help_text=_("Some skills of SFIA begin at 4 or 5.")
    )
    highest = forms.IntegerField(label=_("Highest level"), min_value=0, max_value=20)
    framework = forms.CharField(
        label=_("Codes in frameworks"),
        max_length=200,
        required=False,
        help_text=_("Codes alone, never the texts of a framework: “SFIA ITSP, STPL”."),
    )
    description = TextField(label=_("Description"), required=False)

    def __init__(self, record: Mapping[str, Value] | None, scales: Choices, *args: Any, **options: Any) -> None:
        super().__init__(record, *args, **options)
        offer(self, "scale", list(scales))
        if record is None:
            self.fields["code"].help_text = _("Left empty, it gets the next one.")
            self.initial = {"scale": "own", "lowest": 0, "highest": 5, **self.initial}

    def clean_code(self) -> str:
        """Only a new one can do without."""
        code: str = self.cleaned_data["code"]
        if not code and self.record is not None:
            raise forms.ValidationError(_("Enter a code."))
        return code


class PartsForm(RecordForm):
    """Several records in one form, their fields named after what they are part of ("level-<key>").

    A part that came after the form was shown stays as it is; one that went is passed over.
    """

    def clean(self) -> dict[str, Any]:
        """A form that shows nothing of what it saw could overwrite anything."""
        values = super(RecordForm, self).clean() or {}
        seen = values.get("seen", {})
        if self.record is None:
            return values
        if self.names and not seen:
            raise forms.ValidationError(INCOMPLETE)
        for name in set(self.names) - seen.keys():
            seen[name] = values[name] = self.record[name]
            self.errors.pop(name, None)
        values["seen"] = {name: seen[name] for name in self.names}
        return values


class RouteForm(PartsForm):
    """A way to develop, and the levels of each competency that it is expected to bring."""

    name = forms.CharField(label=_("Name"), max_length=200)
    type = forms.ChoiceField(label=_("Type"), choices=models.Route.Type.choices)
    description = TextField(label=_("Description"), required=False)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=300,
        required=False,
        help_text=_("What shows that it was done: a degree, a report …"),
    )
    cost = AmountField(label=_("Cost"), required=False)
    unit = forms.CharField(label=_("Currency"), max_length=40, required=False)
    months = forms.IntegerField(
        label=_("Months"), min_value=0, max_value=600, help_text=_("How long it takes; 0 where nobody knows.")
    )

    def __init__(
        self, record: Mapping[str, Value] | None, competencies: Sequence[models.Competency], *args: Any, **options: Any
    ) -> None:
        self.competencies = competencies
        super().__init__(record, *args, **options)
        if record is None:
            self.initial = {"months": 0, **self.initial}

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of the route itself."""
        return [field for field in self.visible_fields() if not field.name.startswith("gain-")]

    @property
    def gains(self) -> list[forms.BoundField]:
        """How much of each competency it brings."""
        return [self[f"gain-{one.key}"] for one in self.competencies]


def route_form(
    record: Mapping[str, Value] | None, competencies: Sequence[models.Competency], data: Any = None
) -> RouteForm:
    """Return the form of a route, with a field for each competency. ``record`` has those too ("gain-<key>")."""
    fields = {f"gain-{one.key}": _gain_field(one) for one in competencies}
    made: RouteForm = type("RouteForm", (RouteForm,), fields)(record, competencies, data)
    return made


def _gain_field(competency: models.Competency) -> forms.TypedChoiceField:
    choices = [(0, "–"), *((levels, f"+{levels}") for levels in range(1, max(1, competency.highest) + 1))]
    return forms.TypedChoiceField(
        label=f"{competency.code} {competency.name}", choices=choices, coerce=int, empty_value=0, required=False
    )


@dataclass(frozen=True)
class RequirementFields:
    """The fields of one requirement."""

    competency: Competency
    level: forms.BoundField
    essential: forms.BoundField
    weight: forms.BoundField


class RequirementsForm(PartsForm):
    """What a role requires: of each competency a level or none, whether it is essential, and what it weighs."""

    def __init__(
        self, record: Mapping[str, Value], competencies: Mapping[str, Competency], *args: Any, **options: Any
    ) -> None:
        self.competencies = competencies
        super().__init__(record, *args, **options)

    @property
    def lines(self) -> Iterator[RequirementFields]:
        """The fields, by competency."""
        for key, one in self.competencies.items():
            yield RequirementFields(one, *(self[f"{name}-{key}"] for name in ("level", "essential", "weight")))


def requirements_form(
    record: Mapping[str, Value], competencies: Mapping[str, Competency], scales: Mapping[str, Levels], data: Any = None
) -> RequirementsForm:
    """Return the form of what a role requires. ``record`` holds all three fields of each competency."""
    fields: dict[str, forms.Field] = {}
    for key, one in competencies.items():
        scale, there = scales[one.scale], record[f"level-{key}"]
        levels = sorted({*scale.required(one), *([int(str(there))] if there else [])})
        choices = [(0, _("not required")), *((level, scale.shown(level)) for level in levels)]
        fields[f"level-{key}"] = forms.TypedChoiceField(
            label=_("Level"), choices=choices, coerce=int, empty_value=0, required=False
        )
        fields[f"essential-{key}"] = forms.BooleanField(label=_("Essential"), required=False)
        fields[f"weight-{key}"] = forms.TypedChoiceField(
            label=_("Weight"),
            choices=[(weight, str(weight)) for weight in range(1, HEAVIEST + 1)],
            coerce=int,
            empty_value=1,
            required=False,
        )
    made: RequirementsForm = type("RequirementsForm", (RequirementsForm,), fields)(record, competencies, data)
    return made


class SkillForm(forms.Form):
    """A new skill that a role calls for."""

    use_required_attribute = False

    name = forms.CharField(label=_("New skill"), max_length=200)
    competency = forms.ChoiceField(label=_("Competency"), required=False)

    def __init__(self, competencies: Choices, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        offer(self, "competency", [("", _("none answers to it")), *competencies])


class SkillsForm(PartsForm):
    """The skills that a role calls for, and the competency that answers to each."""

    def __init__(self, record: Mapping[str, Value], skills: Sequence[str], *args: Any, **options: Any) -> None:
        self.skills = skills
        super().__init__(record, *args, **options)

    @property
    def lines(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """The key of each skill and its fields."""
        for key in self.skills:
            yield key, self[f"name-{key}"], self[f"competency-{key}"]


def skills_form(
    record: Mapping[str, Value], skills: Sequence[str], competencies: Choices, data: Any = None
) -> SkillsForm:
    """Return the form of the skills of a role. ``record`` holds both fields of each skill."""
    offered = [("", _("none answers to it")), *competencies]
    fields: dict[str, forms.Field] = {}
    for key in skills:
        fields[f"name-{key}"] = forms.CharField(label=_("Skill"), max_length=200)
        fields[f"competency-{key}"] = forms.ChoiceField(label=_("Competency"), choices=offered, required=False)
    made: SkillsForm = type("SkillsForm", (SkillsForm,), fields)(record, skills, data)
    return made
