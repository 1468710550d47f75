"""What a plan is made from, and what it says: the organisation and the matrix as they are, changes and a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.records import Absence, Duty, Holding, Kind, Role, from_fields
from raci.services.loading import load_matrix
from raci.services.sets import among
from raci.services.tables import TABLES

_NAMED = 6


class NotPossible(Exception):
    """What is wanted cannot be done; the message says why and what to do instead.

    ``field`` is the part of the wish that is wrong, "" for all of it. ``offer`` is what could be done
    instead: an action by the name that it has in a request, with its parts.
    """

    def __init__(self, message: str, field: str = "", offer: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.offer = dict(offer or {})


@dataclass(frozen=True)
class Planned:
    """Changes that are to be made together, what they make (its key) and what they do, as a sentence."""

    changes: Sequence[Change]
    sentence: str
    key: str = ""


@dataclass
class Scene:
    """Where something is done: in an organisation, and in one of its matrices where that matters."""

    organisation: models.Organisation
    sheet: models.Matrix | None = None
    _registers: dict[Kind, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def matrix(self) -> Matrix:
        """The matrix as it is now."""
        if self.sheet is None:
            raise NotPossible(_("Say in which matrix."))
        return load_matrix(self.sheet)

    @property
    def here(self) -> int | None:
        """The row id of the matrix, None where it is about the whole organisation."""
        return self.sheet.pk if self.sheet else None

    @property
    def title(self) -> str:
        return self.matrix.sheet.title

    @property
    def duties(self) -> Mapping[str, Duty]:
        """All duties of the organisation by key, the retired ones too."""
        return self.matrix.duties if self.sheet else self._read(Kind.DUTY)

    @property
    def roles(self) -> Mapping[str, Role]:
        """All roles of the organisation by key, the retired ones too."""
        return self.matrix.roles if self.sheet else self._read(Kind.ROLE)

    @property
    def areas(self) -> Mapping[str, Any]:
        """All areas of the organisation by key."""
        return self.matrix.areas if self.sheet else self._read(Kind.AREA)

    def _read(self, kind: Kind) -> dict[str, Any]:
        if kind not in self._registers:
            found = TABLES[kind].read(self.organisation.pk)
            self._registers[kind] = {
                address.subject: from_fields(kind, fields) for address, (_id, fields) in found.items()
            }
        return self._registers[kind]

    @cached_property
    def holdings(self) -> Mapping[tuple[str, str], Holding]:
        """Who holds which role, by role and key."""
        found = TABLES[Kind.HOLDING].read(self.organisation.pk)
        return {
            (address.subject, address.other): cast(Holding, from_fields(Kind.HOLDING, fields))
            for address, (_id, fields) in found.items()
        }

    @property
    def absences(self) -> Mapping[str, Absence]:
        """Who is away, by key."""
        return self._read(Kind.ABSENCE)

    def known_person(self, key: str, field: str = "person") -> str:
        """Return what a person is called. Raises `NotPossible` where there is none, or the name was erased."""
        found = self._people.get(key)
        if found is None or found.erased_on:
            raise NotPossible(_("There is no such person here any more."), field)
        return found.name

    def person_said(self, key: str) -> str:
        """Name a person of whom there is a record, also one whose name was erased."""
        return str(self._people.get(key) or models.Person())

    @cached_property
    def _people(self) -> dict[str, models.Person]:
        return {one.key: one for one in models.Person.objects.filter(organisation=self.organisation)}

    def known_duties(self, keys: Iterable[str]) -> dict[str, Duty]:
        """Return duties by key, each once, in the order given. Raises `NotPossible` where one is not there."""
        found = {key: self.duties.get(key) for key in keys}
        if not found or None in found.values():
            raise NotPossible(_("There is no such duty here any more."), "duties")
        return {key: duty for key, duty in found.items() if duty}

    def known_roles(self, keys: Iterable[str]) -> dict[str, Role]:
        """Return roles by key, each once, in the order given. Raises `NotPossible` where one is not there."""
        found = {key: self.roles.get(key) for key in keys}
        if not found or None in found.values():
            raise NotPossible(_("There is no such role here any more."), "roles")
        return {key: role for key, role in found.items() if role}

    def matrices(self, keys: Iterable[str]) -> dict[str, models.Matrix]:
        """Return matrices of the organisation by key, with their schemes, in one query."""
        rows = models.Matrix.objects.filter(organisation=self.organisation, key__in=among(set(keys)))
        return {row.key: row for row in rows.select_related("scheme")}


def duties_said(duties: Mapping[str, Duty]) -> str:
    """Name duties in a sentence: one with code and title, several by their codes."""
    if len(duties) == 1:
        (duty,) = duties.values()
        return f"{duty.code} {duty.title}"
    return _listed([duty.code for duty in duties.values()])


def roles_said(roles: Mapping[str, Role]) -> str:
    """Name roles in a sentence."""
    return _listed([role.name for role in roles.values()])


def matrices_said(count: int) -> str:
    """Say in how many matrices: "in 2 matrices"."""
    return ngettext("in %(count)d matrix", "in %(count)d matrices", count) % {"count": count}


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return _("%(names)s and %(count)d more") % {"names": shown, "count": more} if more > 0 else shown


def address(kind: Kind, key: str) -> Address:
    """Return the address of a record of the register, or of the head of a matrix."""
    return Address(kind, "", key)
