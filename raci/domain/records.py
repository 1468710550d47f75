"""The records of an organisation, as plain values. A record knows its fields, not its address.

Every field has a JSON form, so that a change of it can be written down, hashed and inverted: text,
whole number, true or false, a date as ISO text ("" where there is none), a mapping of text to text.
Where a field names another record it holds that record's key ("" where there is none).
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias, get_type_hints

from raci.domain.competence import Competency, Gain, Requirement, Route, RouteType, Skill
from raci.domain.mandate import (
    Accountability,
    Agreement,
    AgreementType,
    Authority,
    Baseline,
    Charter,
    Difference,
    Incompatibility,
    Need,
    Signature,
    Verb,
)
from raci.domain.settlement import (
    Acknowledgement,
    Claim,
    Decision,
    DecisionType,
    GreyArea,
    GreyAreaStatus,
    Mode,
    Origin,
    Part,
    Round,
    RoundStatus,
)
from raci.domain.staffing import Absence, Holding, Manner

__all__ = [
    "RECORD_TYPES",
    "Absence",
    "Accountability",
    "Acknowledgement",
    "Agreement",
    "AgreementType",
    "Alias",
    "Area",
    "Authority",
    "Baseline",
    "Charter",
    "Claim",
    "Column",
    "Comment",
    "Competency",
    "Decision",
    "DecisionType",
    "Difference",
    "Duty",
    "Fields",
    "Gain",
    "GreyArea",
    "GreyAreaStatus",
    "Holding",
    "Incompatibility",
    "Kind",
    "Line",
    "Manner",
    "Mode",
    "Need",
    "Origin",
    "Part",
    "Record",
    "Requirement",
    "Role",
    "RoleKind",
    "Round",
    "RoundStatus",
    "Route",
    "RouteType",
    "Row",
    "ScopeKind",
    "Sheet",
    "Signature",
    "Skill",
    "Value",
    "Verb",
    "completed",
    "decode",
    "encode",
    "field_types",
    "from_fields",
    "to_fields",
]

Value: TypeAlias = str | int | bool | Mapping[str, str] | None
Fields: TypeAlias = Mapping[str, Value]


class Kind(StrEnum):
    """What a change can be about, in the order of creation.

    A kind refers to earlier kinds, or to its own (the parent of a duty, the decision that another replaces).
    """

    ROLE = "role"
    LINE = "line"
    ALIAS = "alias"
    AREA = "area"
    DUTY = "duty"
    SHEET = "matrix"
    ROW = "row"
    COLUMN = "column"
    CELL = "cell"
    GREY_AREA = "grey_area"
    CLAIM = "claim"
    DECISION = "decision"
    PART = "part"
    ACKNOWLEDGEMENT = "acknowledgement"
    COMMENT = "comment"
    ROUND = "round"
    CHARTER = "charter"
    ACCOUNTABILITY = "accountability"
    AUTHORITY = "authority"
    NEED = "need"
    AGREEMENT = "agreement"
    INCOMPATIBILITY = "incompatibility"
    DIFFERENCE = "difference"
    COMPETENCY = "competency"
    SKILL = "skill"
    REQUIREMENT = "requirement"
    ROUTE = "route"
    GAIN = "gain"
    HOLDING = "holding"
    ABSENCE = "absence"
    SIGNATURE = "signature"
    BASELINE = "baseline"


class RoleKind(StrEnum):
    POST = "post"
    GROUP = "group"
    EXTERNAL = "external"


class ScopeKind(StrEnum):
    PROJECT = "project"  # one named project
    PROJECTS = "projects"  # every single project
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Area:
    """A group of duties. ``first_role`` and ``second_role`` are set where it is a declared overlap."""

    code: str
    name: str
    description: str = ""
    position: int = 0
    first_role: str = ""
    second_role: str = ""
    source: str = ""

    @property
    def is_overlap(self) -> bool:
        return bool(self.first_role and self.second_role)

    @property
    def pair(self) -> tuple[str, ...]:
        return (self.first_role, self.second_role) if self.is_overlap else ()


@dataclass(frozen=True)
class Role:
    """A post, a group or an external party that can hold letters."""

    code: str
    name: str
    kind: RoleKind = RoleKind.POST
    purpose: str = ""
    scope: str = ""
    source: str = ""
    retired: bool = False


@dataclass(frozen=True)
class Line:
    """A reporting line from a role to its superior. Lines with different ``option`` are alternatives."""

    option: int = 1
    dotted: bool = False
    note: str = ""


@dataclass(frozen=True)
class Alias:
    """Another name by which a role is known; no two roles of an organisation share one. ``source`` says who says so."""

    name: str
    source: str = ""


@dataclass(frozen=True)
class Duty:
    """Something that must be done: a verb and its object. ``is_control`` marks approvals and checks."""

    code: str
    title: str
    area: str = ""
    parent: str = ""
    note: str = ""
    source: str = ""
    is_control: bool = False
    retired: bool = False


@dataclass(frozen=True)
class Sheet:
    """The head of a matrix: everything but its rows, columns and cells."""

    title: str
    scope_kind: ScopeKind = ScopeKind.DEPARTMENT
    scope_name: str = ""
    scheme: str = "raci"
    description: str = ""
    position: int = 0


@dataclass(frozen=True)
class Row:
    """A duty in a matrix. Where it does not apply in this scope, ``reason`` says why."""

    position: int = 0
    applies: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Column:
    """A role in a matrix."""

    position: int = 0


@dataclass(frozen=True)
class Comment:
    """What somebody said about a row of a matrix, or about one of its cells where ``role`` is set.

    ``written_at`` is the moment as ISO text with its offset. ``resolved`` once nothing more is to be said.
    """

    duty: str
    role: str = ""
    text: str = ""
    written_by: str = ""
    written_at: str = ""
    resolved: bool = False


Record: TypeAlias = (
    Area | Role | Line | Duty | Sheet | Row | Column | GreyArea | Claim | Decision | Part | Acknowledgement | Comment
    | Round | Charter | Accountability | Authority | Need | Agreement | Incompatibility | Difference | Competency
    | Skill | Requirement | Route | Gain | Holding | Absence | Signature | Baseline | Alias
)  # fmt: skip

RECORD_TYPES: dict[Kind, type[Record]] = {
    Kind.AREA: Area,
    Kind.ROLE: Role,
    Kind.LINE: Line,
    Kind.ALIAS: Alias,
    Kind.DUTY: Duty,
    Kind.SHEET: Sheet,
    Kind.ROW: Row,
    Kind.COLUMN: Column,
    Kind.GREY_AREA: GreyArea,
    Kind.CLAIM: Claim,
    Kind.DECISION: Decision,
    Kind.PART: Part,
    Kind.ACKNOWLEDGEMENT: Acknowledgement,
    Kind.COMMENT: Comment,
    Kind.ROUND: Round,
    Kind.CHARTER: Charter,
    Kind.ACCOUNTABILITY: Accountability,
    Kind.AUTHORITY: Authority,
    Kind.NEED: Need,
    Kind.AGREEMENT: Agreement,
    Kind.INCOMPATIBILITY: Incompatibility,
    Kind.DIFFERENCE: Difference,
    Kind.COMPETENCY: Competency,
    Kind.SKILL: Skill,
    Kind.REQUIREMENT: Requirement,
    Kind.ROUTE: Route,
    Kind.GAIN: Gain,
    Kind.HOLDING: Holding,
    Kind.ABSENCE: Absence,
    Kind.SIGNATURE: Signature,
    Kind.BASELINE: Baseline,
}


def to_fields(record: Record) -> dict[str, Value]:
    """Return a record as its JSON form, field by field."""
    return {item.name: encode(getattr(record, item.name)) for item in fields(record)}


def from_fields(kind: Kind, values: Fields) -> Record:
    """Build a record from its JSON form.

    Raises `ValueError` for an unknown field or a value that is not of its form, `TypeError` where a
    field that has no default is missing.
    """
    return RECORD_TYPES[kind](**{name: decode(kind, name, value) for name, value in values.items()})


def completed(kind: Kind, values: Fields) -> Fields:
    """Return a record that was written down earlier with all fields that its kind has by now.

    What it did not have then has its default. Fields that the kind no longer has stay, and will be refused.
    """
    missing = _defaults(kind).keys() - values.keys()
    return {**values, **{name: _defaults(kind)[name] for name in missing}} if missing else values


@lru_cache(maxsize=64)
def _defaults(kind: Kind) -> dict[str, Value]:
    """Return the JSON form of what each field holds where nobody says anything."""
    found: dict[str, Value] = {}
    for item in fields(RECORD_TYPES[kind]):
        if item.default is not MISSING:
            found[item.name] = encode(item.default)
        elif item.default_factory is not MISSING:
            found[item.name] = encode(item.default_factory())
    return found


def encode(value: Any) -> Value:
    """Return the JSON form of one field's value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: value[name] for name in sorted(value)}
    if isinstance(value, StrEnum):
        return value.value
    if value is None:
        return ""
    assert isinstance(value, str | int)
    return value


def decode(kind: Kind, name: str, value: Value | Fields) -> Any:
    """Return one field's value from its JSON form.

    Raises `ValueError` where the kind has no such field or the value is not of its form.
    """
    wanted = _forms(kind).get(name)
    if wanted is None:
        raise ValueError(f"{kind} has no field “{name}”")
    form, build = wanted
    # Truth is a number to Python, and must not pass for one.
    if not isinstance(value, form) or (isinstance(value, bool) and form is not bool):
        raise ValueError(f"{kind}.{name} cannot be {value!r}")
    return build(value) if build else value


_Build: TypeAlias = Callable[[Any], Any] | None


@lru_cache(maxsize=64)
def field_types(kind: Kind) -> dict[str, Any]:
    """Return the type of each field of a kind of record."""
    return get_type_hints(RECORD_TYPES[kind])


@lru_cache(maxsize=64)
def _forms(kind: Kind) -> dict[str, tuple[type, _Build]]:
    """Return for each field of a kind the type of its JSON form, and how to build the value from it."""
    return {name: _form(wanted) for name, wanted in field_types(kind).items()}


def _form(wanted: Any) -> tuple[type, _Build]:
    if wanted == date | None:
        return str, lambda text: date.fromisoformat(text) if text else None
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return str, wanted
    return (wanted, None) if isinstance(wanted, type) else (Mapping, None)
