"""Text of several lines that the database and every workbook can hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.domain.text import LONGEST_TEXT, normalise, problem
from raci.services.words import said


class TextField(forms.CharField):
    """Refuses what cannot be stored, in a sentence that says which character and where."""

    def __init__(self, *, longest: int = LONGEST_TEXT, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(max_length=longest, **options)

    def to_python(self, value: Any) -> str:
        """Return the text in stored form."""
        return normalise(super().to_python(value) or "")

    def run_validators(self, value: Any) -> None:
        """Check what it is made of."""
        super().run_validators(value)
        if trouble := problem(value):
            raise forms.ValidationError(_("The text %(trouble)s.") % {"trouble": said(trouble)})
