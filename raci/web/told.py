"""Revisions as they are told: who, when, why, and what in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from raci import models
from raci.services.describing import sentences_of
from raci.services.door import from_microseconds


@dataclass(frozen=True)
class Told:
    """One revision with its sentences."""

    revision: models.Revision
    at: datetime
    sentences: list[str]

    @property
    def before(self) -> int:
        """The number of the revision before it."""
        return self.revision.number - 1


def told(revisions: Iterable[models.Revision], limit: int = 8) -> list[Told]:
    """Return revisions with at most ``limit`` sentences each, in a constant number of queries."""
    found = list(revisions)
    sentences = sentences_of(found, limit)
    return [Told(item, timezone.localtime(from_microseconds(item.at_us)), sentences[item.pk]) for item in found]
