"""Where rules are kept. A rule is one function with a stable id, its texts and its documentation.

The function looks at a `View` and yields a `Hit` for each thing it found; the texts and the level come
from the form that the hit names, so that every sentence lint can say stands beside its rule.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from raci.domain.lint.finding import Finding, Level, Subject, SubjectKind
from raci.domain.lint.settings import LintSettings
from raci.domain.lint.view import RowView, View
from raci.domain.matrix import Matrix
from raci.domain.text import Fact

# Findings come in the order in which a sheet is put right: cells, rows, columns, matrix, and so on.
_ORDER = "CRKMASPTX"


@dataclass(frozen=True)
class Form:
    """One way in which a rule reports. ``message`` and ``hint`` have ``{name}`` places for facts.

    ``variant`` becomes part of the finding's key where a waiver of one form must not cover another.
    """

    level: Level
    message: str
    hint: str
    variant: str = ""


Facts: TypeAlias = Mapping[str, Fact]


class Hit(NamedTuple):
    """One thing that a rule found. ``covers`` names the duties of a finding that stands for many rows."""

    subject: Subject
    facts: Facts
    form: str = "plain"
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Documentation:
    """What a reader is told of a rule: what it checks, why that matters, how to put it right.

    ``settings`` names fields of `LintSettings`, ``hides`` the rules that say nothing on a row where
    this one has spoken.
    """

    title: str
    check: str
    why: str
    fix: str
    settings: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


Find: TypeAlias = Callable[[View], Iterable[Hit]]
# Others are what `raci.domain.lint.across.Standing` says of them.
FindAcross: TypeAlias = Callable[[Matrix, Sequence[Any], date, LintSettings], Iterable[Hit]]
# What is said of charters is `raci.domain.lint.chartered.Chartered`.
FindChartered: TypeAlias = Callable[[Matrix, Any], Iterable[Hit]]
FindInRow: TypeAlias = Callable[[View, RowView], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """A rule as it is registered: it looks at one row at a time, at the matrix as a whole, or at both;
    or it holds the matrix against others of its organisation (`raci.domain.lint.across`, `in_one_hand`), or against the
    charters of its roles (`raci.domain.lint.chartered`).

    What it finds in a row must depend on nothing but that row and what the matrix says of its duty: it is
    asked again only where those have changed.
    """

    id: str
    name: str
    documentation: Documentation
    forms: Mapping[str, Form]
    find: Find | None = None
    find_in_row: FindInRow | None = None
    find_across: FindAcross | None = None
    find_chartered: FindChartered | None = None

    def findings(self, view: View) -> Iterator[Finding]:
        """Yield what the rule finds, before other rules hide it or it is collapsed."""
        if self.find:
            yield from map(self.finding, self.find(view))
        if self.find_in_row:
            for item in view.rows:
                yield from map(self.finding, self.find_in_row(view, item))

    def finding(self, hit: Hit) -> Finding:
        """Return a hit as a finding, with the texts of its form."""
        form = self.forms[hit.form]
        return Finding(
            self.id, self.name, form.level, hit.subject, form.message, form.hint, form.variant, hit.facts, hit.covers
        )


RULES: dict[str, Rule] = {}


def rule(rule_id: str, name: str, documentation: Documentation, **forms: Form) -> Callable[[Find], Rule]:
    """Register a function that looks at a whole matrix.

    Raises `ValueError` for an id that is taken or not of the form “R01”.
    """
    _allow(rule_id)

    def register(find: Find) -> Rule:
        return _register(Rule(rule_id, name, documentation, forms, find=find))

    return register


def row_rule(rule_id: str, name: str, documentation: Documentation, **forms: Form) -> Callable[[FindInRow], Rule]:
    """Register a function that looks at one row at a time. Raises `ValueError` as `rule` does."""
    _allow(rule_id)

    def register(find: FindInRow) -> Rule:
        return _register(Rule(rule_id, name, documentation, forms, find_in_row=find))

    return register


def rule_across(rule_id: str, name: str, documentation: Documentation, **forms: Form) -> Callable[[FindAcross], Rule]:
    """Register a function that holds a matrix against others. Raises `ValueError` as `rule` does."""
    _allow(rule_id)

    def register(find: FindAcross) -> Rule:
        return _register(Rule(rule_id, name, documentation, forms, find_across=find))

    return register


def rule_of_charters(
    rule_id: str, name: str, documentation: Documentation, **forms: Form
) -> Callable[[FindChartered], Rule]:
    """Register a function that holds a matrix against the charters of its roles. Raises `ValueError` as `rule` does."""
    _allow(rule_id)

    def register(find: FindChartered) -> Rule:
        return _register(Rule(rule_id, name, documentation, forms, find_chartered=find))

    return register


def also_of_the_whole(registered: Rule) -> Callable[[Find], Rule]:
    """Let a rule for rows look at the matrix as a whole too, for what no row can show."""

    def register(find: Find) -> Rule:
        return _register(replace(registered, find=find))

    return register


def _allow(rule_id: str) -> None:
    if rule_id in RULES or not re.fullmatch(rf"[{_ORDER}]\d\d", rule_id):
        raise ValueError(f"{rule_id} cannot be the id of a rule")


def _register(made: Rule) -> Rule:
    RULES[made.id] = made
    return made


def in_order() -> list[Rule]:
    """Return the rules in the order in which their findings are shown."""
    return sorted(RULES.values(), key=lambda item: (_ORDER.index(item.id[0]), item.id))


MATRIX = Subject(SubjectKind.MATRIX)


def row(duty: str) -> Subject:
    return Subject(SubjectKind.ROW, duty)


def column(role: str) -> Subject:
    return Subject(SubjectKind.COLUMN, role=role)


def columns(role: str, other: str) -> Subject:
    return Subject(SubjectKind.COLUMN, role=role, other=other)


def cell(duty: str, role: str) -> Subject:
    return Subject(SubjectKind.CELL, duty, role)
