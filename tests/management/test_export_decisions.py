"""The decision log from the command line."""

from datetime import date

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.factories import Small
from tests.services.test_decision_log import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    made = Small()
    decide(made, "k1", "VEN-1", date(2026, 2, 3))
    return made


def test_markdown_goes_to_the_terminal_or_to_a_file(small, tmp_path, capsys):
    call_command("export_decisions", "small", format="md")
    text = capsys.readouterr().out
    assert text.startswith("# Decisions of Small\n\n## 2026-02-03 · VEN-1")
    assert text.endswith("- **Key:** k1\n")
    path = tmp_path / "new" / "decisions.md"
    call_command("export_decisions", "small", format="md", output=str(path))
    assert path.read_text() == text
    assert "decisions: 1" in capsys.readouterr().out


def test_a_workbook_needs_a_file(small, tmp_path):
    with pytest.raises(CommandError, match="name one with --output"):
        call_command("export_decisions", "small", format="xlsx")
    call_command("export_decisions", "small", format="xlsx", output=str(tmp_path / "d.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "d.xlsx").sheetnames == ["Decisions"]


def test_an_unknown_organisation_is_answered_with_those_there_are(small):
    with pytest.raises(CommandError, match="There is: small"):
        call_command("export_decisions", "large", format="md")


def test_it_speaks_a_chosen_language(small, capsys):
    call_command("export_decisions", "small", format="md", language="de")
    text = capsys.readouterr().out
    assert "- **Begründung:** Contracts outlive projects.\n" in text
    assert "Reason" not in text
