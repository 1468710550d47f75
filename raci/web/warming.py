"""Large matrices are read when a server starts, so that its first visitor does not wait for it."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.utils import translation

from raci.services.sizes import largest
from raci.web.live import packed

# Reading fewer crossings takes less than a tenth of a second.
LARGE = 50_000
# As many as a process keeps in memory.
MOST = 4

log = logging.getLogger(__name__)


def warm() -> int:
    """Read the largest matrices into memory, with their findings and payloads, and return how many were read.

    For whoever loads the application. A database that is not there yet is no reason not to start.
    """
    try:
        found = largest(at_least=LARGE, most=MOST)
        with translation.override(settings.LANGUAGE_CODE):
            for matrix in found:
                packed(matrix)
    except DatabaseError as error:
        log.warning("no matrix was read ahead: %s", error)
        return 0
    return len(found)
