"""Amounts as people type them."""

from typing import Any

from django import forms
from django.utils.formats import get_format

from raci.domain.amounts import NotAnAmount, decimal_text, read_amount
from raci.services.words import said


class AmountField(forms.CharField):
    """Takes "50k" or "50,000"; its value is the exact decimal as it is stored, "" where nothing was typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **options)

    def to_python(self, value: Any) -> str:
        """Read the amount in the current language."""
        typed = super().to_python(value) or ""
        if not typed:
            return ""
        try:
            return decimal_text(read_amount(typed, str(get_format("DECIMAL_SEPARATOR"))))
        except NotAnAmount as error:
            raise forms.ValidationError(said(error.sentence)) from error
