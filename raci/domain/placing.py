"""Where rows and columns stand: positions leave gaps, so that a move touches as little as it can."""

from collections.abc import Iterator, Mapping, Sequence

LAST = 2**31 - 1  # what a column of the database holds
STEP = 1024  # between two neighbours that are placed freely
_FEW = 8  # so many may be shifted by a hair; where more must be, they get room for the next time
_ROOM = 32


def place(positions: Mapping[str, int], moved: Sequence[str], after: str) -> dict[str, int]:
    """Return the new positions that put ``moved`` right behind ``after``, "" for the very front.

    Only what gets another position is returned. The order of positions is that of number, then key.
    ``moved`` may be new; ``after`` must be one of the others, otherwise `ValueError`.
    """
    going = frozenset(moved)
    order = sorted(positions, key=lambda key: (positions[key], key))
    rest = [key for key in order if key not in going]
    at = rest.index(after) + 1 if after else 0
    if [*rest[:at], *moved, *rest[at:]] == order:
        return {}
    for first, last in _windows(at, len(rest)):
        keys = [*rest[first:at], *moved, *rest[at:last]]
        low = positions[rest[first - 1]] if first else -1
        high = positions[rest[last]] if last < len(rest) else min(low + STEP * (len(keys) + 1), LAST + 1)
        loose = last - first > _FEW and (first, last) != (0, len(rest))
        if high - low > len(keys) * (_ROOM if loose else 1):
            spread = _spread(keys, low, high)
            return {key: position for key, position in spread.items() if positions.get(key) != position}
    raise ValueError("there are more rows than positions")


def at_end(positions: Mapping[str, int], added: Sequence[str]) -> dict[str, int]:
    """Return the positions that put new keys behind all others."""
    last = max(positions, key=lambda key: (positions[key], key), default="")
    return place(positions, added, last)


def _windows(at: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield which of the others, by index, may get new positions too: around a gap, ever more of them.

    Those before the gap first: behind the last one there is always room, but it is not the nearest.
    """
    for size in range(_FEW + 1):
        for before in range(size, -1, -1):
            if at >= before and at + size - before <= count:
                yield at - before, at + size - before
    size = _FEW * 2
    while size < 2 * count:
        low, high = max(0, at - size), min(count, at + size)
        yield from ((low, at), (at, high), (low, high))
        size *= 2
    yield 0, count


def _spread(keys: Sequence[str], low: int, high: int) -> dict[str, int]:
    """Return positions between two that are taken, all as far apart as can be."""
    return {key: low + (high - low) * index // (len(keys) + 1) for index, key in enumerate(keys, start=1)}
