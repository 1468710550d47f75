"""What can be done to what matrices are made of. Keys name records; ``after`` says where something goes.

``after`` is the key of the row or column to stand behind, "" for first in the section (for columns: first
of all), None for the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from raci.domain.records import Value
from raci.services.structure.staffing_actions import StaffingAction


@dataclass(frozen=True)
class AddDuty:
    """A new duty, as a row of the matrix in which this is done or of those that are named, at their ends.

    Without ``code`` it gets the next one of its area.
    """

    title: str
    code: str = ""
    area: str = ""
    after: str | None = None
    note: str = ""
    is_control: bool = False
    matrices: tuple[str, ...] = ()


@dataclass(frozen=True)
class AddRole:
    """A new role, as a column like `AddDuty` as a row. Without ``code`` it gets one from its name."""

    name: str
    code: str = ""
    after: str | None = None
    kind: str = "post"
    purpose: str = ""
    scope: str = ""
    matrices: tuple[str, ...] = ()


@dataclass(frozen=True)
class AddRows:
    """Duties that exist, as rows of a matrix."""

    duties: tuple[str, ...]
    after: str | None = None


@dataclass(frozen=True)
class AddColumns:
    """Roles that exist, as columns of a matrix."""

    roles: tuple[str, ...]
    after: str | None = None


@dataclass(frozen=True)
class EditDuty:
    """Fields of a duty: ``wanted`` where ``seen`` was shown. What was not altered is not written."""

    duty: str
    seen: Mapping[str, Value]
    wanted: Mapping[str, Value]


@dataclass(frozen=True)
class EditRole:
    """Fields of a role."""

    role: str
    seen: Mapping[str, Value]
    wanted: Mapping[str, Value]


@dataclass(frozen=True)
class EditMatrix:
    """Fields of the head of a matrix."""

    seen: Mapping[str, Value]
    wanted: Mapping[str, Value]


@dataclass(frozen=True)
class MoveRows:
    """Rows to another place, with ``area`` into another section: then the duties change their area too."""

    duties: tuple[str, ...]
    after: str
    area: str | None = None


@dataclass(frozen=True)
class MoveColumns:
    """Columns to another place."""

    roles: tuple[str, ...]
    after: str


@dataclass(frozen=True)
class RemoveRows:
    """Rows out of a matrix, with their letters; their open grey areas are withdrawn."""

    duties: tuple[str, ...]


@dataclass(frozen=True)
class RemoveColumns:
    """Columns out of a matrix, with their letters."""

    roles: tuple[str, ...]


@dataclass(frozen=True)
class RetireDuties:
    """Duties out of every matrix, and marked as retired."""

    duties: tuple[str, ...]


@dataclass(frozen=True)
class RetireRoles:
    """Roles out of every matrix, and marked as retired."""

    roles: tuple[str, ...]


@dataclass(frozen=True)
class RestoreDuty:
    """A retired duty in use again; its rows do not come back by this."""

    duty: str


@dataclass(frozen=True)
class RestoreRole:
    """A retired role in use again."""

    role: str


@dataclass(frozen=True)
class AddLine:
    """A role reports to another. Lines with different ``option`` are alternatives."""

    role: str
    superior: str
    option: int = 1
    dotted: bool = False


@dataclass(frozen=True)
class RemoveLine:
    """A role no longer reports to another."""

    role: str
    superior: str


@dataclass(frozen=True)
class SetApplies:
    """Whether a row applies in the scope of its matrix; where it does not, why."""

    duty: str
    applies: bool
    reason: str = ""


@dataclass(frozen=True)
class StartMatrix:
    """A new matrix: its head, and the duties and roles that stand in it, in this order."""

    fields: Mapping[str, Value]
    duties: tuple[str, ...] = field(default=())
    roles: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class KeepApart:
    """No person may hold both of two duties, named by their codes. ``fields`` are those of `Incompatibility`."""

    duty: str
    other: str
    fields: Mapping[str, Value]


@dataclass(frozen=True)
class AlterApart:
    """Other fields of that: the reason, or the control that makes up for it. Keys name the duties."""

    duty: str
    other: str
    seen: Mapping[str, Value]
    wanted: Mapping[str, Value]


@dataclass(frozen=True)
class AllowTogether:
    """One person may hold both of two duties again."""

    duty: str
    other: str


Action: TypeAlias = (
    AddDuty
    | AddRole
    | AddRows
    | AddColumns
    | EditDuty
    | EditRole
    | EditMatrix
    | MoveRows
    | MoveColumns
    | RemoveRows
    | RemoveColumns
    | RetireDuties
    | RetireRoles
    | RestoreDuty
    | RestoreRole
    | AddLine
    | RemoveLine
    | SetApplies
    | StartMatrix
    | StaffingAction
    | KeepApart
    | AlterApart
    | AllowTogether
)
