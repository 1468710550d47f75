"""The commands that write down and erase what is held about a person."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from raci import models
from raci.services.history import verify
from tests.factories import Small
from tests.services.erasing import NAME, Traced, first_form, found_in_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def traced() -> Traced:
    return Traced(Small())


def run(command: str, person: str, *more: str) -> str:
    out = StringIO()
    call_command(command, "--organisation", "small", "--person", person, *more, stdout=out)
    return out.getvalue()


def test_everything_held_is_written_down(traced, tmp_path):
    data = json.loads(run("export_person", NAME))
    assert data["person"]["name"] == NAME
    assert [item["ends_on"] for item in data["holdings"]] == [""]
    assert {item["kind"] for item in data["named_in"]} == {
        "grey_area", "decision", "acknowledgement", "round", "comment"
    }  # fmt: skip
    assert {item["by"] for item in data["revisions"]} == {NAME}
    assert data["private"] == {}
    assert "Written to" in run("export_person", "ZOE@example.org", "--output", str(tmp_path / "zoe.json"))
    assert json.loads((tmp_path / "zoe.json").read_text("utf-8")) == data


def test_a_dry_run_says_what_would_go_and_changes_nothing(traced):
    told = run("erase_person", traced.person.key, "--dry-run")
    assert told.startswith(f"Would erase {NAME} (")
    assert "comments: 1" in told
    assert models.Person.objects.get().name == NAME


def test_erasing_and_verifying_say_what_was_done(traced):
    first_form()
    assert run("erase_person", NAME).endswith("Erased. History is whole.\n")
    assert found_in_database(NAME) == []
    out = StringIO()
    call_command("verify_history", stdout=out)
    assert "names were erased in revisions" in out.getvalue()
    assert verify(traced.organisation) == []
    assert run("erase_person", traced.person.key).startswith("Erased already")


def test_nobody_and_several_are_refused(traced):
    with pytest.raises(CommandError, match="nobody called"):
        run("erase_person", "Nobody")
    models.Person.objects.create(organisation=traced.organisation, name=NAME)
    with pytest.raises(CommandError, match="several people"):
        run("erase_person", NAME)
    assert models.Person.objects.filter(erased_on=None).count() == 2
