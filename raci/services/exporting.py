"""Matrices leave the house: one edition, three kinds of file."""

import io
import uuid
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from raci import models
from raci.documents.csv import write_csv
from raci.documents.edition import Edition
from raci.documents.markdown import write_markdown
from raci.documents.workbook.writer import write_workbook
from raci.services.door import from_microseconds
from raci.services.linting import findings_of
from raci.services.loading import load_matrix


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


def edition(matrix: models.Matrix, exported_by: str) -> Edition:
    """Return a matrix at its latest revision, with all that a document says of it."""
    now = timezone.localtime()
    loaded = load_matrix(matrix)
    revision = models.Revision.objects.get(organisation=matrix.organisation_id, number=loaded.revision)
    return Edition(
        organisation=matrix.organisation.name,
        matrix=loaded,
        findings=findings_of(loaded, now.date()),
        revised_at=timezone.localtime(from_microseconds(revision.at_us)),
        revised_by=revision.actor_name,
        exported_at=now,
        exported_by=exported_by,
        export_id=str(uuid.uuid4()),
        version=settings.VERSION,
    )


def export(matrix: models.Matrix, kind: str, stream: BinaryIO, exported_by: str) -> Edition:
    """Write a matrix to a stream as "xlsx", "csv" or "md", and return the edition that was written."""
    ready = edition(matrix, exported_by)
    if kind == "xlsx":
        write_workbook(ready, stream)
    elif kind == "csv":
        write_csv(ready, stream)
    else:
        stream.write(write_markdown(ready).encode())
    return ready


def export_bytes(matrix: models.Matrix, kind: str, exported_by: str) -> bytes:
    """Return a matrix as the content of a file, whole or not at all."""
    stream = io.BytesIO()
    export(matrix, kind, stream, exported_by)
    return stream.getvalue()


def file_name(matrix: models.Matrix, kind: str) -> str:
    """Return the name of the file: organisation, matrix and revision, in letters that every system takes."""
    parts = (slugify(matrix.organisation.name) or matrix.organisation.slug, slugify(matrix.title) or matrix.key)
    return f"{'-'.join(parts)}-r{matrix.organisation.revision}.{KINDS[kind].suffix}"
