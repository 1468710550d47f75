"""What a matrix adds up to: the results that its formulas show before anybody calculates."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from raci.documents.words import CLEAN, Standing, Verdicts, claim
from raci.domain.matrix import Matrix
from raci.domain.records import GreyAreaStatus
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
    owner_may_do: bool | None = None

    @cached_property
    def verdicts(self) -> Verdicts:
        return Verdicts(self.matrix.scheme, self.owner_may_do)

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

    @cached_property
    def claims(self) -> Mapping[str, frozenset[str]]:
        """The roles that claim to own a duty, in grey areas that were not withdrawn."""
        owning = self.matrix.scheme.codes_of(self.matrix.scheme.pivot)
        found: dict[str, frozenset[str]] = {}
        for (key, role), made in self.matrix.claims.items():
            item = self.matrix.grey_areas[key]
            if item.status is not GreyAreaStatus.WITHDRAWN and not owning.isdisjoint(split_letters(made.letters)):
                found[item.duty] = found.get(item.duty, frozenset()) | {role}
        return found

    @cached_property
    def _overlaps(self) -> frozenset[str]:
        return frozenset(key for key, area in self.matrix.areas.items() if area.is_overlap)

    def is_unsettled(self, duty: str) -> bool:
        """Tell whether a duty lies in an overlap, no decision is in force and no grey area is open."""
        matrix = self.matrix
        return (
            matrix.duties[duty].area in self._overlaps
            and duty not in matrix.decision_by_duty
            and duty not in matrix.open_by_duty
        )

    def verdict(self, duty: str) -> tuple[int, int, str]:
        """Return how many answer for a row, how many do it, and the words on it."""
        row = self.matrix.cells.get(duty, {})
        doers, owners = divmod(sum(map(self.weights.__getitem__, row.values())), DOER_UNIT)
        if duty in self.matrix.open_by_duty:
            standing = Standing(bool(row), owners, doers, claimed=claim(self.matrix, duty))
            return owners, doers, self.verdicts.of_row(standing)
        return owners, doers, self._words(bool(row), owners, doers, self._contenders(duty, owners))

    def _contenders(self, duty: str, owners: int) -> int:
        claims = self.claims.get(duty, frozenset())
        if not (claims or owners) or not self.is_unsettled(duty):
            return 0
        row = self.matrix.cells.get(duty, {})
        return owners + sum(not self.weights[row.get(role, "")] % DOER_UNIT for role in claims)

    def _words(self, filled: bool, owners: int, doers: int, contenders: int) -> str:
        key = (filled, owners, doers, contenders)
        if key not in self._known:
            self._known[key] = self.verdicts.of_row(Standing(filled, owners, doers, contenders=contenders))
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[bool, int, int, int], str]:
        return {}
