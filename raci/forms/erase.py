"""That a person is to be erased: their name typed once more."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.domain.text import fold


class EraseForm(forms.Form):
    """The name of whoever is to be erased, as it is written on the page."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Type the name to confirm"),
        max_length=200,
        error_messages={"required": gettext_lazy("Type the name as it stands above.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, wanted: str, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.wanted = wanted

    def clean_name(self) -> str:
        """Refuse any other name."""
        typed: str = self.cleaned_data["name"]
        if fold(typed) != fold(self.wanted):
            raise ValidationError(_("This is not the name: it is “%(name)s”.") % {"name": self.wanted})
        return typed
