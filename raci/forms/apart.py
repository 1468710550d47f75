"""Two duties that must be in different hands, and the control that makes up for it where they are not."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.domain.records import Value
from raci.forms.record import RecordForm
from raci.forms.text import TextField


class ControlForm(RecordForm):
    """Why they must be apart, and what makes up for it until when."""

    reason = TextField(label=_("Why they must be apart"), required=False)
    control = TextField(
        label=_("Control that makes up for it"),
        required=False,
        help_text=_("What is done instead while both are in one hand: no finding is reported until it ends."),
    )
    control_until = forms.DateField(
        label=_("The control ends on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left empty, it has no end."),
    )

    def clean_control_until(self) -> str:
        """Return the day in its JSON form."""
        day: date | None = self.cleaned_data["control_until"]
        return day.isoformat() if day else ""

    def clean(self) -> dict[str, Any]:
        """Refuse the end of a control that is not there."""
        values = super().clean()
        if values.get("control_until") and not values.get("control"):
            self.add_error("control", _("Say which control ends then."))
        return values


class ApartForm(ControlForm):
    """A new pair; the duties are named by their codes."""

    duty = forms.CharField(
        label=_("Duty"), max_length=40, help_text=_("Its code, such as VEN-4."),
        error_messages={"required": _("Enter the code of a duty.")},
    )  # fmt: skip
    other = forms.CharField(
        label=_("Must not be in the same hand as"), max_length=40, help_text=_("The code of the other duty."),
        error_messages={"required": _("Enter the code of the other duty.")},
    )  # fmt: skip
    field_order = ("duty", "other", "reason", "control", "control_until")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(None, *args, **options)

    @property
    def fields_wanted(self) -> Mapping[str, Value]:
        """The fields of the record. Call it on a valid form only."""
        return {name: value for name, value in self.wanted.items() if name not in ("duty", "other")}
