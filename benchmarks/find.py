"""Who owns what at 10,000 duties by 50 roles: how long an answer takes, and how long the first one after a write.

On SQLite; on PostgreSQL where DATABASE_URL names an empty database. CPU time, so that neighbours do not count.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from statistics import median
from time import process_time
from typing import Any

from benchmarks.export import prepare
from benchmarks.measure import Check, verdict

DUTIES, ROLES, ROUNDS, SHOWN = 10_000, 50, 7, 8
OFFICE = [
    "select", "sign", "renew", "review", "approve", "plan", "budget", "vendor", "service", "release", "contract",
    "staff", "report", "risk", "architecture", "licence", "capacity", "outage", "supplier", "invoice", "forecast",
    "roadmap", "priority", "escalation", "handover", "training", "recruitment", "performance",
]  # fmt: skip
# What somebody types: codes, beginnings, words, several words, typing errors, a role, nothing that is there.
TYPED = (
    "DUT-4711", "dut 99", "s", "co", "contr", "contract", "sign contract", "approve budget", "vendor risk review",
    "contrcat", "aprove bugdet", "architcture", "recruitmnet training", "suplier invioce", "role number r007", "area",
    "performance", "escalaton handovr forcast", "zzyzx", "qqqqqqqq",
)  # fmt: skip


def main() -> int:
    """Measure an ordinary vocabulary and two deliberately hard ones; return the status to end with."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        without_hurry()
        checks = [check for name, words in vocabularies().items() for check in measure(name, words)]
    return verdict(checks)


def without_hurry() -> None:
    """Let PostgreSQL take its time for what is written before anything is measured."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def vocabularies() -> dict[str, list[str]]:
    """Return words to make titles of: those of an office, many unlike ones, and many of few letters."""
    chance = random.Random(7)

    def invented(letters: str) -> list[str]:
        return sorted({"".join(chance.choices(letters, k=chance.randint(5, 12))) for _ in range(20_000)})

    return {"office": OFFICE, "unlike": invented("abcdefghijklmnopqrstuvwxyz"), "few letters": invented("abcdefgh")}


def measure(name: str, words: list[str]) -> Iterator[Check]:
    """Measure one organisation whose duties speak in those words."""
    from raci import models
    from raci.services.finding import who_owns

    organisation = stored(f"find-{name.replace(' ', '-')}", words)
    started = process_time()
    who_owns(organisation, "first", SHOWN)
    print(f"-- {name}: {len(set(words))} words; everything read and indexed in {process_time() - started:.2f} s")
    spent = [(median(once(organisation, typed) for _ in range(ROUNDS)), typed) for typed in typed_in(words)]
    print("   slowest:", ", ".join(f"{typed} {1000 * seconds:.1f} ms" for seconds, typed in sorted(spent)[:-4:-1]))
    yield Check(f"{name}: an answer, median of what is typed", 1000 * median(s for s, _ in spent), 50, " ms")
    yield Check(f"{name}: an answer, the slowest of what is typed", 1000 * max(s for s, _ in spent), 50, " ms")
    after = [first_after(organisation, number) for number in range(ROUNDS)]
    assert models.Organisation.objects.get(pk=organisation.pk).revision == ROUNDS + 1
    loading, finding = (median(seconds) for seconds in zip(*after, strict=True))
    print(f"   after a duty was renamed: {1000 * loading:.0f} ms to read the matrix, then")
    yield Check(f"{name}: the first answer after a write, the matrix being read", 1000 * finding, 50, " ms")


def typed_in(words: list[str]) -> list[str]:
    """Return what is typed: the same for all, and words of their own, right and with letters changed round."""
    own = random.Random(11).sample(sorted(words), 12)
    return [*TYPED, *own, *(word[:2] + word[3] + word[2] + word[4:] for word in own), " ".join(w[1:] for w in own[:3])]


def once(organisation: Any, typed: str) -> float:
    from raci.services.finding import who_owns

    started = process_time()
    who_owns(organisation, typed, SHOWN)
    return process_time() - started


def first_after(organisation: Any, number: int) -> tuple[float, float]:
    """Rename a duty; return the seconds of reading the matrix anew, and those of the first answer after that."""
    from raci import models
    from raci.domain.change import Address, Change
    from raci.domain.records import Kind
    from raci.services.door import Author, apply_changes
    from raci.services.loading import load_matrix

    matrix = models.Matrix.objects.get(organisation=organisation)
    loaded = load_matrix(matrix)
    key = loaded.row_keys[number]
    change = Change(Address(Kind.DUTY, "", key), "title", loaded.duties[key].title, f"Renamed as {number}")
    assert apply_changes(organisation=organisation, changes=[change], author=Author("Benchmark", "command")).ok
    started = process_time()
    load_matrix(matrix)
    read = process_time() - started
    fresh = models.Organisation.objects.get(pk=organisation.pk)
    return read, once(fresh, "renamed")


def stored(slug: str, words: list[str]) -> Any:
    """Write an organisation whose duties speak in the words, and give it thirty members."""
    from benchmarks.data import matrix
    from benchmarks.export import settled, write
    from raci import models

    chance, large = random.Random(5), matrix(DUTIES, ROLES)
    titles = (" ".join(chance.choices(words, k=6)).capitalize() for _ in large.duties)
    duties = {key: replace(duty, title=title) for (key, duty), title in zip(large.duties.items(), titles, strict=True)}
    found = write(slug, settled(replace(large, duties=duties)))
    for number in range(30):
        user = models.User.objects.create(username=f"{slug}-{number}", first_name="Robin", last_name=f"Vale{number}")
        models.Membership.objects.create(organisation=found.organisation, user=user)
    return found.organisation


if __name__ == "__main__":
    sys.exit(main())
