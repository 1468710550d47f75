"""Adding, moving and taking out what a matrix is made of, as plans: lists of changes, nothing written."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.placing import at_end, place
from raci.domain.records import Column, Fields, GreyAreaStatus, Kind, Record, Row, to_fields
from raci.domain.scheme import split_letters
from raci.domain.text import code_key, fold

LONGEST_CODE = 30
_NUMBERED = re.compile(r"(.*?)([0-9]{1,8})", re.DOTALL)


def created(kind: Kind, subject: str, record: Record, matrix: str = "") -> Change:
    """Return the change that creates a record."""
    return Change(Address(kind, matrix, subject), "", None, to_fields(record))


def edited(address: Address, seen: Mapping[str, object], wanted: Fields) -> list[Change]:
    """Return the changes of the fields that are wanted otherwise than they were seen; the rest is nobody's business."""
    return [
        Change(address, name, seen.get(name), value)  # type: ignore[arg-type]  # what a person saw may be anything
        for name, value in wanted.items()
        if seen.get(name) != value
    ]


# --- sections and places


def section_of(matrix: Matrix, duty: str) -> str:
    """Return the key of the area under which a duty stands, "" for the other duties."""
    area = matrix.duties[duty].area
    return area if area in matrix.areas else ""


def section_rank(matrix: Matrix, area: str) -> tuple[int, int, str, str]:
    """Return what sorts sections: areas by position, then code; other duties come last."""
    found = matrix.areas.get(area)
    return (0, found.position, code_key(found.code), area) if found else (1, 0, "", "")


def rows_in_order(matrix: Matrix) -> tuple[str, ...]:
    """Return the duty keys as the grid and all documents show them: section by section, in each by position."""
    rank = {area: section_rank(matrix, area) for area in ("", *matrix.areas)}
    return tuple(sorted(matrix.row_keys, key=lambda duty: rank[section_of(matrix, duty)]))


def row_places(matrix: Matrix, duties: Sequence[str], after: str | None, area: str | None = None) -> dict[str, int]:
    """Return the new positions that put duties behind another, "" for first in the section of ``area``.

    None puts them at the end. Without ``area``, the section is that of the first of the duties.
    """
    positions = {duty: row.position for duty, row in matrix.rows.items()}
    if after == "":
        others = [duty for duty in matrix.row_keys if duty not in set(duties)]
        wanted = section_of(matrix, duties[0]) if area is None else area
        first = next((index for index, duty in enumerate(others) if section_of(matrix, duty) == wanted), None)
        after = None if first is None else others[first - 1] if first else ""
    return _places(positions, duties, after)


def column_places(matrix: Matrix, roles: Sequence[str], after: str | None) -> dict[str, int]:
    """Return the new positions that put roles behind another, "" for first and None for last."""
    return _places({role: column.position for role, column in matrix.columns.items()}, roles, after)


def _places(positions: Mapping[str, int], keys: Sequence[str], after: str | None) -> dict[str, int]:
    if after is not None:
        return place(positions, keys, after)
    return at_end({key: position for key, position in positions.items() if key not in set(keys)}, keys)


def placed(matrix: Matrix, kind: Kind, places: Mapping[str, int]) -> list[Change]:
    """Return the changes that give rows or columns their positions; what the matrix does not have is added."""
    shelf: Mapping[str, Row | Column] = matrix.rows if kind is Kind.ROW else matrix.columns
    build = Row if kind is Kind.ROW else Column
    return [
        Change(Address(kind, matrix.key, key), "position", shelf[key].position, position)
        if key in shelf
        else created(kind, key, build(position), matrix.key)
        for key, position in places.items()
    ]


# --- codes


def next_code(taken: Iterable[str], siblings: Iterable[str], stem: str) -> str:
    """Return the next free code: VEN-11 where the siblings go up to VEN-10.

    ``siblings`` are the codes of the same area, ``taken`` those of the whole organisation. Where no
    sibling ends in a number, ``stem`` and 1.
    """
    by_prefix: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for code in siblings:
        if found := _NUMBERED.fullmatch(code):
            prefix, digits = found.groups()
            by_prefix[fold(prefix)].append((int(digits), digits, prefix))
    numbers = max(by_prefix.values(), key=lambda found: (len(found), found), default=[(0, "0", f"{stem}-")])
    highest, digits, prefix = max(numbers)
    known = {code_key(code) for code in taken}
    number = highest + 1
    while code_key(code := f"{prefix}{str(number).zfill(len(digits))}") in known:
        number += 1
    return code


def role_code(taken: Iterable[str], name: str) -> str:
    """Return a free code for a role: the initials of its name, words in capitals whole ("IT Manager": ITM)."""
    words = re.findall(r"\w+", name)
    short = "".join(word if word.isupper() and len(word) <= 4 else word[0].upper() for word in words)
    if len(words) == 1 and len(short) == 1:
        short = words[0][:4].upper()
    short, known = short[: LONGEST_CODE - 4] or "R", {code_key(code) for code in taken}
    number = 1
    while code_key(code := f"{short}{number if number > 1 else ''}") in known:
        number += 1
    return code


# --- taking out


@dataclass(frozen=True)
class Standing:
    """Where duties or roles stand: their rows or columns, the letters there, and the open grey areas.

    ``open`` holds those of the duties, or those in which one of the roles is the interim owner.
    """

    lines: Mapping[Address, Fields] = field(default_factory=dict)
    cells: Mapping[Address, str] = field(default_factory=dict)
    open: Mapping[Address, Fields] = field(default_factory=dict)

    @property
    def matrices(self) -> frozenset[str]:
        return frozenset(address.matrix for address in self.lines)


def taken_out(standing: Standing, kind: Kind) -> list[Change]:
    """Return the changes that take rows or columns, whichever ``kind`` says, out with their letters.

    The open grey area of a row is withdrawn; decisions stay on record. An interim owner whose column
    goes is one no longer.
    """
    changes = [Change(address, "letters", letters, "") for address, letters in standing.cells.items()]
    changes += [Change(address, "", fields, None) for address, fields in standing.lines.items()]
    name, after = ("status", GreyAreaStatus.WITHDRAWN.value) if kind is Kind.ROW else ("interim", "")
    return [*changes, *(Change(address, name, fields[name], after) for address, fields in standing.open.items())]


def no_longer_asked(matrix: Matrix, duties: Iterable[str]) -> list[Change]:
    """Return the changes that withdraw the open grey areas of rows that do not apply any more."""
    keys = [matrix.open_by_duty[duty] for duty in duties if duty in matrix.open_by_duty]
    is_open, after = GreyAreaStatus.OPEN.value, GreyAreaStatus.WITHDRAWN.value
    return [Change(Address(Kind.GREY_AREA, matrix.key, key), "status", is_open, after) for key in keys]


def without_owner(
    letters: Mapping[Address, str], roles: Collection[str], owners: Mapping[str, frozenset[str]]
) -> set[str]:
    """Return the duties that have an owner in some matrix only through one of the roles.

    ``letters`` are all cells of the rows concerned, ``owners`` for each matrix the letters that own.
    """
    held: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for address, content in letters.items():
        if not owners[address.matrix].isdisjoint(split_letters(content)):
            held[address.matrix, address.subject].add(address.other in roles)
    return {duty for (_, duty), through in held.items() if through == {True}}
