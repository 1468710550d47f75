"""What lint would say: what a proposal puts right, and what it brings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from raci.domain.lint import Finding, Health, health
from raci.domain.matrix import Matrix


@dataclass(frozen=True)
class Outlook:
    """Findings that would be gone and findings that would come, with how the matrix fares before and after."""

    fixed: tuple[Finding, ...]
    added: tuple[Finding, ...]
    before: Health
    after: Health


def look_ahead(current: Matrix, found: Iterable[Finding], changed: Matrix, found_then: Iterable[Finding]) -> Outlook:
    """Compare what is found in a matrix as it is with what would be found in it."""
    now, then = tuple(found), tuple(found_then)
    return Outlook(_without(now, then), _without(then, now), health(current, now), health(changed, then))


def _without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    left = Counter(finding.key for finding in others)
    found = []
    for finding in findings:
        if left[finding.key]:
            left[finding.key] -= 1
        else:
            found.append(finding)
    return tuple(found)
