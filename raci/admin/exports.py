"""Matrices as files: one as it is, several in an archive."""

import io
import zipfile
from collections.abc import Sequence

from django.http import FileResponse

from raci import models
from raci.services.exporting import KINDS, export_bytes, file_name


def as_files(matrices: Sequence[models.Matrix], kind: str, exported_by: str) -> FileResponse:
    """Return an answer that a browser saves."""
    if len(matrices) == 1:
        content = io.BytesIO(export_bytes(matrices[0], kind, exported_by))
        name = file_name(matrices[0], kind)
        return FileResponse(content, as_attachment=True, filename=name, content_type=KINDS[kind].content_type)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for position, matrix in enumerate(matrices, start=1):
            # Two matrices may bear one title, and an archive with one name twice loses a file.
            archive.writestr(f"{position:02}-{file_name(matrix, kind)}", export_bytes(matrix, kind, exported_by))
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"matrices-{kind}.zip", content_type="application/zip")
