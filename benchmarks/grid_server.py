"""What the server does for the grid: the whole payload once, then a keystroke at a time.

A keystroke is the whole request: who it is, the write through the door, catching up in memory, judging what it
touched, and the answer. It is measured against what it would cost to read the matrix and lint it again.
"""

import random
import sys
import tempfile
from dataclasses import fields, replace
from typing import Any

DUTIES, ROLES, ROUNDS = 10_000, 50, 5
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"


def keyed(matrix: Any) -> Any:
    """Return a matrix with keys as the product makes them: twelve random signs, which hardly pack."""
    chance = random.Random(7)
    old = [*matrix.duties, *matrix.roles, *matrix.areas, matrix.key]
    new = {key: "".join(chance.choices(_SIGNS, k=12)) for key in old}
    shelves = {
        item.name: {new[key]: value for key, value in getattr(matrix, item.name).items()}
        for item in fields(matrix)
        if item.name in ("duties", "roles", "areas", "rows", "columns")
    }
    shelves["duties"] = {key: replace(duty, area=new[duty.area]) for key, duty in shelves["duties"].items()}
    cells = {new[duty]: {new[role]: text for role, text in row.items()} for duty, row in matrix.cells.items()}
    return replace(matrix, key=new[matrix.key], cells=cells, **shelves)


class Desk:
    """A person at a matrix: signed in, and typing into one cell."""

    def __init__(self, slug: str, duties: int) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        from benchmarks.data import matrix
        from benchmarks.export import write
        from raci import models

        self.matrix = write(slug, keyed(matrix(duties, ROLES)))
        user = get_user_model().objects.create_user(slug)
        models.Membership.objects.create(organisation=self.matrix.organisation, user=user, level="editor")
        self.client = Client(headers={"Host": "localhost"})
        self.client.force_login(user)
        self.base = f"/o/{slug}/matrices/{self.matrix.key}/"
        self.payload = self.client.get(f"{self.base}grid.json").json()
        self.place = [self.payload["rows"]["key"][:12], self.payload["columns"][0]["key"]]
        self.since = self.payload["revision"]
        self.held = self.letters()

    def letters(self) -> str:
        from raci.services.loading import load_matrix

        return load_matrix(self.matrix).letters(*self.place)

    def keystroke(self) -> Any:
        """Type another letter into the cell, and take in what comes back."""
        wanted = "I" if self.held == "C" else "C"
        body = {"since": self.since, "changes": [[*self.place, self.held, wanted]]}
        answer = self.client.post(f"{self.base}cells.json", body, content_type="application/json")
        newer = answer.json()
        if answer.status_code != 200 or not newer["rows"]:
            raise RuntimeError(newer)
        self.held, self.since = wanted, newer["revision"]
        return answer

    def anew(self) -> Any:
        """Read the matrix and look at all of it, as if this process had never seen it."""
        from django.utils import timezone

        from raci.services import linting, loading

        kept = loading._cache.copy(), linting._ledgers.copy()
        forget()
        found = linting.findings_of(loading.load_matrix(self.matrix), timezone.localdate())
        loading._cache.update(kept[0])
        linting._ledgers.update(kept[1])
        return found

    def packed(self) -> bytes:
        """Write the whole payload and pack it, from a matrix that is in memory and judged."""
        from django.utils import timezone

        from raci.services import linting, loading
        from raci.web.packing import pack
        from raci.web.payload import Payload

        loaded = loading.load_matrix(self.matrix)
        return pack(Payload(linting.ledger_of(loaded, timezone.localdate())).parts())

    def statements(self) -> int:
        """Return the number of statements of a keystroke."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            self.keystroke()
        return len(captured)


def forget() -> None:
    from raci.services import linting, loading

    loading._cache.clear()
    linting._ledgers.clear()


def main() -> int:
    from benchmarks.export import prepare
    from benchmarks.measure import Check, ratio, report, rounds, verdict

    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        small, large = Desk("small", 100), Desk("large", DUTIES)
        counts = [desk.statements() for desk in (small, large, small, large)][2:]  # the first visit of each costs more
        contenders = {"read and lint anew": large.anew, "keystroke": large.keystroke, "whole payload": large.packed}
        print(f"{DUTIES:,} duties by {ROLES} roles from SQLite, {ROUNDS} rounds")
        spent = rounds(contenders, ROUNDS)
        report(spent, "read and lint anew")
        judged = len({row for row, state in large.payload["state"] if "findings" in state})
        print(f"rows with findings: {judged:,}; a keystroke answers with {len(large.keystroke().content):,} bytes")
        return verdict(
            [
                Check(
                    "a keystroke, against reading and linting anew",
                    ratio(spent, "keystroke", "read and lint anew"),
                    0.05,
                ),
                Check("the whole payload, against the same", ratio(spent, "whole payload", "read and lint anew"), 0.5),
                Check("payload on the wire", len(large.packed()) / 1000, 350, " kB"),
                Check("statements of a keystroke, 100 duties", counts[0], 30),
                Check("statements of a keystroke, 10,000 duties", counts[1], counts[0]),
            ]
        )


if __name__ == "__main__":
    sys.exit(main())
