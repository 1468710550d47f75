"""What a matrix adds up to: the results that its formulas show before anybody calculates."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from raci.documents.speech import gettext as _
from raci.documents.words import CLEAN, NOT_HERE, Standing, Verdicts, claim
from raci.domain.matrix import Matrix
from raci.domain.records import GreyAreaStatus
from raci.domain.scheme import split_letters

# How many answer for a row, how many do it, and the words on it.
Result: TypeAlias = tuple[int, int, str]

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
        held = self.matrix.cells
        rows = (held[duty].items() for duty in self.matrix.applicable_rows if duty in held)
        cells = Counter(chain.from_iterable(rows))
        found: Counter[tuple[str, str]] = Counter()
        for (role, letters), count in cells.items():
            for code in split_letters(letters):
                found[role, code] += count
        return found

    @property
    def clean(self) -> int:
        """How many rows that apply have nothing wrong."""
        clean = _(CLEAN)
        return sum(said == clean for _owners, _doers, said in self.rows.values())

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
    def unsettled(self) -> frozenset[str]:
        """The duties that lie in an overlap, with no decision in force and no grey area open."""
        matrix = self.matrix
        overlaps = {key for key, area in matrix.areas.items() if area.is_overlap}
        settled = matrix.decision_by_duty.keys() | matrix.open_by_duty.keys()
        return frozenset(duty for duty in matrix.rows if matrix.duties[duty].area in overlaps) - settled

    @cached_property
    def rows(self) -> Mapping[str, Result]:
        """The results of each row that applies. Rows of a kind share one."""
        matrix, weigh = self.matrix, self.weights.__getitem__
        known: dict[tuple[int, bool, int], Result] = {}
        found: dict[str, Result] = {}
        for duty in matrix.applicable_rows:
            row = matrix.cells.get(duty)
            total = sum(map(weigh, row.values())) if row else 0
            if duty in matrix.open_by_duty:
                found[duty] = self._result(total, bool(row), claimed=claim(matrix, duty))
                continue
            key = (total, bool(row), self._contenders(duty, total % DOER_UNIT) if duty in self.unsettled else 0)
            if key not in known:
                known[key] = self._result(*key)
            found[duty] = known[key]
        return found

    def words_on(self, duty: str) -> str:
        """Return what the Check column says of a row."""
        row = self.matrix.rows[duty]
        if row.applies:
            return self.rows[duty][2]
        return f"{_(NOT_HERE)}: {row.reason}" if row.reason else _(NOT_HERE)

    def _result(self, total: int, filled: bool, contenders: int = 0, claimed: str = "") -> Result:
        doers, owners = divmod(total, DOER_UNIT)
        return owners, doers, self.verdicts.of_row(Standing(filled, owners, doers, claimed, contenders))

    def _contenders(self, duty: str, owners: int) -> int:
        """Count the roles that own a duty or claim to."""
        row = self.matrix.cells.get(duty, {})
        return owners + sum(not self.weights[row.get(role, "")] % DOER_UNIT for role in self.claims.get(duty, ()))
