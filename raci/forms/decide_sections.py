"""What each way to settle asks besides, one form for each; exactly the fields that its type needs."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.domain.records import DecisionType, Mode, Part
from raci.forms.decide_parts import (
    DelegatePart,
    PartForm,
    Rows,
    ScopePart,
    SharedPart,
    ThresholdPart,
    day_field,
    short_text,
)
from raci.forms.decide_scene import Scene
from raci.forms.decide_words import TYPE_WORDS, TypeWords
from raci.forms.judged import JudgedForm
from raci.forms.text import TextField

# The words of `problems` for a line of a decision: "parts-2-upper".
_PARTS = "parts"


class Section(JudgedForm):
    """The fields of one type. Its fields are called as those of a decision; ``line`` is the form of its lines."""

    kind: ClassVar[DecisionType]
    line: ClassVar[type[PartForm] | None] = None
    lines_help: ClassVar[Any] = ""

    def __init__(self, scene: Scene, data: Any, *, judged: bool, more: bool) -> None:
        super().__init__(data, prefix=self.kind.value, judged=judged)
        self.scene, self.lines_wrong = scene, list[str]()
        self.rows = self.line and Rows(self.line, scene, f"{self.prefix}-{_PARTS}", data, judged=judged, more=int(more))
        if "owner" in self.fields:
            cast("forms.ChoiceField", self.fields["owner"]).choices = self.owners()

    @property
    def words(self) -> TypeWords:
        return TYPE_WORDS[self.kind]

    @property
    def is_usual(self) -> bool:
        return self.scene.usual is self.kind

    @property
    def filled(self) -> list[PartForm]:
        """The lines in which something was typed."""
        return self.rows.filled if self.rows else []

    def owners(self) -> Any:
        """Return whom it can be given to."""
        return self.scene.roles

    def own(self, common: Mapping[str, Any]) -> dict[str, Any]:
        """Return what this type says of fields that others say otherwise."""
        return {}

    def parts(self) -> tuple[Part, ...]:
        """Return its lines in their order."""
        return self.rows.parts() if self.rows else ()

    def place(self, name: str) -> tuple[forms.Form | None, str]:
        """Return the form and the field of a problem; no form where it is not in this section."""
        if name.startswith(f"{_PARTS}-"):
            _parts, number, field = name.split("-", 2)
            if int(number) < len(self.filled):
                return self.filled[int(number)], field
        return (self, name) if name in self.fields else (None, name)


def owner_field(label: Any, **options: Any) -> forms.ChoiceField:
    """Return a field for the accountable role."""
    return forms.ChoiceField(label=label, required=False, **options)


class SoleOwner(Section):
    kind = DecisionType.SOLE_OWNER

    owner = owner_field(_("Who is accountable?"))


class SplitScope(Section):
    kind = DecisionType.SPLIT_SCOPE
    line = ScopePart
    lines_help = _(
        "One line for each value, such as a site or a phase. Where a matrix is that value's own sheet, name it; "
        "otherwise the value gets a duty of its own below this one."
    )

    terms = short_text(_("By what is it split?"), 500, help_text=_("The site, the product, the phase …"))
    otherwise = owner_field(
        _("And otherwise?"), help_text=_("Who answers for whatever has no line. Left open where the values are all.")
    )

    def __init__(self, scene: Scene, *args: Any, **options: Any) -> None:
        super().__init__(scene, *args, **options)
        cast("forms.ChoiceField", self.fields["otherwise"]).choices = scene.roles

    def parts(self) -> tuple[Part, ...]:
        """Return its lines, and “otherwise” as a line without a value."""
        lines, otherwise = super().parts(), self.cleaned_data.get("otherwise")
        return (*lines, Part(otherwise, position=len(lines))) if otherwise else lines

    def place(self, name: str) -> tuple[forms.Form | None, str]:
        """Return “otherwise” for the line that it stands for."""
        if name.startswith(f"{_PARTS}-{len(self.filled)}-"):
            return self, "otherwise"
        return super().place(name)


class SplitThreshold(Section):
    kind = DecisionType.SPLIT_THRESHOLD
    line = ThresholdPart
    lines_help = _(
        "From the lowest to the highest: “50k”, “50,000” and “1.5 M” are understood. Leave the upper end of the last "
        "line open. The unit is a currency, days, points; each unit and each category has bands of its own, up to an "
        "open end."
    )

    terms = short_text(_("What is measured?"), 500, help_text=_("The value of the contract, days, a risk score …"))
    mode = forms.ChoiceField(
        label=_("How are the amounts meant?"),
        required=False,
        widget=forms.RadioSelect,
        initial=Mode.BANDS,
        choices=[
            (Mode.BANDS.value, _("Bands: from one amount to under another")),
            (Mode.LIMITS.value, _("Limits: each up to an amount, the lowest that reaches it decides")),
        ],
    )

    def own(self, common: Mapping[str, Any]) -> dict[str, Any]:
        """Return how its amounts are meant."""
        return {"mode": Mode(self.cleaned_data.get("mode") or "")}


class Shared(Section):
    kind = DecisionType.SHARED
    line = SharedPart
    lines_help = _("One line for each role that contributes, with what it brings: “the technical evaluation”.")

    owner = owner_field(_("Who is accountable for the whole?"))


class Delegate(Section):
    kind = DecisionType.DELEGATE
    line = DelegatePart
    lines_help = _(
        "One line for each role that may decide in place of the owner: up to an amount, or within limits in words. "
        "Whom a right was given with “may be passed on” can pass it on in a later line."
    )

    owner = owner_field(_("Who stays accountable?"))
    valid_from = day_field(_("Passed on from"))
    valid_until = day_field(_("Passed on until"), help_text=_("A right is passed on for a time: a year is usual."))


class Escalate(Section):
    kind = DecisionType.ESCALATE

    owner = owner_field(
        _("Who is to decide?"), help_text=_("Until there is an answer, this role answers for the duty.")
    )
    due_on = day_field(_("To be answered by"))
    terms = TextField(
        label=_("The question"), longest=500, required=False, help_text=_("One that can be answered in a sentence.")
    )

    def __init__(self, scene: Scene, *args: Any, **options: Any) -> None:
        super().__init__(scene, *args, **options)
        self.fields["terms"].initial = scene.grey_area.question if scene.grey_area else ""
        self.fields["owner"].initial = scene.shared.superior if scene.shared else ""

    def owners(self) -> Any:
        """Return all roles, the lowest superior that the claimants share first."""
        return self.scene.superiors

    def own(self, common: Mapping[str, Any]) -> dict[str, Any]:
        """It is looked at again when it is answered."""
        return {"review_on": None}


class Defer(Section):
    kind = DecisionType.DEFER

    review_on = day_field(_("Take it up again on"))


SECTIONS: tuple[type[Section], ...] = (SoleOwner, SplitScope, SplitThreshold, Shared, Delegate, Escalate, Defer)
assert [section.kind for section in SECTIONS] == list(DecisionType)
