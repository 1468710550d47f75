"""What the grid's payload says of the rows, written out and kept: the next revision writes only what it changed.

States of a matrix share what they have in common, so what is the same object says the same.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from raci.domain.matrix import Matrix
from raci.web.marks import section_of, sections

if TYPE_CHECKING:
    from raci.web.payload import Payload

# What the state of a row is said by, beside its findings: where one of these has changed all rows are looked at.
_SAID_BY = ("rows", "columns", "roles", "areas", "duties", "grey_areas", "claims", "comments")


class Fixed(NamedTuple):
    """What hardly ever changes: keys in one string, codes, titles and sections, each as JSON."""

    key: str
    code: str
    title: str
    area: str


@dataclass(frozen=True)
class Pieces:
    """The rows of one revision in their order. ``states`` holds JSON, "" where a row has nothing odd about it."""

    matrix: Matrix
    found: Any
    contents: list[str]
    order: list[str]
    fixed: Fixed
    cells: list[str]
    states: list[str]


def pieces_of(now: "Payload", earlier: Pieces | None = None) -> Pieces:
    """Return the rows of a payload, taking over what an earlier one of the same language and day said as well."""
    matrix, found = now.matrix, now.ledger.by_duty
    if earlier is None or not _is_alike(earlier, now):
        order = now.order
        cells, states = [now.cells(duty) for duty in order], [_state(now, at, duty) for at, duty in enumerate(order)]
        return Pieces(matrix, found, now.contents, order, _fixed(matrix, order), cells, states)
    cells, states = earlier.cells.copy(), earlier.states.copy()
    held, before, judged = matrix.cells, earlier.matrix.cells, earlier.found
    for at, duty in enumerate(earlier.order):
        if held.get(duty) is not before.get(duty):
            cells[at] = now.cells(duty)
        if found.get(duty) is not judged.get(duty):
            states[at] = _state(now, at, duty)
    return Pieces(matrix, found, now.contents, earlier.order, earlier.fixed, cells, states)


def written(value: Any) -> str:
    """Return a value as JSON with no blanks between."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_alike(earlier: Pieces, now: "Payload") -> bool:
    """Tell whether only letters and what is found about them can differ."""
    same = all(getattr(earlier.matrix, name) is getattr(now.matrix, name) for name in _SAID_BY)
    return same and earlier.contents == now.contents


def _state(now: "Payload", at: int, duty: str) -> str:
    state = now.state(duty)
    return written([at, state]) if state else ""


def _fixed(matrix: Matrix, order: list[str]) -> Fixed:
    place = {area: index for index, area in enumerate(sections(matrix))}
    record = matrix.duties
    return Fixed(
        written("".join(order)),
        written([record[duty].code for duty in order]),
        written([record[duty].title for duty in order]),
        written([place[section_of(matrix, duty)] for duty in order]),
    )
