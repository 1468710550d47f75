"""Matrices leave the house: one edition, three kinds of file."""

import io
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from raci import models
from raci.documents import words
from raci.documents.csv import write_csv
from raci.documents.edition import Edition
from raci.documents.markdown import write_markdown
from raci.documents.speech import speaking
from raci.documents.workbook.writer import write_workbook
from raci.domain.lint import Finding
from raci.domain.matrix import Matrix, narrowed
from raci.services.door import from_microseconds
from raci.services.history import matrix_at
from raci.services.linting import findings_of, looked_at
from raci.services.measuring import started
from raci.services.words import spoken_language


@dataclass(frozen=True)
class FileKind:
    """A kind of file that a matrix can be written as."""

    suffix: str
    content_type: str


KINDS = {
    kind.suffix: kind
    for kind in (
        FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        FileKind("csv", "text/csv; charset=utf-8"),
        FileKind("md", "text/markdown; charset=utf-8"),
    )
}


@dataclass(frozen=True)
class Part:
    """Which rows leave the house: ``pick`` returns their duties, ``told`` says in words what they have in common."""

    pick: Callable[[Matrix, Sequence[Finding]], Collection[str]]
    told: Callable[[Matrix], str]


@dataclass(frozen=True)
class File:
    """What a browser saves."""

    name: str
    content: bytes
    content_type: str


def edition(
    matrix: models.Matrix, exported_by: str, *, as_of: int | date | None = None, part: Part | None = None
) -> Edition:
    """Return a matrix, or a part of it, with all that a document says of it, at its latest revision or an earlier one.

    It speaks the current language. Raises `raci.services.history.NoSuchRevision` where it did not exist then.
    """
    now = timezone.localtime()
    if as_of is None:
        loaded, found = looked_at(matrix, now.date())
    else:
        loaded = matrix_at(matrix, as_of).matrix
        found = findings_of(loaded, now.date())
    revision = models.Revision.objects.get(organisation=matrix.organisation_id, number=loaded.revision)
    told = ""
    if part:
        loaded, found, told = _cut(loaded, found, part)
    return Edition(
        organisation=matrix.organisation.name,
        matrix=loaded,
        findings=found,
        narrowed_to=told,
        revised_at=timezone.localtime(from_microseconds(revision.at_us)),
        revised_by=revision.actor_name,
        exported_at=now,
        exported_by=exported_by,
        export_id=str(uuid.uuid4()),
        version=settings.VERSION,
        language=spoken_language(),
        started_on=started(matrix),
    )


def _cut(matrix: Matrix, found: tuple[Finding, ...], part: Part) -> tuple[Matrix, tuple[Finding, ...], str]:
    """Return the part of a matrix with the findings of its rows, and what it is in words: "" where it is the whole."""
    picked = frozenset(part.pick(matrix, found))
    if picked >= matrix.rows.keys():
        return matrix, found, ""
    with speaking(spoken_language()):
        told = words.part(len(picked), len(matrix.rows), part.told(matrix))
    return narrowed(matrix, picked), tuple(item for item in found if item.subject.duty in picked), told


def export(matrix: models.Matrix, kind: str, stream: BinaryIO, exported_by: str) -> Edition:
    """Write a matrix to a stream as "xlsx", "csv" or "md", and return the edition that was written."""
    ready = edition(matrix, exported_by)
    write(ready, kind, stream)
    return ready


def write(ready: Edition, kind: str, stream: BinaryIO) -> None:
    """Write an edition to a stream as "xlsx", "csv" or "md"."""
    if kind == "xlsx":
        write_workbook(ready, stream)
    elif kind == "csv":
        write_csv(ready, stream)
    else:
        stream.write(write_markdown(ready).encode())


def export_bytes(matrix: models.Matrix, kind: str, exported_by: str) -> bytes:
    """Return a matrix as the content of a file, whole or not at all."""
    stream = io.BytesIO()
    export(matrix, kind, stream, exported_by)
    return stream.getvalue()


def export_file(
    matrix: models.Matrix, kind: str, exported_by: str, *, as_of: int | date | None = None, part: Part | None = None
) -> File:
    """Return a matrix or a part of it, now or as it was, as a file. Raises `raci.services.history.NoSuchRevision`."""
    ready = edition(matrix, exported_by, as_of=as_of, part=part)
    stream = io.BytesIO()
    write(ready, kind, stream)
    return File(_name(matrix, kind, ready.revision, ready.narrowed_to), stream.getvalue(), KINDS[kind].content_type)


def file_name(matrix: models.Matrix, kind: str) -> str:
    """Return the name of the file: organisation, matrix and revision, in letters that every system takes."""
    return _name(matrix, kind, matrix.organisation.revision)


def _name(matrix: models.Matrix, kind: str, revision: int, narrowed_to: str = "") -> str:
    parts = (slugify(matrix.organisation.name) or matrix.organisation.slug, slugify(matrix.title) or matrix.key)
    return f"{'-'.join(parts)}-r{revision}{'-part' if narrowed_to else ''}.{KINDS[kind].suffix}"
