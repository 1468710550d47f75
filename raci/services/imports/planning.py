"""From what was read to what is wanted: the proposal of an import, and what lint would say of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.homecoming import BroughtBack, bring_home
from raci.domain.lint import Finding, Health
from raci.domain.matrix import Matrix
from raci.domain.previewing import Picks, settle
from raci.domain.proposal import Proposal
from raci.domain.reading import sentence_to_data
from raci.domain.scheme import Scheme
from raci.domain.text import Fact, Sentence
from raci.services.ahead import without_collecting
from raci.services.history import NoSuchRevision, matrix_as_of
from raci.services.imports import mapping
from raci.services.imports.leases import Cancelled, State, pass_on
from raci.services.imports.previewing import GONE, MatrixGone, outlook, preview_against
from raci.services.imports.store import packed, unpacked

Progress = Callable[..., None]
# So many findings are named; the others are counted.
_NAMED = 20

_NOT_HERE = gettext_noop(
    "This workbook was exported from a matrix that is not in this organisation. Open the organisation that it belongs "
    "to ({organisation}) and upload it there. To take it as a sheet of somebody else, copy its table into a new file."
)
_UNKNOWN_REVISION = gettext_noop(
    "This workbook says that it was exported from revision {number}, which is not there: the latest is {latest}. It "
    "may come from a copy of this site. Export the matrix here, and put the changes into that file."
)
_NOT_YET = gettext_noop(
    "This workbook says that it was exported from revision {number}, but the matrix “{matrix}” was made later. Export "
    "the matrix here, and put the changes into that file."
)


def plan_home(item: models.Import, progress: Progress) -> None:
    """Compare one of our own workbooks with the revision that it was exported from. Raises `Refused`, `Cancelled`."""
    progress("compare")
    brought = BroughtBack.from_data(unpacked(item.reading)["ours"])
    matrix, number = home_of(item, brought.facts)
    seen = _as_seen(matrix, number)
    by, at = item.uploaded_by_name, timezone.localtime(item.uploaded_at).isoformat()
    with without_collecting():
        proposal = bring_home(seen, brought, labels=_labels(seen.scheme), by=by, at=at)
    keep_plan(item, proposal, matrix, progress)


def plan_mapped(item: models.Import, progress: Progress) -> None:
    """Compare somebody else's sheet, as it was mapped, with the matrix that was chosen. Raises `Refused`."""
    progress("compare")
    with without_collecting():
        proposal, matrix = mapping.proposed(item)
    keep_plan(item, proposal, matrix, progress)


def keep_plan(item: models.Import, proposal: Proposal, matrix: models.Matrix | None, progress: Progress) -> None:
    """Keep a proposal with what lint says before and after; the import is ready then. Raises `Cancelled`."""
    item.matrix = matrix
    with without_collecting():
        try:
            verdict = _verdict(item, proposal, progress)
        except MatrixGone:
            raise Refused(GONE) from None
        found = {"proposal": packed(proposal.to_data()), "verdict": packed(verdict)}
    if not pass_on(item, State.READY, matrix=matrix, picks=None, asked=None, **found):
        raise Cancelled


def home_of(item: models.Import, facts: Mapping[str, str]) -> tuple[models.Matrix, int]:
    rows = models.Matrix.objects.select_related("organisation").filter(organisation=item.organisation_id)
    matrix = rows.filter(key=facts.get("matrix", "")).first()
    if matrix is None:
        raise Refused(Sentence(_NOT_HERE, {"organisation": facts.get("organisation", "") or "?"}))
    text = facts.get("revision", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1
    latest = models.Organisation.objects.values_list("revision", flat=True).get(pk=item.organisation_id)
    if not 0 <= number <= latest:
        raise Refused(Sentence(_UNKNOWN_REVISION, {"number": text or "?", "latest": latest}))
    return matrix, number


def _as_seen(matrix: models.Matrix, number: int) -> Matrix:
    try:
        return matrix_as_of(matrix, number)
    except NoSuchRevision:
        raise Refused(Sentence(_NOT_YET, {"number": number, "matrix": matrix.title})) from None


def _labels(scheme: Scheme) -> dict[str, str]:
    """Return the words for letters in every language of the site; where two languages disagree, neither counts."""
    found: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for letter in scheme.letters:
                found.setdefault(_(letter.label), set()).add(letter.code)
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}


def _verdict(item: models.Import, proposal: Proposal, progress: Progress) -> dict[str, Any]:
    preview = preview_against(item, proposal)
    progress("lint", 0, 2)
    settled = settle(preview, Picks())
    progress("lint", 1, 2)
    ahead = outlook(preview, settled.changes, timezone.localdate())
    counts = Counter((line.wish.group.value, line.standing.value) for line in preview.lines.values())
    return {
        "revision": preview.revision,
        "fixes": len(ahead.fixed),
        "adds": len(ahead.added),
        "fixed": _said(ahead.fixed),
        "added": _said(ahead.added),
        "before": _health(ahead.before),
        "after": _health(ahead.after),
        "counts": [[group, standing, count] for (group, standing), count in counts.items()],
    }


def _said(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [sentence_to_data(_plain(finding.says)) for finding in list(findings)[:_NAMED]]


def _plain(sentence: Sentence) -> Sentence:
    """Return a sentence whose facts JSON can hold."""
    facts: dict[str, Fact] = {
        name: _plain(fact) if isinstance(fact, Sentence) else str(fact) if isinstance(fact, Decimal) else fact
        for name, fact in sentence.facts.items()
    }
    return Sentence(sentence.text, facts)


def _health(health: Health) -> dict[str, int]:
    return {
        "clean": health.clean, "applicable": health.applicable, "errors": health.errors, "warnings": health.warnings
    }  # fmt: skip
