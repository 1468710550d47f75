"""Commenting: what somebody says about a row or a cell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.domain.text import normalise
from raci.forms.text import TextField


class CommentForm(forms.Form):
    """``text`` as it is wanted; ``seen`` as it stood where it is changed.

    ``draft`` is the key of the form for a new one: what is sent twice from the same form is written once.
    """

    use_required_attribute = False

    text = TextField(label=_("Comment"), error_messages={"required": _("Write what you want to say.")})
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    draft = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    def clean_seen(self) -> str:
        """Browsers send every line break as two characters; it was stored as one."""
        return normalise(self.cleaned_data["seen"])
