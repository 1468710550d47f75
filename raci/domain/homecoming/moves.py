"""Rows and columns in another order: as few new positions as it takes."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from raci.domain.placing import place

_FEW = 20  # so many are moved one by one; beyond, positions are dealt out anew


def reordered(usual: Sequence[str], wanted: Sequence[str], positions: Mapping[str, int]) -> dict[str, int]:
    """Return the new positions that bring keys from their usual order into the wanted one; {} where they are in it.

    ``positions`` are those of the same keys.
    """
    if list(usual) == list(wanted):
        return {}
    movers = moved(usual, wanted)
    if len(movers) <= _FEW:
        return _one_by_one(wanted, movers, positions)
    slots = sorted(positions[key] for key in wanted)
    if len(set(slots)) < len(slots):
        slots = [slots[0] + step for step in range(len(slots))]
    return {key: slot for key, slot in zip(wanted, slots, strict=True) if positions[key] != slot}


def moved(usual: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return the fewest keys that must move, in the wanted order: those outside of the longest run that kept it."""
    rank = {key: index for index, key in enumerate(usual)}
    ends: list[int] = []  # the smallest last rank of a run of each length
    lengths = []
    for key in wanted:
        at = bisect_left(ends, rank[key])
        ends[at : at + 1] = [rank[key]]
        lengths.append(at + 1)
    stay, length = set(), len(ends)
    for key, reached in zip(reversed(wanted), reversed(lengths), strict=True):
        if reached == length:
            stay.add(key)
            length -= 1
    return [key for key in wanted if key not in stay]


def _one_by_one(wanted: Sequence[str], movers: Sequence[str], positions: Mapping[str, int]) -> dict[str, int]:
    now, going = dict(positions), set(movers)
    before = dict(zip(wanted[1:], wanted, strict=False))
    for key in wanted:
        if key in going:
            now.update(place(now, [key], before.get(key, "")))
    return {key: position for key, position in now.items() if positions[key] != position}
