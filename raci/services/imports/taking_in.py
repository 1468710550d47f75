"""A file arrives: its size, its name, whether it is here already."""

import hashlib
import re
import unicodedata
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.text import Sentence, gettext_noop
from raci.services.imports.forgetting import forget
from raci.services.imports.leases import State
from raci.services.imports.store import PAPERS
from raci.services.wellformed import LONGEST_NAME

LONGEST_FILE_NAME = 200
LONGEST_FILE_NAME_BYTES = 255
PASTED = "pasted.txt"
_UNNAMED = "file"
_EMPTY = Sentence(
    gettext_noop("This file is empty. Choose another one, or save it again with the program that made it.")
)
_TOO_LARGE = Sentence(
    gettext_noop(
        "This file has {size} bytes; at most {limit} are taken. Delete sheets and pictures that do not belong to the "
        "matrix, save it, and upload that."
    )
)
_FULL = Sentence(
    gettext_noop(
        "The files that wait to be applied in this organisation have {size} bytes together; with this one it would be "
        "more than {limit}. Apply or stop some of them, and bring this one again."
    )
)
# So many files of the largest size may wait in an organisation: a register's store is not a place to keep files.
_MOST_WAITING = 50


class TakenIn(NamedTuple):
    """An import; ``anew`` is False where the same file was here before and it is that one."""

    item: models.Import
    anew: bool


def take_in(
    organisation: models.Organisation,
    user: models.User | None,
    *,
    name: str,
    content: bytes,
    matrix: models.Matrix | None = None,
    again: bool = False,
    by: str = "",
) -> TakenIn:
    """Keep a file until somebody has read it. Raises `Refused` where it is empty, too large, or too many wait.

    The same file for the same matrix is taken in once, unless its import was refused or cancelled, or was applied and
    is wanted ``again``.
    """
    if not content:
        raise Refused(_EMPTY)
    if len(content) > settings.IMPORT_BYTES:
        raise Refused(Sentence(_TOO_LARGE.text, {"size": len(content), "limit": settings.IMPORT_BYTES}))
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        models.Organisation.objects.select_for_update().get(pk=organisation.pk)  # so that two of the same are one
        forget(organisation.pk)
        if known := _known(organisation, digest, matrix, again=again):
            return TakenIn(known, anew=False)
        _leave_room(organisation, len(content))
        item = models.Import.objects.create(
            organisation=organisation,
            matrix=matrix,
            uploaded_by=user,
            uploaded_by_name=(by or str(user))[:LONGEST_NAME],
            uploaded_at=timezone.now(),
            file_name=clean_name(name),
            size=len(content),
            sha256=digest,
            content=content,
        )
        models.ImportWork.objects.create(item=item)
    return TakenIn(item, anew=True)


def _known(
    organisation: models.Organisation, digest: str, matrix: models.Matrix | None, *, again: bool
) -> models.Import | None:
    rows = models.Import.objects.filter(organisation=organisation, sha256=digest)
    rows = rows.exclude(state__in=[State.REFUSED, State.CANCELLED, *([State.APPLIED] if again else [])])
    if matrix is not None:
        rows = rows.filter(matrix=matrix)
    found: models.Import | None = rows.select_related("organisation").defer(*PAPERS).first()
    return found


def _leave_room(organisation: models.Organisation, size: int) -> None:
    kept = models.Import.objects.filter(organisation=organisation, content__isnull=False)
    waiting, limit = kept.aggregate(size=Sum("size", default=0))["size"], _MOST_WAITING * settings.IMPORT_BYTES
    if waiting + size > limit:
        raise Refused(Sentence(_FULL.text, {"size": waiting, "limit": limit}))


def clean_name(name: str) -> str:
    """Return the name of a file as it is kept: without folders and control characters, its ending kept when cut."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(character for character in name if character.isprintable()).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = name, "", ""
    while len(stem) + len(dot + ending) > LONGEST_FILE_NAME or len((stem + dot + ending).encode()) > (
        LONGEST_FILE_NAME_BYTES
    ):
        stem = stem[:-1]
    return (stem or _UNNAMED) + dot + ending
