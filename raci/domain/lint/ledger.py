"""What lint found, kept row by row, so that a change is judged by looking at nothing but the rows it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from raci.domain.lint.finding import Finding, Level
from raci.domain.lint.registry import in_order
from raci.domain.lint.settings import LintSettings
from raci.domain.lint.settle import Collapse, collapse_of, collapsed, said_once, settled, signature, without_hidden
from raci.domain.lint.view import RowView, View
from raci.domain.matrix import Matrix

Found = Mapping[str, tuple[Finding, ...]]

# What every row is judged by: where it differs, all rows are looked at again.
_EVERYWHERE = ("scheme", "roles", "areas", "columns", "lines", "authorities")


class Ledger:
    """The findings of a matrix on a day. Made once for a matrix, then carried from state to state.

    ``judged`` holds for each row what the rules for rows find there and no other rule hides; ``by_duty`` what of
    that is left to say beside what is said once for the whole matrix.
    """

    def __init__(self, view: View, judged: Found, signatures: Counter[Any], earlier: "Ledger | None" = None) -> None:
        self.view = view
        self._judged = judged
        self._signatures = signatures
        self._collapse: Collapse = collapse_of(view, signatures)
        if earlier is None or earlier._collapse != self._collapse:
            self.by_duty: Found = {item.duty: self._settled(item) for item in view.rows}
            self.shown: Counter[Any] = Counter(map(signature, self.by_duty.values()))
        else:
            self.by_duty, self.shown = earlier.by_duty, earlier.shown

    @classmethod
    def of(cls, matrix: Matrix, today: date, settings: LintSettings) -> "Ledger":
        """Return the ledger of a matrix, looking at all that it holds: linear in filled cells."""
        view = View(matrix, today, settings)
        judged = dict(_judge(view, view.rows))
        return cls(view, judged, Counter(map(signature, judged.values())))

    @property
    def matrix(self) -> Matrix:
        """The state that was judged."""
        return self.view.matrix

    def after(self, matrix: Matrix) -> "Ledger":
        """Return the ledger of another state of the matrix, looking only at the rows in which the two differ."""
        duties = touched_rows(self.matrix, matrix)
        if duties is None:
            return Ledger.of(matrix, self.view.today, self.view.settings)
        view = self.view.after(matrix, duties)
        rows = [item for duty in duties if (item := view.row_of(duty))]
        judged, signatures = _with(self._judged, self._signatures, duties, dict(_judge(view, rows)))
        ledger = Ledger(view, judged, signatures, self)
        if ledger.by_duty is self.by_duty:
            anew = {item.duty: ledger._settled(item) for item in rows}
            ledger.by_duty, ledger.shown = _with(self.by_duty, self.shown, duties, anew)
        return ledger

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is found: rule by rule, each in the order of the rows."""
        found: dict[str, list[Finding]] = {rule.id: [] for rule in in_order()}
        for finding in (*collapsed(self.view, self._judged, self._collapse), *self.of_the_whole):
            found[finding.rule].append(finding)
        for item in self.view.rows:
            for finding in self.by_duty[item.duty]:
                found[finding.rule].append(finding)
        return tuple(chain.from_iterable(found.values()))

    @cached_property
    def of_the_whole(self) -> tuple[Finding, ...]:
        """What is found by looking at the matrix as a whole, its columns among it."""
        found = (map(rule.finding, rule.find(self.view)) for rule in in_order() if rule.find)
        return tuple(chain.from_iterable(found))

    @property
    def said_once(self) -> Sequence[tuple[str, Level]]:
        """Rule and level of what is said once for the matrix instead of on most of its rows."""
        return said_once(self._collapse)

    @property
    def counts(self) -> Iterator[tuple[tuple[tuple[str, str, Level], ...], int]]:
        """Yield how many rows there are with the same findings: rule, variant and level of each."""
        return ((kinds, count) for kinds, count in self.shown.items() if count)

    def judged_otherwise(self, other: "Ledger") -> set[str]:
        """Return the duties about whose rows the two do not say the same."""
        return _differing(self.by_duty, other.by_duty)

    def _settled(self, item: RowView) -> tuple[Finding, ...]:
        return settled(item, self._judged[item.duty], self._collapse)


def _with(found: Found, counts: Counter[Any], duties: Iterable[str], anew: Found) -> tuple[Found, Counter[Any]]:
    """Return the findings of rows, and how often each signature occurs, with those of some rows replaced."""
    made, counts = {**found}, counts.copy()
    for duty in duties:
        if (old := made.pop(duty, None)) is not None:
            counts[signature(old)] -= 1
        if duty in anew:
            made[duty] = anew[duty]
            counts[signature(anew[duty])] += 1
    return made, counts


def _judge(view: View, rows: Iterable[RowView]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Yield for each row its duty and what the rules for rows find in it."""
    finders = [(rule, rule.find_in_row) for rule in in_order() if rule.find_in_row]
    for item in rows:
        found = [rule.finding(hit) for rule, find in finders for hit in find(view, item)]
        yield item.duty, without_hidden(found)


def touched_rows(old: Matrix, new: Matrix) -> set[str] | None:
    """Return the duties whose rows may be judged differently in two states of a matrix; None where any may be.

    Nobody has to say what was changed: records that are the same object in both states cost next to nothing.
    """
    if any(getattr(old, part) != getattr(new, part) for part in _EVERYWHERE):
        return None
    grey = _differing(old.grey_areas, new.grey_areas)
    grey |= {grey_area for grey_area, _ in _differing(old.claims, new.claims)}
    found = _differing(old.duties, new.duties) | _differing(old.rows, new.rows) | _differing(old.cells, new.cells)
    for state in (old, new):
        found |= {state.grey_areas[key].duty for key in grey & state.grey_areas.keys()}
    found |= {duty for duty, _need in _differing(old.needs, new.needs)}
    found |= _touched_by_deciding(old, new)
    found |= _touched_by_people(old, new)
    # Who answers for a part is compared with who answers for the whole.
    for state in (old, new):
        found |= {child for duty in found & state.children_by_duty.keys() for child in state.children_by_duty[duty]}
    return found


def _touched_by_deciding(old: Matrix, new: Matrix) -> set[str]:
    """Return the duties that decisions are about in which two states differ, and those that parts of them became."""
    decided = _differing(old.decisions, new.decisions)
    for shelf in ("parts", "acknowledgements"):
        decided |= {decision for decision, _key in _differing(getattr(old, shelf), getattr(new, shelf))}
    for state in (old, new):
        decided |= {state.decisions[key].supersedes for key in decided & state.decisions.keys()}
    found: set[str] = set()
    for state in (old, new) if decided else ():
        found |= {state.decisions[key].duty for key in decided & state.decisions.keys()}
        found |= {duty for key in decided for part in state.parts_of(key) if (duty := part.duty)}
    return found


def _touched_by_people(old: Matrix, new: Matrix) -> set[str]:
    """Return the duties in whose rows roles hold letters for which other people may work in two states."""
    roles = {role for role, _key in _differing(old.holdings, new.holdings)}
    away = _differing(old.absences, new.absences)
    people = {state.absences[key].person for state in (old, new) for key in away & state.absences.keys()}
    for state in (old, new) if people else ():
        roles |= {role for (role, _key), holding in state.holdings.items() if holding.person in people}
        # Who stands in and goes away leaves those without anybody for whom they stand in.
        others = {one.person for one in state.absences.values() if one.cover in people}
        roles |= {role for (role, _key), holding in state.holdings.items() if holding.person in others}
    if roles and bool(old.holdings) != bool(new.holdings):
        roles |= new.columns.keys()  # the first holding on record is what makes all other roles vacant
    return {duty for state in (old, new) if roles for duty, row in state.cells.items() if not roles.isdisjoint(row)}


def _differing(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> set[Any]:
    """Return the keys under which two mappings hold different things."""
    if old is new:
        return set()
    found = set(old.keys() - new.keys())
    for key, value in new.items():
        held = old.get(key)
        if held is not value and held != value:
            found.add(key)
    return found
