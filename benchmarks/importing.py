"""One large workbook from the upload to its preview, by a runner of its own: what it says on the way, and when.

It prints seconds on the clock and has no limit: `python -m benchmarks.importing [DUTIES ROLES [changed]]`, on a SQLite
file of its own where DATABASE_URL names no database. "changed" puts other letters into every cell of the workbook, and
applies it once it is ready.
"""

import os
import re
import sys
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.applying import OTHER

SIZE = (10_000, 20)
_LOOK_SECONDS = 0.1


def brought(duties: int, roles: int, *, altered: bool) -> Any:
    """Return the import of a workbook of so many duties and roles, untouched or altered, which waits."""
    from benchmarks.data import store
    from raci import models
    from raci.services.exporting import export_bytes
    from raci.services.imports.taking_in import take_in

    store(duties, roles)
    matrix = models.Matrix.objects.select_related("organisation").get(organisation__slug="large")
    content = export_bytes(matrix, "xlsx", "An editor")
    if altered:
        content = with_other_letters(content)
    print(f"{duties:,} duties by {roles} roles, {len(content) / 1_000_000:.1f} MB")
    return take_in(matrix.organisation, None, name="large.xlsx", content=content, by="An editor").item


def with_other_letters(content: bytes) -> bytes:
    """Return a workbook of ours with other letters in each cell that has some."""
    sheet, result = "xl/worksheets/sheet1.xml", BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == sheet:
                text, count = _LETTERS.subn(lambda found: f"<is><t>{OTHER[found[1]]}</t></is>", data.decode())
                print(f"{count:,} cells hold other letters")
                data = text.encode()
            new.writestr(name, data)
    return result.getvalue()


_LETTERS = re.compile(r"<is><t>(A/R|[ARCI])</t></is>")


def press_apply(item: Any) -> None:
    """Ask for all of a proposal to be applied, as whoever looks at its preview does."""
    from raci import models
    from raci.services.imports.asking import begin_applying

    ready = models.Import.objects.select_related("organisation").get(pk=item.pk)
    assert begin_applying(ready, user=None, shown_revision=ready.organisation.revision, by="An editor")


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
        if now.state not in WORKING and not now.work.runner:
            return str(now.state)
        time.sleep(_LOOK_SECONDS)


def main(duties: int, roles: int, *, altered: bool = False) -> int:
    """Print the way of one workbook; return 0 where it became ready, or was applied where it was altered."""
    import django

    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'large.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgroles.settings")
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        item = brought(duties, roles, altered=altered)
        state = follow(item)
        if altered and state == "ready":
            press_apply(item)
            return 0 if follow(item) == "applied" else 1
        return 0 if state == "ready" else 1


if __name__ == "__main__":
    size = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else SIZE
    sys.exit(main(*size, altered=sys.argv[3:] == ["changed"]))
