"""Revisions as they are told: who, when, why, and what in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.services.describing import told_of
from raci.services.door import from_microseconds
from raci.services.said import Said


@dataclass(frozen=True)
class Told:
    """One revision with its sentences."""

    revision: models.Revision
    at: datetime
    sentences: list[Said]

    @property
    def day(self) -> date:
        """The day on which it was made, where the reader is."""
        return self.at.date()

    @property
    def before(self) -> int:
        """The number of the revision before it."""
        return self.revision.number - 1


def told(revisions: Iterable[models.Revision], limit: int | None = 8) -> list[Told]:
    """Return revisions with at most ``limit`` sentences each, in a constant number of queries."""
    found = list(revisions)
    sentences = told_of(found, limit)
    return [Told(item, timezone.localtime(from_microseconds(item.at_us)), sentences[item.pk]) for item in found]


def as_rows(told_ones: Iterable[Told]) -> tuple[list[str], list[list[Any]]]:
    """Return titles and rows as a file has them: a row for each sentence."""
    titles = [_("Revision"), _("When"), _("Who"), _("What"), _("Why"), _("Through"), _("Takes back")]
    rows = []
    for one in told_ones:
        item = one.revision
        after = [item.reason, str(item.get_door_display()), item.undoes]
        rows += [[item.number, one.at, item.actor_name, str(sentence), *after] for sentence in one.sentences]
    return titles, rows
