"""Which axis of a grid holds the roles. Nothing but what the words and the letters say tells."""

import re

from raci.documents.intake.recognise.vocabulary import Heading, is_post, said
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Party

TURNED_FROM = 2.0
SAMPLE = 200


def is_transposed(matrix: FoundMatrix, corner: str) -> bool:
    """Whether the roles of a grid go down and the duties across. ``corner`` is what stands over the first column."""
    if not matrix.items:
        return False
    across = [party.name for party in matrix.parties[:SAMPLE]]
    down = [item.title for item in matrix.items[:SAMPLE]]
    score = _of_corner(corner) + 3 * (_posts(down) - _posts(across)) + 2 * _of_owners(matrix)
    score += 0.5 if _length(across) > 1.3 * _length(down) else -0.5
    return score + (0.5 if len(across) > 1.5 * len(down) else 0) >= TURNED_FROM


def turned(matrix: FoundMatrix) -> FoundMatrix:
    """Return the matrix with its axes changed: what went down are the roles."""
    return FoundMatrix(
        name=matrix.name,
        where=matrix.where,
        layout=Layout.ROLES_DOWN,
        parties=tuple(Party(item.title, item.where, item.section) for item in matrix.items),
        items=tuple(Item(party.name, party.where, party.group) for party in matrix.parties),
        crossings=tuple(
            Crossing(one.party, one.item, one.letters, one.raw, one.where, one.note) for one in matrix.crossings
        ),
        legend=matrix.legend,
        sureness=matrix.sureness,
        hidden=matrix.hidden,
    )


def _of_corner(corner: str) -> float:
    """Return what the corner says: above 0 for roles down. In a corner of two lines the last one is about the rows."""
    lines = [line for line in corner.split("\n") if line.strip()]
    if len(lines) > 1 and _says_roles(" ".join(lines[1:])) != _says_roles(lines[0]):
        return 3 * _says_roles(" ".join(lines[1:]))
    parts = [part for part in re.split(r"[/\\|]", corner) if part.strip()]
    if len(parts) > 1 and _says_roles(parts[0]) != _says_roles(parts[1]):
        return 2 * _says_roles(parts[0])
    return 2.5 * _says_roles(corner)


def _says_roles(text: str) -> int:
    roles, duties = said(text, Heading.ROLES), said(text, Heading.DUTIES)
    return (roles > duties) - (duties > roles)


def _posts(texts: list[str]) -> float:
    return sum(map(is_post, texts)) / max(1, len(texts))


def _length(texts: list[str]) -> float:
    return sum(map(len, texts)) / max(1, len(texts))


def _of_owners(matrix: FoundMatrix) -> float:
    """Return how much better "exactly one A" holds for columns than for rows, from -1 to 1."""
    rows, columns = [0] * len(matrix.items), [0] * len(matrix.parties)
    for one in matrix.crossings:
        if "A" in one.letters:
            rows[one.item] += 1
            columns[one.party] += 1
    return columns.count(1) / len(columns) - rows.count(1) / len(rows)
