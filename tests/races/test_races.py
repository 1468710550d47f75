"""Concurrent writers, kill -9 and a locked database, against a real server. Each test prints its figures.

Every protection has a control arm in which it is off and the fault must be seen: otherwise the test
would prove nothing.
"""

import os
import random
import secrets
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.races.clients import Client, Load, Log, load
from tests.races.server import Site

pytestmark = pytest.mark.races

WRITERS = 16
ENOUGH = 60  # acknowledged writes
SEED = int(os.environ.get("ORGROLES_RACES_SEED") or secrets.randbelow(10**6))


def stage_for(site: Site, slug: str, writers: int = WRITERS) -> dict[str, Any]:
    stage: dict[str, Any] = site("prepare", slug, writers)
    print(f"\n{slug}: seed {SEED}", end="; ")
    return stage


def hot_cells(stage: dict[str, Any]) -> list[tuple[str, str]]:
    return [(duty, stage["roles"][0]) for duty in stage["duties"][:3]]


def run_until(running: Load, enough: Callable[[], bool], *, at_most: float) -> None:
    """Let the load run until there is enough of it; the seconds are only a second bound, since machines differ."""
    end = time.monotonic() + at_most
    while time.monotonic() < end and not enough():
        time.sleep(0.05)
    running.stop()


def cell_history(report: dict[str, Any]) -> list[tuple[int, str, str, str, str]]:
    """Return number, duty, role, before and after of every cell change, in order."""
    return [(row[0], row[2], row[3], row[4], row[5]) for row in report["changes"] if row[1] == "cell"]


def overwritten(report: dict[str, Any]) -> int:
    """Count the writes that replaced something their author never saw."""
    held: dict[tuple[str, str], str] = {}
    count = 0
    for _, duty, role, before, after in cell_history(report):
        count += held.get((duty, role), "") != before
        held[duty, role] = after
    return count


def assert_sound(report: dict[str, Any]) -> None:
    """History has every number once, is whole, fits the cells, and nobody was overwritten unseen."""
    assert report["faults"] == []
    assert report["integrity"] == "ok"
    assert [number for number, _, _ in report["revisions"]] == list(range(1, len(report["revisions"]) + 1))
    sizes = dict.fromkeys((number for number, _, _ in report["revisions"]), 0)
    for row in report["changes"]:
        sizes[row[0]] += 1
    assert sizes == {number: size for number, _, size in report["revisions"]}
    assert overwritten(report) == 0
    held = {(duty, role): after for _, duty, role, _, after in cell_history(report)}
    assert {(duty, role): letters for duty, role, letters in report["cells"]} == {
        place: letters for place, letters in held.items() if letters
    }


def assert_kept(log: Log, report: dict[str, Any]) -> None:
    """Every acknowledged write stands in history exactly as it was sent, under the number that was told."""
    written = {number: rest for number, *rest in cell_history(report)}
    actors = {number: actor for number, actor, _ in report["revisions"]}
    assert len({ack.revision for ack in log.acks}) == len(log.acks)
    for ack in log.acks:
        assert written.get(ack.revision) == [ack.duty, ack.role, ack.seen, ack.wanted], ack
        assert actors[ack.revision] == ack.by


def test_sixteen_writers_on_three_cells_lose_nothing(start, site):
    server, stage, log = start(), stage_for(site, "hot"), Log()
    run_until(load(server.port, stage, hot_cells(stage), log, SEED), lambda: len(log.acks) >= ENOUGH, at_most=60)
    report = site("report", "hot")
    print(f"{len(log.acks)} acknowledged, answers {dict(log.answers)}")
    assert log.server_errors == 0
    assert "database is locked" not in server.log.read_text()
    assert_sound(report)
    assert_kept(log, report)
    assert len(cell_history(report)) == len(log.acks)
    assert log.answers[409] > 0  # they did meet
    assert len(log.acks) >= 10


def test_control_without_the_comparison_writers_overwrite_one_another(start, site):
    server, stage, log = start("tests.races.without_compare"), stage_for(site, "believed"), Log()
    run_until(load(server.port, stage, hot_cells(stage), log, SEED), lambda: len(log.acks) >= ENOUGH, at_most=30)
    lost = overwritten(site("report", "believed"))
    print(f"{lost} of {len(log.acks)} acknowledged writes replaced something unseen, answers {dict(log.answers)}")
    assert lost >= 1


def test_control_with_deferred_transactions_the_database_is_locked(start, site, database):
    if not database.is_sqlite:
        pytest.skip("only SQLite has one write lock for all")
    server, stage, log = start("tests.races.deferred"), stage_for(site, "deferred"), Log()
    cells = [(duty, role) for duty in stage["duties"] for role in stage["roles"]]
    run_until(load(server.port, stage, cells, log, SEED), lambda: log.server_errors > 0, at_most=60)
    print(f"{len(log.acks)} acknowledged, answers {dict(log.answers)}")
    assert "database is locked" in server.log.read_text()
    assert log.server_errors >= 1


def test_kill_9_of_the_whole_server_loses_no_acknowledged_write_and_leaves_no_half_one(start, site, folder):
    server, stage, log = start(), stage_for(site, "killed", 8), Log()
    chance = random.Random(SEED)  # reproducible, not secret
    running = load(server.port, stage, hot_cells(stage), log, SEED)
    told, kills = folder / "acknowledged", 5
    for kill in range(kills):
        batches = site("batches", "killed", f"{SEED} {kill}", str(told))
        enough, end = len(log.acks) + 3, time.monotonic() + 5
        while time.monotonic() < end and len(log.acks) < enough:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1))
        server.kill()
        os.kill(batches, signal.SIGKILL)
        site("wait", batches)
        server.start()
    running.stop()
    acknowledged = [int(line) for line in told.read_text().splitlines()]
    report = site("report", "killed")
    print(
        f"{kills} kills, {len(log.acks)} cells and {len(acknowledged)} sets acknowledged, "
        f"{log.unknown} unanswered, answers {dict(log.answers)}"
    )
    assert log.server_errors == 0
    assert_sound(report)
    single = {number for number, actor, _ in report["revisions"] if actor.startswith("killed-")}
    sets = {number for number, actor, _ in report["revisions"] if actor == "batches"}
    assert_kept(log, report)
    assert set(acknowledged) <= sets
    # What was written and never answered is allowed, at most one for each request that was under way.
    assert len(single) - len(log.acks) <= log.unknown
    assert len(sets) - len(acknowledged) <= kills
    assert len(log.acks) >= kills
    assert acknowledged


def test_a_locked_database_is_503_with_the_time_to_try_again_and_reads_go_on(start, site, database):
    server, stage = start(), stage_for(site, "locked", 1)
    (name,) = stage["sessions"]
    client, (duty, role) = Client(server.port, stage, name), hot_cells(stage)[0]
    client.take_token(client.path(duty, role))
    answers: list[Any] = []
    holder = database.hold_write_lock()
    try:
        writer = threading.Thread(target=lambda: answers.append(client.write(duty, role, "", "A")[0]))
        writer.start()
        reads = 0
        while writer.is_alive():
            assert client.read(duty, role) == (200, "")
            reads += 1
        writer.join()
    finally:
        holder.close()
    print(f"{reads} reads answered while a write waited")
    assert [answer.status for answer in answers] == [503]
    assert int(answers[0].headers["Retry-After"]) > 0
    assert reads >= 1
    assert client.write(duty, role, "", "A")[0].status == 200
    assert "Traceback" not in server.log.read_text()
