"""One large workbook from the upload to its preview, by a runner of its own: what it says on the way, and when.

It prints seconds on the clock and has no limit: `python -m benchmarks.importing [DUTIES ROLES]`, on a SQLite file of
its own where DATABASE_URL names no database.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZE = (10_000, 20)
_LOOK_SECONDS = 0.1


def brought(duties: int, roles: int) -> Any:
    """Return the import of an untouched workbook of so many duties and roles, which waits."""
    from benchmarks.data import store
    from raci import models
    from raci.services.exporting import export_bytes
    from raci.services.imports.taking_in import take_in

    store(duties, roles)
    matrix = models.Matrix.objects.select_related("organisation").get(organisation__slug="large")
    content = export_bytes(matrix, "xlsx", "An editor")
    print(f"{duties:,} duties by {roles} roles, {len(content) / 1_000_000:.1f} MB")
    return take_in(matrix.organisation, None, name="large.xlsx", content=content, by="An editor").item


def follow(item: Any) -> str:
    """Start the runner, print each stage when it is first seen, and return the state at the end."""
    from raci.services.imports.leases import WORKING
    from raci.services.imports.starting import wake, without_papers

    begun, known = time.monotonic(), ("", "")
    while True:
        wake(item.organisation)
        now = without_papers(item)
        seen = (now.state, now.work.stage)
        if seen != known:
            print(f"{time.monotonic() - begun:6.1f} s  {' '.join(seen)}", flush=True)
            known = seen
        if now.state not in WORKING:
            return str(now.state)
        time.sleep(_LOOK_SECONDS)


def main(duties: int, roles: int) -> int:
    """Print the way of one workbook; return 0 where it became ready."""
    import django

    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'large.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgroles.settings")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return 0 if follow(brought(duties, roles)) == "ready" else 1


if __name__ == "__main__":
    sys.exit(main(*(map(int, sys.argv[1:3]) if len(sys.argv) > 2 else SIZE)))
