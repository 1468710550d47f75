"""From the answers on the preview to a revision: once, whole or not at all."""

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from raci import models
from raci.domain.applying import apply as changed
from raci.domain.change import Change, invert
from raci.domain.matrix import Matrix
from raci.domain.previewing import Preview, Settled, settle
from raci.domain.proposal import Proposal
from raci.services.ahead import without_collecting
from raci.services.door import Author, Outcome, apply_changes
from raci.services.history import NoSuchRevision, changes_after, matrix_as_of
from raci.services.imports.leases import Cancelled, State, pass_on
from raci.services.imports.picking import picks_of
from raci.services.imports.previewing import LOOKED_AT, MatrixGone, preview_against
from raci.services.imports.questions import questions
from raci.services.imports.store import unpacked
from raci.services.validation import Refusal
from raci.services.words import said


def apply(item: models.Import, *, author: Author, shown_revision: int) -> Outcome:
    """Make what was accepted, as one revision that names the file.

    It is worked out against the revision that the preview showed, and compared under the lock with what is there then:
    what moved in the meantime is a conflict, and nothing is written. The import gets its new state in the transaction
    of the revision, so that pressing twice applies once. Raises `Cancelled` where somebody was faster or stopped it.
    """
    with without_collecting():
        try:
            preview = _as_shown(item, Proposal.from_data(unpacked(item.proposal)), shown_revision)
        except (MatrixGone, NoSuchRevision) as gone:
            return Outcome(refusals=(Refusal(None, str(gone)),))
        settled = settle(preview, picks_of(item))
        if unshown := _unshown(preview, settled):
            return Outcome(refusals=unshown)
        asked = questions(preview, settled, author, item.file_name)
        outcome = apply_changes(
            organisation=item.organisation,
            changes=[*settled.changes, *settled.conditions, *asked],
            author=replace(author, door=models.Revision.Door.IMPORT, reason=reason_of(item, author.reason)),
            alongside=partial(_applied, item),
        )
    if outcome.ok and outcome.revision is None and not pass_on(item, State.APPLIED):
        raise Cancelled
    return outcome


def reason_of(item: models.Import, words: str) -> str:
    """Return what history says of why: the name of the file, and the person's own words."""
    named = _("Import of “%(file)s”") % {"file": item.file_name}
    return f"{named}: {words}" if words else named


def _applied(item: models.Import, revision: models.Revision) -> None:
    fields = {} if item.matrix_id else {"matrix": _made_in(revision)}
    if not pass_on(item, State.APPLIED, revision=revision.number, **fields):
        raise Cancelled


def _made_in(revision: models.Revision) -> models.Matrix | None:
    made = models.RevisionChange.objects.filter(revision=revision, kind="matrix", field="").values("subject")[:1]
    return models.Matrix.objects.filter(organisation=revision.organisation_id, key__in=made).first()


def _as_shown(item: models.Import, proposal: Proposal, number: int) -> Preview:
    """Return the preview as it was shown: against the matrix, or the register, as of that revision."""
    preview = preview_against(item, proposal)
    if preview.revision == number:
        return preview
    later = changes_after(item.organisation, number, preview.revision)
    return Preview(
        proposal, {key: _then(item, one, number, later) for key, one in preview.matrices.items()}, preview.new
    )


def _then(item: models.Import, matrix: Matrix, number: int, later: list[Change]) -> Matrix:
    row = models.Matrix.objects.select_related("organisation").filter(organisation=item.organisation_id, key=matrix.key)
    if found := row.first():
        return matrix_as_of(found, number)
    return changed(matrix, invert(later), revision=number)


def _unshown(preview: Preview, settled: Settled) -> tuple[Refusal, ...]:
    """Return what cannot be made and was not said on the preview, since there are too many lines for it."""
    if len(preview.lines) <= LOOKED_AT:
        return ()
    return tuple(Refusal(preview.lines[key].wish.changes[0], said(why)) for key, why in settled.troubles.items())
