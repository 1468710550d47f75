"""What a matrix adds up to: the results that its formulas show before anybody calculates."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from raci.documents.words import CLEAN, Verdicts, claim
from raci.domain.matrix import Matrix
from raci.domain.scheme import split_letters

# A row's owners and doers are summed in one number: owners below, doers above.
DOER_UNIT = 1 << 20


class Weights(dict[str, int]):
    """How much the letters of a cell add to the sum of its row; filled as letters are met."""

    def __init__(self, verdicts: Verdicts) -> None:
        super().__init__({"": 0})
        self._verdicts = verdicts

    def __missing__(self, letters: str) -> int:
        owner, doer = self._verdicts.weigh(letters)
        self[letters] = owner + doer * DOER_UNIT
        return self[letters]


@dataclass(frozen=True)
class Tally:
    """The sums of one matrix."""

    matrix: Matrix

    @cached_property
    def verdicts(self) -> Verdicts:
        return Verdicts(self.matrix.scheme)

    @cached_property
    def weights(self) -> Weights:
        return Weights(self.verdicts)

    @cached_property
    def letters(self) -> Counter[tuple[str, str]]:
        """How often each role has each letter, in the rows that apply."""
        cells: Counter[tuple[str, str]] = Counter()
        for duty in self.matrix.applicable_rows:
            cells.update(self.matrix.cells.get(duty, {}).items())
        found: Counter[tuple[str, str]] = Counter()
        for (role, letters), count in cells.items():
            for code in split_letters(letters):
                found[role, code] += count
        return found

    @cached_property
    def clean(self) -> int:
        """How many rows that apply have nothing wrong."""
        return sum(self.verdict(duty)[2] == CLEAN for duty in self.matrix.applicable_rows)

    @property
    def not_here(self) -> int:
        return len(self.matrix.rows) - len(self.matrix.applicable_rows)

    def verdict(self, duty: str) -> tuple[int, int, str]:
        """Return how many answer for a row, how many do it, and the words on it."""
        row = self.matrix.cells.get(duty, {})
        doers, owners = divmod(sum(map(self.weights.__getitem__, row.values())), DOER_UNIT)
        claimed = claim(self.matrix, duty) if duty in self.matrix.open_by_duty else ""
        if not claimed:
            return owners, doers, self._words(bool(row), owners, doers)
        return owners, doers, self.verdicts.of_row(claimed, bool(row), owners, doers)

    @cached_property
    def _known(self) -> dict[tuple[bool, int, int], str]:
        return {}

    def _words(self, filled: bool, owners: int, doers: int) -> str:
        key = (filled, owners, doers)
        if key not in self._known:
            self._known[key] = self.verdicts.of_row("", *key)
        return self._known[key]
