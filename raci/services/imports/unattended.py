"""The whole of an import without anybody at its pages: what is offered is taken, unless it is said otherwise."""

import time
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.mapping import NEW, Choices
from raci.domain.previewing import Verdict
from raci.domain.text import Sentence, gettext_noop
from raci.services.imports import asking, running
from raci.services.imports.leases import WORKING
from raci.services.imports.mapping import Asked, asked_of, with_targets
from raci.services.imports.picking import pick_group
from raci.services.imports.previewing import preview_of
from raci.services.imports.starting import without_papers
from raci.services.imports.taking_in import take_in

_HERE_ALREADY = Sentence(
    gettext_noop(
        "This file is an import already that has not ended: finish or stop it in the workspace, under Imports."
    )
)
_OTHER_ANSWERS = Sentence(
    gettext_noop(
        "The answers are of another file: they must have one part for each matrix that was found ({count}), with one "
        "answer for each of its roles and duties."
    )
)
_LOOK_SECONDS = 0.5


class Accept(StrEnum):
    """Which wishes of a document are made: those that stand offered, all that nobody disputes, or none."""

    OFFERED = "offered"
    ALL = "all"
    NONE = "none"


def bring(
    organisation: models.Organisation, *, name: str, content: bytes, matrix: models.Matrix | None, by: str
) -> models.Import:
    """Take a file in and read it. Raises `Refused` where it is not taken, or somebody has brought it already."""
    taken = take_in(organisation, None, name=name, content=content, matrix=matrix, again=True, by=by)
    if not taken.anew:
        raise Refused(_HERE_ALREADY)
    return work(taken.item)


def work(item: models.Import) -> models.Import:
    """Work in this process until a person is asked or the import has ended; wait where another process is at it."""
    while (now := without_papers(item)).state in WORKING:
        if not running.run(item.organisation_id, alone=True):
            time.sleep(_LOOK_SECONDS)
    return now


def answers_of(item: models.Import, title: str = "", given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the answers of the mapping page: those ``given``, or what is offered; ``title`` makes a new matrix."""
    asked = asked_of(item)
    if given is not None:
        return _fitting(asked, given).to_data()
    if title:
        found = enumerate(asked.choices.matrices)
        asked = with_targets(asked, {at: replace(choice, target=NEW, title=title) for at, choice in found})
    return asked.choices.to_data()


def _fitting(asked: Asked, given: Mapping[str, Any]) -> Choices:
    count = len(asked.reading.matrices)
    other = Refused(Sentence(_OTHER_ANSWERS.text, {"count": count}))
    try:
        choices = Choices.from_data(given)
        pairs = list(zip(choices.matrices, asked.reading.matrices, strict=True))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise other from error
    if any((len(one.roles), len(one.duties)) != (len(two.parties), len(two.items)) for one, two in pairs):
        raise other
    return choices


def compare(item: models.Import, answers: Mapping[str, Any]) -> models.Import:
    """Go on with answers to what the file asks."""
    asking.go_on(item, answers, start=False)
    return work(item)


def accept(item: models.Import, wanted: Accept) -> None:
    """Accept all that nobody disputes, or nothing; what is offered stands accepted by itself."""
    if wanted is Accept.OFFERED:
        return
    preview = preview_of(item)
    verdict = Verdict.ACCEPT if wanted is Accept.ALL else Verdict.REFUSE
    for group in preview.by_group:
        pick_group(item, preview, group, verdict)


def apply(item: models.Import, *, by: str, reason: str = "") -> models.Import:
    """Apply what is accepted as it is now, or find out why that cannot be (`Import.asked`)."""
    item.organisation.refresh_from_db()
    revision = item.organisation.revision
    asking.begin_applying(item, user=None, by=by, shown_revision=revision, reason=reason, start=False)
    return work(item)
