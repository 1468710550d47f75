"""New organisations out of a template."""

import pytest

from raci import models
from raci.services.history import verify
from raci.services.linting import findings
from raci.services.loading import load_matrix
from raci.services.organisations import NoSuchTemplate, start_organisation
from tests.factories import TESTER


def test_everything_is_on_record_and_nothing_is_decided(started):
    organisation, _ = started
    assert organisation.revision == 1
    assert not models.Assignment.objects.exists()
    assert not models.Decision.objects.exists()
    projects, department = models.Matrix.objects.filter(organisation=organisation)
    assert (projects.scope_kind, department.scope_kind) == ("projects", "department")
    for matrix, applicable in ((projects, 54), (department, 55)):
        loaded = load_matrix(matrix)
        assert len(loaded.applicable_rows) == applicable
        assert set(loaded.open_by_duty) == set(loaded.applicable_rows)


def test_the_letters_of_the_template_are_proposals(started):
    organisation, keys = started
    matrix = load_matrix(models.Matrix.objects.get(organisation=organisation, scope_kind="projects"))
    grey_area = matrix.grey_areas[matrix.open_by_duty[keys.duties["VEN-4"]]]
    named = {matrix.roles[role].code: letters for role, letters in grey_area.proposed.items()}
    assert named == {"PM": "C", "ITM": "A/R", "PRC": "C", "LEG": "C"}


def test_a_row_without_a_position_says_why_it_does_not_apply(started):
    rows = models.MatrixRow.objects.filter(applies=False)
    assert {(row.duty.code, row.matrix.scope_kind) for row in rows} == {
        ("RES-2", "department"),
        ("ROAD-2", "projects"),
        ("ROAD-4", "projects"),
    }
    assert all(row.reason for row in rows)


def test_every_open_row_is_a_finding_and_so_is_whom_nobody_stands_above(started):
    """The article names whom the two report to, and nobody above both: what would go up has nowhere to go."""
    organisation, _ = started
    matrix = models.Matrix.objects.get(organisation=organisation, scope_kind="projects")
    rules = [item.rule for item in findings(matrix) if item.subject.duty]
    raised = models.GreyArea.objects.filter(matrix=matrix, usual_decision="escalate")
    assert rules == ["S04"] * 54 + ["S07"] * raised.count()


def test_proposed_areas_come_only_when_asked_for(schemes):
    organisation, keys = start_organisation(name="Wider", author=TESTER, proposed_areas=True)
    assert "STK" in keys.areas
    assert models.Duty.objects.filter(organisation=organisation).count() == 62


def test_two_organisations_of_one_name_get_two_addresses(schemes):
    slugs = [start_organisation(name="Example Rail", author=TESTER)[0].slug for _ in range(3)]
    assert slugs == ["example-rail", "example-rail-2", "example-rail-3"]


def test_history_accounts_for_every_row(started):
    assert verify(started[0]) == []


def test_it_names_the_templates_that_there_are(schemes):
    with pytest.raises(NoSuchTemplate, match="There is: it-pm-and-it-manager"):
        start_organisation(name="Nowhere", template_code="unknown", author=TESTER)
    assert not models.Organisation.objects.exists()
