"""The terms of a grey area as forms: the question, who decides, until when, and who owns the duty meanwhile."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.domain.records import Value
from raci.forms.choices import offer
from raci.forms.record import RecordForm
from raci.forms.text import TextField

Choices = Iterable[tuple[str, str]]

NOBODY = ("", _("Nobody"))


class DayField(forms.DateField):
    """A day that may be left empty, as its JSON form."""

    # A date field of a browser understands nothing but this form, whatever the language.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean(self, value: Any) -> str:
        """Return the day as ISO text, "" for none."""
        found = super().clean(value)
        return found.isoformat() if found else ""


class TermsForm(RecordForm):
    """What can be changed of a grey area while it is open."""

    question = TextField(
        label=_("Question"),
        help_text=_("In words that the roles would use: “Who signs a contract with a vendor?”"),
        error_messages={"required": _("Say in words what is not clear.")},
    )
    decider = forms.ChoiceField(label=_("Who decides"), required=False)
    due_on = DayField(label=_("Due"), required=False)
    interim = forms.ChoiceField(
        label=_("Interim owner"),
        required=False,
        help_text=_("Answers for the duty until it is decided; shown dashed in the matrix."),
    )

    def __init__(
        self, record: Mapping[str, Value] | None, deciders: Choices, columns: Choices, *args: Any, **options: Any
    ) -> None:
        super().__init__(record, *args, **options)
        offer(self, "decider", [("", _("Not said yet")), *deciders])
        offer(self, "interim", [NOBODY, *columns])


class ReasonForm(forms.Form):
    """Why something is done; it stands in the history."""

    use_required_attribute = False

    reason = TextField(label=_("Why?"), help_text=_("Stands in the history."))

    def __init__(self, message: Any, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.fields["reason"].error_messages["required"] = message
