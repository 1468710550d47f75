"""The command that finds what was altered behind the application's back."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from raci import models
from tests.factories import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    made = Small()
    made.set("VEN-1", "PM", "", "A")
    return made


def run(*arguments: str) -> tuple[int, str]:
    """Return the exit status and what was printed."""
    out = StringIO()
    try:
        call_command("verify_history", *arguments, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def set_back() -> None:
    """Cut the latest revision off and let nothing in the database show it."""
    on = " ON raci_revision{}" if connection.vendor == "postgresql" else ""
    execute(
        *(f"DROP TRIGGER raci_revision{part}_no_delete{on.format(part)}" for part in ("", "change")),
        "DELETE FROM raci_revisionchange WHERE revision_id IN (SELECT id FROM raci_revision WHERE number = 2)",
        "DELETE FROM raci_revision WHERE number = 2",
        "DELETE FROM raci_assignment",
        "UPDATE raci_organisation SET revision = 1, head = (SELECT hash FROM raci_revision WHERE number = 1)",
    )


def test_it_says_that_all_is_as_it_was_written(small):
    assert run() == (0, "Small: all 2 revisions are as they were written.\n")


def test_it_names_what_was_altered_and_exits_with_one(small):
    Small("other")
    execute("UPDATE raci_assignment SET letters = 'R'")
    status, told = run()
    assert status == 1
    assert "history says 'A', the table holds 'R'" in told
    assert "Other: all 1 revisions are as they were written." in told
    assert run("--organisation", "other")[0] == 0


def test_an_unknown_organisation_is_said():
    with pytest.raises(CommandError, match="There is no organisation “nobody”"):
        call_command("verify_history", "--organisation", "nobody")


def test_an_anchor_is_made_and_moves_on_while_all_is_well(small, tmp_path: Path):
    file = tmp_path / "anchor"
    key = small.organisation.key
    assert run("--anchor", str(file))[0] == 0
    head = models.Organisation.objects.get().head
    assert file.read_text() == f"{key} 2 {head}\n"
    small.set("VEN-1", "PM", "A", "R")
    assert run("--anchor", str(file))[0] == 0
    assert file.read_text().startswith(f"{key} 3 ")


def test_a_cut_tail_is_found_by_the_anchor_and_the_anchor_stays(small, tmp_path: Path):
    file = tmp_path / "anchor"
    run("--anchor", str(file))
    noted = file.read_text()
    set_back()
    assert run()[0] == 0  # a chain alone cannot know
    status, told = run("--anchor", str(file))
    assert (status, told) == (1, "Small: revision 2 was there when the anchor was set and is gone.\n")
    assert file.read_text() == noted


def test_an_organisation_that_is_gone_is_found_by_the_anchor(small, tmp_path: Path):
    file = tmp_path / "anchor"
    file.write_text("gone 7 abc\n")
    assert run("--anchor", str(file)) == (
        1,
        "Small: all 2 revisions are as they were written.\nthe organisation gone, anchored at revision 7, is gone.\n",
    )


def test_one_organisation_checked_alone_keeps_the_anchors_of_the_others(small, tmp_path: Path):
    file = tmp_path / "anchor"
    Small("other")
    run("--anchor", str(file))
    small.set("VEN-1", "PM", "A", "R")
    assert run("--anchor", str(file), "--organisation", "small")[0] == 0
    numbers = sorted(line.split()[1] for line in file.read_text().splitlines())
    assert numbers == ["1", "3"]


def test_a_file_that_is_no_anchor_is_refused(small, tmp_path: Path):
    file = tmp_path / "anchor"
    file.write_text("nonsense\n")
    with pytest.raises(CommandError, match="line 1 is no anchor"):
        call_command("verify_history", "--anchor", str(file))
