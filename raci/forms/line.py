"""To whom a role reports."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.forms.choices import offer


class LineForm(forms.Form):
    """A superior, the number of the alternative, and whether the line is dotted."""

    use_required_attribute = False

    superior = forms.ChoiceField(label=_("Reports to"), error_messages={"required": _("Choose a role.")})
    option = forms.TypedChoiceField(
        label=_("Alternative"),
        coerce=int,
        choices=[(number, number) for number in (1, 2, 3, 4)],
        initial=1,
        help_text=_("Lines with different numbers are alternatives: the lowest is taken to hold."),
    )
    dotted = forms.BooleanField(label=_("Dotted line: a say, without authority"), required=False)

    def __init__(self, superiors: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        offer(self, "superior", [("", _("Choose a role")), *superiors])
