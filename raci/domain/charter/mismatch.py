"""Where a written charter and the matrices say two things: the ground of rule M02."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from raci.domain.matrix import Matrix
from raci.domain.records import Accountability
from raci.domain.scheme import LetterClass, split_letters


@dataclass(frozen=True)
class Mismatch:
    """What does not agree for one role.

    ``claimed`` are main duties (their keys) that name a duty or an area of which no matrix makes the role owner or
    doer; ``unnamed`` are duties of one matrix that the role owns and no main duty names.
    """

    claimed: tuple[str, ...]
    unnamed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.claimed or self.unnamed)


def worked_duties(matrices: Iterable[Matrix], roles: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Return for each of some roles the duties that it owns or does in rows that apply, in any of the matrices."""
    found: dict[str, set[str]] = {role: set() for role in roles}
    for matrix in matrices:
        codes = matrix.scheme.codes_of(matrix.scheme.pivot, LetterClass.DOER)
        here = [role for role in roles if role in matrix.columns]
        for duty in matrix.applicable_rows if here else ():
            row = matrix.cells.get(duty, {})
            for role in here:
                if role in row and not codes.isdisjoint(split_letters(row[role])):
                    found[role].add(duty)
    return {role: frozenset(duties) for role, duties in found.items()}


def owned_duties(matrices: Iterable[Matrix]) -> frozenset[str]:
    """Return the duties that some role owns in a row that applies, in any of the matrices."""
    found: set[str] = set()
    for matrix in matrices:
        codes = matrix.scheme.codes_of(matrix.scheme.pivot)
        owning = {letters for _role, letters in matrix.tally if not codes.isdisjoint(split_letters(letters))}
        rows = matrix.applicable_rows
        found.update(duty for duty in rows if not owning.isdisjoint(matrix.cells.get(duty, {}).values()))
    return frozenset(found)


def mismatch_of(matrix: Matrix, role: str, worked: Collection[str], owned: Collection[str]) -> Mismatch:
    """Hold the main duties of a role against one matrix, and against what it ``worked`` in all of them.

    A role without main duties claims nothing and names nothing: there is no charter to hold against anything yet.
    And while nobody has ``owned`` what it claims in any matrix, that is undecided and no contradiction.
    """
    mine = main_duties(matrix, role)
    claimed = tuple(key for key, one in mine.items() if not _is_kept(matrix, one, worked, owned))
    unnamed = tuple(duty for duty in _owned(matrix, role) if mine and not _is_named(matrix, duty, mine.values()))
    return Mismatch(claimed, unnamed)


def main_duties(register: Matrix, role: str) -> dict[str, Accountability]:
    """Return the main duties of a role by their keys, in their order."""
    mine = [(one.position, key, one) for (of, key), one in register.accountabilities.items() if of == role]
    return {key: one for _position, key, one in sorted(mine, key=lambda item: item[:2])}


def _is_kept(matrix: Matrix, one: Accountability, worked: Collection[str], owned: Collection[str]) -> bool:
    """Tell whether the role owns or does what a main duty names, or nobody owns any of that yet.

    A main duty that is only words claims nothing.
    """
    named = _named_by(matrix, one)
    return any(duty in worked for duty in named) or not any(duty in owned for duty in named)


def _named_by(matrix: Matrix, one: Accountability) -> Collection[str]:
    """Return the duties that a main duty names: one with its parts, or those of an area."""
    if one.duty:
        return (one.duty, *matrix.children_by_duty.get(one.duty, ()))
    return [key for key, duty in matrix.duties.items() if duty.area == one.area] if one.area else ()


def _owned(matrix: Matrix, role: str) -> Iterable[str]:
    codes = matrix.scheme.codes_of(matrix.scheme.pivot)
    for duty in matrix.applicable_rows:
        if not codes.isdisjoint(split_letters(matrix.letters(duty, role))):
            yield duty


def _is_named(matrix: Matrix, duty: str, mine: Iterable[Accountability]) -> bool:
    record = matrix.duties[duty]
    return any(
        one.duty in (duty, record.parent) if one.duty else bool(one.area) and one.area == record.area for one in mine
    )
