"""Marking the rows of a blind round, all of them on one page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.domain.claims import Mark, MarkValue
from raci.forms.text import TextField
from raci.services.marks import LONGEST_REASON, Given

_BETWEEN = ":"


def value_of(mark: Mark) -> str:
    """Return a mark as a form carries it: “mine”, or “theirs:” with the key of the role."""
    return f"{mark.value.value}{_BETWEEN}{mark.whose}" if mark.whose else mark.value.value


def mark_of(value: str) -> Mark:
    """Return the mark of such a value. Raises `ValueError` where there is none."""
    name, _colon, whose = value.partition(_BETWEEN)
    return Mark(MarkValue(name), whose)


def values_for(roles: Sequence[str], role: str) -> list[str]:
    """Return the values that a role of a round can choose from, in order; “theirs” once for each of the others."""
    others = [other for other in roles if other != role]
    theirs = ["theirs"] if len(others) == 1 else [f"theirs{_BETWEEN}{other}" for other in others]
    return ["mine", *theirs, "shared", "nobody", "unknown"]


class MarksForm(forms.Form):
    """A mark and a reason for each row, by the key of the row. Rows may be left out."""

    use_required_attribute = False

    def __init__(self, duties: Iterable[str], values: Sequence[str], *args: Any, **options: Any) -> None:
        self.duties = tuple(duties)
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        choices = [(value, value) for value in values]
        for duty in self.duties:
            self.fields[f"mark-{duty}"] = forms.ChoiceField(choices=choices, required=False)
            self.fields[f"reason-{duty}"] = TextField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a mark where there is a reason for one, and for less where there is too much."""
        values = super().clean() or {}
        for duty in self.duties:
            reason = values.get(f"reason-{duty}", "")
            if reason and not values.get(f"mark-{duty}") and f"mark-{duty}" not in self.errors:
                self.add_error(f"mark-{duty}", _("Say whose it is: a reason alone is not counted."))
            if len(reason) > LONGEST_REASON:
                text = _("The reason has %(length)d characters; at most %(most)d are kept.")
                self.add_error(f"reason-{duty}", text % {"length": len(reason), "most": LONGEST_REASON})
        return values

    def given(self, earlier: Mapping[str, Given]) -> dict[str, Given]:
        """Return the marks that are not yet as ``earlier`` has them, by the key of the row. On a valid form only."""
        found = {}
        for duty in self.duties:
            value = self.cleaned_data[f"mark-{duty}"]
            if value:
                found[duty] = Given(mark_of(value), self.cleaned_data[f"reason-{duty}"])
        return {duty: given for duty, given in found.items() if given != earlier.get(duty)}
