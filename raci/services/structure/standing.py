"""Where duties and roles stand, gathered from the tables: a constant number of queries for any number of them."""

from collections.abc import Iterable
from typing import Any

from raci import models
from raci.domain.change import Address
from raci.domain.records import GreyAreaStatus, Kind
from raci.domain.structure import Standing
from raci.services.sets import among
from raci.services.tables import TABLES

_CELL = ("row__matrix__key", "row__duty__key", "column__role__key", "letters")


def standing_of(organisation: int, kind: Kind, keys: Iterable[str], matrix: int | None = None) -> Standing:
    """Return where duties (``kind`` row) or roles (``kind`` column) stand: in one matrix, or in all of them."""
    part, line = ("duty", "row") if kind is Kind.ROW else ("role", "column")
    wanted = among(set(keys))
    only: dict[str, Any] = {} if matrix is None else {"matrix": matrix}
    lines = TABLES[kind].read(organisation, None, **{f"{part}__key__in": wanted}, **only)
    about = "duty" if kind is Kind.ROW else "interim"
    open_ones = {f"{about}__key__in": wanted, "status": GreyAreaStatus.OPEN.value}
    raised = TABLES[Kind.GREY_AREA].read(organisation, None, **open_ones, **only)
    own = {f"{line}__{part}__key__in": wanted, "row__matrix__organisation": organisation}
    within: dict[str, Any] = {} if matrix is None else {"row__matrix": matrix}
    return Standing(
        lines={address: fields for address, (_id, fields) in lines.items()},
        cells=_letters(**own, **within),
        open={address: fields for address, (_id, fields) in raised.items()},
    )


def rows_shared_with(organisation: int, roles: Iterable[str], matrix: int | None = None) -> dict[Address, str]:
    """Return all cells of the rows in which one of the roles holds letters."""
    within: dict[str, Any] = {} if matrix is None else {"row__matrix": matrix}
    theirs = models.Assignment.objects.filter(
        column__role__organisation=organisation, column__role__key__in=among(set(roles)), **within
    )
    return _letters(row__in=theirs.order_by().values("row"))


def _letters(**filters: Any) -> dict[Address, str]:
    cells = models.Assignment.objects.filter(**filters).order_by()
    return {
        Address(Kind.CELL, matrix, duty, role): letters for matrix, duty, role, letters in cells.values_list(*_CELL)
    }
