"""Settling many grey areas at once: one line for each, one reason for all with exceptions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.matrix import Matrix
from raci.forms.assign import OTHER, REVIEW_AFTER_MONTHS, AssignForm, in_months
from raci.forms.letters import NONE, LettersField, letters_choices, other_letters
from raci.forms.text import TextField
from raci.services.overlaps import Choice


class CommonForm(forms.Form):
    """What holds for every line that says nothing else."""

    use_required_attribute = False

    reason = TextField(label=_("Reason for all"), required=False)
    review_on = forms.DateField(
        label=_("Look at them again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.fields["review_on"].initial = in_months(timezone.localdate(), REVIEW_AFTER_MONTHS)


class LineForm(AssignForm):
    """One grey area in one line: one owner out of all roles, one answer for whoever else is asked about."""

    def __init__(self, row: models.Matrix, loaded: Matrix, duty: str, *args: Any, **options: Any) -> None:
        super().__init__(row, loaded, duty, *args, **options)
        for name in ("other_owner", "review_on", *(f"letters_{role}" for role in self.asked)):
            del self.fields[name]
        choices = [(role, loaded.roles[role].name) for role in (*self.asked, *self._unasked())]
        self.fields["owner"] = forms.ChoiceField(
            label=_("Accountable"),
            choices=[("", _("Choose a role")), *choices],
            error_messages={"required": _("Choose the role that is accountable.")},
        )
        options_for_rest = letters_choices(other_letters(loaded.scheme))
        self.fields["rest"] = LettersField(label=_("Letters of the other"), choices=options_for_rest, required=False)
        self.fields["reason"].required = False
        self.fields["reason"].widget.attrs["rows"] = 1

    def clean(self) -> dict[str, Any]:
        """Give the one answer to everybody who is asked about and does not become accountable."""
        values = forms.Form.clean(self) or {}
        values["owner_key"] = str(values.get("owner") or "")
        if values["owner_key"] and not values.get("rest") and set(self.asked) - {values["owner_key"]}:
            self.add_error("rest", _("Say what the other role does: choose letters, or “none”."))
        values |= {f"letters_{role}": values.get("rest") or NONE for role in self.asked}
        values["review_on"] = None
        return values

    def suggested(self) -> dict[str, Any]:
        """Return the proposal as one line: the owner, and the letters of the first of the others."""
        answers = super().suggested()
        if not answers:
            return {}
        owner = answers["other_owner"] if answers["owner"] == OTHER else answers["owner"]
        rest = next((value for name, value in answers.items() if name.startswith("letters_")), NONE)
        return {"owner": owner, "does_work": answers["does_work"], "rest": rest}

    def _unasked(self) -> tuple[str, ...]:
        return tuple(role for role in self.loaded.column_keys if role not in self.asked)


class AssignMany:
    """The whole table: the common answers and a line for each (matrix, snapshot, duty)."""

    def __init__(self, places: Sequence[tuple[models.Matrix, Matrix, str]], data: Any = None) -> None:
        self.common = CommonForm(data, prefix="all")
        self.lines = [LineForm(row, loaded, duty, data, prefix=f"{row.key}-{duty}") for row, loaded, duty in places]

    def suggest(self, wanted: bool) -> None:
        """Fill the lines in with what is proposed, where that is wanted."""
        for line in self.lines if wanted else ():
            line.initial.update(line.suggested())

    def is_valid(self) -> bool:
        """Check every line, and that each has a reason, its own or the common one."""
        common_fits = self.common.is_valid()
        fits = [line.is_valid() for line in self.lines]
        if not common_fits or not all(fits):
            return False
        if self.common.cleaned_data["reason"]:
            return True
        for line in self.lines:
            if not line.cleaned_data["reason"]:
                line.add_error("reason", _("Say why: here, or once for all above."))
        return all(not line.errors for line in self.lines)

    def choices(self) -> list[Choice]:
        """Return what was chosen. Call it on valid forms only."""
        reason: str = self.common.cleaned_data["reason"]
        review_on: date | None = self.common.cleaned_data["review_on"]
        return [_completed(line.choice(), reason, review_on) for line in self.lines]


def _completed(choice: Choice, reason: str, review_on: date | None) -> Choice:
    return Choice(
        matrix=choice.matrix,
        duty=choice.duty,
        owner=choice.owner,
        letters=choice.letters,
        seen=choice.seen,
        reason=choice.reason or reason,
        review_on=review_on,
    )
