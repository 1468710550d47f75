"""New organisations out of a template."""

import pytest

from raci import models
from raci.services.history import verify
from raci.services.linting import findings
from raci.services.loading import load_matrix
from raci.services.organisations import NoSuchTemplate, start_organisation
from raci.services.whole import load_whole
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
    main_duties = models.Accountability.objects.filter(area__key=keys.areas["STK"])
    assert set(main_duties.values_list("role__code", flat=True)) == {"PM", "ITM"}


def test_two_organisations_of_one_name_get_two_addresses(schemes):
    slugs = [start_organisation(name="Example Rail", author=TESTER)[0].slug for _ in range(3)]
    assert slugs == ["example-rail", "example-rail-2", "example-rail-3"]


def test_history_accounts_for_every_row(started):
    assert verify(started[0]) == []


def test_it_names_the_templates_that_there_are(schemes):
    with pytest.raises(NoSuchTemplate, match="There is: it-pm-and-it-manager"):
        start_organisation(name="Nowhere", template_code="unknown", author=TESTER)
    assert not models.Organisation.objects.exists()


def test_the_roles_come_with_their_charters_and_differences_and_no_day_is_made_up(started):
    organisation, keys = started
    register = load_whole(organisation).register
    pm, itm = keys.roles["PM"], keys.roles["ITM"]
    assert set(register.charters) == {pm, itm}
    for charter in register.charters.values():
        assert charter.excludes and charter.dependencies and charter.measures
        assert (charter.valid_from, charter.review_on, charter.domains) == (None, None, "")
    for role in (pm, itm):
        mine = [one for (owner, _key), one in register.accountabilities.items() if owner == role]
        assert len(mine) == 8
        assert {one.share for one in mine} == {0}
        # The sixth area is only proposed: its main duty stays as words.
        assert [bool(one.area) for one in sorted(mine, key=lambda one: one.position)] == [False] * 2 + [True] * 5 + [
            False
        ]
    differences = sorted(register.differences.values(), key=lambda one: one.position)
    assert [one.source for one in differences] == [f"DIF-{number}" for number in range(1, 11)]
    assert {(one.first_role, one.second_role) for one in differences} == {(pm, itm)}
    assert all(one.first_value and one.second_value for one in differences)
    assert not register.holdings and not register.signatures and not register.authorities


def test_skills_lead_to_competencies_and_the_hole_of_the_source_shows(started):
    organisation, keys = started
    register = load_whole(organisation).register
    named = {key: one.code for key, one in register.competencies.items()}
    assert sorted(named.values()) == [f"CMP-{number}" for number in range(1, 7)]
    covered = {one.source: named.get(one.competency, "") for one in register.skills.values()}
    assert set(covered) == {f"{role}-K{number}" for role in ("PM", "ITM") for number in range(1, 10)}
    wanted = {source: competency for source, competency in covered.items() if source.startswith("ITM")}
    assert [source for source, competency in wanted.items() if not competency] == ["ITM-K2"]
    assert (covered["ITM-K8"], covered["PM-K7"], covered["PM-K1"]) == ("CMP-1", "CMP-1", "")
    assert {role for role, _competency in register.requirements} == {keys.roles["ITM"]}
    essential = {named[key] for (_role, key), one in register.requirements.items() if one.essential}
    assert essential == {"CMP-1", "CMP-3"}
    assert {one.source for one in register.routes.values()} == {"DEV-1", "DEV-2", "DEV-3", "DEV-4"}
    assert not register.gains  # the source ties no route to a competency


def test_pairs_and_needs_are_of_duties_that_are_there(started):
    organisation, keys = started
    register = load_whole(organisation).register
    pairs = {("VEN-6", "FIN-4"), ("FIN-1", "FIN-2")}
    assert set(register.incompatibilities) == {(keys.duties[one], keys.duties[other]) for one, other in pairs}
    assert {keys.duties[code] for code in ("VEN-3", "VEN-4", "TEAM-2", "FIN-2")} == {
        duty for duty, _key in register.needs
    }


def test_a_scale_that_was_not_loaded_yet_comes_along(schemes):
    models.Scale.objects.all().delete()
    start_organisation(name="Updated", author=TESTER)
    assert [level["level"] for level in models.Scale.objects.get(code="own").levels] == [0, 1, 2, 3, 4, 5]
