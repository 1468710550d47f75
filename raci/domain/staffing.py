"""The records that say who holds which role, and when somebody is away.

People stand here by their keys alone: what they are called is kept outside the history, so that it can be erased.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Manner(StrEnum):
    """How somebody holds a role."""

    PERMANENT = "permanent"
    ACTING = "acting"
    DEPUTY = "deputy"


@dataclass(frozen=True)
class Holding:
    """That a person holds a role, from and to a day inclusive; open where a day is missing."""

    person: str
    manner: Manner = Manner.PERMANENT
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Absence:
    """That a person is away, from and to a day inclusive. ``cover`` is the person who stands in, "" for nobody."""

    person: str
    starts_on: date | None = None
    ends_on: date | None = None
    cover: str = ""
