"""A workbook that comes home while the processes that read and apply it are killed: it is applied once, whole."""

import random
import threading
import time

import pytest

from tests.races.bringing import Bringer, kill_runner, runners, wait_for
from tests.races.test_races import SEED, assert_sound

pytestmark = pytest.mark.races

ROWS = 400


@pytest.fixture
def stage(site, folder, request):
    """An organisation with a workbook in which every cell of its matrix was filled; ``expected`` is how many."""
    slug = f"home-{request.node.name.split('[')[-1].strip(']').replace('_', '-')[:30]}"
    made = site("prepare", slug, 2)
    made["file"] = str(folder / f"{slug}.xlsx")
    made["expected"] = site("filled_workbook", slug, ROWS, made["file"])
    return made


def state_of(site, stage):
    [one] = site("imports", stage["slug"])
    return one["state"]


def assert_applied_once(site, stage):
    """The file became one revision with every cell that it holds, and history is whole."""
    [one] = site("imports", stage["slug"])
    assert one["state"] == "applied", one
    report = site("report", stage["slug"])
    assert_sound(report)
    imported = [(number, size) for number, _, size in report["revisions"] if size == stage["expected"]]
    assert imported == [(one["revision"], stage["expected"])]
    assert len(report["cells"]) == stage["expected"]
    assert {letters for _, _, letters in report["cells"]} == {"R"}


@pytest.mark.parametrize("turn", range(3))
def test_runners_are_killed_at_any_moment_and_the_file_is_applied_once(site, start, stage, turn):
    chance = random.Random(f"{SEED} {turn}")
    server = start()
    ed = Bringer(server.port, stage)
    status, address = ed.bring(stage["file"])
    assert status == 302
    key = address.split("/")[4]
    organisation = site("imports", stage["slug"])[0]["organisation__key"]
    killed = kill_runner(organisation, chance.uniform(0.0, 2.5))
    ed.settle(key)
    assert state_of(site, stage) == "ready", site("imports", stage["slug"])
    pressing = threading.Thread(target=ed.apply, args=(key,))
    pressing.start()
    killed_too = kill_runner(organisation, chance.uniform(0.0, 2.5))
    pressing.join()
    ed.settle(key)
    print(f"\nseed {SEED}: killed while reading {killed}, while applying {killed_too}")
    assert_applied_once(site, stage)


def test_the_server_is_killed_and_the_work_goes_on(site, start, stage):
    server = start()
    ed = Bringer(server.port, stage)
    _, address = ed.bring(stage["file"])
    key = address.split("/")[4]
    server.kill()
    assert wait_for(lambda: state_of(site, stage) == "ready"), "a runner outlives the server"
    server.start()
    ed = Bringer(server.port, stage)
    pressing = threading.Thread(target=_press_whatever_comes, args=(ed, key))
    pressing.start()
    assert wait_for(lambda: state_of(site, stage) in ("applying", "applied"))
    server.kill()
    pressing.join()
    server.start()
    Bringer(server.port, stage).settle(key)
    assert_applied_once(site, stage)


def _press_whatever_comes(ed, key):
    try:
        ed.apply(key)
    except OSError:
        return  # the server was killed under it


def test_two_browsers_bring_and_apply_the_same_file_at_once_and_it_is_applied_once(site, start, stage):
    server = start()
    people = [Bringer(server.port, stage, name) for name in stage["sessions"]]
    addresses: list[str] = []
    _together([lambda one=one: addresses.append(one.bring(stage["file"])[1]) for one in people * 2])
    keys = {address.split("/")[4] for address in addresses}
    assert len(keys) == 1
    [key] = keys
    people[0].settle(key)
    pages = [one.get(f"{one.base}{key}/preview/")[1] for one in people]
    presses = [
        lambda one=one, page=page: one.post(f"{one.base}{key}/apply/", one.answers(page))
        for one, page in zip(people, pages, strict=True)
    ]
    _together(presses * 3)
    people[0].settle(key)
    assert_applied_once(site, stage)


def _together(deeds):
    threads = [threading.Thread(target=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_stopping_while_it_is_read_ends_the_work_and_nothing_is_written(site, start, stage):
    server = start()
    ed = Bringer(server.port, stage)
    token = ed.token(ed.get(f"{ed.base}new/")[1])  # before, since reading may be over by the next page
    begun = time.monotonic()
    _, address = ed.bring(stage["file"])
    key = address.split("/")[4]
    status, _ = ed.post(f"{ed.base}{key}/cancel/", {"csrfmiddlewaretoken": token})
    assert status == 302
    [one] = site("imports", stage["slug"])
    assert one["state"] == "cancelled"
    assert wait_for(lambda: not runners(one["organisation__key"])), f"after {time.monotonic() - begun:.0f} s"
    [one] = site("imports", stage["slug"])
    assert (one["state"], one["revision"]) == ("cancelled", None)
    report = site("report", stage["slug"])
    assert report["cells"] == []
    assert_sound(report)
