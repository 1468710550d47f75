"""Forms that turn what was typed into changes: each carries what it showed, so that nobody is overwritten unseen."""

import json
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.records import address_of, fields_of
from raci.admin.told import of_conflict
from raci.domain.change import Address, Change
from raci.domain.merge import Conflict
from raci.domain.text import problem
from raci.forms.seen import INCOMPLETE, SeenRecordField
from raci.models.base import new_key
from raci.services.door import Outcome
from raci.services.words import said


class NotWritten(Exception):
    """The door wrote nothing; ``outcome`` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("nothing was written")
        self.outcome = outcome


@dataclass
class Editing:
    """One request that edits: for which organisation, and what the door answered so far."""

    organisation: models.Organisation
    outcome: Outcome | None = None
    refused: Outcome | None = None
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, prefix: str) -> str:
        """Return the key of the record that a form adds; the same when the form is shown again."""
        return self.keys.setdefault(prefix, new_key())

    @cached_property
    def problems(self) -> list[tuple[Address | None, str, str]]:
        """What the door said against the changes: address, field and sentence."""
        if self.refused is None:
            return []
        found = [(item.change.address, item.change.field, self._told(item)) for item in self.refused.conflicts]
        for item in self.refused.refusals:
            address = item.change.address if item.change else None
            found.append((address, item.field, item.message))  # type: ignore[arg-type]  # None where only the database knows
        return found  # type: ignore[return-value]  # the same

    def _told(self, conflict: Conflict) -> str:
        assert self.refused is not None
        parts = [of_conflict(self.refused, conflict)]
        if conflict.change.field and conflict.current is not None:
            parts.append(_("Save again to replace it by what stands here."))
        return " ".join(parts)

    def seen_now(self, address: Address, seen: dict[str, Any]) -> dict[str, Any]:
        """Return what a form has now seen: the conflicts that it shows are no news any more."""
        conflicts = self.refused.conflicts if self.refused else ()
        news = {item.change.field: item.current for item in conflicts if item.change.address == address}
        return {**seen, **{name: value for name, value in news.items() if name in seen}}


def storable(text: str) -> None:
    """Refuse text that a database or a workbook cannot hold."""
    if trouble := problem(text):
        raise ValidationError(_("The text %(trouble)s.") % {"trouble": said(trouble)})


class WhyField(forms.CharField):
    """Why a change is made; it stands in the history."""

    def __init__(self, **options: Any) -> None:
        defaults = {
            "label": gettext_lazy("Why"),
            "help_text": gettext_lazy("Stands in the history beside the change."),
            "required": False,
            "widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
            "validators": [storable],
        }
        super().__init__(**{**defaults, **options})


class RecordForm(forms.ModelForm):
    """A record as a form. ``editing`` is set for each request."""

    seen = SeenRecordField(required=False)
    editing: Editing

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.adds = self.instance._state.adding
        if self.adds:
            if hasattr(self.instance, "key"):
                self.instance.key = self.editing.key(self.prefix or "")
            return
        self.address = address_of(self.instance)
        self.initial["seen"] = fields_of(self.instance)
        if self.is_bound and self.editing.refused:
            self._take_note()

    def clean(self) -> dict[str, Any]:
        """An edit that does not say what it saw could overwrite anything."""
        values = super().clean() or {}
        if not self.adds and "seen" not in self.errors and values.get("seen", {}).keys() != self.initial["seen"].keys():
            self.add_error(None, INCOMPLETE)
        return values

    def full_clean(self) -> None:
        """Say at each field what the door has against it."""
        super().full_clean()
        if self.is_bound and self.editing.refused and hasattr(self, "cleaned_data"):
            mine = self._address()
            for address, name, message in self.editing.problems:
                if address == mine and mine is not None:
                    self.add_error(name if name in self.fields else None, message)

    def changes(self) -> list[Change]:
        """Return what was typed as changes: the record as a whole, or the fields that differ from what was seen."""
        address, after = address_of(self.instance), fields_of(self.instance)
        if self.adds:
            return [Change(address, "", None, after)]
        seen = self.cleaned_data["seen"]
        return [Change(address, name, seen[name], after[name]) for name in self._names() if seen[name] != after[name]]

    def removal(self) -> Change:
        """Return the change that removes the record as it was seen."""
        return Change(address_of(self.instance), "", self.cleaned_data["seen"], None)

    def _names(self) -> list[str]:
        return [name for name in self.initial["seen"] if name in self.fields]

    def _address(self) -> Address | None:
        try:
            return address_of(self.instance)
        except (AttributeError, self.instance._meta.model.DoesNotExist):  # a relation was not chosen
            return None

    def _take_note(self) -> None:
        name = self.add_prefix("seen")
        try:
            seen = json.loads(self.data.get(name, ""))
        except ValueError:
            return
        if isinstance(seen, dict):
            self.data = self.data.copy()
            self.data[name] = json.dumps(self.editing.seen_now(self.address, seen), sort_keys=True, ensure_ascii=False)


class DoorForm(RecordForm):
    """The form of a whole page, with the reason for what it changes."""

    revision_reason = WhyField()

    def full_clean(self) -> None:
        """Say on top what belongs to no field of the page, and that nothing was saved."""
        super().full_clean()
        if not self.is_bound or not self.editing.refused:
            return
        mine = self._address()
        elsewhere = [message for address, name, message in self.editing.problems if address != mine or address is None]
        self.add_error(None, [_("Nothing was saved; what you typed is still here."), *dict.fromkeys(elsewhere)])


class DoorFormSet(forms.BaseInlineFormSet):
    """The records that hang on another one, saved with it in one revision."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the box that deletes a line for those who do not see its column."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this line")

    def changes(self) -> list[Change]:
        """Return all changes of the set."""
        gone = [form for form in self.deleted_forms if not form.adds]
        kept = [form for form in self.forms if form not in self.deleted_forms and (not form.adds or form.has_changed())]
        return [*(form.removal() for form in gone), *(change for form in kept for change in form.changes())]
