"""What the races do inside the site: prepare an organisation, write sets of cells, read everything back.

Run as ``python -m tests.races.site`` with the environment of the server under test; it reads calls as
JSON lines and answers each with one. A process of its own, because the test's process is bound to
another database.
"""

import json
import os
import random
import sys
import time
from importlib import import_module
from typing import Any

import django

from tests.races import bringing

ROWS, COLUMNS = 40, 10


def prepare(slug: str, users: int) -> dict[str, Any]:
    """Make an organisation with one matrix, all cells empty, and signed-in editors."""
    from raci import models
    from raci.domain.records import Column, Duty, Kind, Role, Row, Sheet
    from raci.models.base import new_key
    from tests.factories import create, scheme, write

    scheme()
    organisation = models.Organisation.objects.create(slug=slug, name=slug)
    matrix, duties, roles = new_key(), [new_key() for _ in range(ROWS)], [new_key() for _ in range(COLUMNS)]
    write(
        organisation,
        *(create(Kind.ROLE, Role(f"R-{number}", f"Role {number}"), key) for number, key in enumerate(roles)),
        *(create(Kind.DUTY, Duty(f"D-{number}", f"Do {number}"), key) for number, key in enumerate(duties)),
        create(Kind.SHEET, Sheet("Races"), matrix),
        *(create(Kind.ROW, Row(number), key, matrix=matrix) for number, key in enumerate(duties)),
        *(create(Kind.COLUMN, Column(number), key, matrix=matrix) for number, key in enumerate(roles)),
    )
    sessions = {name: _sign_in(organisation, name) for name in (f"{slug}-{number}" for number in range(users))}
    return {"slug": slug, "matrix": matrix, "duties": duties, "roles": roles, "sessions": sessions}


def _sign_in(organisation: Any, name: str) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from raci import models

    user = models.User.objects.create(username=name)
    models.Membership.objects.create(organisation=organisation, user=user, level="editor")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    now = int(time.time())
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["signed_in_at"] = session["seen_at"] = now
    session.save()
    return str(session.session_key)


def remindable(slug: str, users: int) -> list[str]:
    """Make an organisation in which a decision waits for so many people, and return their addresses."""
    from datetime import date

    from raci import models
    from raci.domain.records import GreyArea, Kind
    from raci.models.base import new_key
    from tests.factories import create, write

    stage = prepare(slug, users)
    matrix = models.Matrix.objects.get(key=stage["matrix"])
    waiting = GreyArea(stage["duties"][0], decider=stage["roles"][0], raised_on=date(2026, 1, 1))
    write(matrix.organisation, create(Kind.GREY_AREA, waiting, new_key(), matrix=matrix.key))
    addresses = []
    for member in models.Membership.objects.filter(organisation=matrix.organisation).select_related("user"):
        member.stands_for.set(models.Role.objects.filter(key=stage["roles"][0]))
        member.user.email = f"{member.user.username}@example.org"
        member.user.save()
        addresses.append(member.user.email)
    return addresses


def batches(slug: str, seed: str, acknowledgements: str) -> int:
    """Start a writer of whole rows and return its process id; it goes on until it is killed.

    The number of each of its revisions stands in the file ``acknowledgements`` once it is written.
    """
    from django.db import connections

    connections.close_all()  # a connection must not be shared with the child
    child = os.fork()
    if child:
        return child
    try:
        _write_batches(slug, seed, acknowledgements)
    finally:
        os._exit(1)


def _write_batches(slug: str, seed: str, acknowledgements: str) -> None:
    from raci import models
    from raci.domain.change import cell_change
    from raci.services.door import Author, apply_changes
    from raci.services.loading import load_matrix

    chance = random.Random(seed)  # reproducible, not secret
    matrix = models.Matrix.objects.select_related("organisation").get(organisation__slug=slug)
    told = os.open(acknowledgements, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        now = load_matrix(matrix)
        changes = [
            cell_change(now.key, duty, role, now.letters(duty, role), chance.choice("ARCI"))
            for duty in chance.sample(now.row_keys[3:], 10)
            for role in now.column_keys
        ]
        outcome = apply_changes(organisation=matrix.organisation, changes=changes, author=Author("batches", "import"))
        if outcome.revision:
            os.write(told, f"{outcome.revision.number}\n".encode())


def report(slug: str) -> dict[str, Any]:
    """Return history, cells and what the checks find."""
    from django.db import connection

    from raci import models
    from raci.services.history import verify
    from raci.services.loading import load_matrix

    organisation = models.Organisation.objects.get(slug=slug)
    loaded = load_matrix(organisation.matrices.get())
    revisions = models.Revision.objects.filter(organisation=organisation).order_by("number")
    rows = models.RevisionChange.objects.filter(revision__organisation=organisation)
    parts = ("revision__number", "kind", "subject", "other", "before", "after")
    return {
        "revisions": list(revisions.values_list("number", "actor_name", "size")),
        "changes": list(rows.order_by("revision__number", "ordinal").values_list(*parts)),
        "cells": [[duty, role, letters] for duty, row in loaded.cells.items() for role, letters in row.items()],
        "faults": [fault.message for fault in verify(organisation)],
        "integrity": _integrity(connection),
    }


def _integrity(connection: Any) -> str:
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


def wait(child: int) -> int:
    """Wait for the end of a process that `batches` started."""
    return os.waitpid(child, 0)[1]


if __name__ == "__main__":
    django.setup()
    verbs: dict[str, Any] = {
        "prepare": prepare,
        "remindable": remindable,
        "batches": batches,
        "wait": wait,
        "report": report,
        "filled_workbook": bringing.filled_workbook,
        "imports": bringing.imports,
    }
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(verbs[verb](*arguments)) + "\n")
        sys.stdout.flush()
