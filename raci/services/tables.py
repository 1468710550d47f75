"""How each kind of record is kept: which table, which columns, which references.

The door and the loaders work on any kind through this one description, so a new kind of record is
an entry here and a dataclass in the domain.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from django.db.models import Model

from raci import models
from raci.domain.change import Address
from raci.domain.records import Kind, encode, field_types
from raci.domain.text import code_key
from raci.services.sets import among

SCHEME = "scheme"  # what a matrix refers to, though no organisation owns it
SCALE = "scale"  # what a competency refers to, likewise
PERSON = "person"  # whom holdings refer to: people are no part of the history, so that they can be erased
OUTSIDE = (SCHEME, SCALE)

# Row ids by what a reference points to, the matrix where it matters, and the key.
Ids: TypeAlias = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Reference:
    """A column that points at another record. ``in_matrix`` where that stands in the same matrix."""

    to: str
    lookup: str = "key"
    in_matrix: bool = False


@dataclass(frozen=True)
class Table:
    """Where a kind of record lives.

    ``matrix``, ``subject``, ``other`` are look-ups that give the parts of its address; ``owner`` leads
    to its organisation. ``parents`` are the columns that the address fills when a record is created;
    ``references`` the fields that hold keys of other records; ``folded`` fields that have a casefolded
    twin column.
    """

    kind: Kind
    model: type[Model]
    owner: str
    subject: str
    matrix: str = ""
    other: str = ""
    parents: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    folded: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(field_types(self.kind))

    def lookups(self) -> list[str]:
        """Return the look-ups of the address, then those of the fields."""
        address = [name for name in (self.matrix, self.subject, self.other) if name]
        return [*address, *self.field_lookups()]

    def field_lookups(self) -> list[str]:
        """Return the look-ups of the fields, in their order."""
        return [self._lookup(name) for name in self.fields]

    def converters(self) -> list[tuple[int, Callable[[Any], Any]]]:
        """Return, by the index of the field, how a column's value becomes the field's where it is not the same."""
        found: list[tuple[int, Callable[[Any], Any]]] = []
        for index, (name, wanted) in enumerate(field_types(self.kind).items()):
            if name in self.references:
                found.append((index, lambda value: value or ""))
            elif isinstance(wanted, type) and issubclass(wanted, StrEnum):
                found.append((index, wanted))
        return found

    def _lookup(self, name: str) -> str:
        if name not in self.references:
            return name
        return f"{name}__{self.references[name].lookup}"

    def read(
        self, organisation: int, addresses: Iterable[Address] | None = None, **filters: Any
    ) -> dict[Address, tuple[int, dict[str, Any]]]:
        """Return the row id and the fields of each record found, in one query.

        Without addresses, every record of the organisation that the filters let through.
        """
        rows = self.model._default_manager.filter(**{self.owner: organisation}, **filters).order_by()
        if addresses is not None:
            wanted = set(addresses)
            rows = rows.filter(**{f"{self.subject}__in": among({address.subject for address in wanted})})
        found = {}
        for identity, *values in rows.values_list("id", *self.lookups()):
            address = self._address(values)
            if addresses is None or address in wanted:
                found[address] = (identity, self._fields(values))
        return found

    def _address(self, values: list[Any]) -> Address:
        parts = iter(values)
        matrix = next(parts) if self.matrix else ""
        return Address(self.kind, matrix, next(parts), next(parts) if self.other else "")

    def _fields(self, values: list[Any]) -> dict[str, Any]:
        return {name: encode(value) for name, value in zip(self.fields, values[-len(self.fields) :], strict=True)}

    def write_names(self) -> list[str]:
        """Return the names of the columns that hold the fields, folded twins last."""
        return [*self.fields, *(f"{name}_key" for name in self.folded)]

    def write_values(self, values: Mapping[str, Any], ids: Ids, matrix: str) -> list[Any]:
        """Return what those columns hold. ``ids`` maps (kind, matrix, key) to row ids."""
        row = [self._column(name, values[name], ids, matrix) for name in self.fields]
        return [*row, *(code_key(values[name]) for name in self.folded)]

    def _column(self, name: str, value: Any, ids: Ids, matrix: str) -> Any:
        if name in self.references:
            reference = self.references[name]
            return ids[reference.to, matrix if reference.in_matrix else "", value] if value else None
        if value == "" and field_types(self.kind)[name] == date | None:
            return None
        return value


_MATRIX_PART: dict[str, Any] = {"owner": "matrix__organisation", "matrix": "matrix__key"}
_ROLE_PART: dict[str, Any] = {
    "owner": "role__organisation",
    "subject": "role__key",
    "other": "key",
    "parents": {"role": "subject"},
}
_ORGANISATION_PART: dict[str, Any] = {"owner": "organisation", "subject": "key"}
_DECISION_PART: dict[str, Any] = {
    "owner": "decision__matrix__organisation",
    "matrix": "decision__matrix__key",
    "subject": "decision__key",
    "other": "key",
    "parents": {"decision": "subject"},
}

TABLES: dict[Kind, Table] = {
    table.kind: table
    for table in (
        Table(Kind.ROLE, models.Role, "organisation", "key", folded=("code",)),
        Table(
            Kind.LINE,
            models.ReportingLine,
            "organisation",
            "role__key",
            other="superior__key",
            parents={"role": "subject", "superior": "other"},
        ),
        Table(
            Kind.ALIAS,
            models.RoleAlias,
            "organisation",
            "role__key",
            other="key",
            parents={"role": "subject"},
            folded=("name",),
        ),
        Table(
            Kind.AREA,
            models.Area,
            "organisation",
            "key",
            references={"first_role": Reference(Kind.ROLE), "second_role": Reference(Kind.ROLE)},
            folded=("code",),
        ),
        Table(
            Kind.DUTY,
            models.Duty,
            "organisation",
            "key",
            references={"area": Reference(Kind.AREA), "parent": Reference(Kind.DUTY)},
            folded=("code",),
        ),
        Table(Kind.SHEET, models.Matrix, "organisation", "key", references={"scheme": Reference(SCHEME, "code")}),
        Table(Kind.ROW, models.MatrixRow, subject="duty__key", parents={"duty": "subject"}, **_MATRIX_PART),
        Table(Kind.COLUMN, models.MatrixColumn, subject="role__key", parents={"role": "subject"}, **_MATRIX_PART),
        Table(
            Kind.GREY_AREA,
            models.GreyArea,
            subject="key",
            references={
                "duty": Reference(Kind.DUTY),
                "decider": Reference(Kind.ROLE),
                "interim": Reference(Kind.ROLE),
            },
            **_MATRIX_PART,
        ),
        Table(
            Kind.CLAIM,
            models.Claim,
            owner="grey_area__matrix__organisation",
            matrix="grey_area__matrix__key",
            subject="grey_area__key",
            other="role__key",
            parents={"grey_area": "subject", "role": "other"},
        ),
        Table(
            Kind.DECISION,
            models.Decision,
            subject="key",
            references={
                "duty": Reference(Kind.DUTY),
                "grey_area": Reference(Kind.GREY_AREA, in_matrix=True),
                "owner": Reference(Kind.ROLE),
                "supersedes": Reference(Kind.DECISION, in_matrix=True),
            },
            **_MATRIX_PART,
        ),
        Table(
            Kind.PART,
            models.DecisionPart,
            references={
                "role": Reference(Kind.ROLE),
                "duty": Reference(Kind.DUTY),
                "sheet": Reference(Kind.SHEET),
                "giver": Reference(Kind.ROLE),
            },
            **_DECISION_PART,
        ),
        Table(
            Kind.ACKNOWLEDGEMENT, models.Acknowledgement, references={"role": Reference(Kind.ROLE)}, **_DECISION_PART
        ),
        Table(Kind.ROUND, models.Round, subject="key", **_MATRIX_PART),
        Table(
            Kind.COMMENT,
            models.Comment,
            subject="key",
            references={"duty": Reference(Kind.DUTY), "role": Reference(Kind.ROLE)},
            **_MATRIX_PART,
        ),
        Table(Kind.CHARTER, models.Charter, "role__organisation", "role__key", parents={"role": "subject"}),
        Table(
            Kind.ACCOUNTABILITY,
            models.Accountability,
            references={"area": Reference(Kind.AREA), "duty": Reference(Kind.DUTY)},
            **_ROLE_PART,
        ),
        Table(Kind.AUTHORITY, models.Authority, references={"sheet": Reference(Kind.SHEET)}, **_ROLE_PART),
        Table(Kind.NEED, models.Need, "duty__organisation", "duty__key", other="key", parents={"duty": "subject"}),
        Table(
            Kind.AGREEMENT,
            models.Agreement,
            references={
                "first_role": Reference(Kind.ROLE),
                "second_role": Reference(Kind.ROLE),
                "sheet": Reference(Kind.SHEET),
            },
            **_ORGANISATION_PART,
        ),
        Table(
            Kind.INCOMPATIBILITY,
            models.Incompatibility,
            "duty__organisation",
            "duty__key",
            other="other__key",
            parents={"duty": "subject", "other": "other"},
        ),
        Table(
            Kind.DIFFERENCE,
            models.Difference,
            references={"first_role": Reference(Kind.ROLE), "second_role": Reference(Kind.ROLE)},
            **_ORGANISATION_PART,
        ),
        Table(
            Kind.COMPETENCY,
            models.Competency,
            references={"scale": Reference(SCALE, "code")},
            folded=("code",),
            **_ORGANISATION_PART,
        ),
        Table(Kind.SKILL, models.Skill, references={"competency": Reference(Kind.COMPETENCY)}, **_ROLE_PART),
        Table(
            Kind.REQUIREMENT,
            models.Requirement,
            "role__organisation",
            "role__key",
            other="competency__key",
            parents={"role": "subject", "competency": "other"},
        ),
        Table(Kind.ROUTE, models.Route, **_ORGANISATION_PART),
        Table(
            Kind.GAIN,
            models.Gain,
            "route__organisation",
            "route__key",
            other="competency__key",
            parents={"route": "subject", "competency": "other"},
        ),
        Table(Kind.HOLDING, models.Holding, references={"person": Reference(PERSON)}, **_ROLE_PART),
        Table(
            Kind.ABSENCE,
            models.Absence,
            references={"person": Reference(PERSON), "cover": Reference(PERSON)},
            **_ORGANISATION_PART,
        ),
        Table(Kind.SIGNATURE, models.Signature, references={"person": Reference(PERSON)}, **_ROLE_PART),
        Table(Kind.BASELINE, models.Baseline, **_ORGANISATION_PART),
    )
}
