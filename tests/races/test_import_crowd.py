"""A workbook of ten thousand cells is applied while sixteen people write to the same matrix as fast as they can."""

from statistics import quantiles

import pytest

from tests.races.bringing import Bringer, wait_for
from tests.races.clients import Client, Log, load
from tests.races.test_races import SEED, assert_kept, assert_sound, hot_cells, stage_for

pytestmark = pytest.mark.races

ROWS = 963  # with the rows that are there, 1,000 of ten cells each are filled


@pytest.fixture
def stage(site, folder, request):
    """An organisation with a workbook that fills every cell but those of three rows."""
    slug = f"crowd-{request.node.name[:20].replace('_', '-')}"
    made = stage_for(site, slug)
    made["file"] = str(folder / f"{slug}.xlsx")
    made["expected"] = site("filled_workbook", slug, ROWS, made["file"], made["duties"][:3])
    return made


def brought(server, stage):
    """Bring the workbook and look at its preview; return who did, the import, and what the page would send."""
    ed = Bringer(server.port, stage)
    key = ed.bring(stage["file"])[1].split("/")[4]
    ed.settle(key)
    return ed, key, ed.answers(ed.get(f"{ed.base}{key}/preview/")[1])


def applied_among(server, stage, ed, key, answers):
    """Apply the import while everybody else writes; return what they saw."""
    log = Log()
    running = load(server.port, stage, hot_cells(stage), log, SEED)
    assert wait_for(lambda: len(log.acks) > 2)  # they are at it
    ed.post(f"{ed.base}{key}/apply/", answers)
    ed.settle(key)
    running.stop()
    slowest = quantiles(log.waits, n=100)[-1]
    print(f"{len(log.acks)} acknowledged beside it, answers {dict(log.answers)}, 99 of 100 within {slowest:.2f} s")
    assert log.server_errors == 0
    return log


def test_it_is_applied_whole_and_nobody_else_loses_a_write(site, start, stage):
    server = start()
    log = applied_among(server, stage, *brought(server, stage))
    [one] = site("imports", stage["slug"])
    report = site("report", stage["slug"])
    assert one["state"] == "applied", one
    assert_sound(report)
    assert_kept(log, report)
    assert (one["revision"], stage["expected"]) in [(number, size) for number, _, size in report["revisions"]]
    spared = set(stage["duties"][:3])
    assert sum(duty not in spared for duty, _, _ in report["cells"]) == stage["expected"] == 10_000


def test_where_one_cell_moved_since_the_preview_nothing_of_it_is_written(site, start, stage):
    server = start()
    ed, key, answers = brought(server, stage)
    other, (duty, role) = (
        Client(server.port, stage, next(iter(stage["sessions"]))),
        (stage["duties"][5], stage["roles"][5]),
    )
    other.take_token(other.path(duty, role))
    assert other.write(duty, role, "", "A")[0].status == 200
    log = applied_among(server, stage, ed, key, answers)
    [one] = site("imports", stage["slug"])
    report = site("report", stage["slug"])
    assert (one["state"], one["revision"]) == ("ready", None)
    assert_sound(report)
    assert_kept(log, report)
    assert [held for held in report["cells"] if held[0] not in stage["duties"][:3]] == [[duty, role, "A"]]
