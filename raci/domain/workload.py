"""How much rests on each role, over all matrices of an organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from raci.domain.matrix import Matrix
from raci.domain.scheme import LetterClass, Scheme, split_letters


@dataclass(frozen=True)
class Share:
    """What a role holds in one matrix: rows that it answers for, and rows in which it does the work."""

    matrix: str
    title: str
    owns: int
    does: int


@dataclass(frozen=True)
class Workload:
    """What a role holds in all matrices in which it has a column."""

    role: str
    name: str
    shares: tuple[Share, ...]

    @property
    def owns(self) -> int:
        return sum(share.owns for share in self.shares)

    @property
    def does(self) -> int:
        return sum(share.does for share in self.shares)


def workloads(matrices: Sequence[Matrix]) -> tuple[Workload, ...]:
    """Return what each role holds, the most accountable first; the matrices share the register of one organisation."""
    shares: dict[str, list[Share]] = {}
    for matrix in matrices:
        scheme = matrix.scheme
        owning, doing = scheme.codes_of(scheme.pivot), scheme.codes_of(LetterClass.DOER)
        for role in matrix.column_keys:
            held = matrix.held_by_role.get(role, {})
            share = Share(matrix.key, matrix.sheet.title, _count(held, owning), _count(held, doing))
            shares.setdefault(role, []).append(share)
    found = (Workload(role, matrices[0].roles[role].name, tuple(held)) for role, held in shares.items())
    return tuple(sorted(found, key=lambda item: (-item.owns, -item.does, item.name)))


def letters_for(scheme: Scheme) -> tuple[str, str]:
    """Return the letters that stand for owning and for doing in a scheme, "" where it has none."""
    named = [
        next((letter.code for letter in scheme.letters if letter.letter_class is kind), "")
        for kind in (scheme.pivot, LetterClass.DOER)
    ]
    return named[0], named[1]


def _count(held: Mapping[str, int], codes: frozenset[str]) -> int:
    return sum(count for letters, count in held.items() if not codes.isdisjoint(split_letters(letters)))
