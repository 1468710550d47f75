"""What a person saw when they began to fill in a form, carried through it."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

INCOMPLETE = _("The page was sent incompletely. Load it again.")


class SeenField(forms.CharField):
    """The letters of a row as they were shown, by role key. The service compares them with what is there."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> str:
        """Return the text that the form carries."""
        return value if isinstance(value, str) else json.dumps(value or {}, sort_keys=True, separators=(",", ":"))

    def to_python(self, value: Any) -> Any:
        """Return the letters by role key; None where the form carried nothing."""
        if value in self.empty_values:
            return None
        try:
            found = json.loads(value)
        except ValueError:
            found = None
        if not isinstance(found, dict) or not all(isinstance(letters, str) for letters in found.values()):
            raise forms.ValidationError(INCOMPLETE)
        return found

    def validate(self, value: Any) -> None:
        """Missing is not empty: a form that forgot what was seen must not overwrite what it never showed."""
        if value is None:
            raise forms.ValidationError(INCOMPLETE)

    def run_validators(self, value: Any) -> None:
        """The service judges it."""


class SeenRecordField(forms.CharField):
    """The fields of a record as the form showed them, in their JSON form."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> str:
        """Return the text that the form carries."""
        return value if isinstance(value, str) else json.dumps(value or {}, sort_keys=True, ensure_ascii=False)

    def to_python(self, value: Any) -> dict[str, Any]:
        """Read it back; nothing where the form carried nothing."""
        if value in self.empty_values:
            return {}
        try:
            found = json.loads(value)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise forms.ValidationError(INCOMPLETE)
        return found

    def run_validators(self, value: Any) -> None:
        """The door judges it."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """It is no answer of the person who fills in the form."""
        return False
