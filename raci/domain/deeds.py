"""What one person can take back and do again, read from what they did: no stack is kept anywhere else."""

from collections.abc import Collection, Iterable
from typing import NamedTuple


class Deed(NamedTuple):
    """A revision that somebody made; ``undoes`` is the number of the one that it took back."""

    number: int
    undoes: int | None = None


class Stacks(NamedTuple):
    """Numbers of revisions: those to take back, and those whose taking back can itself be taken back; latest last."""

    done: tuple[int, ...]
    undone: tuple[int, ...]


def stacks(deeds: Iterable[Deed], skip: Collection[int] = ()) -> Stacks:
    """Walk what one person did, oldest first, as an editor would have kept its stacks.

    Taking back the latest deed lays it aside; taking that back again brings it home; anything else is a new
    deed, after which nothing that was laid aside can come back. Deeds in ``skip`` are passed over: they turned
    out to be in somebody's way.
    """
    done: list[int] = []
    undone: list[int] = []
    for number, undoes in deeds:
        if undoes is not None and undoes == _top(done, skip):
            done.remove(undoes)
            undone.append(number)
        elif undoes is not None and undoes == _top(undone, skip):
            undone.remove(undoes)
            done.append(number)
        else:
            done.append(number)
            undone.clear()
    return Stacks(tuple(n for n in done if n not in skip), tuple(n for n in undone if n not in skip))


def _top(numbers: list[int], skip: Collection[int]) -> int | None:
    return next((number for number in reversed(numbers) if number not in skip), None)
