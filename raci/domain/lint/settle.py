"""What is left to say when one finding already says another: hiding, merging and collapsing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from raci.domain.lint.finding import Finding, Level, SubjectKind
from raci.domain.lint.registry import MATRIX, RULES, Hit
from raci.domain.lint.view import RowView, View

# The findings of one row without their words: rule, variant and level of each.
Signature: TypeAlias = tuple[tuple[str, str, Level], ...]

_BOTH, _UNOWNED, _UNWORKED = "C02", "R01", "R03"
_CONTROL = "control"


class Collapse(NamedTuple):
    """What is so on most rows and said once for the matrix: ``pairs`` of owning and doing (C02), no doer (R03)."""

    pairs: bool
    unworked: bool


def signature(found: Iterable[Finding]) -> Signature:
    """Return the findings of one row without their words."""
    return tuple((item.rule, item.variant, item.level) for item in found)


def without_hidden(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Leave out of the findings on one row those of rules that another rule hides where it has spoken itself."""
    hidden = {other for item in found for other in RULES[item.rule].documentation.hides}
    return tuple(item for item in found if item.rule not in hidden) if hidden else tuple(found)


def collapse_of(view: View, counts: Mapping[Signature, int]) -> Collapse:
    """Return what is collapsed, from how many rows there are of each signature. Controls alone collapse nothing."""
    on = plain = unworked = 0
    for kinds, count in counts.items():
        variants = {variant for rule, variant, _ in kinds if rule == _BOTH}
        on += count * bool(variants)
        plain += count * bool(variants - {_CONTROL})
        unworked += count * any(rule == _UNWORKED for rule, _, _ in kinds)
    return Collapse(plain > 0 and view.is_most(on), view.is_most(unworked))


def settled(item: RowView, found: tuple[Finding, ...], collapse: Collapse) -> tuple[Finding, ...]:
    """Return what is said of one row: not what is said for all, and no owner and no doer as one on a passive row."""
    if not found:
        return found
    rules = {finding.rule for finding in found}
    merges = item.passive and not collapse.unworked and {_UNOWNED, _UNWORKED} <= rules
    return tuple(_merged(finding, merges) for finding in found if not _is_said_elsewhere(finding, collapse, merges))


def _is_said_elsewhere(finding: Finding, collapse: Collapse, merges: bool) -> bool:
    if finding.rule == _BOTH:
        return collapse.pairs and finding.variant != _CONTROL
    return finding.rule == _UNWORKED and (collapse.unworked or merges)


def _merged(finding: Finding, merges: bool) -> Finding:
    if not merges or finding.rule != _UNOWNED:
        return finding
    return RULES[_UNOWNED].finding(Hit(finding.subject, finding.facts, "passive"))


def said_once(collapse: Collapse) -> list[tuple[str, Level]]:
    """Return rule and level of what `collapsed` says, without looking for the rows that it is about."""
    found = [rule for rule, is_so in ((_BOTH, collapse.pairs), (_UNWORKED, collapse.unworked)) if is_so]
    return [(rule, RULES[rule].forms["many"].level) for rule in found]


def collapsed(view: View, judged: Mapping[str, Sequence[Finding]], collapse: Collapse) -> list[Finding]:
    """Return what is said once for the matrix instead of row by row."""
    found = []
    if collapse.pairs:
        found.append(_pairs(view, list(_of(view, judged, _BOTH))))
    if collapse.unworked:
        found.append(_unworked(view, [item.subject.duty for item in _of(view, judged, _UNWORKED)]))
    return found


def _pairs(view: View, found: Sequence[Finding]) -> Finding:
    on = len({item.subject.duty for item in found})
    duties = dict.fromkeys(item.subject.duty for item in found if item.variant != _CONTROL)
    facts = {"count": len(found), "on": on, "rows": len(view.rows)}
    return RULES[_BOTH].finding(Hit(MATRIX, facts, "many", tuple(duties)))


def _unworked(view: View, duties: Sequence[str]) -> Finding:
    owned = sum(bool(item and item.owners) for item in map(view.row_of, duties))
    facts = {"count": len(duties), "rows": len(view.rows), "owned": owned}
    return RULES[_UNWORKED].finding(Hit(MATRIX, facts, "many_owned" if owned else "many", tuple(duties)))


def _of(view: View, judged: Mapping[str, Sequence[Finding]], rule: str) -> Iterator[Finding]:
    return (finding for item in view.rows for finding in judged[item.duty] if finding.rule == rule)


def touched_duties(finding: Finding) -> tuple[str, ...]:
    """Return the duties whose rows a finding is about: its own, or those that it stands for."""
    if finding.subject.kind in (SubjectKind.ROW, SubjectKind.CELL):
        return (finding.subject.duty,)
    return finding.covers
