"""The lines of a decision: who gets which value, which amounts, which contribution, which right passed on."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.domain.records import Part
from raci.forms.amount import AmountField
from raci.forms.decide_scene import Scene
from raci.forms.judged import JudgedForm
from raci.forms.text import TextField

FEWEST, MOST = 2, 40
# Where the number of a line stands in the copy of it that a script fills in.
PATTERN = "__row__"


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day; a browser understands nothing but this form of it, whatever the language."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


def short_text(label: Any, longest: int, **options: Any) -> TextField:
    """Return a field for a text of one line."""
    return TextField(label=label, required=False, longest=longest, widget=forms.TextInput(), **options)


class PartForm(JudgedForm):
    """One line. What it must hold is for `raci.domain.settling.problems` to say: here it is only read."""

    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, scene: Scene, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("role", "giver"):
            if name in self.fields:
                cast("forms.ChoiceField", self.fields[name]).choices = scene.roles
        if "giver" in self.fields:
            cast("forms.ChoiceField", self.fields["giver"]).choices = [("", _("The owner")), *scene.roles[1:]]
        if "sheet" in self.fields:
            cast("forms.ChoiceField", self.fields["sheet"]).choices = [("", _("A duty of its own")), *scene.sheets]

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed or chosen."""
        return any(str(self[name].data or "").strip() for name in self.fields)

    def part(self, position: int) -> Part:
        """Return the line as it was read; what could not be read is left out."""
        return Part(**{"role": "", **self.cleaned_data}, position=position)


class ScopePart(PartForm):
    """A value of the dimension, and who answers for it where."""

    name = short_text(_("Value"), 200)
    role = forms.ChoiceField(label=_("Who answers for it"), required=False)
    sheet = forms.ChoiceField(label=_("Stands in"), required=False)

    field_order: ClassVar = ["name", "role", "sheet"]


class ThresholdPart(PartForm):
    """A range of amounts, and who answers for it."""

    role = forms.ChoiceField(label=_("Who answers for it"), required=False)
    lower = AmountField(label=_("From"), required=False)
    upper = AmountField(label=_("To"), required=False)
    unit = short_text(_("Unit"), 40)
    category = short_text(_("Category"), 120)


class SharedPart(PartForm):
    """Who contributes, and what."""

    role = forms.ChoiceField(label=_("Who contributes"), required=False)
    text = short_text(_("What"), 500)


class DelegatePart(PartForm):
    """To whom the right is passed on, by whom, up to what and for how long."""

    role = forms.ChoiceField(label=_("To whom"), required=False)
    giver = forms.ChoiceField(label=_("Passed on by"), required=False)
    text = short_text(_("Limits in words"), 500)
    upper = AmountField(label=_("Up to"), required=False)
    unit = short_text(_("Unit"), 40)
    starts_on = day_field(_("From day"))
    ends_on = day_field(_("Until day"))
    may_pass_on = forms.BooleanField(label=_("May be passed on"), required=False)


class Rows:
    """The lines of one decision as forms; those in which nothing was typed are passed over."""

    def __init__(
        self,
        form: type[PartForm],
        scene: Scene,
        prefix: str,
        data: Mapping[str, Any] | None,
        *,
        judged: bool,
        more: int,
    ) -> None:
        self.count_name = f"{prefix}-rows"
        self.count = _whole((data or {}).get(self.count_name)) + more
        self.forms = [form(scene, data, prefix=f"{prefix}-{number}", judged=judged) for number in range(self.count)]
        self.pattern = form(scene, None, prefix=f"{prefix}-{PATTERN}")

    @property
    def filled(self) -> list[PartForm]:
        return [form for form in self.forms if form.is_filled]

    def is_valid(self) -> bool:
        """Read every line, and tell whether all could be read."""
        judged = [form.is_valid() for form in self.filled]
        return all(judged)

    def parts(self) -> tuple[Part, ...]:
        """Return the lines in their order."""
        return tuple(form.part(position) for position, form in enumerate(self.filled))


def _whole(text: Any) -> int:
    number = int(text) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 4 else FEWEST
    return min(max(number, FEWEST), MOST)
