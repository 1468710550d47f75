"""One pass over the filled cells of a matrix, shared by every rule."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from raci.domain.lint.settings import LintSettings
from raci.domain.matrix import Matrix
from raci.domain.records import GreyAreaStatus
from raci.domain.reporting import Reporting
from raci.domain.scheme import LetterClass, Scheme, split_letters
from raci.domain.staffed import Staffed


class Traits(NamedTuple):
    """What the letters of one cell mean, whatever the letters are."""

    owner: bool
    doer: bool
    heard: bool  # advice or notice
    passive: bool  # nothing but advice and notice
    redundant: bool  # one letter follows from another
    only_notice: bool


class RowView(NamedTuple):
    """What the rules need to know of one row that applies. Roles stand in column order."""

    duty: str
    filled: int
    owners: tuple[str, ...]
    workers: tuple[str, ...]
    heard: int  # cells with advice or notice
    passive: bool  # not empty, and nothing but advice and notice
    redundant: tuple[str, ...]
    owner_and_doer: tuple[str, ...]

    @property
    def doers(self) -> int:
        """How many roles do the work."""
        return len(self.workers)


class ColumnView(NamedTuple):
    """What the rules need to know of one column: how many cells of the rows that apply hold what."""

    role: str
    filled: int
    owners: int
    doers: int
    only_notice: int


class View:
    """A matrix as the rules see it: only the rows that apply, each cell looked at once."""

    def __init__(self, matrix: Matrix, today: date, settings: LintSettings) -> None:
        self._take_in(matrix, today, settings)
        self._traits: dict[str, Traits] = {}
        self._by_column: Counter[tuple[str, str]] = Counter()
        self._rows = {duty: self._row(duty) for duty in matrix.applicable_rows}

    def _take_in(self, matrix: Matrix, today: date, settings: LintSettings) -> None:
        self.matrix = matrix
        self.today = today
        self.settings = settings
        self.scheme = matrix.scheme
        self.roles = matrix.column_keys
        self._place = {role: index for index, role in enumerate(self.roles)}
        self.staffed = Staffed.of(matrix)

    def after(self, matrix: Matrix, duties: Iterable[str]) -> "View":
        """Return the view of another state of the matrix that has the same scheme and columns.

        Only the rows of the duties given are looked at; those of all others must be as they were.
        """
        view = View.__new__(View)
        view._take_in(matrix, self.today, self.settings)
        view._traits, view._by_column, view._rows = self._traits, self._by_column.copy(), self._rows.copy()
        if "idle_roles" in vars(self) and view.staffed == self.staffed and view.roles == self.roles:
            view.staffed, view.idle_roles = self.staffed, self.idle_roles
        for duty in duties:
            if view._rows.pop(duty, None):
                view._by_column.subtract(self.matrix.cells.get(duty, {}).items())
            if duty in matrix.rows and matrix.rows[duty].applies:
                view._rows[duty] = view._row(duty)
        return view

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        """The rows that apply, in order."""
        return tuple(map(self._rows.__getitem__, self.matrix.applicable_rows))

    def row_of(self, duty: str) -> RowView | None:
        """Return the row of a duty, None where there is none that applies."""
        return self._rows.get(duty)

    @property
    def owner_may_do(self) -> bool:
        own = self.settings.owner_may_do
        return self.scheme.owner_may_do if own is None else own

    @cached_property
    def can_be_done(self) -> bool:
        """Whether the scheme has a letter for doing the work."""
        return bool(self.scheme.codes_of(LetterClass.DOER))

    @cached_property
    def can_be_heard(self) -> bool:
        """Whether the scheme has a letter for advice or notice."""
        return bool(self.scheme.codes_of(LetterClass.INPUT, LetterClass.NOTICE))

    @cached_property
    def idle_roles(self) -> frozenset[str]:
        """The roles of the columns for which nobody works today; none where no holding is on record."""
        known = self.staffed
        return frozenset(role for role in self.roles if known.is_known and not known.working(role, self.today))

    @cached_property
    def reporting(self) -> Reporting:
        """The reporting lines, ready to be asked."""
        return Reporting(self.matrix.lines)

    @cached_property
    def claims_to_own(self) -> Mapping[str, frozenset[str]]:
        """The roles that claimed to own each duty, in grey areas that were not withdrawn."""
        wanted = self.scheme.codes_of(self.scheme.pivot)
        found: dict[str, set[str]] = {}
        for (key, role), claim in self.matrix.claims.items():
            grey_area = self.matrix.grey_areas[key]
            if grey_area.status is not GreyAreaStatus.WITHDRAWN and not wanted.isdisjoint(split_letters(claim.letters)):
                found.setdefault(grey_area.duty, set()).add(role)
        return {duty: frozenset(roles) for duty, roles in found.items()}

    @cached_property
    def columns(self) -> tuple[ColumnView, ...]:
        tallies: dict[str, list[tuple[Traits, int]]] = {role: [] for role in self.roles}
        for (role, letters), count in self._by_column.items():
            tallies[role].append((self._traits[letters], count))
        return tuple(_column(role, tally) for role, tally in tallies.items())

    @cached_property
    def undecided(self) -> Mapping[str, str]:
        """The key of the open grey area of each applicable row that has one."""
        return {duty: key for duty, key in self.matrix.open_by_duty.items() if duty in self._rows}

    @cached_property
    def awaited(self) -> frozenset[str]:
        """Roles that an open grey area concerns: they claim it, or letters are proposed for them."""
        found: set[str] = set()
        for key in self.undecided.values():
            found.update(self.matrix.claimants(key), self.matrix.grey_areas[key].proposed)
        return frozenset(found)

    def code(self, duty: str) -> str:
        return self.matrix.duties[duty].code

    def name(self, role: str) -> str:
        return self.matrix.roles[role].name

    def names(self, roles: Iterable[str]) -> str:
        return ", ".join(self.matrix.roles[role].name for role in roles)

    def in_order(self, roles: Iterable[str]) -> list[str]:
        """Return roles in column order, each once; those without a column come last, by their codes."""
        wanted = set(roles)
        outside = sorted(wanted - self._place.keys(), key=lambda role: (self.matrix.roles[role].code, role))
        return [*(role for role in self.roles if role in wanted), *outside]

    def is_most(self, count: int) -> bool:
        """Whether so many rows are enough to be reported once for the whole matrix."""
        return count * 100 > self.settings.collapse_above * len(self.rows)

    def _row(self, duty: str) -> RowView:
        cells = self.matrix.cells.get(duty, {})
        self._by_column.update(cells.items())
        owners, workers, redundant, both = [], [], [], []
        heard = passive = 0
        known = self._traits
        for role, letters in cells.items():
            owner, doer, is_heard, is_passive, is_redundant, _ = known.get(letters) or self.traits(letters)
            heard += is_heard
            if is_redundant:
                redundant.append(role)
            if is_passive:
                passive += 1
                continue
            if doer:
                workers.append(role)
            if owner:
                owners.append(role)
                if doer:
                    both.append(role)
        filled = len(cells)
        return RowView(
            duty, filled, self._sorted(owners), self._sorted(workers), heard, 0 < passive == filled,
            self._sorted(redundant), self._sorted(both),
        )  # fmt: skip

    def traits(self, letters: str) -> Traits:
        """Return what the letters of a cell mean, worked out once."""
        if letters not in self._traits:
            self._traits[letters] = read_traits(self.scheme, letters)
        return self._traits[letters]

    def _sorted(self, roles: list[str]) -> tuple[str, ...]:
        if len(roles) > 1:
            roles.sort(key=self._place.__getitem__)
        return tuple(roles)


def read_traits(scheme: Scheme, letters: str) -> Traits:
    """Say what the letters of a cell mean in a scheme. Letters that it does not have mean nothing."""
    known = scheme.by_code
    classes = {known[code].letter_class for code in split_letters(letters) if code in known}
    owner, doer = scheme.pivot in classes, LetterClass.DOER in classes
    asked, told = LetterClass.INPUT in classes, LetterClass.NOTICE in classes
    return Traits(
        owner=owner,
        doer=doer,
        heard=asked or told,
        passive=bool(classes) and classes <= {LetterClass.INPUT, LetterClass.NOTICE},
        redundant=(asked and (told or owner)) or (told and (owner or doer)),
        only_notice=classes == {LetterClass.NOTICE},
    )


def _column(role: str, tally: list[tuple[Traits, int]]) -> ColumnView:
    return ColumnView(
        role,
        filled=sum(count for _, count in tally),
        owners=sum(count for traits, count in tally if traits.owner),
        doers=sum(count for traits, count in tally if traits.doer),
        only_notice=sum(count for traits, count in tally if traits.only_notice),
    )
