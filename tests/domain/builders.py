"""Small matrices written as they are read: one line of letters per row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from raci.domain.matrix import Matrix
from raci.domain.records import Area, Claim, Column, Decision, Duty, GreyArea, Role, Row, Sheet
from raci.domain.scheme import Letter, LetterClass, Scheme, split_letters

RACI = Scheme(
    code="raci",
    name="RACI",
    letters=(
        Letter("A", "Accountable", LetterClass.OWNER, 1, 1, frozenset("R"), counts_for_load=True),
        Letter("R", "Responsible", LetterClass.DOER, 1, None, frozenset("A"), counts_for_load=True),
        Letter("C", "Consulted", LetterClass.INPUT),
        Letter("I", "Informed", LetterClass.NOTICE),
    ),
)

TODAY = date(2026, 3, 1)


def canonical(scheme: Scheme, typed: str) -> str:
    """Return “AR” as “A/R”, and a dot as an empty cell, without asking whether the letters may share a cell.

    Letters that the scheme does not have go last: published charts hold both kinds of cell.
    """
    order = {letter.code: index for index, letter in enumerate(scheme.letters)}
    codes = split_letters(typed) if "/" in typed else tuple(typed.replace(".", ""))
    return "/".join(sorted(codes, key=lambda code: (order.get(code, len(order)), code)))


def matrix_of(
    roles: str | Sequence[str],
    *lines: str,
    scheme: Scheme = RACI,
    duties: Sequence[str] = (),
    not_applying: Sequence[str] = (),
    controls: Sequence[str] = (),
    **shelves: Any,
) -> Matrix:
    """Build a matrix from role names and one line of cells per duty: ``matrix_of("PM ITM", "AR C", ". A")``.

    Roles are their own keys and codes; duties are “1”, “2” and so on unless named. ``shelves`` are
    further fields of `Matrix`.
    """
    columns = roles.split() if isinstance(roles, str) else list(roles)
    names = list(duties) or [str(number) for number in range(1, len(lines) + 1)]
    cells: dict[str, Mapping[str, str]] = {}
    for duty, line in zip(names, lines, strict=True):
        texts = dict(zip(columns, (canonical(scheme, cell) for cell in line.split()), strict=True))
        if row := {role: text for role, text in texts.items() if text}:
            cells[duty] = row
    areas = shelves.pop("areas", {})
    duty_records = {name: Duty(code=name, title=f"Duty {name}", is_control=name in controls) for name in names}
    parts: dict[str, Any] = {
        "roles": {name: Role(code=name, name=name) for name in columns},
        "duties": duty_records,
        "rows": {name: Row(position=at, applies=name not in not_applying) for at, name in enumerate(names)},
        "columns": {name: Column(position=at) for at, name in enumerate(columns)},
        "cells": cells,
        "areas": areas,
    }
    return Matrix(key="m", sheet=Sheet(title="Sheet", scheme=scheme.code), scheme=scheme, **(parts | shelves))


def overlap(matrix: Matrix, first: str, second: str) -> Matrix:
    """Put every duty of a matrix into one area that is a declared overlap of two roles."""
    area = Area(code="OVL", name="Overlap", first_role=first, second_role=second)
    duties = {key: replace(duty, area="ovl") for key, duty in matrix.duties.items()}
    return replace(matrix, areas={"ovl": area}, duties=duties)


def open_grey_area(duty: str, raised_on: date | None = TODAY, **fields: Any) -> GreyArea:
    return GreyArea(duty=duty, question=f"Who owns {duty}?", raised_on=raised_on, **fields)


__all__ = ["RACI", "TODAY", "Claim", "Decision", "canonical", "matrix_of", "open_grey_area", "overlap"]
