"""What lint would say: what a proposal puts right, and what it brings."""

from collections import Counter
from collections.abc import Iterable, Sequence
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


def together(parts: Sequence[Outlook]) -> Outlook:
    """Return what lint would say of several matrices, as one."""
    return Outlook(
        tuple(one for part in parts for one in part.fixed),
        tuple(one for part in parts for one in part.added),
        _sum([part.before for part in parts]),
        _sum([part.after for part in parts]),
    )


def _sum(parts: Sequence[Health]) -> Health:
    return Health(
        clean=sum(part.clean for part in parts),
        applicable=sum(part.applicable for part in parts),
        errors=sum(part.errors for part in parts),
        warnings=sum(part.warnings for part in parts),
    )


def _without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    left = Counter(finding.key for finding in others)
    found = []
    for finding in findings:
        if left[finding.key]:
            left[finding.key] -= 1
        else:
            found.append(finding)
    return tuple(found)
