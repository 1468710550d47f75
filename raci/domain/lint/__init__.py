"""Lint: what is unclear, contested or missing in a matrix, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from raci.domain.lint import in_one_hand, rules
from raci.domain.lint.across import Standing, across, merged
from raci.domain.lint.chartered import Chartered, Unsigned, of_charters
from raci.domain.lint.finding import Finding, Level, Subject, SubjectKind
from raci.domain.lint.fixes import Fix, Given, fixes
from raci.domain.lint.ledger import Ledger
from raci.domain.lint.registry import RULES, Rule
from raci.domain.lint.settings import LintSettings
from raci.domain.lint.settle import touched_duties
from raci.domain.matrix import Matrix

DEFAULTS = LintSettings()


def lint(matrix: Matrix, *, today: date, settings: LintSettings = DEFAULTS) -> tuple[Finding, ...]:
    """Return everything that the rules find: cells, rows, columns, matrix, decisions, each in its order.

    Only rows that apply in the scope of the matrix are looked at. The work is linear in filled cells.
    """
    return Ledger.of(matrix, today, settings).findings


@dataclass(frozen=True)
class Health:
    """How a matrix fares. A row is clean if no error or warning is about it; errors and warnings count findings."""

    clean: int
    applicable: int
    errors: int
    warnings: int

    @property
    def percent(self) -> int | None:
        """Clean rows in per cent, rounded down; None where there is no row to judge."""
        return self.clean * 100 // self.applicable if self.applicable else None


def health(matrix: Matrix, findings: Iterable[Finding]) -> Health:
    """Sum up findings of a matrix. Leave waived ones out before."""
    serious = [finding for finding in findings if finding.level is not Level.INFO]
    touched = {duty for finding in serious for duty in touched_duties(finding)}
    rows = matrix.applicable_rows
    return Health(
        clean=sum(duty not in touched for duty in rows),
        applicable=len(rows),
        errors=sum(finding.level is Level.ERROR for finding in serious),
        warnings=sum(finding.level is Level.WARNING for finding in serious),
    )


__all__ = [
    "DEFAULTS",
    "RULES",
    "Chartered",
    "Finding",
    "Fix",
    "Given",
    "Health",
    "Ledger",
    "Level",
    "LintSettings",
    "Rule",
    "Standing",
    "Subject",
    "SubjectKind",
    "Unsigned",
    "across",
    "fixes",
    "health",
    "in_one_hand",
    "lint",
    "merged",
    "of_charters",
    "rules",
    "touched_duties",
]
