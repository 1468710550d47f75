"""Matrices of one organisation that contradict one another, out of the database."""

import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.change import cell_change
from raci.domain.lint.across import Standing
from raci.domain.records import (
    Column,
    Decision,
    DecisionType,
    Holding,
    Incompatibility,
    Kind,
    Row,
    ScopeKind,
    Sheet,
)
from raci.models.base import new_key
from raci.services import across
from raci.services.exporting import export_bytes
from raci.services.linting import findings, findings_of, matrix_health
from raci.services.loading import load_matrix
from tests.factories import Small, create, write


def add_sheet(small: Small, title: str, kind: ScopeKind, *, owner: str = "ITM", scope: str = "") -> models.Matrix:
    """Add a matrix with all rows and columns of the first one, in which one role owns VEN-1."""
    key = new_key()
    write(
        small.organisation,
        create(Kind.SHEET, Sheet(title, kind, scope), key),
        *(create(Kind.ROW, Row(at), duty, matrix=key) for at, duty in enumerate(small.duties.values())),
        *(create(Kind.COLUMN, Column(at), role, matrix=key) for at, role in enumerate(small.roles.values())),
        cell_change(key, small.duties["VEN-1"], small.roles[owner], "", "A/R"),
    )
    return models.Matrix.objects.get(key=key)


@pytest.fixture
def small(db) -> Small:
    made = Small()
    made.set("VEN-1", "PM", "", "A/R")
    return made


@pytest.fixture
def apollo(small) -> models.Matrix:
    return add_sheet(small, "Apollo", ScopeKind.PROJECT, scope="Apollo")


def conflicts(matrix: models.Matrix) -> list[str]:
    return [item.text for item in findings(matrix) if item.rule == "S01"]


def test_two_matrices_that_name_different_owners_are_told_of_each_other(small, apollo):
    assert conflicts(small.matrix) == [
        "VEN-1 is owned by IT Project Manager here, and elsewhere by: IT Manager in “Apollo”."
    ]
    assert conflicts(apollo) == [
        "VEN-1 is owned by IT Manager here, and elsewhere by: IT Project Manager in “Projects”."
    ]


def test_it_is_gone_once_they_agree_or_a_split_says_why(small, apollo):
    small.set("VEN-1", "PM", "A/R", "R")
    small.set("VEN-1", "ITM", "", "A")
    assert conflicts(small.matrix) == conflicts(apollo) == []
    small.set("VEN-1", "ITM", "A", "C")
    small.set("VEN-1", "PM", "R", "A/R")
    assert conflicts(apollo)
    split = Decision(
        small.duties["VEN-1"], type=DecisionType.SPLIT_SCOPE, owner=small.roles["PM"], reason="As agreed",
        decided_on=timezone.localdate(), decided_by="Board",
    )  # fmt: skip
    write(small.organisation, create(Kind.DECISION, split, new_key(), matrix=small.matrix_key))
    assert conflicts(small.matrix) == conflicts(apollo) == []


def test_a_department_and_a_row_that_does_not_apply_contradict_nobody(small):
    department = add_sheet(small, "IT", ScopeKind.DEPARTMENT)
    assert conflicts(small.matrix) == conflicts(department) == []


def test_the_standings_read_at_once_are_those_of_the_matrices(small, apollo):
    add_sheet(small, "Gemini", ScopeKind.PROJECT, owner="CIO", scope="Gemini")
    add_sheet(small, "IT", ScopeKind.DEPARTMENT)
    small.organisation.refresh_from_db()
    read = across.standings(small.organisation.pk, small.organisation.head)
    loaded = [load_matrix(one) for one in models.Matrix.objects.exclude(title="IT")]

    assert {one.key: one for one in read} == {one.key: Standing.of(one) for one in loaded}


def test_health_command_and_workbook_count_it_and_the_grid_does_not(small, apollo, capsys):
    here = findings_of(load_matrix(small.matrix), timezone.localdate())
    assert "S01" not in [item.rule for item in here]
    assert matrix_health(small.matrix).errors == sum(item.level == "error" for item in here) + 1
    with pytest.raises(SystemExit):
        call_command("lint_matrix", organisation="small", json=True)
    told = json.loads(capsys.readouterr().out)
    assert [sum(item["rule"] == "S01" for item in one["findings"]) for one in told] == [1, 1]
    book = openpyxl.load_workbook(io.BytesIO(export_bytes(small.matrix, "xlsx", "Ed")))
    assert "S01" in [cell.value for row in book["Findings"].iter_rows() for cell in row]


def queries(matrix: models.Matrix) -> int:
    across._cache.clear()
    findings(matrix)
    across._cache.clear()
    with CaptureQueriesContext(connection) as captured:
        findings(matrix)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_matrices(small, apollo, django_assert_num_queries):
    few = queries(small.matrix)
    for number in range(6):
        add_sheet(small, f"Project {number}", ScopeKind.PROJECT, scope=f"Project {number}")
    assert queries(small.matrix) == few
    # Once looked at, only the revision is asked for.
    with django_assert_num_queries(1):
        findings(small.matrix)


def hold(small: Small, *roles: str) -> None:
    """Let one person hold some roles."""
    person = models.Person.objects.create(organisation=small.organisation, name="Zoe")
    holdings = [create(Kind.HOLDING, Holding(person.key), small.roles[role], other=new_key()) for role in roles]
    write(small.organisation, *holdings)


def people_rules(matrix: models.Matrix) -> list[str]:
    return [item.text for item in findings(matrix) if item.rule[0] == "P"]


def test_where_people_hold_roles_all_matrices_are_read_with_who_does_what_must_be_apart(small, apollo):
    add_sheet(small, "IT", ScopeKind.DEPARTMENT)
    apart = create(Kind.INCOMPATIBILITY, Incompatibility(), small.duties["VEN-1"], other=small.duties["FIN-1"])
    write(small.organisation, apart)
    hold(small, "PM", "ITM")
    small.organisation.refresh_from_db()
    read = across.standings(small.organisation.pk, small.organisation.head)
    assert {one.key: one for one in read} == {
        one.key: Standing.of(load_matrix(one)) for one in models.Matrix.objects.all()
    }
    assert [sorted(one.doers) for one in read] == [[small.duties["VEN-1"]]] * 3


def test_what_one_person_holds_by_two_roles_in_two_matrices_is_found(small, apollo):
    small.set("FIN-1", "PM", "", "A/R")
    apart = create(Kind.INCOMPATIBILITY, Incompatibility(), small.duties["VEN-1"], other=small.duties["FIN-1"])
    write(small.organisation, apart)
    assert people_rules(apollo) == []
    hold(small, "PM", "ITM")
    assert people_rules(apollo) == [
        "VEN-1 is in the same hand as: FIN-1 in “Projects”, held as IT Manager, IT Project Manager. They must be apart."
    ]


def test_a_person_who_answers_for_too_much_is_found_over_matrices_that_do_not_meet(small):
    hold(small, "PM")
    for number in range(15):
        add_sheet(small, f"Department {number}", ScopeKind.DEPARTMENT, owner="PM", scope=str(number))
    told = "Who holds IT Project Manager answers for 16 of 16 rows over all matrices."
    assert people_rules(small.matrix) == [told]
