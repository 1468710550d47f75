"""Imports that are ready, with proposals made by hand."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from raci import models
from raci.domain.change import Change
from raci.domain.proposal import Group, Proposal, Wish
from raci.domain.text import Sentence
from raci.services.door import Author, Outcome
from raci.services.imports import planning
from raci.services.imports.applying import apply
from raci.services.imports.leases import State
from raci.services.imports.store import packed
from tests.factories import Small
from tests.importing import FOREIGN

ED = Author("Ed", "import")


def wish(key: str, *changes: Change, group: Group = Group.CELLS, **more: Any) -> Wish:
    more = {"where": f"Matrix!{key.upper()}", "about": Sentence(""), **more}
    return Wish(key, group, changes, **more)


def planned(
    small: Small, wishes: Iterable[Wish], *, seen: int | None = None, matrix: Any = True, problems: Any = ()
) -> models.Import:
    """Return an import that has been compared and waits for somebody to look at it."""
    organisation = models.Organisation.objects.get(pk=small.organisation.pk)
    item = models.Import.objects.create(
        organisation=organisation,
        uploaded_by_name="Ed",
        uploaded_at=timezone.now(),
        file_name="matrix.xlsx",
        size=1,
        sha256="0" * 64,
        state=State.PLANNING,
        reading=packed({"ours": {}}),
    )
    models.ImportWork.objects.create(item=item)
    proposal = Proposal(organisation.revision if seen is None else seen, tuple(wishes), tuple(problems))
    planning.keep_plan(item, proposal, small.matrix if matrix is True else matrix, lambda *_: None)
    return again(item)


def again(item: models.Import) -> models.Import:
    found: models.Import = models.Import.objects.select_related("organisation", "matrix__organisation").get(pk=item.pk)
    return found


def applied(item: models.Import, shown: int | None = None, author: Author = ED) -> Outcome:
    """Apply an import as the runner does, upon the latest revision where none is named."""
    models.Import.objects.filter(pk=item.pk, state=State.READY).update(state=State.APPLYING)
    item = again(item)
    return apply(item, author=author, shown_revision=item.organisation.revision if shown is None else shown)


def to_be_mapped(small: Small) -> str:
    """The key of an import that waits for answers, which is made where there is none yet."""
    made, _ = models.Import.objects.get_or_create(
        organisation=small.organisation,
        file_name="sheet.csv",
        defaults={
            "state": "mapping",
            "reading": packed({"foreign": FOREIGN.to_data()}),
            "size": 1,
            "uploaded_at": timezone.now(),
        },
    )
    models.ImportWork.objects.get_or_create(item=made)
    return str(made.key)
