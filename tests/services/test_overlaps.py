"""Settling overlaps on the record."""

from dataclasses import replace

import pytest
from django.utils import timezone

from raci import models
from raci.domain.change import cell_change
from raci.domain.records import Claim
from raci.services import overlaps
from raci.services.describing import sentences
from raci.services.door import undo
from raci.services.linting import findings
from raci.services.loading import load_matrix
from raci.services.overlaps import Choice, assign, claim, preview
from tests.factories import TESTER, write


@pytest.fixture
def stage(started):
    return Stage(*started)


class Stage:
    """The vendor's contract in the scope of projects, with the keys at hand."""

    def __init__(self, organisation, keys) -> None:
        self.organisation = organisation
        self.matrix = models.Matrix.objects.get(organisation=organisation, scope_kind="projects")
        self.duty = keys.duties["VEN-4"]
        self.roles = keys.roles

    def choice(self, owner: str = "ITM", **letters: str) -> Choice:
        wanted = {self.roles[code]: value for code, value in (letters or {"ITM": "A/R", "PM": "C"}).items()}
        return Choice(self.matrix, self.duty, self.roles[owner], wanted, {}, "Contracts outlive projects.")

    def assign(self, *choices: Choice):
        return assign(organisation=self.organisation, choices=choices, author=TESTER)


def test_it_writes_cells_decision_and_grey_area_as_one_revision(stage):
    outcome = stage.assign(stage.choice())
    assert outcome.revision.number == 2
    row = load_matrix(stage.matrix).cells[stage.duty]
    assert row == {stage.roles["ITM"]: "A/R", stage.roles["PM"]: "C"}
    decision = models.Decision.objects.get()
    assert (decision.owner.code, decision.letters, decision.reason) == ("ITM", row, "Contracts outlive projects.")
    assert decision.grey_area.status == "decided"
    assert stage.duty not in load_matrix(stage.matrix).open_by_duty


def test_the_finding_goes_with_the_grey_area(stage):
    assert any(item.rule == "S04" and item.subject.duty == stage.duty for item in findings(stage.matrix))
    stage.assign(stage.choice())
    assert not any(item.rule == "S04" and item.subject.duty == stage.duty for item in findings(stage.matrix))


def test_preview_names_the_cells_and_the_findings_and_writes_nothing(stage):
    seen = preview([stage.choice()])
    assert {change.after for change in seen.changes if change.address.kind == "cell"} == {"A/R", "C"}
    assert [item.rule for item in seen.fixed if item.subject.duty == stage.duty] == ["S04"]
    assert models.Revision.objects.count() == 1


def test_a_second_accountable_role_is_refused_by_name(stage):
    (refusal,) = stage.assign(stage.choice("ITM", ITM="A", PM="A/R")).refusals
    assert refusal.message == "VEN-4: IT Project Manager would be accountable as well; one role answers for a duty."
    assert models.Revision.objects.count() == 1


def test_the_accountable_role_must_hold_the_letter(stage):
    (refusal,) = stage.assign(stage.choice("ITM", ITM="R", PM="C")).refusals
    assert refusal.message == "VEN-4: IT Manager must hold the letter of the accountable role."


def test_a_row_that_moved_meanwhile_is_a_conflict_and_nothing_is_written(stage):
    stale = stage.choice()
    stage.assign(stage.choice("PM", PM="A/R", ITM="I"))
    outcome = stage.assign(stale)
    assert not outcome.ok
    assert {conflict.current for conflict in outcome.conflicts} == {"A/R", "I"}
    assert models.Decision.objects.count() == 1


def test_a_letter_that_comes_into_the_row_between_look_and_lock_is_a_conflict(stage, monkeypatch):
    stale = load_matrix(stage.matrix)
    stage_cell = cell_change(stage.matrix.key, stage.duty, stage.roles["CIO"], "", "A")
    write(stage.organisation, stage_cell)
    monkeypatch.setattr(overlaps, "load_matrix", lambda _: stale)
    (conflict,) = stage.assign(stage.choice()).conflicts
    assert (conflict.change.address, conflict.current) == (stage_cell.address, "A")
    assert not models.Decision.objects.exists()


def test_a_second_decision_supersedes_the_first(stage):
    stage.assign(stage.choice())
    seen = dict(load_matrix(stage.matrix).cells[stage.duty])
    again = replace(stage.choice("PM", PM="A/R", ITM="C"), seen=seen, reason="The project carries the date.")
    assert stage.assign(again).ok
    old, new = models.Decision.objects.order_by("pk")
    assert new.supersedes == old
    assert list(models.Decision.objects.in_force()) == [new]
    assert new.grey_area == old.grey_area


def test_taking_it_back_opens_the_grey_area_again(stage):
    before = load_matrix(stage.matrix)
    number = stage.assign(stage.choice()).revision.number
    assert undo(organisation=stage.organisation, number=number, author=TESTER).ok
    assert load_matrix(stage.matrix) == before


def test_a_claim_replaces_the_earlier_one_of_the_same_role(stage):
    key = load_matrix(stage.matrix).open_by_duty[stage.duty]
    for letters, reason in (("A/R", "The date is mine."), ("R", "I only negotiate.")):
        wanted = Claim(letters, reason, timezone.localdate())
        parts = {"organisation": stage.organisation, "matrix": stage.matrix, "grey_area": key}
        assert claim(**parts, role=stage.roles["PM"], wanted=wanted, author=TESTER).ok
    loaded = load_matrix(stage.matrix)
    assert loaded.claims[key, stage.roles["PM"]].reason == "I only negotiate."
    assert loaded.claimants(key) == (stage.roles["PM"],)


def test_the_revision_reads_as_sentences(stage):
    told = sentences(stage.assign(stage.choice()).revision)
    assert "Decided VEN-4 Sign the contract in IT projects: IT Manager is accountable" in told
    assert "Gave IT Manager A/R for VEN-4 Sign the contract in IT projects" in told
    assert "Settled the grey area VEN-4 Sign the contract in IT projects" in told
