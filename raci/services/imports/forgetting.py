"""What is kept of files: the file itself until its import has ended, the working papers for a month."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from raci import models
from raci.domain.reading import sentence_to_data
from raci.domain.text import Sentence, gettext_noop
from raci.services.imports.leases import ENDED, State

KEPT_FOR = timedelta(days=30)
_FORGOTTEN = Sentence(
    gettext_noop("Nobody went on with this import for 30 days, so the file was forgotten. Upload it again.")
)
_ERASED = Sentence(gettext_noop("Whoever brought this file was erased, and the file with them. Upload it again."))
_PAPERS = {"reading": None, "proposal": None, "verdict": None, "choices": None, "asked": None}


def forget(organisation: int) -> None:
    """Forget the files of an organisation that nobody needs any more, and the papers that have grown old."""
    rows = models.Import.objects.filter(organisation=organisation)
    rows.filter(state__in=ENDED, content__isnull=False).update(content=None)
    old = rows.filter(uploaded_at__lt=timezone.now() - KEPT_FOR)
    old.exclude(state__in=ENDED).update(state=State.CANCELLED, content=None, refusal=sentence_to_data(_FORGOTTEN))
    kept = Q(reading__isnull=False) | Q(proposal__isnull=False) | Q(verdict__isnull=False)
    old.filter(kept).update(**_PAPERS)


def forget_files(rows: QuerySet[models.Import]) -> None:
    """Forget the files and papers of some imports, whose proposals name who brought them; what has not ended, ends."""
    rows.exclude(state__in=ENDED).update(state=State.CANCELLED, refusal=sentence_to_data(_ERASED))
    rows.update(content=None, **_PAPERS)
