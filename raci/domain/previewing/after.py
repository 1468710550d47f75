"""The matrix as it would be."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from raci.domain.applying import apply
from raci.domain.change import Change, in_order
from raci.domain.matrix import PAIRED, SHELVES, Matrix, concerns
from raci.domain.records import Kind, Sheet, from_fields


def after(current: Matrix, changes: Iterable[Change]) -> Matrix:
    """Return a matrix after changes that fit it, in whatever order they are given.

    The creation of the matrix itself may be among them: ``current`` is then the register with nothing in it.
    Raises `DoesNotFit`.
    """
    made = [change for change in changes if change.address.kind is not Kind.SHEET or change.field]
    return apply(current, in_order(made))


def with_created(current: Matrix, changes: Iterable[Change]) -> Matrix:
    """Return a matrix with all records that changes would create, whether they fit or not: only to name them."""
    shelves: dict[str, dict[Any, Any]] = {}
    sheet = current.sheet
    for change in changes:
        address = change.address
        if not change.creates or not isinstance(change.after, Mapping) or not concerns(current, change):
            continue
        record = from_fields(address.kind, change.after)
        if address.kind is Kind.SHEET:
            sheet = cast(Sheet, record)
            continue
        name = SHELVES[address.kind]
        shelf = shelves.setdefault(name, dict(getattr(current, name)))
        shelf[(address.subject, address.other) if address.kind in PAIRED else address.subject] = record
    return replace(current, sheet=sheet, **cast(dict[str, Any], shelves))
