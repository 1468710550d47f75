"""Cron starts the reminders twice at the same moment: each person still gets one mail."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.races.server import ROOT, Database, Site, environment

pytestmark = pytest.mark.races

PEOPLE = 12


def sent_by_two(database: Database, folder: Path, settings: str) -> Counter[str]:
    """Start two processes together and count the mails of each person."""
    post = folder / settings
    post.mkdir()
    values = environment(database, settings) | {"ORGROLES_RACES_POST": str(post)}
    command = [sys.executable, "-m", "tests.races.remind"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=values, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    for process in started:
        said, _ = process.communicate(timeout=180)
        assert process.returncode == 0, said
    assert len(list(post.glob("*.sending"))) == 2, "the processes did not meet"
    return Counter(path.read_text() for path in post.glob("*.mail"))


def test_two_processes_send_each_person_one_digest(database: Database, site: Site, folder: Path) -> None:
    expected = site("remindable", "post", PEOPLE)
    assert len(expected) == PEOPLE
    assert sent_by_two(database, folder, "tests.races.post_settings") == dict.fromkeys(expected, 1)


def test_control_without_the_rows_everybody_gets_two(database: Database, site: Site, folder: Path) -> None:
    expected = site("remindable", "post-control", PEOPLE)
    counts = sent_by_two(database, folder, "tests.races.post_without_rows")
    assert {name: counts[name] for name in expected} == dict.fromkeys(expected, 2)
