"""What can be asked for and written down about two roles."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.records import Value
from raci.forms.choices import chosen, offer
from raci.forms.record import RecordForm
from raci.forms.terms import DayField
from raci.forms.text import TextField

Choices = Iterable[tuple[str, str]]


class PairForm(forms.Form):
    """Which two roles."""

    use_required_attribute = False

    first = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role.")})
    second = forms.ChoiceField(label=_("Other role"), error_messages={"required": _("Choose the other role.")})

    def __init__(self, roles: Choices, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        named = [("", _("Choose a role")), *roles]
        offer(self, "first", named)
        offer(self, "second", named)

    def clean(self) -> dict[str, Any]:
        """Nothing stands between a role and itself."""
        values = super().clean() or {}
        if values.get("first") and values.get("first") == values.get("second"):
            raise forms.ValidationError(_("Choose two different roles."))
        return values


class BoundaryFilter(forms.Form):
    """What of a boundary is shown. What is not to be chosen is passed over."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    kind = forms.ChoiceField(label=_("Class"), required=False)
    matrix = forms.ChoiceField(label=_("Matrix"), required=False)

    def __init__(self, areas: Choices, kinds: Choices, matrices: Choices, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for name, choices in (("area", areas), ("kind", kinds), ("matrix", matrices)):
            offer(self, name, [("", _("Any")), *choices])

    def chosen(self, name: str) -> str:
        """Return what is asked for, "" for anything."""
        if not self.is_bound:
            return ""
        self.is_valid()
        found: str = self.cleaned_data.get(name, "")
        return found

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The filters that are set, by their labels, in words."""
        return [
            (str(field.label), chosen(field, value))
            for name, field in self.fields.items()
            if isinstance(field, forms.ChoiceField) and (value := self.chosen(name))
        ]


class DifferenceForm(RecordForm):
    """One dimension in which two roles differ. A side may be left blank: it is shown as a finding."""

    dimension = forms.CharField(
        label=_("Dimension"),
        max_length=120,
        help_text=_("In what they differ: span, superior, horizon …"),
        error_messages={"required": _("Say in what they differ.")},
    )
    first_value = TextField(required=False)
    second_value = TextField(required=False)

    def __init__(self, record: Mapping[str, Value] | None, names: tuple[str, str], *args: Any, **options: Any) -> None:
        super().__init__(record, *args, **options)
        self.fields["first_value"].label, self.fields["second_value"].label = names


class AgreementForm(RecordForm):
    """What lets two roles work for one another although neither reports to the other."""

    type = forms.ChoiceField(label=_("Type"), choices=models.Agreement.Type.choices, initial=models.Agreement.Type.OLA)
    sheet = forms.ChoiceField(label=_("Holds in"), required=False)
    reference = forms.CharField(
        label=_("Where it is written"), max_length=300, required=False, help_text=_("A document, a number, an address.")
    )
    valid_until = DayField(label=_("Valid until"), required=False, help_text=_("Left empty, it has no end."))

    def __init__(self, record: Mapping[str, Value] | None, matrices: Choices, *args: Any, **options: Any) -> None:
        super().__init__(record, *args, **options)
        offer(self, "sheet", [("", _("All matrices")), *matrices])


class BaselineForm(RecordForm):
    """The name under which a revision is published."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("“After the kick-off”, “2026, second quarter” …")
    )
    note = TextField(label=_("Note"), required=False, help_text=_("What it is for, who was told."))


class NewBaselineForm(BaselineForm):
    """A new one, of any revision."""

    number = forms.IntegerField(
        label=_("Revision"), min_value=1, required=False, help_text=_("Left empty, it is the one that stands now.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(None, *args, **options)
