"""A person on record: what they are called, and whose account that is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.forms.choices import offer


class PersonForm(forms.Form):
    """Name, e-mail address and account. Only the name is needed, and no more is kept than this."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("A person needs a name.")})
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Tells namesakes apart. Nothing is sent there."),
        error_messages={"invalid": _("This is no e-mail address.")},
    )
    account = forms.TypedChoiceField(
        label=_("Account"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("With their account a person speaks for the roles that they hold today."),
    )

    def __init__(self, accounts: Iterable[tuple[int, str]], *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        offer(self, "account", [("", _("No account")), *accounts])
