"""Applying a workbook in which every cell was changed, against reading it unchanged, side by side.

How long others are held up is taken between BEGIN IMMEDIATE (SELECT … FOR UPDATE) and the end of COMMIT, as the median
of the rounds. It is wall time; on SQLite, which works within the process, CPU time counts for the limit, since on a
machine that others use too the wall clock tells of them. It runs on the database of DATABASE_URL, or on a SQLite file
of its own. With an argument, "measure DUTIES ROLES", it prints the figures of one size as JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import Check, verdict

ROUNDS = 3
LARGE = (10_000, 20)
OTHER = {"A": "R", "R": "A", "C": "I", "I": "C", "A/R": "C"}


class Watch:
    """Counts the statements of a connection, and times how long its transactions hold others up."""

    def __init__(self) -> None:
        self.statements, self.held, self.worked, self._since = 0, 0.0, 0.0, (0.0, 0.0)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        begins = sql.startswith("BEGIN IMMEDIATE")
        found = execute(sql, params, many, context)
        if begins or "FOR UPDATE" in sql:
            self._since = self._since if any(self._since) else (time.perf_counter(), time.thread_time())
        return found

    @contextmanager
    def watching(self) -> Iterator["Watch"]:
        from django.db import connection

        commit = connection._commit

        def committed() -> None:
            commit()
            if any(self._since):
                self.held += time.perf_counter() - self._since[0]
                self.worked += time.thread_time() - self._since[1]
                self._since = 0.0, 0.0

        connection._commit = committed
        try:
            with connection.execute_wrapper(self):
                yield self
        finally:
            connection._commit = commit


def spent(run: Any) -> tuple[float, Any]:
    started = time.process_time()
    found = run()
    return time.process_time() - started, found


def measure(duties: int, roles: int) -> dict[str, Any]:
    """Return the figures of one size, in a database that is made for it."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from benchmarks.data import store
    from raci import models
    from raci.services.exporting import export_bytes

    store(duties, roles)
    matrix = models.Matrix.objects.select_related("organisation").get(organisation__slug="large")
    found: dict[str, list[Any]] = {
        "parse": [],
        "unchanged": [],
        "applied": [],
        "statements": [],
        "held": [],
        "worked": [],
    }
    for _ in range(ROUNDS):
        content = export_bytes(matrix, "xlsx", "An editor")
        found["parse"].append(spent(lambda content=content: parse(content))[0])
        found["unchanged"].append(spent(lambda content=content: unchanged(matrix, content))[0])
        item = proposed(matrix)
        watch = Watch()
        with watch.watching():
            found["applied"].append(spent(lambda item=item: applied(item))[0])
        found["statements"].append(watch.statements)
        found["held"].append(watch.held)
        found["worked"].append(watch.worked)
    few = Watch()
    item = proposed(matrix, 500)
    with few.watching():
        found["few"] = [spent(lambda: applied(item))[0]]
    found["few_statements"] = [few.statements]
    return {**found, "cells": models.Assignment.objects.filter(row__matrix=matrix).count()}


def parse(content: bytes) -> None:
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def unchanged(matrix: Any, content: bytes) -> None:
    """Read a workbook of our own that nobody changed, load what it was exported from, and compare."""
    from raci.documents.workbook.reader import read_home
    from raci.domain.homecoming import bring_home
    from raci.services import loading

    loading._cache.clear()
    found = bring_home(loading.load_matrix(matrix), read_home(content))
    assert not found.wishes, found.wishes[:3]


def proposed(matrix: Any, count: int | None = None) -> Any:
    """Return an import that wants other letters in every cell, or in so many, and has been compared."""
    from django.utils import timezone

    from raci import models
    from raci.domain.change import cell_change
    from raci.domain.proposal import Group, Proposal, Wish
    from raci.services.imports.store import packed
    from raci.services.loading import load_matrix

    loaded = load_matrix(matrix)
    cells = [(duty, role, held) for duty, row in loaded.cells.items() for role, held in row.items()][:count]
    wishes = tuple(
        Wish(f"c{at}", Group.CELLS, (cell_change(matrix.key, duty, role, held, OTHER[held]),), f"D{at}")
        for at, (duty, role, held) in enumerate(cells)
    )
    return models.Import.objects.create(
        organisation=matrix.organisation,
        matrix=matrix,
        uploaded_at=timezone.now(),
        file_name="large.xlsx",
        size=1,
        state=models.Import.State.APPLYING,
        proposal=packed(Proposal(loaded.revision, wishes).to_data()),
    )


def applied(item: Any) -> None:
    from raci import models
    from raci.services.door import Author
    from raci.services.imports.applying import apply

    shown = models.Organisation.objects.get(pk=item.organisation_id).revision
    outcome = apply(item, author=Author("An editor", "import"), shown_revision=shown)
    assert outcome.revision is not None, (outcome.conflicts[:1], outcome.refusals[:1])


def run(duties: int, roles: int) -> dict[str, Any]:
    """Measure one size in a process of its own, on a database of its own where none is named."""
    with tempfile.TemporaryDirectory() as folder:
        own = f"sqlite:///{Path(folder) / 'large.sqlite3'}"
        environment = {"DATABASE_URL": own, "DJANGO_SETTINGS_MODULE": "orgroles.settings", **os.environ}
        command = [sys.executable, "-m", "benchmarks.applying", "measure", str(duties), str(roles)]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def ratio(found: dict[str, Any], name: str, anchor: str) -> float:
    """Return the median of the ratios within each round."""
    return median(one / other for one, other in zip(found[name], found[anchor], strict=True))


def report(found: dict[str, Any]) -> None:
    for name in ("parse", "unchanged", "applied"):
        print(f"{name:10} {median(found[name]):8.3f} s CPU")
    for name, what in (("held", "wall"), ("worked", "CPU of this process")):
        print(f"held up    {median(found[name]):8.3f} s {what}, least {min(found[name]):.3f}")
    print(f"statements {found['statements'][0]}")


def checks(title: str, found: dict[str, Any], *, postgres: bool) -> list[Check]:
    held = median(found["held" if postgres else "worked"])
    both = {**found, "import": [a + b for a, b in zip(found["unchanged"], found["applied"], strict=True)]}
    return [
        Check(f"reading it and applying all cells against reading it, {title}", ratio(both, "import", "unchanged"), 4),
        Check(f"others are held up, {title}", held, 2.0 if postgres else 0.5, " s"),
        Check(
            f"statements that 500 cells save against all, {title}",
            abs(found["statements"][0] - found["few_statements"][0]),
            0,
        ),
    ]


def main() -> int:
    """Measure, print, and return the status to end with."""
    postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    found = run(*LARGE)
    print(f"{LARGE[0]:,} duties by {LARGE[1]} roles, {found['cells']:,} cells, {ROUNDS} rounds")
    report(found)
    return verdict(checks("10,000 x 20", found, postgres=postgres))


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure(*map(int, sys.argv[2:]))))
    else:
        sys.exit(main())
