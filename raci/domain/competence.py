"""The records that say what a role must be able to do, and how a person gets there."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Competency:
    """Something that people can be able to do, more or less.

    ``scale`` names the scale of its levels; it exists only at levels from ``lowest`` to ``highest`` of that.
    ``framework`` holds the codes under which published frameworks know it, never their texts.
    """

    code: str
    name: str
    description: str = ""
    scale: str = "own"
    lowest: int = 0
    highest: int = 5
    framework: str = ""
    source: str = ""
    position: int = 0


@dataclass(frozen=True)
class Skill:
    """A skill that a role calls for, as it is told; ``competency`` is the one that covers it, "" where none does."""

    name: str
    competency: str = ""
    source: str = ""
    position: int = 0


@dataclass(frozen=True)
class Requirement:
    """The level of a competency that a role requires, what it weighs, and whether the role stands or falls by it."""

    level: int
    essential: bool = False
    weight: int = 1


class RouteType(StrEnum):
    """By what means people develop."""

    EDUCATION = "education"
    DEGREE = "degree"
    EXPERIENCE = "experience"
    LEADERSHIP = "leadership"


@dataclass(frozen=True)
class Route:
    """A way to develop. ``cost`` is an amount in ``unit``, ``months`` what it takes; "" and 0 where not said."""

    name: str
    type: RouteType = RouteType.EXPERIENCE
    description: str = ""
    evidence: str = ""
    cost: str = ""
    unit: str = ""
    months: int = 0
    source: str = ""
    position: int = 0


@dataclass(frozen=True)
class Gain:
    """How many levels of a competency a route is expected to bring."""

    levels: int = 1
