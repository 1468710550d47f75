"""Every wish of a proposal with how it stands against what is current: worked out once for each revision."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from zlib import crc32

from raci.domain.change import Address
from raci.domain.matrix import Matrix, value_at
from raci.domain.merge import Conflict, Spot
from raci.domain.previewing.after import with_created
from raci.domain.previewing.picks import PLAIN, Picks, Verdict
from raci.domain.proposal import Group, Proposal, Standing, Wish, standing
from raci.domain.records import Kind


class Line(NamedTuple):
    """A wish, how it stands, and where it is disputed: what is there now. ``seen`` is short for that."""

    wish: Wish
    standing: Standing
    conflicts: tuple[Conflict, ...] = ()
    seen: str = ""


class Preview:
    """A proposal against the matrices that it is about, by key; at least one, all of the same revision.

    ``new`` are those that the proposal makes: they have their register and nothing else. A proposal about the register
    alone is held against that: a matrix without a key.
    """

    def __init__(self, proposal: Proposal, matrices: Mapping[str, Matrix], new: Collection[str] = ()) -> None:
        self.proposal = proposal
        self.matrices = matrices
        self.new = frozenset(new)
        self.any = next(iter(matrices.values()))
        self.values: dict[Spot, Any] = {}
        self.lines = {wish.id: self._line(wish) for wish in proposal.wishes}

    @property
    def revision(self) -> int:
        """The revision that it is held against."""
        return self.any.revision

    def now(self, address: Address) -> Matrix:
        """Return the matrix in which something stands; any of them for what stands in the register."""
        return self.matrices.get(_matrix(address), self.any)

    def shown(self, address: Address) -> Matrix:
        """Return the same with all that the proposal would create, to name it."""
        return self.named.get(_matrix(address), self.named[self.any.key])

    @cached_property
    def named(self) -> Mapping[str, Matrix]:
        """The matrices by key, with all that the proposal would create."""
        changes = [change for wish in self.proposal.wishes for change in wish.changes]
        return {key: with_created(matrix, changes) for key, matrix in self.matrices.items()}

    @cached_property
    def by_group(self) -> Mapping[Group, tuple[Line, ...]]:
        """The lines of each group that has some, in the order of the page."""
        found: dict[Group, list[Line]] = {}
        for line in self.lines.values():
            found.setdefault(line.wish.group, []).append(line)
        return {group: tuple(found[group]) for group in Group if group in found}

    @cached_property
    def needed(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the wishes that cannot be made without another one, by its id."""
        found: dict[str, list[str]] = {}
        for wish in self.proposal.wishes:
            for need in wish.needs:
                found.setdefault(need, []).append(wish.id)
        return {need: tuple(ids) for need, ids in found.items()}

    @cached_property
    def spots(self) -> frozenset[Spot]:
        """Every place that the proposal is about."""
        return frozenset(self.values)

    def verdict(self, line: Line, picks: Picks) -> Verdict:
        return picks.verdict(line.wish, line.standing, line.seen)

    def tally(self, picks: Picks) -> Counter[tuple[Group, Standing, Verdict]]:
        """Count the lines by group, standing and verdict. The work grows with the exceptions, not with the lines."""
        found: Counter[tuple[Group, Standing, Verdict]] = Counter()
        for (group, how, offered), count in self._offered.items():
            usual = self._usual(group, how, offered, picks)
            found[group, how, usual] += count
        for key in picks.lines.keys() & self.lines.keys():
            line = self.lines[key]
            usual = self._usual(line.wish.group, line.standing, line.wish.offered, picks)
            found[line.wish.group, line.standing, usual] -= 1
            found[line.wish.group, line.standing, self.verdict(line, picks)] += 1
        return +found

    def lacking(self, picks: Picks) -> frozenset[str]:
        """Return the wishes that would be made, were a wish not refused that they need, however far removed."""
        refused = [key for key in self.needed if key not in self.lines or self._is_out(self.lines[key], picks)]
        found: set[str] = set()
        while refused:
            for key in self.needed.get(refused.pop(), ()):
                if key not in found:
                    found.add(key)
                    refused.append(key)
        return frozenset(key for key in found if not self._is_out(self.lines[key], picks))

    def _is_out(self, line: Line, picks: Picks) -> bool:
        return line.standing is not Standing.DONE and self.verdict(line, picks) in (Verdict.REFUSE, Verdict.ASK)

    @staticmethod
    def _usual(group: Group, how: Standing, offered: bool, picks: Picks) -> Verdict:
        return picks.usual(group, offered) if how is Standing.OPEN else Verdict.REFUSE

    @cached_property
    def _offered(self) -> Counter[tuple[Group, Standing, bool]]:
        return Counter((line.wish.group, line.standing, line.wish.offered) for line in self.lines.values())

    def _line(self, wish: Wish) -> Line:
        is_open = disputed = False
        for change in wish.changes:
            found = self.values[change.address, change.field] = self._value(change.address, change.field)
            if found != change.after:
                is_open, disputed = True, disputed or found != change.before
        if not disputed:  # as nearly all are: nothing more is to be said of it
            return Line(wish, Standing.OPEN if is_open else Standing.DONE)
        how, plan = standing(wish, self.values)
        seen = repr([conflict.current for conflict in plan.conflicts])
        return Line(wish, how, plan.conflicts, f"{crc32(seen.encode('utf-8', 'replace')):08x}")

    def _value(self, address: Address, name: str) -> Any:
        if address.kind is Kind.SHEET and address.subject in self.new:
            return None
        return value_at(self.now(address), address, name)


def _matrix(address: Address) -> str:
    return address.subject if address.kind is Kind.SHEET else address.matrix


def answered(lines: Iterable[Line], verdict: Verdict) -> list[Line]:
    """Return those of some lines to which an answer can be given: conflicts have answers of their own."""
    if verdict in PLAIN:
        return [line for line in lines if line.standing is not Standing.DONE]
    return [line for line in lines if line.standing is Standing.DISPUTED]
