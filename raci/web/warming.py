"""Large matrices are read when a server starts, so that its first visitor does not wait for it."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.utils import translation

from raci import models
from raci.web.live import packed

# Reading fewer crossings takes less than a tenth of a second.
_LARGE = 50_000
# As many as a process keeps in memory.
_MOST = 4

log = logging.getLogger(__name__)


def warm() -> int:
    """Read the largest matrices into memory, with their findings and payloads, and return how many were read.

    For whoever loads the application. A database that is not there yet is no reason not to start.
    """
    try:
        found = _large()
        with translation.override(settings.LANGUAGE_CODE):
            for matrix in found:
                packed(matrix)
    except DatabaseError as error:
        log.warning("no matrix was read ahead: %s", error)
        return 0
    return len(found)


def _large() -> list[models.Matrix]:
    """Return the largest matrices of all organisations, largest first."""
    rows, columns = (
        dict(model.objects.order_by().values_list("matrix").annotate(Count("pk")))
        for model in (models.MatrixRow, models.MatrixColumn)
    )
    sizes = {matrix: count * columns.get(matrix, 0) for matrix, count in rows.items()}
    largest = sorted((matrix for matrix, size in sizes.items() if size >= _LARGE), key=lambda one: -sizes[one])[:_MOST]
    found = models.Matrix.objects.select_related("organisation", "scheme").in_bulk(largest)
    return [found[matrix] for matrix in largest]
