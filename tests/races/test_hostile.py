"""Hostile files brought to a real server: each has its sentence or its reading, no worker falls, nothing is written."""

import time
from pathlib import Path

import pytest

from tests.documents.intake import building as good
from tests.documents.intake.cases import CASES
from tests.documents.intake.hostile import READ
from tests.documents.intake.test_control import FALL
from tests.races.bringing import Bringer

pytestmark = pytest.mark.races

# What a request may take, with the two seconds and a half for which it waits for a quick answer.
LONGEST_REQUEST = 15.0
MOST_GROWTH = 50  # megabytes, of each worker

OTHERS = (
    "only a format in the last cell of all",
    "a dimension that lies",
    "1 GiB that says it is small",
    "60 MiB that barely shrink too much",
    "parts over one another",
    "an encrypted part",
    "a million types",
    "a billion laughs in xl/sharedStrings.xml",
    "a secret file in xl/worksheets/sheet1.xml",
    "a billion cells repeated",
    "sectors in a circle",
    "nothing at all",
    "12 MB",
    "a PDF document",
)


def chosen() -> dict[str, tuple[str, bytes, str]]:
    """Return all files over which readers fall, and some of every other kind."""
    names = dict.fromkeys([*(name for _reader, name in FALL), *OTHERS])
    return {name: (f"plan.{CASES[name].ending}", CASES[name].make(), CASES[name].words) for name in names}


def workers(master: int) -> list[int]:
    return sorted(map(int, Path(f"/proc/{master}/task/{master}/children").read_text().split()))


def megabytes(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 // 2**20


def bring(ed: Bringer, name: str, content: bytes) -> tuple[int, str, float]:
    """Upload a file; return the status, where it leads, and what the request took."""
    _, page = ed.get(f"{ed.base}new/")
    before = time.monotonic()
    status, address = ed.post(f"{ed.base}new/", {"csrfmiddlewaretoken": ed.token(page)}, (name, content))
    return status, address, time.monotonic() - before


def test_each_hostile_file_is_answered_and_nobody_falls(site, start):
    stage = site("prepare", "hostile", 1)
    server = start()
    ed = Bringer(server.port, stage)
    bring(ed, "warm.xlsx", good.xlsx({good.SHEET: good.sheet(good.inline("A1", "warm"))}))
    before = {process: megabytes(process) for process in workers(server.process.pid)}
    register = site("report", "hostile")
    longest, wrong = 0.0, []
    for what, (name, content, words) in chosen().items():
        status, address, seconds = bring(ed, name, content)
        longest = max(longest, seconds)
        if status == 302:
            key = address.split("/")[4]
            ed.settle(key)
            state = next(one["state"] for one in site("imports", "hostile") if one["key"] == key)
            expected = ("mapping",) if words == READ else ("refused",)
            if state not in expected:
                wrong.append((what, state))
        elif status not in (413, 422):
            wrong.append((what, status))
    print(f"\nlongest request {longest:.1f} s")
    assert wrong == []
    assert longest < LONGEST_REQUEST
    assert workers(server.process.pid) == sorted(before)
    grown = {process: megabytes(process) - held for process, held in before.items()}
    assert max(grown.values()) < MOST_GROWTH, grown
    assert site("report", "hostile") == register


def test_after_all_that_a_good_file_is_still_read(site, start):
    stage = site("prepare", "after-hostile", 1)
    ed = Bringer(start().port, stage)
    for name in ("a value in the last cell of all", "4 billion texts that are not there"):
        bring(ed, "plan.xlsx", CASES[name].make())
    status, address, _seconds = bring(ed, "plan.xlsx", good.xlsx())
    assert status == 302
    ed.settle(address.split("/")[4])
    states = [one["state"] for one in site("imports", "after-hostile")]
    assert states == ["mapping", "refused", "refused"]
