"""The page on which somebody marks the rows of a round for one of its roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.forms.marks import MarksForm, value_of, values_for
from raci.services.loading import load_matrix
from raci.services.marks import Given, may_mark, own_marks
from raci.services.round_results import duties_of
from raci.web import access

# The key of each value beside its digit.
_KEYS = {"mine": "m", "theirs": "t", "shared": "s", "nobody": "n", "unknown": "d"}
_WORDS = {
    "mine": gettext_lazy("Mine"),
    "theirs": gettext_lazy("Theirs"),
    "shared": gettext_lazy("Shared"),
    "nobody": gettext_lazy("Nobody’s"),
    "unknown": gettext_lazy("Do not know"),
}


@dataclass(frozen=True)
class Option:
    """One thing that a row can be marked as; ``digit`` and ``key`` choose it on the keyboard."""

    value: str
    label: str
    digit: int
    key: str


@dataclass(frozen=True)
class MarkRow:
    """One row to be marked, with what was chosen or sent for it and what is wrong with that."""

    duty: str
    code: str
    title: str
    note: str
    area: str
    chosen: str
    reason: str
    wrong: tuple[str, ...]


class Marking:
    """All rows of a round for one role of the visitor. Raises `PermissionDenied` where they stand for none of it."""

    def __init__(self, request: HttpRequest, blind: models.Round, data: Any = None) -> None:
        self.round = blind
        self.user = access.signed_in(request)
        self.loaded = load_matrix(blind.matrix)
        self.mine = may_mark(blind, self.user)
        if not self.mine:
            raise PermissionDenied(_("This round does not ask you: you stand for none of its roles."))
        own = own_marks(blind, self.user)
        self.answered_by_role = {role: sum(key[1] == role for key in own) for role in self.mine}
        self.role = self._role(str((data or request.GET).get("role", "")))
        self.given: Mapping[str, Given] = {duty: given for (duty, role), given in own.items() if role == self.role}
        self.duties = duties_of(self.loaded, blind)
        self.values = values_for(tuple(blind.roles), self.role)
        self.form = MarksForm(self.duties, self.values, data)

    def _role(self, asked: str) -> str:
        """Return the role asked for, else the first that has rows left."""
        left = [role for role in self.mine if self.answered_by_role[role] < len(self.round.duties)]
        return asked if asked in self.mine else (left or list(self.mine))[0]

    @property
    def takes_marks(self) -> bool:
        return self.round.status == models.Round.Status.OPEN

    @property
    def answered(self) -> int:
        return len(self.given)

    @property
    def role_name(self) -> str:
        return self.loaded.roles[self.role].name

    @property
    def others(self) -> str:
        """The names of the other roles of the round."""
        return ", ".join(self.loaded.roles[role].name for role in self.round.roles if role != self.role)

    @property
    def own_roles(self) -> list[tuple[str, str, int]]:
        """The roles for which the visitor marks: key, name, rows marked."""
        return [(role, self.loaded.roles[role].name, self.answered_by_role[role]) for role in self.mine]

    @cached_property
    def options(self) -> list[Option]:
        """What each row can be marked as."""
        return [self._option(value, number) for number, value in enumerate(self.values, start=1)]

    def _option(self, value: str, digit: int) -> Option:
        name, _colon, whose = value.partition(":")
        if name == "theirs":
            other = whose or next(role for role in self.round.roles if role != self.role)
            return Option(value, _("Theirs: %(role)s") % {"role": self.loaded.roles[other].name}, digit, _KEYS[name])
        return Option(value, str(_WORDS[name]), digit, _KEYS[name])

    @cached_property
    def rows(self) -> list[MarkRow]:
        """The rows in the order of the matrix."""
        return [self._row(duty) for duty in self.duties]

    @property
    def sections(self) -> list[tuple[str, list[MarkRow]]]:
        """The rows, area by area."""
        return [(area, list(rows)) for area, rows in groupby(self.rows, key=lambda row: row.area)]

    @property
    def first(self) -> str:
        """The first row that has no mark, "" where all have one."""
        return next((row.duty for row in self.rows if row.duty not in self.given), "")

    def _row(self, duty: str) -> MarkRow:
        record, form = self.loaded.duties[duty], self.form
        area = self.loaded.areas[record.area].name if record.area in self.loaded.areas else _("Other duties")
        given = self.given.get(duty)
        chosen, reason = (value_of(given.mark), given.reason) if given else ("", "")
        if form.is_bound:
            chosen, reason = (str(form.data.get(f"{name}-{duty}", "")) for name in ("mark", "reason"))
        wrong = [str(text) for name in ("mark", "reason") for text in form.errors.get(f"{name}-{duty}", ())]
        return MarkRow(duty, record.code, record.title, record.note, area, chosen, reason, tuple(wrong))
