"""Which records stand on which others, so that nothing is taken away under somebody's feet."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from raci.domain.change import Address
from raci.domain.matrix import Matrix, address_of, record_at, records
from raci.domain.records import Kind, Value, encode
from raci.domain.text import code_key

# Per kind of record: the fields that name another record by its key, and the kind of that record.
# A field that holds a mapping names a record by each of its keys. Another matrix is not named here: a matrix
# knows of itself alone.
POINTERS: Mapping[Kind, Mapping[str, Kind]] = {
    Kind.AREA: {"first_role": Kind.ROLE, "second_role": Kind.ROLE},
    Kind.DUTY: {"area": Kind.AREA, "parent": Kind.DUTY},
    Kind.GREY_AREA: {"duty": Kind.DUTY, "decider": Kind.ROLE, "interim": Kind.ROLE, "proposed": Kind.ROLE},
    Kind.DECISION: {
        "duty": Kind.DUTY,
        "grey_area": Kind.GREY_AREA,
        "owner": Kind.ROLE,
        "letters": Kind.ROLE,
        "supersedes": Kind.DECISION,
    },
    Kind.PART: {"role": Kind.ROLE, "giver": Kind.ROLE, "duty": Kind.DUTY},
    Kind.ACKNOWLEDGEMENT: {"role": Kind.ROLE},
    Kind.ROUND: {"duties": Kind.DUTY, "roles": Kind.ROLE},
    # Not the row: one that is taken out of the matrix takes no words with it, and brings them back when it returns.
    Kind.COMMENT: {"duty": Kind.DUTY, "role": Kind.ROLE},
    Kind.ACCOUNTABILITY: {"area": Kind.AREA, "duty": Kind.DUTY},
    Kind.AGREEMENT: {"first_role": Kind.ROLE, "second_role": Kind.ROLE},
    Kind.DIFFERENCE: {"first_role": Kind.ROLE, "second_role": Kind.ROLE},
    Kind.SKILL: {"competency": Kind.COMPETENCY},
}

# Per kind of address: what its subject and its other part name, where they name another record.
_PARTS: Mapping[Kind, tuple[Kind | None, Kind | None]] = {
    Kind.LINE: (Kind.ROLE, Kind.ROLE),
    Kind.ALIAS: (Kind.ROLE, None),
    Kind.ROW: (Kind.DUTY, None),
    Kind.COLUMN: (Kind.ROLE, None),
    Kind.CELL: (Kind.ROW, Kind.COLUMN),
    Kind.CLAIM: (Kind.GREY_AREA, Kind.ROLE),
    Kind.PART: (Kind.DECISION, None),
    Kind.ACKNOWLEDGEMENT: (Kind.DECISION, None),
    Kind.CHARTER: (Kind.ROLE, None),
    Kind.ACCOUNTABILITY: (Kind.ROLE, None),
    Kind.AUTHORITY: (Kind.ROLE, None),
    Kind.NEED: (Kind.DUTY, None),
    Kind.INCOMPATIBILITY: (Kind.DUTY, Kind.DUTY),
    Kind.SKILL: (Kind.ROLE, None),
    Kind.REQUIREMENT: (Kind.ROLE, Kind.COMPETENCY),
    Kind.GAIN: (Kind.ROUTE, Kind.COMPETENCY),
    Kind.HOLDING: (Kind.ROLE, None),
    Kind.SIGNATURE: (Kind.ROLE, None),
}

Name = tuple[str, str]


def held_by_address(address: Address) -> list[Address]:
    """Return what must exist for anything to stand at this address at all: row and column of a cell."""
    pairs = zip(_PARTS.get(address.kind, ()), (address.subject, address.other), strict=False)
    return [address_of(address.matrix, kind, key) for kind, key in pairs if kind is not None]


def held_by_field(address: Address, name: str, value: Any) -> list[Address]:
    """Return the records that one field, in its JSON form, names."""
    kind = POINTERS.get(address.kind, {}).get(name)
    if kind is None or not value:
        return []
    keys = value if isinstance(value, Mapping) else (value,)
    return [address_of(address.matrix, kind, key) for key in keys]


def held_by_fields(address: Address, values: Mapping[str, Value]) -> list[Address]:
    """Return the records that a whole record, in its JSON form, names."""
    return [target for name in POINTERS.get(address.kind, ()) for target in held_by_field(address, name, values[name])]


class Use(NamedTuple):
    """One record stands on another. ``field`` is "" where the address of the user itself names what it uses."""

    user: Address
    field: str
    used: Address


def dangling(matrix: Matrix) -> list[Use]:
    """List the references whose record does not exist. A sound matrix has none."""
    uses = [*_uses_of_records(matrix), *_uses_of_cells(matrix, matrix.cells)]
    return [use for use in uses if record_at(matrix, use.used) is None]


def users_of(matrix: Matrix, targets: Collection[Address]) -> list[Use]:
    """List every reference in a matrix to one of the given records."""
    if not targets:
        return []
    whole_rows = [target.subject for target in targets if target.kind is Kind.ROW and target.subject in matrix.cells]
    columns = {target.subject for target in targets if target.kind is Kind.COLUMN}
    touched = [duty for duty, row in matrix.cells.items() if not columns.isdisjoint(row)] if columns else []
    uses = [*_uses_of_records(matrix), *_uses_of_cells(matrix, dict.fromkeys([*whole_rows, *touched]))]
    return [use for use in uses if use.used in targets]


def _uses_of_records(matrix: Matrix) -> Iterator[Use]:
    for address, record in records(matrix):
        yield from (Use(address, "", target) for target in held_by_address(address))
        for name in POINTERS.get(address.kind, ()):
            value = encode(getattr(record, name))
            yield from (Use(address, name, target) for target in held_by_field(address, name, value))


def _uses_of_cells(matrix: Matrix, duties: Iterable[str]) -> Iterator[Use]:
    for duty in duties:
        for role in matrix.cells[duty]:
            address = Address(Kind.CELL, matrix.key, duty, role)
            yield from (Use(address, "", target) for target in held_by_address(address))


# Kinds of which no two records may bear the same name, with the fields that make the name.
NAMED_BY: Mapping[Kind, tuple[str, ...]] = {
    Kind.ROLE: ("code",),
    Kind.AREA: ("code",),
    Kind.DUTY: ("code",),
    Kind.COMPETENCY: ("code",),
    Kind.ALIAS: ("name",),
    Kind.GREY_AREA: ("status", "duty"),
}


def name_of(address: Address, value_of: Callable[[str], Any]) -> Name | None:
    """Return the name that a record keeps to itself, None where it has none.

    An area, a role and a duty have their code, an alias what it calls a role; an open grey area has its duty, which can
    be open only once. ``value_of`` returns a field of the record in its JSON form.
    """
    if address.kind is Kind.GREY_AREA:
        return (address.kind, value_of("duty")) if value_of("status") == "open" else None
    if address.kind not in NAMED_BY:
        return None
    (name,) = NAMED_BY[address.kind]
    return (address.kind, code_key(value_of(name)))
