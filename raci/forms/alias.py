"""What else a role is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.forms.text import TextField


class AliasForm(forms.Form):
    """Another name of a role."""

    use_required_attribute = False
    prefix = "alias"  # the page of a role has a form with a name of its own

    name = TextField(
        label=_("Other name"),
        longest=120,
        widget=forms.TextInput,
        help_text=_("As other departments and their files say it. Files that come in know the role by it."),
        error_messages={"required": _("Enter a name.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
