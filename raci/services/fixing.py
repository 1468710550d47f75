"""One-click fixes: what is offered about a finding, and doing it as one revision."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.lint import Finding, Fix, Given, fixes
from raci.domain.matrix import Matrix
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes
from raci.services.linting import findings_of
from raci.services.loading import load_matrix
from raci.services.validation import Refusal
from raci.services.words import said


class FindingGone(LookupError):
    """The matrix has no such finding any more, or nothing of that name is offered about it now."""


def fixes_of(matrix: Matrix, finding: Finding) -> tuple[Fix, ...]:
    """Return what is offered about a finding of a matrix as it is now."""
    return fixes(matrix, finding, Given(timezone.localdate()))


def apply_fix(*, matrix: models.Matrix, finding: str, fix: str, why: str, author: Author) -> Outcome:
    """Do one of the things offered about a finding, named by their keys; the reason is what its button said.

    ``why`` is the reason that some fixes ask for. Raises `FindingGone` where somebody was faster.
    """
    loaded, today = load_matrix(matrix), timezone.localdate()
    found = next((item for item in findings_of(loaded, today) if item.key == finding), None)
    if found is None:
        raise FindingGone(finding)
    duty = loaded.duties.get(found.subject.duty)
    question = _("Who answers for “%(duty)s”?") % {"duty": duty.title} if duty else ""
    given = Given(today, by=author.name, key=new_key(), question=question, reason=why)
    chosen = next((item for item in fixes(loaded, found, given) if item.id == fix), None)
    if chosen is None:
        raise FindingGone(fix)
    if chosen.asks_reason and not why:
        return Outcome(refusals=(Refusal(None, _("Say why."), "why"),))
    signed = replace(author, reason=said(chosen.label))
    return apply_changes(organisation=matrix.organisation, changes=chosen.changes, author=signed)
