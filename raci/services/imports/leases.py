"""Who works on an import: one process at a time in an organisation, for as long as it gives signs of life."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from raci import models
from raci.domain.reading import sentence_to_data
from raci.domain.text import Sentence, gettext_noop
from raci.models.base import new_key

State = models.Import.State
# In these a process has something to do; in all others a person has, or nobody.
WORKING = (State.WAITING, State.READING, State.PLANNING, State.APPLYING)
ENDED = (State.APPLIED, State.REFUSED, State.CANCELLED)
# Whoever has given no sign for so long is taken for dead; signs are given far more often.
FRESH = timedelta(seconds=10)
# A file that ends so many processes will end the next one too.
MOST_ATTEMPTS = 2
_NOBODY: Mapping[str, Any] = {"runner": "", "beat_at": None, "stage": "", "done": 0, "total": 0}
_GIVEN_UP = Sentence(
    gettext_noop(
        "The work on this file broke off twice, and nothing of it was taken. Save the file again with a spreadsheet "
        "program and upload that; if it breaks off too, tell whoever runs this site."
    )
)


class Cancelled(Exception):
    """The import is no longer ours to work on: somebody cancelled it, or another process has taken it up."""


@dataclass(frozen=True)
class Lease:
    """The right to make one step with an import. ``item`` is the import as it was when it was taken up."""

    item: models.Import
    runner: str

    def beat(self, stage: str = "", done: int = 0, total: int = 0) -> None:
        """Give a sign of life, and say how far the work is. Raises `Cancelled`."""
        known = {"stage": stage, "done": done, "total": total} if stage else {}
        if not self._mine().filter(item__state=self.item.state).update(beat_at=timezone.now(), **known):
            raise Cancelled

    def end(self, state: str, **fields: Any) -> None:
        """End the step: the import gets its next state and what was found out. Raises `Cancelled`, writing nothing."""
        with transaction.atomic():
            mine = self._mine().update(**_NOBODY, attempts=0)
            if not mine or not pass_on(self.item, state, **fields):
                raise Cancelled

    def release(self) -> None:
        """Let go of a step that wrote what it found out itself, or that is not ours any more."""
        self._mine().exclude(item__state=self.item.state).update(**_NOBODY, attempts=0)
        self._mine().update(**_NOBODY)  # broken off: the attempt counts

    def _mine(self) -> QuerySet[models.ImportWork]:
        return models.ImportWork.objects.filter(pk=self.item.pk, runner=self.runner)


def pass_on(item: models.Import, state: str, **fields: Any) -> bool:
    """Give an import another state, with further fields; False where it is no longer in the state that ``item`` has."""
    rows = models.Import.objects.filter(pk=item.pk, state=item.state)
    return bool(rows.update(state=state, **fields))


def take_up(organisation: int) -> Lease | None:
    """Take up the oldest import of an organisation that a process has something to do with.

    None where there is none, or where another process is at work in the organisation. What broke off twice in the same
    step is refused instead.
    """
    runner = new_key()
    with transaction.atomic():
        models.Organisation.objects.select_for_update().get(pk=organisation)
        works = _at_work(organisation)
        if works.exclude(runner="").filter(beat_at__gte=_stale_before()).exists():
            return None
        _give_up(works.filter(attempts__gte=MOST_ATTEMPTS))
        work = works.filter(attempts__lt=MOST_ATTEMPTS).order_by("item__uploaded_at", "pk").first()
        if work is None:
            return None
        taken = {"runner": runner, "beat_at": timezone.now(), "attempts": F("attempts") + 1}
        models.ImportWork.objects.filter(pk=work.pk).update(**taken)
        models.Import.objects.filter(pk=work.pk, state=State.WAITING).update(state=State.READING)
    item = models.Import.objects.select_related("organisation", "matrix__organisation", "uploaded_by").get(pk=work.pk)
    return Lease(item, runner)


def call(organisation: int) -> bool:
    """Tell whether a process is to be started: there is something to do, and nobody at it or on the way."""
    works = _at_work(organisation)
    if works.filter(beat_at__gte=_stale_before()).exists():
        return False
    lonely = works.filter(Q(beat_at=None) | Q(beat_at__lt=_stale_before()))
    return bool(lonely.update(beat_at=timezone.now(), runner=""))


def _at_work(organisation: int) -> QuerySet[models.ImportWork]:
    return models.ImportWork.objects.filter(item__organisation=organisation, item__state__in=WORKING)


def _stale_before() -> datetime:
    return timezone.now() - FRESH


def _give_up(works: QuerySet[models.ImportWork]) -> None:
    rows = models.Import.objects.filter(pk__in=list(works.values_list("pk", flat=True)))
    rows.update(state=State.REFUSED, refusal=sentence_to_data(_GIVEN_UP))
