"""The boundary of two roles: how they differ, what is whose in every area and scope, and what is not settled.

It is a function of an organisation as a whole. Swapping the roles mirrors everything. What the words mean:

*Works on.* A role works on a row where it holds a letter for owning (in a scheme without one: for leading) or for
doing. Being asked or told is no work. Only rows that apply in the scope of their matrix are looked at.

*Class.* Every such row is in exactly one class. ``UNDECIDED``: its grey area is open and lies between the two,
because its area is their declared overlap, or both have a part in it: a role has one where it makes a claim, holds
or is offered letters for work, or is the interim owner. Else by who works on it: ``MINE`` the first role alone of
the two, ``YOURS`` the second alone, ``SHARED`` both, ``NEITHER`` none. A third role may work on any of them too,
and may be the one that answers; ``owners`` says who that is. A row that is open between others is classed by its
letters, and still says that it is open.

*Hand-over point.* Where work passes from one to the other: ``ACROSS`` scopes, a duty that one of them owns in
one matrix and the other in another, neither row being owned by both; or ``WITHIN`` a row, one of them owns what
only the other does. Undecided rows make none. A hand-over point comes beside the class of its rows.

*Coefficient of overlap.* Of the duties on which each role works in any matrix, |A ∩ B| / min(|A|, |B|)
(Szymkiewicz 1934, Simpson 1943): 1 where one of the roles has nothing to itself, 0 where nothing is common. It is
None where one of them works on nothing. Letters count as they stand, also on rows that are undecided.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from raci.domain.difference import Entry, Side, differences
from raci.domain.matrix import Matrix
from raci.domain.scheme import LetterClass, split_letters
from raci.domain.structure import rows_in_order, section_of, section_rank
from raci.domain.text import fold
from raci.domain.whole import Whole

__all__ = [
    "AreaPart", "Boundary", "Entry", "HandOver", "Line", "LineClass", "Pair", "Passing", "Share", "Side", "boundary",
    "overlap", "pairs", "worked_on",
]  # fmt: skip


class LineClass(StrEnum):
    """Whose a row is, of two roles."""

    MINE = "mine"
    YOURS = "yours"
    SHARED = "shared"
    UNDECIDED = "undecided"
    NEITHER = "neither"


# What may be asked for like a class, though rows of any class may have it.
HAND_OVER = "hand-over"


class Passing(StrEnum):
    """Where work passes from one role to the other."""

    ACROSS = "across"  # from scope to scope
    WITHIN = "within"  # from who does it to who answers for it


@dataclass(frozen=True)
class Line:
    """One row of one matrix as it stands between the two. Roles and duties are keys, letters canonical.

    ``owners`` answer for it, in column order. Of an open grey area: its key, the ``interim`` owner, ``since`` when it
    is open and its ``age`` in days, both None where that is not known. ``decisions`` are the keys of those in force.
    """

    matrix: str
    duty: str
    kind: LineClass
    first: str
    second: str
    owners: tuple[str, ...] = ()
    grey_area: str = ""
    interim: str = ""
    since: date | None = None
    age: int | None = None
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandOver:
    """A hand-over point: in which matrices the first role owns the duty, and in which the second does.

    Within a row it is one matrix on one of the sides; the other role is the one who does the work.
    """

    duty: str
    kind: Passing
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The matrices that it is about."""
        return (*self.first, *self.second)


@dataclass(frozen=True)
class Share:
    """On how many duties each role works, and on how many both do."""

    first: int = 0
    second: int = 0
    common: int = 0

    @property
    def coefficient(self) -> float | None:
        """The coefficient of overlap, None where one of the roles works on nothing."""
        smaller = min(self.first, self.second)
        return self.common / smaller if smaller else None


@dataclass(frozen=True)
class AreaPart:
    """What stands between the two in one area, "" for duties without one. ``declared``: it is their overlap.

    ``lines`` are those of all classes but `LineClass.NEITHER`, whose rows ``beside`` counts.
    """

    area: str
    declared: bool
    lines: tuple[Line, ...]
    hand_overs: tuple[HandOver, ...]
    share: Share
    beside: int = 0

    @property
    def by_sheet(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines of each matrix that has some, in the order of the matrices."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.matrix, []).append(line)
        return {sheet: tuple(lines) for sheet, lines in found.items()}

    @property
    def counts(self) -> Mapping[LineClass, int]:
        """How many lines there are of each class."""
        return Counter(line.kind for line in self.lines)


@dataclass(frozen=True)
class Boundary:
    """Everything between two roles: areas that are their declared overlap first, each in the order of areas."""

    first: str
    second: str
    differences: tuple[Side, ...]
    areas: tuple[AreaPart, ...]
    share: Share

    @property
    def counts(self) -> Mapping[LineClass, int]:
        """How many lines there are of each class, `LineClass.NEITHER` not among them."""
        return sum((Counter(part.counts) for part in self.areas), Counter[LineClass]())

    @property
    def hand_overs(self) -> tuple[HandOver, ...]:
        return tuple(point for part in self.areas for point in part.hand_overs)

    @property
    def undecided(self) -> tuple[Line, ...]:
        """The undecided lines, the oldest first; those of unknown age come last."""
        found = [line for part in self.areas for line in part.lines if line.kind is LineClass.UNDECIDED]
        return tuple(sorted(found, key=lambda line: (line.age is None, -(line.age or 0))))

    def narrowed(self, *, area: str | None = None, kinds: Sequence[str] = (), sheet: str = "") -> "Boundary":
        """Return what is left of it in one area, of some classes, or in one matrix; "hand-over" counts as a class.

        Differences and shares stay as they are: they are about the pair. Areas in which nothing is left go.
        """
        parts = (_narrowed(part, kinds, sheet) for part in self.areas if area is None or part.area == area)
        left = tuple(part for part in parts if part.lines or part.hand_overs)
        return Boundary(self.first, self.second, self.differences, left, self.share)


def boundary(whole: Whole, first: str, second: str, *, today: date, catalogue: Sequence[Entry] = ()) -> Boundary:
    """Return the boundary of two roles, by their keys. ``catalogue`` holds the differences of the pair that it knows.

    Ages are counted to ``today``. A role that no longer exists works on nothing.
    """
    lines = [line for matrix in whole.matrices for line in _lines(matrix, first, second, today)]
    worked = worked_on(whole, first), worked_on(whole, second)
    by_area: dict[str, list[Line]] = {}
    for line in lines:
        by_area.setdefault(section_of(whole.register, line.duty), []).append(line)
    areas = sorted(by_area, key=_rank(whole.register, first, second))
    parts = (_part(whole, by_area[area], (first, second), worked) for area in areas)
    found = differences(whole.register, first, second, catalogue)
    return Boundary(first, second, found, tuple(parts), _share(*worked))


def _part(
    whole: Whole, lines: Sequence[Line], pair: tuple[str, str], worked: tuple[frozenset[str], frozenset[str]]
) -> AreaPart:
    """Return what stands between a pair in one area, from all of its lines."""
    area = section_of(whole.register, lines[0].duty)
    duties = {line.duty for line in lines}
    kept = tuple(line for line in lines if line.kind is not LineClass.NEITHER)
    return AreaPart(
        area,
        is_declared(whole.register, area, *pair),
        kept,
        tuple(_hand_overs(whole, lines, *pair)),
        _share(worked[0] & duties, worked[1] & duties),
        len(lines) - len(kept),
    )


@dataclass(frozen=True)
class Pair:
    """Two roles, how much they have in common, and how many rows between them are undecided.

    ``areas`` are those declared as their overlap.
    """

    first: str
    second: str
    share: Share
    areas: tuple[str, ...] = ()
    undecided: int = 0


def pairs(whole: Whole, most: int = 20) -> tuple[Pair, ...]:
    """Return the pairs worth looking at: those of declared overlaps in the order of their areas, then up to ``most``
    others that work on some duty both, those with the most in common first. Retired roles are left out of these."""
    register = whole.register
    worked = {role: worked_on(whole, role) for role, record in register.roles.items()}
    found: dict[tuple[str, str], list[str]] = {}
    for area in sorted(register.areas, key=lambda key: section_rank(register, key)):
        if register.areas[area].is_overlap:
            one, other = register.areas[area].pair
            found.setdefault((other, one) if (other, one) in found else (one, other), []).append(area)
    declared = [Pair(*pair, _share(*(worked[role] for role in pair)), tuple(areas)) for pair, areas in found.items()]
    active = sorted(
        (role for role in worked if worked[role] and not register.roles[role].retired), key=register_order(register)
    )
    others = [
        Pair(*pair, share)
        for pair in combinations(active, 2)
        if pair not in found and pair[::-1] not in found and (share := _share(*(worked[role] for role in pair))).common
    ]
    others.sort(key=lambda pair: (-pair.share.common, -(pair.share.coefficient or 0)))
    return tuple(replace(pair, undecided=_undecided(whole, pair)) for pair in (*declared, *others[:most]))


def register_order(register: Matrix) -> Callable[[str], tuple[str, str]]:
    """Return what sorts roles: by their names."""
    return lambda role: (fold(register.roles[role].name), role)


def _undecided(whole: Whole, pair: Pair) -> int:
    return sum(
        matrix.rows[duty].applies and _concerns(matrix, key, pair.first, pair.second, _working(matrix))
        for matrix in whole.matrices
        for duty, key in matrix.open_by_duty.items()
        if duty in matrix.rows
    )


def overlap(whole: Whole, first: str, second: str) -> Share:
    """Return on how much each of two roles works, and on how much both do: the coefficient without the rest."""
    return _share(worked_on(whole, first), worked_on(whole, second))


def _lines(matrix: Matrix, first: str, second: str, today: date) -> Iterator[Line]:
    working = _working(matrix)
    for duty in rows_in_order(matrix):
        if not matrix.rows[duty].applies:
            continue
        held = matrix.letters(duty, first), matrix.letters(duty, second)
        key = matrix.open_by_duty.get(duty, "")
        opened = matrix.grey_areas.get(key)
        works = working(held[0]), working(held[1])
        since = opened.reopened_on or opened.raised_on if opened else None
        concerned = opened is not None and _concerns(matrix, key, first, second, working)
        yield Line(
            matrix.key,
            duty,
            LineClass.UNDECIDED if concerned else _CLASSES[works],
            *held,
            owners=matrix.holders(duty, matrix.scheme.pivot),
            grey_area=key,
            interim=opened.interim if opened else "",
            since=since,
            age=(today - since).days if since else None,
            decisions=matrix.in_force_by_duty.get(duty, ()),
        )


_CLASSES = {
    (True, True): LineClass.SHARED,
    (True, False): LineClass.MINE,
    (False, True): LineClass.YOURS,
    (False, False): LineClass.NEITHER,
}


def _working(matrix: Matrix) -> Callable[[str], bool]:
    """Return what tells whether letters are those of somebody who works on a row."""
    codes = matrix.scheme.codes_of(matrix.scheme.pivot, LetterClass.DOER)
    return lambda letters: not codes.isdisjoint(split_letters(letters))


def _concerns(matrix: Matrix, key: str, first: str, second: str, working: Callable[[str], bool]) -> bool:
    """Tell whether an open grey area lies between the two."""
    opened = matrix.grey_areas[key]
    if is_declared(matrix, matrix.duties[opened.duty].area, first, second):
        return True
    claimed = matrix.claimants_by_grey_area.get(key, frozenset())
    return all(
        role == opened.interim
        or role in claimed
        or working(opened.proposed.get(role, ""))
        or working(matrix.letters(opened.duty, role))
        for role in (first, second)
    )


def worked_on(whole: Whole, role: str) -> frozenset[str]:
    """Return the duties on which a role works, in any matrix."""
    found: set[str] = set()
    for matrix in whole.matrices:
        working = _working(matrix)
        found.update(duty for duty in matrix.applicable_rows if working(matrix.letters(duty, role)))
    return frozenset(found)


def _share(first: frozenset[str] | set[str], second: frozenset[str] | set[str]) -> Share:
    return Share(len(first), len(second), len(first & second))


def _hand_overs(whole: Whole, lines: Sequence[Line], first: str, second: str) -> Iterator[HandOver]:
    by_duty: dict[str, list[Line]] = {}
    for line in lines:
        if line.kind is not LineClass.UNDECIDED:
            by_duty.setdefault(line.duty, []).append(line)
    for duty, mine in by_duty.items():
        owned = [
            tuple(line.matrix for line in mine if _alone(line, *pair)) for pair in ((first, second), (second, first))
        ]
        if all(owned):
            yield HandOver(duty, Passing.ACROSS, *owned)
        for line in mine:
            matrix = whole.by_key[line.matrix]
            if _alone(line, first, second) and _only_does(matrix, line.first, line.second):
                yield HandOver(duty, Passing.WITHIN, (line.matrix,), ())
            elif _alone(line, second, first) and _only_does(matrix, line.second, line.first):
                yield HandOver(duty, Passing.WITHIN, (), (line.matrix,))


def _alone(line: Line, role: str, other: str) -> bool:
    """Tell whether a role owns a row, and the other does not."""
    return role in line.owners and other not in line.owners


def _only_does(matrix: Matrix, owner: str, doer: str) -> bool:
    """Tell whether of two cells the first has no letter for doing, and the second has one."""
    doing = matrix.scheme.codes_of(LetterClass.DOER)
    return doing.isdisjoint(split_letters(owner)) and not doing.isdisjoint(split_letters(doer))


def is_declared(register: Matrix, area: str, first: str, second: str) -> bool:
    found = register.areas.get(area)
    return found is not None and set(found.pair) == {first, second}


def _rank(register: Matrix, first: str, second: str) -> Callable[[str], tuple[bool, int, int, str, str]]:
    return lambda area: (not is_declared(register, area, first, second), *section_rank(register, area))


def _narrowed(part: AreaPart, kinds: Sequence[str], sheet: str) -> AreaPart:
    points = tuple(point for point in part.hand_overs if not sheet or sheet in point.sheets)
    passing = {(point.duty, one) for point in points for one in point.sheets} if HAND_OVER in kinds else set()
    lines = tuple(
        line
        for line in part.lines
        if (not sheet or line.matrix == sheet)
        and (not kinds or line.kind in kinds or (line.duty, line.matrix) in passing)
    )
    kept = points if not kinds or HAND_OVER in kinds else ()
    return AreaPart(part.area, part.declared, lines, kept, part.share, part.beside)
