"""The revisions of one record, told in sentences."""

from dataclasses import dataclass
from datetime import datetime

from raci import models
from raci.domain.change import Address
from raci.services.describing import describe
from raci.services.door import CHANGE_PARTS, from_microseconds, to_change
from raci.services.naming import names_for

LATEST = 200


@dataclass(frozen=True)
class Entry:
    """One revision as far as it changed the record."""

    revision: models.Revision
    at: datetime
    sentences: tuple[str, ...]


def history_of(organisation: models.Organisation, address: Address) -> list[Entry]:
    """Return the latest revisions that changed what stands at an address, newest first."""
    rows = models.RevisionChange.objects.filter(
        revision__organisation=organisation,
        kind=address.kind,
        matrix=address.matrix,
        subject=address.subject,
        other=address.other,
    )
    latest = list(rows.select_related("revision").order_by("-revision__number", "ordinal")[:LATEST])
    changes = {row.pk: to_change(*(getattr(row, part) for part in CHANGE_PARTS)) for row in latest}
    names = names_for(changes.values())
    told: dict[models.Revision, list[str]] = {}
    for row in latest:
        told.setdefault(row.revision, []).append(describe(changes[row.pk], names))
    return [
        Entry(revision, from_microseconds(revision.at_us), tuple(sentences)) for revision, sentences in told.items()
    ]
