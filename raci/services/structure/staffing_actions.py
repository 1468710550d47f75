"""What can be done about who holds a role and who is away. Keys name records; days are inclusive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from raci.domain.records import Value


@dataclass(frozen=True)
class GiveRole:
    """A person holds a role, from and to a day; open where a day is missing."""

    role: str
    person: str
    manner: str = "permanent"
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class EndHolding:
    """A holding has another last day, None for an open end.

    Where that leaves a role with nobody, and the role answers for anything, ``successor`` holds it from the day after;
    or ``leave_vacant`` says that this is meant.
    """

    role: str
    holding: str
    ends_on: date | None
    successor: str = ""
    leave_vacant: bool = False


@dataclass(frozen=True)
class RemoveHolding:
    """A holding that should never have been on record. ``successor`` and ``leave_vacant`` as with `EndHolding`."""

    role: str
    holding: str
    successor: str = ""
    leave_vacant: bool = False


@dataclass(frozen=True)
class AddAbsence:
    """A person is away, and who stands in for them; nobody where ``cover`` is ""."""

    person: str
    starts_on: date
    ends_on: date | None = None
    cover: str = ""


@dataclass(frozen=True)
class EditAbsence:
    """Fields of an absence: ``wanted`` where ``seen`` was shown."""

    absence: str
    seen: Mapping[str, Value]
    wanted: Mapping[str, Value]


@dataclass(frozen=True)
class RemoveAbsence:
    """An absence that does not take place."""

    absence: str


StaffingAction: TypeAlias = GiveRole | EndHolding | RemoveHolding | AddAbsence | EditAbsence | RemoveAbsence
