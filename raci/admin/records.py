"""A row of a table as what the door knows: an address and fields in their JSON form."""

from functools import reduce
from typing import Any

from django.db.models import Model

from raci import models
from raci.domain.change import Address
from raci.domain.records import Kind, encode, field_types
from raci.domain.text import normalise
from raci.services import cells
from raci.services.tables import TABLES

KINDS: dict[type[Model], Kind] = {table.model: kind for kind, table in TABLES.items()} | {models.Assignment: Kind.CELL}
CELL_ADDRESS = ("row__matrix__key", "row__duty__key", "column__role__key")


def address_of(row: Model) -> Address:
    """Return where a row stands; its relations must be filled."""
    kind = KINDS[type(row)]
    if kind is Kind.CELL:
        return Address(kind, *(walk(row, path) for path in CELL_ADDRESS))
    table = TABLES[kind]
    return Address(kind, *(walk(row, path) if path else "" for path in (table.matrix, table.subject, table.other)))


def field_names(model: type[Model]) -> tuple[str, ...]:
    """Return the names of the fields that a change of such a row can be about."""
    kind = KINDS[model]
    return ("letters",) if kind is Kind.CELL else tuple(field_types(kind))


def fields_of(row: Model) -> dict[str, Any]:
    """Return the fields of a row in their JSON form, texts as the door would store them."""
    if KINDS[type(row)] is Kind.CELL:
        return {"letters": row.letters}  # type: ignore[attr-defined]  # a cell
    references = TABLES[KINDS[type(row)]].references
    found = {}
    for name in field_names(type(row)):
        value = getattr(row, name)
        if name in references:
            value = getattr(value, references[name].lookup) if value else ""
        found[name] = normalise(value) if isinstance(value, str) else encode(value)
    return found


def owner_path(model: type[Model]) -> str:
    """Return the look-up that leads from a row to its organisation."""
    kind = KINDS[model]
    return "row__matrix__organisation" if kind is Kind.CELL else TABLES[kind].owner


def organisation_of(row: Model) -> models.Organisation:
    """Return the organisation of a row; its relations must be filled."""
    found: models.Organisation = walk(row, owner_path(type(row)))
    return found


def walk(row: Model, path: str) -> Any:
    """Follow a look-up such as "matrix__key" on a row."""
    return reduce(getattr, path.split("__"), row)


def find_id(organisation: models.Organisation, address: Address) -> int | None:
    """Return the row id of what stands at an address, None where nothing does."""
    if address.kind is Kind.CELL:
        place = cells.read(organisation.pk, [address]).get(address)
        return place.cell if place else None
    found = TABLES[address.kind].read(organisation.pk, [address]).get(address)
    return found[0] if found else None
