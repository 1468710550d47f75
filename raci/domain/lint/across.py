"""Rules across the matrices of an organisation: what none of them can see in itself.

They are not asked at every keystroke, since a change in one matrix would have to be judged in all others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from raci.domain.lint.finding import Finding, Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, in_order, row, rule_across
from raci.domain.lint.settings import LintSettings
from raci.domain.matrix import Matrix
from raci.domain.records import DecisionType, ScopeKind
from raci.domain.scheme import LetterClass, split_letters
from raci.domain.text import Sentence, fold, listed
from raci.domain.text import gettext_noop as _

_DEFAULTS = LintSettings()


@dataclass(frozen=True)
class Standing:
    """What one matrix says of who owns what, as far as matrices are compared.

    ``owners`` has the roles that own each duty of a row that applies; rows without an owner are absent.
    ``split`` are the duties that a decision in force splits by scope. ``doers`` has the roles that do a duty, only for
    duties that are on record as incompatible with another.
    """

    key: str
    title: str
    scope_kind: ScopeKind
    scope_name: str
    owners: Mapping[str, frozenset[str]]
    split: frozenset[str] = frozenset()
    doers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def concerned(self, duty: str) -> frozenset[str]:
        """Return the roles that own a duty or do it."""
        return self.owners.get(duty, frozenset()) | self.doers.get(duty, frozenset())

    @classmethod
    def of(cls, matrix: Matrix) -> "Standing":
        """Return what a matrix says."""
        codes = matrix.scheme.codes_of(matrix.scheme.pivot)
        owning = {letters for _role, letters in matrix.tally if not codes.isdisjoint(split_letters(letters))}
        rows = ((duty, matrix.cells.get(duty, {})) for duty in matrix.applicable_rows)
        owners = {duty: frozenset(role for role, letters in row.items() if letters in owning) for duty, row in rows}
        splits = (
            duty
            for duty, keys in matrix.in_force_by_duty.items()
            if any(matrix.decisions[key].type is DecisionType.SPLIT_SCOPE for key in keys)
        )
        return cls(
            matrix.key,
            matrix.sheet.title,
            matrix.sheet.scope_kind,
            matrix.sheet.scope_name,
            {duty: roles for duty, roles in owners.items() if roles},
            frozenset(splits),
            _doers(matrix),
        )


def _doers(matrix: Matrix) -> dict[str, frozenset[str]]:
    apart = {duty for pair in matrix.incompatibilities for duty in pair}
    found = {
        duty: frozenset(matrix.holders(duty, LetterClass.DOER)) for duty in apart.intersection(matrix.applicable_rows)
    }
    return {duty: roles for duty, roles in found.items() if roles}


class Scope(Protocol):
    """What has a scope: the head of a matrix, or what is said of it."""

    @property
    def scope_kind(self) -> ScopeKind: ...

    @property
    def scope_name(self) -> str: ...


def intersect(first: Scope, second: Scope) -> bool:
    """Tell whether something can lie in the scopes of both: they are the same, or one is a project and one all of "
    "them."""
    kinds = {first.scope_kind, second.scope_kind}
    if ScopeKind.PROJECTS in kinds:
        return ScopeKind.DEPARTMENT not in kinds
    return len(kinds) == 1 and fold(first.scope_name) == fold(second.scope_name)


@rule_across(
    "S01",
    "scope-conflict",
    Documentation(
        title=_("Two matrices name different owners"),
        check=_(
            "The duty applies in another matrix whose scope intersects with that of this one (the same project, "
            "department or all projects; a single project and all projects), other roles own it there, and no split by "
            "scope is in force on it in either. Looked at on the overview, in the list of findings and in exports, not "
            "while a matrix is edited."
        ),
        why=_("Where both matrices hold, two roles own the duty, and each can point to a sheet that says so."),
        fix=_("Record the split by scope, or choose one owner for both."),
    ),
    plain=Form(
        Level.ERROR,
        _("{duty} is owned by {roles} here, and elsewhere by: {others}."),
        _("Split {duty} by scope, or let the same role own it in both matrices."),
    ),
)
def scope_conflict(matrix: Matrix, others: Sequence[Standing], today: date, settings: LintSettings) -> Iterator[Hit]:
    near = [other for other in others if other.key != matrix.key and intersect(matrix.sheet, other)]
    if not near:
        return
    here = Standing.of(matrix)
    for duty in matrix.applicable_rows:
        owners = here.owners.get(duty)
        if not owners or duty in here.split:
            continue
        against = [one for one in near if one.owners.get(duty, owners) != owners and duty not in one.split]
        if against:
            told = [_elsewhere(matrix, one.owners[duty], one.title) for one in against]
            facts: Facts = {
                "duty": matrix.duties[duty].code,
                "roles": _names(matrix, owners),
                "others": listed(told),
            }
            yield Hit(row(duty), facts)


def _elsewhere(matrix: Matrix, roles: Iterable[str], title: str) -> Sentence:
    return Sentence(_("{roles} in “{matrix}”"), {"roles": _names(matrix, roles), "matrix": title})


def _names(matrix: Matrix, roles: Iterable[str]) -> str:
    return ", ".join(sorted(matrix.roles[role].name for role in roles if role in matrix.roles))


def across(
    matrix: Matrix, others: Sequence[Standing], today: date, settings: LintSettings = _DEFAULTS
) -> tuple[Finding, ...]:
    """Return what is found in a matrix by holding it against others of its organisation.

    A matrix among its own others is passed over.
    """
    return tuple(
        rule.finding(hit)
        for rule in in_order()
        if rule.find_across
        for hit in rule.find_across(matrix, others, today, settings)
    )


def merged(found: Iterable[Finding], more: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return two lists of findings as one, rule by rule in the order in which findings are shown."""
    place = {rule.id: at for at, rule in enumerate(in_order())}
    return tuple(sorted((*found, *more), key=lambda item: place[item.rule]))
