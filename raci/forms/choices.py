"""What can be chosen, where only the request knows."""

from collections.abc import Iterable
from typing import Any

from django import forms


def chosen(field: forms.ChoiceField, value: str) -> str:
    """Return the words for a value of a field whose choices are in no groups; the value where it has none."""
    words = {str(key): str(label) for key, label in field.choices}
    return words.get(value, value)


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let people choose from these in a field of a form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), name
    field.choices = list(choices)
