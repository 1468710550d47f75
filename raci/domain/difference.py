"""How two roles differ, dimension by dimension: what the organisation says beside what the catalogue says."""

from collections.abc import Sequence
from dataclasses import dataclass

from raci.domain.matrix import Matrix
from raci.domain.records import Difference


@dataclass(frozen=True)
class Entry:
    """A difference as the catalogue has it. ``first`` is the value of the first role of the pair that is asked for."""

    code: str
    dimension: str
    first: str
    second: str


@dataclass(frozen=True)
class Side:
    """One dimension with both values, "" where nothing is said: a finding.

    ``key`` is that of the organisation's own record, "" where only the catalogue knows the dimension; then both
    values are blank. ``swapped`` where the record has the roles the other way round. ``entry`` is what the catalogue
    says of the same thing: that which the record came from, None where it came from none.
    """

    key: str
    dimension: str
    first: str
    second: str
    entry: Entry | None = None
    swapped: bool = False

    @property
    def blanks(self) -> int:
        """How many of the two values are missing."""
        return (not self.first) + (not self.second)

    @property
    def fillable(self) -> bool:
        """Whether the catalogue has a value for a side that is blank."""
        return bool(self.entry and ((not self.first and self.entry.first) or (not self.second and self.entry.second)))


def differences(register: Matrix, first: str, second: str, catalogue: Sequence[Entry] = ()) -> tuple[Side, ...]:
    """Return how two roles differ: own records in their order, whichever role they name first, then what is only
    in the catalogue, in its order."""
    known = {entry.code: entry for entry in catalogue}
    found = {
        key: one for key, one in register.differences.items() if {one.first_role, one.second_role} == {first, second}
    }
    ordered = sorted(found, key=lambda key: (found[key].position, key))
    sides = [_side(key, found[key], first, known.get(found[key].source)) for key in ordered]
    used = {one.source for one in found.values()}
    missing = (entry for entry in catalogue if entry.code not in used)
    return (*sides, *(Side("", entry.dimension, "", "", entry) for entry in missing))


def _side(key: str, record: Difference, first: str, entry: Entry | None) -> Side:
    swapped = record.first_role != first
    one, other = record.first_value, record.second_value
    return Side(key, record.dimension, *((other, one) if swapped else (one, other)), entry, swapped)
