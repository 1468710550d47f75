"""Duties, roles and matrices as forms of their fields, each with what it showed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.records import Value
from raci.forms.choices import offer
from raci.forms.seen import INCOMPLETE, SeenRecordField
from raci.forms.text import TextField

Choices = Iterable[tuple[str, str]]


class RecordForm(forms.Form):
    """The fields of a record. ``record`` holds them as they are, in their JSON form; None for a new one."""

    use_required_attribute = False

    seen = SeenRecordField(required=False)

    def __init__(self, record: Mapping[str, Value] | None, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.record = record
        if record is None:
            del self.fields["seen"]
            return
        names = [name for name in self.fields if name in record]
        self.initial = {**{name: record[name] for name in names}, "seen": {name: record[name] for name in names}}

    @property
    def names(self) -> list[str]:
        """The fields of the record that the form has."""
        return [name for name in self.fields if name not in ("seen", "matrices", "roles", "areas")]

    @property
    def seen_fields(self) -> dict[str, Value]:
        """What the form showed. Call it on a valid form only."""
        found: dict[str, Value] = self.cleaned_data["seen"]
        return found

    @property
    def wanted(self) -> dict[str, Value]:
        """What was typed. Call it on a valid form only."""
        return {name: self.cleaned_data[name] for name in self.names}

    def clean(self) -> dict[str, Any]:
        """A form that does not say what it showed could overwrite anything."""
        values = super().clean() or {}
        if self.record is not None and values.get("seen", {}).keys() != set(self.names):
            raise forms.ValidationError(INCOMPLETE)
        return values

    def show_what_is_there(self) -> None:
        """Take what was sent as if it had been typed over what is there now. Call it on a valid form only.

        Nothing typed is lost; what was left as it was shown follows what others have made of it.
        """
        data: QueryDict = self.data.copy()
        assert self.record is not None
        for name, shown in self.seen_fields.items():
            if self.cleaned_data[name] == shown and self.record[name] != shown:
                self._put(data, name, self.record[name])
        data["seen"] = SeenRecordField().prepare_value({name: self.record[name] for name in self.names})
        self.data = data
        self.full_clean()

    def _put(self, data: QueryDict, name: str, value: Value) -> None:
        if value is False:
            data.pop(name, None)
        else:
            data[name] = "on" if value is True else str(value)


class DutyForm(RecordForm):
    """A duty: what has to be done. Without a code a new one gets the next of its area."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("A verb and its object: “Sign the contract”.")
    )
    code = forms.CharField(label=_("Code"), max_length=30, required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    note = TextField(label=_("Note"), required=False)
    is_control = forms.BooleanField(
        label=_("It is a control"), required=False, help_text=_("An approval or a check of what others do.")
    )

    def __init__(self, record: Mapping[str, Value] | None, areas: Choices, *args: Any, **options: Any) -> None:
        super().__init__(record, *args, **options)
        offer(self, "area", [("", _("No area")), *areas])
        if record is None:
            self.fields["code"].help_text = _("Left empty, it gets the next one of its area.")


class RoleForm(RecordForm):
    """A role: a post, a group or an external party."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(label=_("Code"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=models.Role.Kind.choices, initial=models.Role.Kind.POST)
    purpose = TextField(label=_("Purpose"), required=False, help_text=_("What the role is there for."))
    scope = TextField(label=_("Scope"), required=False, help_text=_("How far it reaches: one project, all of them …"))

    def __init__(self, record: Mapping[str, Value] | None, *args: Any, **options: Any) -> None:
        super().__init__(record, *args, **options)
        if record is None:
            self.fields["code"].help_text = _("Left empty, it gets the initials of its name.")


class SheetForm(RecordForm):
    """The head of a matrix."""

    title = forms.CharField(label=_("Title"), max_length=120)
    scope_kind = forms.ChoiceField(label=_("Scope"), choices=models.Matrix.ScopeKind.choices)
    scope_name = forms.CharField(
        label=_("Name of the scope"),
        max_length=120,
        required=False,
        help_text=_("Where it has one: “Migration of the mail”."),
    )
    scheme = forms.ChoiceField(label=_("Letters"), help_text=_("The scheme: which letters there are, what they mean."))
    description = TextField(label=_("Description"), required=False)

    def __init__(self, record: Mapping[str, Value] | None, schemes: Choices, *args: Any, **options: Any) -> None:
        super().__init__(record, *args, **options)
        offer(self, "scheme", list(schemes))


class TicksField(forms.MultipleChoiceField):
    """Any number of things out of a list, by ticks."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Choices, **options: Any) -> None:
        super().__init__(choices=list(choices), required=False, **options)


class NewDutyForm(DutyForm):
    """A new duty, and the matrices in which it stands."""

    def __init__(self, areas: Choices, matrices: Choices, *args: Any, **options: Any) -> None:
        super().__init__(None, areas, *args, **options)
        self.fields["matrices"] = TicksField(matrices, label=_("Stands in"))


class NewRoleForm(RoleForm):
    """A new role, and the matrices in which it stands."""

    def __init__(self, matrices: Choices, *args: Any, **options: Any) -> None:
        super().__init__(None, *args, **options)
        self.fields["matrices"] = TicksField(matrices, label=_("Stands in"))


class NewMatrixForm(SheetForm):
    """A new matrix, with the roles and the areas of duties that stand in it."""

    def __init__(self, schemes: Choices, roles: Choices, areas: Choices, *args: Any, **options: Any) -> None:
        super().__init__(None, schemes, *args, **options)
        self.fields["roles"] = TicksField(roles, label=_("Roles that take part"))
        self.fields["areas"] = TicksField(areas, label=_("Areas whose duties stand in it"))
