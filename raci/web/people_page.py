"""The page of a person: what they hold, whom they stand in for, and when they are away."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from raci import models
from raci.domain.staffed import Stretch
from raci.forms.person import PersonForm
from raci.services.holders import short_term
from raci.services.people import accounts, is_used
from raci.services.structure.holdings import term_said
from raci.web import access_people


def say_kept(request: HttpRequest, text: str) -> None:
    """Say what was done to a person: their names are no part of the history, so there is nothing to take back."""
    messages.success(request, text)


@dataclass(frozen=True)
class HoldingLine:
    """A holding as it is listed, with its term in words."""

    record: models.Holding

    @property
    def term(self) -> str:
        return term_said(self.record.starts_on, self.record.ends_on)

    @property
    def is_over(self) -> bool:
        return bool(self.record.ends_on and self.record.ends_on < timezone.localdate())

    @property
    def is_to_come(self) -> bool:
        return bool(self.record.starts_on and self.record.starts_on > timezone.localdate())


@dataclass(frozen=True)
class AbsenceLine:
    """An absence as it is listed, with its days in words."""

    record: models.Absence

    @property
    def term(self) -> str:
        return short_term(Stretch(self.record.starts_on, self.record.ends_on))

    @property
    def is_over(self) -> bool:
        return bool(self.record.ends_on and self.record.ends_on < timezone.localdate())

    @property
    def is_now(self) -> bool:
        return self.record.starts_on <= timezone.localdate() and not self.is_over


def held_by(request: HttpRequest, role: models.Role) -> dict[str, Any]:
    """Return who holds a role, what is over last, and whether it is vacant today: for the page of the role.

    No role is vacant where no holding is on record.
    """
    held = [HoldingLine(one) for one in access_people.holdings(request).filter(role=role)]
    held.sort(key=lambda line: line.is_over)
    now = any(not line.is_over and not line.is_to_come for line in held)
    known = bool(held) or access_people.holdings(request).exists()
    return {"held": held, "vacant": known and not now and not role.retired}


@dataclass
class PersonPage:
    """One person. ``form`` is theirs to be changed, as it was sent where it was."""

    request: HttpRequest
    person: models.Person
    sent: Any = None
    wrong: list[str] = field(default_factory=list)

    @cached_property
    def form(self) -> PersonForm:
        """Name, address and account."""
        shown = {"name": self.person.name, "email": self.person.email, "account": self.person.user_id}
        return PersonForm(accounts(self.person.organisation).items(), self.sent, initial=shown)

    @cached_property
    def holdings(self) -> list[HoldingLine]:
        """All that they hold, held or will hold, the latest first."""
        return [HoldingLine(one) for one in access_people.holdings(self.request).filter(person=self.person)]

    @property
    def now(self) -> list[HoldingLine]:
        return [one for one in self.holdings if not one.is_over and not one.is_to_come]

    @property
    def others(self) -> list[HoldingLine]:
        """What is over or to come."""
        return [one for one in self.holdings if one.is_over or one.is_to_come]

    @cached_property
    def absences(self) -> list[AbsenceLine]:
        """When they are or were away, the latest first."""
        return [AbsenceLine(one) for one in access_people.absences(self.request).filter(person=self.person)]

    @property
    def away(self) -> AbsenceLine | None:
        """The absence of today."""
        return next((one for one in self.absences if one.is_now), None)

    @cached_property
    def covers(self) -> list[AbsenceLine]:
        """Whom they stand in for, now or later."""
        mine = access_people.absences(self.request).filter(cover=self.person)
        return [line for line in map(AbsenceLine, mine) if not line.is_over]

    @cached_property
    def can_go(self) -> bool:
        """Whether they can be taken off the record: nothing there names them."""
        return not is_used(self.person)
