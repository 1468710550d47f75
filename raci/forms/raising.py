"""Raising a grey area: the question, the sides and what each of them wants."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.domain.matrix import Matrix
from raci.domain.records import Claim, GreyArea, Origin
from raci.domain.structure import rows_in_order
from raci.forms.choices import offer
from raci.forms.letters import described
from raci.forms.terms import Choices, TermsForm
from raci.forms.text import TextField


class RaiseForm(TermsForm):
    """A new grey area of one row of a matrix, with what each role claims."""

    duty = forms.ChoiceField(label=_("Duty"), error_messages={"required": _("Choose the duty that it is about.")})

    field_order = ("duty", "question", "decider", "due_on", "interim")

    def __init__(self, loaded: Matrix, deciders: Choices, *args: Any, role: str = "", **options: Any) -> None:
        columns = [(key, loaded.roles[key].name) for key in loaded.column_keys]
        super().__init__(None, deciders, columns, *args, **options)
        self.loaded = loaded
        opened, rows = loaded.open_by_duty, loaded.rows
        free = [key for key in rows_in_order(loaded) if key not in opened and rows[key].applies]
        named = [(key, f"{loaded.duties[key].code} {loaded.duties[key].title}") for key in free]
        offer(self, "duty", [("", _("Choose a duty")), *named])
        letters = [
            ("", _("makes no claim")),
            *((code, described(loaded.scheme, code)) for code in loaded.scheme.combinations),
        ]
        for key, name in columns:
            self.fields[f"letters_{key}"] = forms.ChoiceField(label=name, required=False, choices=letters)
            self.fields[f"why_{key}"] = TextField(label=_("Why?"), required=False)
        self.asked = self._asked(str(self["duty"].value() or ""), role)

    def _asked(self, duty: str, role: str) -> tuple[str, ...]:
        """Return the roles that are asked first: the pair of an overlap, who owns it now, and who was pointed at."""
        loaded = self.loaded
        first = {role}
        if duty in loaded.duties:
            area = loaded.areas.get(loaded.duties[duty].area)
            first |= {*(area.pair if area else ()), *loaded.holders(duty, loaded.scheme.pivot)}
        return tuple(key for key in loaded.column_keys if key in first)

    @property
    def first_sides(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The questions to the roles that are asked first, in pairs: which letters, and why."""
        return (self._pair(key) for key in self.asked)

    @property
    def other_sides(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The questions to all other roles."""
        return [self._pair(key) for key in self.loaded.column_keys if key not in self.asked]

    @property
    def others_open(self) -> bool:
        """Whether something was said for one of the other roles."""
        return any(letters.value() or why.value() for letters, why in self.other_sides)

    def _pair(self, key: str) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"letters_{key}"], self[f"why_{key}"]

    @property
    def head(self) -> list[forms.BoundField]:
        """The questions about the grey area itself."""
        return [self[name] for name in self.field_order]

    def clean(self) -> dict[str, Any]:
        """A reason without letters is half a claim."""
        values = super().clean() or {}
        for key in self.loaded.column_keys:
            if values.get(f"why_{key}") and not values.get(f"letters_{key}"):
                self.add_error(f"letters_{key}", _("Choose the letters that the role wants, or leave the reason out."))
        return values

    def grey_area(self, by: str) -> GreyArea:
        """Return what is to be raised, as of today. Call it on a valid form only."""
        said = self.cleaned_data
        return GreyArea(
            said["duty"],
            said["question"],
            origin=Origin.HAND,
            decider=said["decider"],
            interim=said["interim"],
            raised_on=timezone.localdate(),
            raised_by=by,
            due_on=date.fromisoformat(said["due_on"]) if said["due_on"] else None,
        )

    def claims(self) -> dict[str, Claim]:
        """Return what each role claims, by its key. Call it on a valid form only."""
        said, today = self.cleaned_data, timezone.localdate()
        return {
            key: Claim(letters, said[f"why_{key}"], today)
            for key in self.loaded.column_keys
            if (letters := said[f"letters_{key}"])
        }
