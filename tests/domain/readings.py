"""Readings written as they are read: a line of cells for each duty."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from raci.domain.mapping import Bearer, Register, Target
from raci.domain.matrix import Matrix
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Party, Reading
from tests.domain.builders import DEFINITIONS, scheme_named

SCHEMES = {code: scheme_named(code) for code in DEFINITIONS}
BEARER = Bearer("Ada", "2026-03-02T09:30:00+01:00", date(2026, 3, 2), "file.xlsx", "mark")


def found_of(
    parties: Sequence[str | Party],
    lines: Mapping[str, str] | Sequence[tuple[str | Item, str]],
    *,
    name: str = "Sheet1",
    **more: Any,
) -> FoundMatrix:
    """Build a matrix from party names and a line of cells per duty: ``found_of(["PM"], {"Do it": "A/R"})``.

    Cells stand between blanks, "." for an empty one; what stands in brackets is a note.
    """
    pairs = lines.items() if isinstance(lines, Mapping) else lines
    items, crossings = [], []
    for row, (item, cells) in enumerate(pairs):
        items.append(item if isinstance(item, Item) else Item(item, f"{name}!{row + 2}"))
        for column, raw in enumerate(cells.split()):
            letters, _, note = raw.partition("(")
            if raw != ".":
                codes = tuple(letters.split("/"))
                where = f"{name}!{chr(66 + column)}{row + 2}"
                crossings.append(Crossing(row, column, codes, raw, where, note.strip(")")))
    known = [one if isinstance(one, Party) else Party(one, f"{name}!{chr(66 + at)}1") for at, one in enumerate(parties)]
    return FoundMatrix(name, name, Layout.ROLES_ACROSS, tuple(known), tuple(items), tuple(crossings), **more)


def reading_of(*matrices: FoundMatrix) -> Reading:
    return Reading("xlsx", matrices)


def register_of(matrix: Matrix, *, titles: Sequence[str] = ()) -> Register:
    """Return a register whose one matrix is the given one."""
    target = Target(matrix.key, matrix.sheet.title, matrix.scheme.code, frozenset(matrix.rows))
    return Register(matrix, SCHEMES, (target,))
