"""Starts the runner: a process of its own that outlives the request, and the server too."""

import logging
import os
import subprocess
import sys
import threading
import time

from django.conf import settings

from raci import models
from raci.services.imports import leases, running
from raci.services.imports.store import PAPERS

logger = logging.getLogger("orgroles")

# How long a request waits, so that an ordinary file is seldom answered by a page that says “please wait”.
PATIENCE_SECONDS = 2.5
_LOOK_SECONDS = 0.1


def wake(organisation: models.Organisation) -> None:
    """See to it that somebody works on the imports of an organisation, where there is work."""
    if not leases.call(organisation.pk):
        return
    if settings.IMPORTS == "inline":
        running.run(organisation.pk)
        return
    process = subprocess.Popen(  # noqa: S603  # our own command, and a key that we made
        [sys.executable, "-m", "django", "run_imports", organisation.key],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "ORGROLES_RUNNER": "1"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # so that it goes on when the server is stopped
    )
    logger.info("imports of %s: runner %d started", organisation.key, process.pid)
    # Somebody has to wait for it, or it stays in the list of processes once it has ended.
    threading.Thread(target=process.wait, daemon=True).start()


def settled(item: models.Import, seconds: float = PATIENCE_SECONDS) -> models.Import:
    """See to it that an import is worked on, wait a moment, and return it without its papers as it is then."""
    wake(item.organisation)
    end = time.monotonic() + seconds
    while (now := without_papers(item)).state in leases.WORKING and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)
    return now


def without_papers(item: models.Import) -> models.Import:
    """Return an import as it is now, but not the file nor what was read from it: they may be large.

    As it was where it is gone: a dry run takes its import away again.
    """
    rows = models.Import.objects.select_related("organisation", "matrix", "work").defer(*PAPERS)
    found: models.Import = rows.filter(pk=item.pk).first() or item
    return found
