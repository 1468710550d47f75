"""What the forms of the register let people choose from, and records as those forms show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from raci import models
from raci.domain.records import Value, encode
from raci.services.tables import TABLES, Reference
from raci.web import access

_KINDS = {table.model: kind for kind, table in TABLES.items()}


def record_fields(row: Model, names: Iterable[str]) -> dict[str, Value]:
    """Return some fields of a record in their JSON form, out of a row that is loaded already."""
    references = TABLES[_KINDS[type(row)]].references
    return {name: _value(row, name, references.get(name)) for name in names}


def _value(row: Any, name: str, reference: Reference | None) -> Value:
    value = getattr(row, name)
    if reference is None and (value is None or isinstance(value, date)):
        return encode(value)
    if reference is None:
        return value  # type: ignore[no-any-return]  # text, number or truth
    return getattr(value, reference.lookup) if value else ""  # type: ignore[no-any-return]  # a key


def area_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the areas of the place."""
    return list(access.areas(request).values_list("key", "name"))


def matrix_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the matrices of the place."""
    return [(row.key, row.title) for row in access.matrices(request)]


def role_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the roles of the place that are in use."""
    return list(access.roles(request).filter(retired=False).values_list("key", "name"))


def column_choices(request: HttpRequest, matrix: models.Matrix) -> list[tuple[str, str]]:
    """Return the roles that have a column in a matrix, in order."""
    found = access.roles(request).filter(columns__matrix=matrix).order_by("columns__position", "columns__pk")
    return list(found.values_list("key", "name"))


def scheme_choices() -> list[tuple[str, str]]:
    """Return the schemes of letters."""
    return list(access.schemes().values_list("code", "name"))


def named_matrix(request: HttpRequest) -> models.Matrix | None:
    """Return the matrix that a small form is about, None where it names none of the place."""
    return access.matrices(request).filter(key=request.POST.get("matrix", "")).first()  # type: ignore[no-any-return]  # a matrix
