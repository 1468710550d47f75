"""A document from the command line: what it would do, what it does, and how it exits."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from raci import models
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW
from raci.services.exporting import export_bytes
from raci.services.loading import load_matrix
from tests.factories import Small

pytestmark = pytest.mark.django_db

SHEET = "Duty,IT Project Manager,Head of Widgets\nChoose a vendor,R,A\nSign the contract,C,R\n"


@pytest.fixture
def small() -> Small:
    return Small()


def run(*arguments):
    """Return what the command said and how it exited."""
    out = io.StringIO()
    try:
        call_command("import_matrix", *arguments, "--organisation", "small", stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue() + str(error), error.returncode
    return out.getvalue(), 0


@pytest.fixture
def home(small, tmp_path):
    """A workbook of our own in which an R was typed into the first cell."""
    path = tmp_path / "home.xlsx"
    path.write_bytes(export_bytes(small.matrix, "xlsx", "Somebody"))
    book = load_workbook(path)
    book.worksheets[0].cell(FIRST_ROW, FIRST_ROLE_COLUMN).value = "R"
    book.save(path)
    return path


def first_cell(small):
    loaded = load_matrix(small.matrix)
    return loaded.letters(loaded.row_keys[0], loaded.column_keys[0])


def test_a_dry_run_says_everything_and_writes_nothing(small, home):
    before = models.Revision.objects.count()
    said, code = run(str(home), "--dry-run")
    assert code == 0
    assert "cells: 1" in said and "Lint: fixes" in said and "dry run" in said
    assert (models.Revision.objects.count(), models.Import.objects.count()) == (before, 0)
    assert first_cell(small) == ""


def test_a_workbook_of_our_own_comes_home(small, home):
    said, code = run(str(home), "--by", "Olga Operator", "--reason", "Review of May")
    assert (code, first_cell(small)) == (0, "R")
    revision = models.Revision.objects.latest("number")
    assert f"home.xlsx became revision {revision.number}." in said
    assert (revision.actor_name, revision.door) == ("Olga Operator", "import")
    assert "home.xlsx" in revision.reason and "Review of May" in revision.reason


def test_what_others_changed_stays_and_the_exit_says_so(small, home):
    duty, role = (keys[0] for keys in (load_matrix(small.matrix).row_keys, load_matrix(small.matrix).column_keys))
    code = {key: name for name, key in small.duties.items()}[duty]
    name = {key: name for name, key in small.roles.items()}[role]
    small.set(code, name, "", "C")
    said, exit_code = run(str(home))
    assert exit_code == 2
    assert "conflict" in said
    assert first_cell(small) == "C"


def test_nothing_is_made_where_nothing_is_accepted(small, home):
    _, code = run(str(home), "--accept", "none")
    assert (code, first_cell(small)) == (0, "")
    assert models.Import.objects.get().state == "applied"


def test_a_foreign_sheet_becomes_a_new_matrix_by_what_is_offered(small, tmp_path):
    path = tmp_path / "widgets.csv"
    path.write_text(SHEET)
    said, code = run(str(path), "--new", "Widgets")
    assert code == 0, said
    made = load_matrix(models.Matrix.objects.get(title="Widgets"))
    assert (len(made.row_keys), len(made.column_keys)) == (2, 2)


def test_the_answers_can_be_saved_changed_and_given(small, tmp_path):
    path, answers = tmp_path / "widgets.csv", tmp_path / "answers.json"
    path.write_text(SHEET)
    run(str(path), "--new", "Widgets", "--dry-run", "--save-map", str(answers))
    given = json.loads(answers.read_text())
    given["matrices"][0]["title"] = "Gadgets"
    answers.write_text(json.dumps(given))
    said, code = run(str(path), "--map", str(answers))
    assert code == 0, said
    assert models.Matrix.objects.filter(title="Gadgets").exists()


@pytest.mark.parametrize("text", ["[]", '{"matrices": []}', '{"matrices": [{}]}', "no json"])
def test_answers_of_another_file_are_refused(small, tmp_path, text):
    path, answers = tmp_path / "widgets.csv", tmp_path / "answers.json"
    path.write_text(SHEET)
    answers.write_text(text)
    said, code = run(str(path), "--map", str(answers))
    assert code == 1
    assert "answers are of another file" in said or "cannot be read as JSON" in said


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"%PDF-1.7 ...", "PDF"), (b"just some words", "columns")],
)
def test_a_file_that_holds_no_matrix_is_refused(small, tmp_path, content, says):
    path = tmp_path / "odd.bin"
    path.write_bytes(content)
    said, code = run(str(path))
    assert code == 1
    assert says in said
    assert models.Revision.objects.count() == 1


def test_a_file_that_is_not_there_and_a_matrix_that_is_not_there_are_said(small, tmp_path):
    assert "cannot be read" in run(str(tmp_path / "nowhere.xlsx"))[0]
    path = tmp_path / "widgets.csv"
    path.write_text(SHEET)
    assert "has no matrix" in run(str(path), "--matrix", "Nothing")[0]
