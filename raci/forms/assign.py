"""Settling one duty in one matrix: who is accountable, with which letters, why, and until when."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.scheme import LetterClass, Scheme, format_letters, split_letters
from raci.forms.choices import offer
from raci.forms.letters import NONE, LettersField, described, letters_choices, other_letters
from raci.forms.seen import SeenField
from raci.forms.text import TextField
from raci.services.overlaps import Choice

OTHER = "other"
REVIEW_AFTER_MONTHS = 12


class AssignForm(forms.Form):
    """Asks for the accountable role of a duty and for the letters of those who are not.

    ``row`` and ``loaded`` are the same matrix, as a table row and as a snapshot. Asked for their
    letters are those who claim the duty and those who are accountable now.
    """

    use_required_attribute = False  # several such forms stand on one page and are sent one by one

    owner = forms.ChoiceField(label=_("Who is accountable?"), widget=forms.RadioSelect)
    other_owner = forms.ChoiceField(label=_("Which role?"), required=False)
    does_work = forms.BooleanField(label=_("The accountable role does the work too"), required=False)
    reason = TextField(
        label=_("Reason"),
        error_messages={"required": _("Say why: the reason stands in the history and in the workbook.")},
    )
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    seen = SeenField()

    def __init__(self, row: models.Matrix, loaded: Matrix, duty: str, *args: Any, **options: Any) -> None:
        self.row, self.loaded, self.duty = row, loaded, duty
        self.current = dict(loaded.cells.get(duty, {}))
        self.grey_area = loaded.open_by_duty.get(duty, "")
        self.proposed = loaded.grey_areas[self.grey_area].proposed if self.grey_area else {}
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self._ask_for_owner()
        self._ask_for_letters()
        self._offer_letters()
        self.fields["review_on"].initial = in_months(timezone.localdate(), REVIEW_AFTER_MONTHS)
        self.fields["seen"].initial = self.current

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The roles that are asked about by name: who claims it, then who is accountable now."""
        claiming = self.loaded.claimants(self.grey_area) if self.grey_area else ()
        pair = self._pair() if len(claiming) < 2 else ()
        holding = self.loaded.holders(self.duty, LetterClass.OWNER)
        return tuple(dict.fromkeys((*claiming, *pair, *holding)))

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """Third roles for which letters are proposed that they do not have yet."""
        return tuple(role for role in self.loaded.column_keys if role not in self.asked and self._is_offer(role))

    def _is_offer(self, role: str) -> bool:
        """Tell whether a proposal adds something and makes nobody accountable: that is what is decided here."""
        proposed = self.proposed.get(role, "")
        owners = self.loaded.scheme.codes_of(LetterClass.OWNER, LetterClass.LEAD)
        return proposed not in ("", self.current.get(role, "")) and owners.isdisjoint(split_letters(proposed))

    def clean(self) -> dict[str, Any]:
        """Find the owner's key, and ask for the letters of everybody else."""
        values = super().clean() or {}
        values["owner_key"] = self._owner(values)
        for role in self.asked:
            if role != values["owner_key"] and not values.get(f"letters_{role}") and values["owner_key"]:
                self.add_error(f"letters_{role}", _("Say what this role does: choose letters, or “none”."))
        return values

    def choice(self) -> Choice:
        """Return what was chosen, for the service that writes it. Call it on a valid form only."""
        values = self.cleaned_data
        owner = values["owner_key"]
        letters = {role: values[f"letters_{role}"] for role in self.asked if role != owner}
        letters = {role: "" if value == NONE else value for role, value in letters.items()}
        letters |= {role: self.proposed[role] for role in self.offered if values.get(f"take_{role}") and role != owner}
        letters[owner] = owner_letters(self.loaded.scheme, does_work=values["does_work"])
        return Choice(
            matrix=self.row,
            duty=self.duty,
            owner=owner,
            letters=letters,
            seen=values["seen"],
            reason=values["reason"],
            review_on=values["review_on"],
        )

    def suggested(self) -> dict[str, Any]:
        """Return the answers that the proposed letters amount to, by field name; empty without a proposal."""
        owners = self.loaded.scheme.codes_of(LetterClass.OWNER, LetterClass.LEAD)
        doers = self.loaded.scheme.codes_of(LetterClass.DOER)
        for role, letters in self.proposed.items():
            if owners.isdisjoint(split_letters(letters)):
                continue
            answers = {f"letters_{other}": self.proposed.get(other) or NONE for other in self.asked if other != role}
            does_work = not doers.isdisjoint(split_letters(letters))
            by_name = role in self.asked
            return answers | {
                "owner": role if by_name else OTHER,
                "other_owner": "" if by_name else role,
                "does_work": "on" if does_work else "",
            }
        return {}

    def _pair(self) -> tuple[str, ...]:
        area = self.loaded.areas.get(self.loaded.duties[self.duty].area)
        return tuple(role for role in self.loaded.column_keys if area and role in area.pair)

    def _owner(self, values: dict[str, Any]) -> str:
        owner = str(values.get("owner") or "")
        if owner != OTHER:
            return owner
        if not values.get("other_owner"):
            self.add_error("other_owner", _("Choose the role that is accountable."))
        return str(values.get("other_owner") or "")

    def _ask_for_owner(self) -> None:
        names = {role: self.loaded.roles[role].name for role in self.loaded.column_keys}
        field = self.fields["owner"]
        offer(self, "owner", [*((role, names[role]) for role in self.asked), (OTHER, _("Another role"))])
        field.error_messages["required"] = _("Choose the role that is accountable.")
        others = [(role, name) for role, name in names.items() if role not in self.asked]
        offer(self, "other_owner", [("", _("Choose a role")), *others])
        self.fields["does_work"].initial = True

    def _ask_for_letters(self) -> None:
        options = letters_choices(other_letters(self.loaded.scheme))
        for role in self.asked:
            label = _("Letters of %(role)s") % {"role": self.loaded.roles[role].name}
            self.fields[f"letters_{role}"] = LettersField(label=label, choices=options, required=False)

    def _offer_letters(self) -> None:
        for role in self.offered:
            letters = described(self.loaded.scheme, self.proposed[role])
            label = _("%(role)s: %(letters)s") % {"role": self.loaded.roles[role].name, "letters": letters}
            self.fields[f"take_{role}"] = forms.BooleanField(label=label, required=False)


def owner_letters(scheme: Scheme, *, does_work: bool) -> str:
    """Return the letters of an accountable role, with those of doing where it does the work, if the scheme allows."""
    owner = next(letter for letter in scheme.letters if letter.letter_class in (LetterClass.OWNER, LetterClass.LEAD))
    doers = [letter.code for letter in scheme.letters if letter.letter_class is LetterClass.DOER]
    together = format_letters(scheme, (owner.code,))
    if does_work and doers:
        both = f"{owner.code}/{doers[0]}"
        together = both if both in scheme.combinations else together
    return together


def in_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
