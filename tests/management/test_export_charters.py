"""Charters from the command line."""

import docx
import openpyxl
import pytest
from django.core.management import CommandError, call_command

from raci import models
from tests.chartered import write_charter
from tests.factories import Small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    made = Small()
    write_charter(made)
    return made


def test_a_file_for_each_role_or_one_workbook(small, tmp_path, capsys):
    for kind in ("docx", "md", "xlsx"):
        call_command("export_charters", "small", format=kind, to=str(tmp_path))
    number = models.Organisation.objects.get().revision
    roles = ("chief-information-officer", "it-manager", "it-project-manager")
    wanted = [f"small-charter-{role}-r{number}.{kind}" for role in roles for kind in ("docx", "md")]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*wanted, f"small-charters-r{number}.xlsx"])
    assert docx.Document(str(tmp_path / wanted[2])).paragraphs[0].text == "IT Manager"
    assert len(openpyxl.load_workbook(tmp_path / f"small-charters-r{number}.xlsx").sheetnames) == 3
    assert len(capsys.readouterr().out.splitlines()) == 7


def test_two_roles_whose_names_look_alike_in_a_file_name_keep_a_file_each(small, tmp_path):
    models.Role.objects.filter(code="CIO").update(name="IT: Manager")
    call_command("export_charters", "small", format="md", to=str(tmp_path))
    assert len(list(tmp_path.iterdir())) == 3


def test_an_unknown_organisation_is_answered_with_those_there_are(small):
    with pytest.raises(CommandError, match="There is: small"):
        call_command("export_charters", "large", format="md")
