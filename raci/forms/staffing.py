"""Who holds a role, until when, who follows, and who is away, as forms."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.records import Value
from raci.forms.choices import offer
from raci.forms.record import RecordForm
from raci.forms.terms import NOBODY, DayField

Choices = Iterable[tuple[str, str]]


def day_input() -> forms.DateInput:
    """Return the field in which a browser lets a day be chosen: it understands nothing but this form of a day."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class StaffingForm(forms.Form):
    """What the forms of this module have in common."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)


class GiveForm(StaffingForm):
    """That a person holds a role."""

    person = forms.ChoiceField(label=_("Person"), error_messages={"required": _("Choose a person.")})
    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role.")})
    manner = forms.ChoiceField(
        label=_("How"),
        choices=models.Holding.Manner.choices,
        initial=models.Holding.Manner.PERMANENT,
        help_text=_("Acting holds it until somebody else does; a deputy works for it beside its holder."),
    )
    starts_on = forms.DateField(
        label=_("First day"), required=False, widget=day_input(), help_text=_("Left empty: since ever.")
    )
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=day_input(), help_text=_("Left empty: with no end.")
    )

    def __init__(self, people: Choices, roles: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", [("", _("Choose a person")), *people])
        offer(self, "role", [("", _("Choose a role")), *roles])


class HoldingForm(StaffingForm):
    """The last day of a holding. Who follows is asked only where the role would be left with nobody (``asks``)."""

    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=day_input(),
        help_text=_("Left empty: with no end."),
    )
    successor = forms.ChoiceField(
        label=_("Successor"), required=False, help_text=_("Holds the role from the day after.")
    )
    leave_vacant = forms.BooleanField(label=_("Leave it vacant"), required=False)

    def __init__(self, people: Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "successor", [NOBODY, *people])


class AbsenceForm(RecordForm):
    """From when to when somebody is away, both days included, and who stands in."""

    starts_on = DayField(label=_("First day"), error_messages={"required": _("Say from which day on.")})
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Left empty: until further notice."))
    cover = forms.ChoiceField(
        label=_("Stands in"),
        required=False,
        help_text=_("Works for all roles that the person holds, as long as they are away."),
    )

    def __init__(self, record: Mapping[str, Value] | None, people: Choices, *args: Any, **options: Any) -> None:
        super().__init__(record, *args, **options)
        offer(self, "cover", [NOBODY, *people])

    @property
    def days(self) -> dict[str, date | None]:
        """The first and the last day as days. Call it on a valid form only."""
        days = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}
        return {name: date.fromisoformat(day) if day else None for name, day in days.items()}
