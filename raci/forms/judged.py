"""Forms that show what was typed into them, and say what is wrong with it only when they are asked."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict


class JudgedForm(forms.Form):
    """A form that is judged only where ``judged``: else it keeps what was typed and has no errors."""

    use_required_attribute = False

    def __init__(self, *args: Any, judged: bool = True, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.judged = judged

    def full_clean(self) -> None:
        """Read what was typed, or leave it as it is."""
        if self.judged:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}
