"""What is done to a decision that was made: withdrawn, looked at on another day, answered."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.forms.decide_parts import day_field
from raci.forms.text import TextField


class _Small(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)


class WithdrawForm(_Small):
    """Why a decision ends without another."""

    reason = TextField(
        label=gettext_lazy("Why is it withdrawn?"),
        error_messages={"required": gettext_lazy("Say why: whoever goes by it has to know.")},
    )


class ReviewForm(_Small):
    """The day on which a decision is to be looked at again."""

    review_on = day_field(gettext_lazy("Look at it again on"))

    def clean_review_on(self) -> Any:
        """It must be a day to come."""
        day = self.cleaned_data["review_on"]
        if day is None:
            raise forms.ValidationError(_("Choose a day."))
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day lies in the past: choose a later one."))
        return day
