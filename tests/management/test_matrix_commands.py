"""Exporting and checking from the command line."""

import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from raci import models
from tests.factories import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return Small()


def test_export_writes_a_workbook_that_opens(small, tmp_path, capsys):
    call_command("export_matrix", organisation="small", to=str(tmp_path))
    (path,) = tmp_path.iterdir()
    assert openpyxl.load_workbook(path).sheetnames[0] == "Matrix"
    assert path.name in capsys.readouterr().out


def test_export_takes_a_file_name_for_one_matrix(small, tmp_path):
    call_command("export_matrix", organisation="small", matrix="projects", to=str(tmp_path / "own.csv"), format="csv")
    assert (tmp_path / "own.csv").exists()


def test_an_unknown_organisation_or_matrix_is_answered_with_those_there_are(small):
    with pytest.raises(CommandError, match="There is: small"):
        call_command("export_matrix", organisation="large")
    with pytest.raises(CommandError, match="It has: “Projects”"):
        call_command("lint_matrix", organisation="small", matrix="Department")


def test_lint_exits_with_1_on_errors_and_prints_json(small, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("lint_matrix", organisation="small", json=True)
    assert stopped.value.code == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert {item["rule"] for item in told["findings"]} >= {"R08"}


def test_lint_exits_with_0_where_there_is_no_error(small, capsys):
    for duty in small.duties:
        small.set(duty, "PM", "", "A/R")
        small.set(duty, "ITM", "", "C")
        small.set(duty, "CIO", "", "I")
    call_command("lint_matrix", organisation="small")
    assert "3 of 3 rows clean" in capsys.readouterr().out


def test_start_organisation_makes_its_owner_a_member(capsys):
    call_command("loaddata", "schemes", verbosity=0)
    models.User.objects.create_user("olga")
    call_command("start_organisation", "Example Rail", owner="olga")
    assert models.Membership.objects.get().level == "owner"
    assert "Every overlap is open" in capsys.readouterr().out


def test_start_organisation_names_the_user_that_it_does_not_know():
    with pytest.raises(CommandError, match="There is no user “nobody”"):
        call_command("start_organisation", "Example Rail", owner="nobody")
