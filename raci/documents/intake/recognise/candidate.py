"""What every layout's recogniser hands out: a matrix that it believes to have found, and how strongly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from raci.domain.reading import FoundMatrix, Problem


@dataclass(frozen=True)
class Box:
    """Rows and columns of a table that a matrix takes, all counted from nought, both ends in it."""

    top: int
    left: int
    bottom: int
    right: int

    def moved(self, down: int, across: int) -> "Box":
        return Box(self.top + down, self.left + across, self.bottom + down, self.right + across)

    def meets(self, other: "Box") -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True)
class Candidate:
    """A matrix in a table (by the table's number), where it stands, and what was left of it and why."""

    table: int
    box: Box
    matrix: FoundMatrix
    problems: tuple[Problem, ...] = ()

    @property
    def strength(self) -> tuple[int, int]:
        """What decides between two that want the same cells: how much they explain, the sureness weighing it."""
        return (self.matrix.sureness * (1 + len(self.matrix.crossings)), -self.box.top)


def best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the strongest of those candidates that meet, in the order of the document."""
    chosen: list[Candidate] = []
    for one in sorted(candidates, key=lambda candidate: candidate.strength, reverse=True):
        if not any(one.table == other.table and one.box.meets(other.box) for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda candidate: (candidate.table, candidate.box.top, candidate.box.left))


def sureness(parts: Sequence[tuple[float, float]]) -> int:
    """Return from 0 to 100 what signs say: each has a weight, and how far it is fulfilled from 0 to 1."""
    weight = sum(weight for weight, _fulfilled in parts)
    return round(100 * sum(weight * fulfilled for weight, fulfilled in parts) / weight)
