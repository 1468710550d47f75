"""Reporting lines: who ranks below whom, and the lowest superior that roles share.

Lines of one role with different ``option`` are alternatives, not additions: which of them holds is often
left open ("a project executive or a manager"). The lowest option of each role is the chosen one. Lines may
run in circles; nothing here minds.
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from typing import TypeAlias

from raci.domain.records import Line

Lines: TypeAlias = Mapping[tuple[str, str], Line]
Upwards: TypeAlias = Mapping[str, Mapping[str, Line]]


@dataclass(frozen=True)
class Shared:
    """The lowest superior that some roles share, and under what that holds.

    ``options`` has the alternative of each role on the way up that is not its chosen one: empty where the
    chosen lines lead there. ``dotted`` where full lines alone do not.
    """

    superior: str
    options: Mapping[str, int]
    dotted: bool = False


class Reporting:
    """The reporting lines of an organisation, ready to be asked."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def shared_superior(self, roles: Collection[str], *, passing: Collection[str] = ()) -> Shared | None:
        """Return the lowest superior that all the roles report to, directly or not; None where there is none.

        It is none of the roles themselves: who takes part in a conflict cannot settle it. Roles in ``passing``
        (retired ones) are passed on the way up and never the answer. The chosen lines are tried first, full
        lines before dotted ones; then all alternatives, again in that order. In all cases each role on the way
        goes by one alternative only. Lowest is whoever no other shared superior ranks below; of several, the
        nearest.
        """
        for chosen in (True, False):
            for dotted in (False, True):
                ways = self._ways(chosen, dotted)
                if found := _lowest(ways, roles, passing):
                    return Shared(found, self._departures(ways, roles, found), dotted)
        return None

    def ranks_below(self, role: str, other: str) -> bool:
        """Tell whether a role reports to another by chosen full lines, directly or not, and not the other way round."""
        return other in self._above.get(role, ()) and role not in self._above.get(other, ())

    def may_rank_below(self, role: str, other: str) -> bool:
        """Tell whether a role reports to another by full lines under some alternative, and not the other way round."""
        return other in self._possibly_above.get(role, ()) and role not in self._possibly_above.get(other, ())

    def are_linked(self, role: str, other: str) -> bool:
        """Tell whether one of two roles reports to the other, by any line of any alternative, directly or not."""
        return other in self._linked.get(role, ()) or role in self._linked.get(other, ())

    @cached_property
    def on_record(self) -> frozenset[str]:
        """The roles of which a reporting line says something, at either of its ends."""
        return frozenset(role for line in self._lines for role in line)

    def superiors(self, role: str) -> tuple[str, ...]:
        """Return whom a role reports to by chosen full lines, the nearest first."""
        return self._above.get(role, ())

    def way_up(self, role: str, shared: Shared) -> tuple[str, ...]:
        """Return the roles on the way from a role to a superior that it shares, both ends included.

        It goes by the alternatives under which that superior is shared, and is the shortest such way; only the
        role itself where no line leads there.
        """
        before: dict[str, str] = {role: ""}
        waiting = deque([role])
        while waiting and shared.superior not in before:
            at = waiting.popleft()
            for superior in self._steps(at, shared):
                if superior not in before:
                    before[superior] = at
                    waiting.append(superior)
        at, way = shared.superior if shared.superior in before else role, list[str]()
        while at:
            way.append(at)
            at = before[at]
        return tuple(reversed(way))

    def _steps(self, role: str, shared: Shared) -> list[str]:
        """Return the superiors of a role under the alternative of that role, full lines first."""
        option = shared.options.get(role, self._lowest_option.get(role))
        lines = [
            (line.dotted, superior)
            for (one, superior), line in self._lines.items()
            if one == role and line.option == option and (shared.dotted or not line.dotted)
        ]
        return [superior for _dotted, superior in sorted(lines)]

    @cached_property
    def _above(self) -> Mapping[str, tuple[str, ...]]:
        ways = self._ways(chosen=True, dotted=False)
        return {role: tuple(_distances(ways, role)) for role in ways}

    @cached_property
    def _possibly_above(self) -> Mapping[str, frozenset[str]]:
        return self._all_above(dotted=False)

    @cached_property
    def _linked(self) -> Mapping[str, frozenset[str]]:
        return self._all_above(dotted=True)

    def _all_above(self, dotted: bool) -> Mapping[str, frozenset[str]]:
        """Return everybody above each role, whatever the alternatives."""
        ways = self._ways(chosen=False, dotted=dotted)
        return {role: frozenset(_distances(ways, role)) for role in ways}

    @cached_property
    def _lowest_option(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for (role, _superior), line in self._lines.items():
            found[role] = min(line.option, found.get(role, line.option))
        return found

    def _ways(self, chosen: bool, dotted: bool) -> Upwards:
        """Return the superiors of each role by some of the lines, chosen and full ones first."""
        found: dict[str, dict[str, Line]] = {}
        for (role, superior), line in sorted(self._lines.items(), key=_preference):
            if (dotted or not line.dotted) and (not chosen or line.option == self._lowest_option[role]):
                found.setdefault(role, {})[superior] = line
        return found

    def _departures(self, ways: Upwards, roles: Collection[str], superior: str) -> dict[str, int]:
        """Return which alternatives other than the chosen ones lead from roles up to a superior, one for each role.

        Each role goes the way with the fewest of them. All ways are of one tree whose root is the superior: roles
        that meet go on together, so none on the way goes by two alternatives at once.
        """
        tree = self._tree(ways, superior)
        found: dict[str, int] = {}
        for role in roles:
            at = role
            while at != superior:
                option = ways[at][tree[at]].option
                if option != self._lowest_option[at]:
                    found[at] = option
                at = tree[at]
        return found

    def _tree(self, ways: Upwards, root: str) -> Mapping[str, str]:
        """Return the next step of every role that leads to a superior: fewest departures, dotted lines, steps."""
        subordinates: dict[str, list[str]] = {}
        for role, superiors in ways.items():
            for superior in superiors:
                subordinates.setdefault(superior, []).append(role)
        reached: dict[str, str] = {}
        waiting = [((0, 0, 0), root, root)]
        while waiting:
            (departures, dotted, steps), role, onward = heappop(waiting)
            if role in reached:
                continue
            reached[role] = onward
            for one in subordinates.get(role, ()):
                line = ways[one][role]
                departs = line.option != self._lowest_option[one]
                heappush(waiting, ((departures + departs, dotted + line.dotted, steps + 1), one, role))
        return reached


def _preference(item: tuple[tuple[str, str], Line]) -> tuple[str, int, bool, str]:
    (role, superior), line = item
    return role, line.option, line.dotted, superior


def _distances(ways: Upwards, role: str) -> dict[str, int]:
    """Return how many steps away each superior of a role is, the nearest first; itself only where it is in a circle."""
    found: dict[str, int] = {}
    waiting = deque([(role, 0)])
    while waiting:
        at, steps = waiting.popleft()
        for superior in ways.get(at, ()):
            if superior not in found:
                found[superior] = steps + 1
                waiting.append((superior, steps + 1))
    return found


def _lowest(ways: Upwards, roles: Collection[str], passing: Collection[str]) -> str | None:
    above = [_distances(ways, role) for role in roles]
    if not above:
        return None
    shared = set.intersection(*map(set, above)) - set(roles) - set(passing)
    over = {one: _distances(ways, one).keys() for one in shared}
    # In a circle each is above the other, and neither is lower.
    lowest = {one for one in shared if not any(one in over[other] and other not in over[one] for other in shared)}
    return min(lowest, key=lambda one: (max(at[one] for at in above), sum(at[one] for at in above), one), default=None)
