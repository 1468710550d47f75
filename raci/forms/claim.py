"""Claiming: what a role proposes for itself in a grey area."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.domain.matrix import Matrix
from raci.domain.records import Claim
from raci.forms.choices import offer
from raci.forms.letters import described
from raci.forms.text import TextField


class ClaimForm(forms.Form):
    """One role, the letters it wants, and why."""

    use_required_attribute = False

    role = forms.ChoiceField(
        label=_("For which role?"), error_messages={"required": _("Choose the role that makes the claim.")}
    )
    letters = forms.ChoiceField(
        label=_("Which letters?"), error_messages={"required": _("Choose the letters that the role wants.")}
    )
    reason = TextField(
        label=_("Why?"),
        error_messages={"required": _("Say why, so that who decides can weigh it.")},
    )

    def __init__(self, loaded: Matrix, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        roles = [(role, loaded.roles[role].name) for role in loaded.column_keys]
        letters = [(code, described(loaded.scheme, code)) for code in loaded.scheme.combinations]
        offer(self, "role", [("", _("Choose a role")), *roles])
        offer(self, "letters", [("", _("Choose letters")), *letters])

    def claim(self) -> Claim:
        """Return the claim as of today. Call it on a valid form only."""
        values = self.cleaned_data
        return Claim(letters=values["letters"], reason=values["reason"], made_on=timezone.localdate())
