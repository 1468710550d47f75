"""Decisions of every type: what they must say, which letters they make, what becomes of the question."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from raci import models
from raci.domain.records import (
    Claim,
    Column,
    Decision,
    DecisionType,
    GreyArea,
    GreyAreaStatus,
    Kind,
    Line,
    Mode,
    Origin,
    Part,
    Row,
    Sheet,
)
from raci.models.base import new_key
from raci.services.door import Author, undo
from raci.services.history import verify
from raci.services.loading import load_matrix
from raci.services.settling import Draft, acknowledge, decide, preview, withdraw_decision
from tests.factories import TESTER, Small, create, write

pytestmark = pytest.mark.django_db


class Stage(Small):
    """The small organisation with VEN-1 contested by PM and ITM; both report to the CIO."""

    def __init__(self) -> None:
        super().__init__()
        self.today = timezone.localdate()
        self.question = new_key()
        raised = GreyArea(self.duties["VEN-1"], "Who signs?", raised_on=self.today - timedelta(days=9))
        pm, itm, cio = self.roles["PM"], self.roles["ITM"], self.roles["CIO"]
        own = {"matrix": self.matrix_key}
        write(
            self.organisation,
            create(Kind.LINE, Line(), pm, other=cio),
            create(Kind.GREY_AREA, raised, self.question, **own),
            create(Kind.CLAIM, Claim("A", "My project", self.today), self.question, other=pm, **own),
            create(Kind.CLAIM, Claim("A/R", "My vendor", self.today), self.question, other=itm, **own),
        )

    def draft(self, kind: DecisionType, owner: str = "", *parts: Part, **more: object) -> Draft:
        decision = Decision(self.duties["VEN-1"], type=kind, owner=self.roles.get(owner, ""), reason="It was agreed.")
        return Draft(self.matrix, replace(decision, **more), parts)

    def band(self, role: str, lower: str, upper: str, unit: str = "EUR") -> Part:
        return Part(self.roles[role], lower=lower, upper=upper, unit=unit)

    def row(self, duty: str = "", matrix: models.Matrix | None = None) -> dict[str, str]:
        row = self.loaded(matrix).cells.get(duty or self.duties["VEN-1"], {})
        names = {key: code for code, key in self.roles.items()}
        return {names[role]: letters for role, letters in row.items()}

    def loaded(self, matrix: models.Matrix | None = None):
        return load_matrix(matrix or self.matrix)

    def decide(self, draft: Draft, author: Author = TESTER) -> Decision:
        outcome = decide(draft=draft, author=author)
        assert outcome.ok, (outcome.conflicts, outcome.refusals)
        return self.in_force()[1]

    def in_force(self) -> tuple[str, Decision]:
        loaded = self.loaded()
        key = loaded.decision_by_duty[self.duties["VEN-1"]]
        return key, loaded.decisions[key]

    def status(self) -> GreyAreaStatus:
        return self.loaded().grey_areas[self.question].status


@pytest.fixture
def stage() -> Stage:
    return Stage()


def threshold(stage: Stage, *bands: tuple[str, str, str]) -> Draft:
    parts = [stage.band(*band) for band in bands or (("ITM", "", "50000"), ("CIO", "50000", ""))]
    return stage.draft(DecisionType.SPLIT_THRESHOLD, "", *parts, terms="Value of the contract", mode=Mode.BANDS)


# --- Each type makes its letters


def test_a_sole_owner_answers_and_who_claimed_as_well_is_asked(stage):
    made = stage.decide(stage.draft(DecisionType.SOLE_OWNER, "ITM"))
    assert stage.row() == {"PM": "C", "ITM": "A/R"}
    assert (made.letters, made.grey_area) == (stage.loaded().cells[stage.duties["VEN-1"]], stage.question)
    assert stage.status() is GreyAreaStatus.DECIDED


def test_shared_work_has_one_who_answers_and_the_others_do_it(stage):
    stage.decide(stage.draft(DecisionType.SHARED, "ITM", Part(stage.roles["PM"], text="Writes the terms")))
    assert stage.row() == {"PM": "R", "ITM": "A/R"}


def test_who_delegates_stays_accountable(stage):
    days = {"valid_from": stage.today, "valid_until": stage.today + timedelta(days=90)}
    stage.decide(stage.draft(DecisionType.DELEGATE, "ITM", Part(stage.roles["PM"], text="Up to a week"), **days))
    assert stage.row() == {"PM": "R", "ITM": "A/R"}


def test_a_split_by_threshold_makes_a_duty_for_each_band_and_the_top_answers(stage):
    made = stage.decide(threshold(stage))
    assert made.owner == stage.roles["CIO"]
    assert stage.row() == {"PM": "C", "ITM": "R", "CIO": "A"}
    loaded = stage.loaded()
    children = [part.duty for part in loaded.parts_of(stage.in_force()[0])]
    assert [loaded.duties[key].title for key in children] == [
        "Do what VEN-1 says: under 50,000 EUR",
        "Do what VEN-1 says: from 50,000 EUR upwards",
    ]
    assert [loaded.duties[key].code for key in children] == ["VEN-1.1", "VEN-1.2"]
    assert {loaded.duties[key].parent for key in children} == {stage.duties["VEN-1"]}
    assert loaded.row_keys[:3] == (stage.duties["VEN-1"], *children)
    assert stage.row(children[0]) == {"PM": "C", "ITM": "A/R"}
    assert stage.row(children[1]) == {"PM": "C", "ITM": "C", "CIO": "A/R"}


def test_a_split_by_scope_writes_the_owner_of_each_value_into_its_own_sheet(stage):
    other = new_key()
    own = {"matrix": other}
    write(
        stage.organisation,
        create(Kind.SHEET, Sheet("Department"), other),
        create(Kind.ROW, Row(), stage.duties["VEN-1"], **own),
        create(Kind.COLUMN, Column(1), stage.roles["PM"], **own),
        create(Kind.COLUMN, Column(2), stage.roles["ITM"], **own),
    )
    department = models.Matrix.objects.get(key=other)
    parts = [
        Part(stage.roles["PM"], name="Projects", sheet=stage.matrix_key),
        Part(stage.roles["ITM"], name="Department", sheet=other),
        Part(stage.roles["CIO"], name="Berlin"),
    ]
    made = stage.decide(stage.draft(DecisionType.SPLIT_SCOPE, "", *parts, terms="Scope"))
    assert made.owner == stage.roles["PM"]
    assert stage.row() == {"PM": "A", "ITM": "R", "CIO": "R"}
    assert stage.row(matrix=department) == {"ITM": "A/R"}
    there = stage.loaded(department)
    assert [item.owner for item in there.decisions.values()] == [stage.roles["ITM"]]
    berlin = next(part.duty for part in stage.loaded().parts.values() if part.name == "Berlin")
    assert stage.loaded().duties[berlin].title == "Do what VEN-1 says: Berlin"
    assert stage.row(berlin)["CIO"] == "A/R"


def test_an_escalation_leaves_the_question_open_with_the_superior(stage):
    due = stage.today + timedelta(days=14)
    stage.decide(stage.draft(DecisionType.ESCALATE, "CIO", terms="Who signs above 50k?", due_on=due))
    found = stage.loaded().grey_areas[stage.question]
    assert (found.status, found.decider, found.interim, found.due_on) == (
        GreyAreaStatus.OPEN,
        stage.roles["CIO"],
        stage.roles["CIO"],
        due,
    )
    assert stage.row()["CIO"] == "A"
    assert "A" not in "".join(letters for role, letters in stage.row().items() if role != "CIO")


def test_putting_it_off_changes_no_letter_and_comes_back_on_its_day(stage):
    day = stage.today + timedelta(days=30)
    stage.decide(stage.draft(DecisionType.DEFER, review_on=day))
    assert stage.row() == {}
    assert stage.loaded().grey_areas[stage.question].due_on == day
    assert stage.status() is GreyAreaStatus.OPEN


def test_an_escalation_of_what_was_decided_opens_it_again(stage):
    stage.decide(stage.draft(DecisionType.SOLE_OWNER, "ITM"))
    stage.decide(stage.draft(DecisionType.ESCALATE, "CIO", terms="Is that so?", due_on=stage.today + timedelta(days=1)))
    assert stage.status() is GreyAreaStatus.OPEN
    assert stage.loaded().grey_areas[stage.question].reopened_on == stage.today


# --- What is missing is said at its field


MISSING = {
    "no owner": (DecisionType.SOLE_OWNER, {}, "owner"),
    "no reason": (DecisionType.SOLE_OWNER, {"owner": "ITM", "reason": " "}, "reason"),
    "a review in the past": (DecisionType.SOLE_OWNER, {"owner": "ITM", "days": {"review_on": -1}}, "review_on"),
    "ends before it begins": (
        DecisionType.SOLE_OWNER,
        {"owner": "ITM", "days": {"valid_from": 9, "valid_until": 5}},
        "valid_until",
    ),
    "shared by nobody": (DecisionType.SHARED, {"owner": "ITM"}, "parts"),
    "a contribution without words": (DecisionType.SHARED, {"owner": "ITM", "parts": [("PM", {})]}, "parts-0-text"),
    "a threshold without a top": (
        DecisionType.SPLIT_THRESHOLD,
        {
            "terms": "Value",
            "mode": Mode.BANDS,
            "parts": [("PM", {"upper": "5", "unit": "EUR"}), ("ITM", {"lower": "5", "upper": "9", "unit": "EUR"})],
        },
        "parts-1-upper",
    ),
    "a gap": (
        DecisionType.SPLIT_THRESHOLD,
        {
            "terms": "Value",
            "mode": Mode.BANDS,
            "parts": [("PM", {"upper": "5", "unit": "EUR"}), ("ITM", {"lower": "6", "unit": "EUR"})],
        },
        "parts-1-lower",
    ),
    "an amount that is none": (
        DecisionType.SPLIT_THRESHOLD,
        {"terms": "Value", "mode": Mode.BANDS, "parts": [("PM", {"upper": "many", "unit": "EUR"}), ("ITM", {})]},
        "parts-0-upper",
    ),
    "no way of reading the amounts": (
        DecisionType.SPLIT_THRESHOLD,
        {"terms": "Value", "parts": [("PM", {"upper": "5", "unit": "EUR"}), ("ITM", {"lower": "5", "unit": "EUR"})]},
        "mode",
    ),
    "a scope without otherwise": (
        DecisionType.SPLIT_SCOPE,
        {"terms": "Site", "parts": [("PM", {"name": "Berlin"}), ("ITM", {"name": "Rome"})]},
        "parts",
    ),
    "a value named twice": (
        DecisionType.SPLIT_SCOPE,
        {"terms": "Site", "parts": [("PM", {"name": "Berlin"}), ("ITM", {"name": "berlin"})]},
        "parts-1-name",
    ),
    "a delegation without an end": (
        DecisionType.DELEGATE,
        {"owner": "ITM", "days": {"valid_from": 0}, "parts": [("PM", {"text": "A week"})]},
        "valid_until",
    ),
    "passed on by who may not": (
        DecisionType.DELEGATE,
        {
            "owner": "ITM",
            "days": {"valid_from": 0, "valid_until": 9},
            "parts": [("PM", {"text": "A week"}), ("CIO", {"text": "A day", "giver": "PM"})],
        },
        "parts-1-giver",
    ),
    "passed on beyond what one holds": (
        DecisionType.DELEGATE,
        {
            "owner": "ITM",
            "days": {"valid_from": 0, "valid_until": 9},
            "parts": [("PM", {"upper": "50", "may_pass_on": True}), ("CIO", {"upper": "60", "giver": "PM"})],
        },
        "parts-1-upper",
    ),
    "an escalation to who claims it": (
        DecisionType.ESCALATE,
        {"owner": "ITM", "terms": "Who?", "days": {"due_on": 3}},
        "owner",
    ),
    "an escalation without a day": (DecisionType.ESCALATE, {"owner": "CIO", "terms": "Who?"}, "due_on"),
    "put off without a day": (DecisionType.DEFER, {}, "review_on"),
}


@pytest.mark.parametrize(("kind", "given", "field"), MISSING.values(), ids=MISSING)
def test_what_a_decision_lacks_is_said_at_its_field(stage, kind, given, field):
    given = dict(given)
    parts = []
    for role, about in given.pop("parts", []):
        giver = stage.roles.get(about.get("giver", ""), "")
        parts.append(Part(stage.roles[role], **{**about, "giver": giver}))
    days = {name: stage.today + timedelta(days=count) for name, count in given.pop("days", {}).items()}
    draft = stage.draft(kind, given.pop("owner", ""), *parts, **given, **days)
    before = models.Revision.objects.count()
    outcome = decide(draft=draft, author=TESTER)
    assert field in {refusal.field for refusal in outcome.refusals}
    assert preview(draft).refusals == outcome.refusals
    assert models.Revision.objects.count() == before


def test_without_a_shared_superior_only_a_body_can_be_asked(stage):
    line = create(Kind.LINE, Line(), stage.roles["PM"], other=stage.roles["CIO"])
    write(stage.organisation, line._replace(before=line.after, after=None))
    draft = stage.draft(DecisionType.ESCALATE, "CIO", terms="Who?", due_on=stage.today)
    (refusal,) = decide(draft=draft, author=TESTER).refusals
    assert (refusal.field, "reporting lines" in refusal.message) == ("owner", True)


# --- The chain


def test_deciding_again_replaces_and_takes_out_what_the_split_had_made(stage):
    first, _made = stage.decide(threshold(stage)), stage.in_force()[0]
    children = [part.duty for part in stage.loaded().parts.values()]
    made = stage.decide(stage.draft(DecisionType.SOLE_OWNER, "ITM"))
    loaded = stage.loaded()
    assert loaded.decisions[made.supersedes] == first
    assert all(loaded.duties[key].retired and key not in loaded.rows for key in children)


def test_a_band_that_stays_keeps_its_duty(stage):
    stage.decide(threshold(stage))
    before = {part.upper: part.duty for part in stage.loaded().parts.values()}
    stage.decide(threshold(stage, ("PM", "", "50000"), ("ITM", "50000", "200000"), ("CIO", "200000", "")))
    loaded, key = stage.loaded(), stage.in_force()[0]
    after = {part.upper: part.duty for part in loaded.parts_of(key)}
    assert after["50000"] == before["50000"]
    assert stage.row(after["50000"])["PM"] == "A/R"
    assert loaded.duties[before[""]].retired  # from 50,000 upwards is no band any more


def test_two_who_decide_at_once_make_one_decision(stage):
    draft = stage.draft(DecisionType.DEFER, review_on=stage.today + timedelta(days=3))
    stale = load_matrix(stage.matrix)
    stage.decide(draft)
    from raci.services.settling import plan as planning

    with pytest.MonkeyPatch.context() as patch:  # the second has read the matrix before the first wrote
        patch.setattr(planning, "load_matrix", lambda _matrix: stale)
        outcome = decide(
            draft=stage.draft(DecisionType.DEFER, review_on=stage.today + timedelta(days=3)), author=TESTER
        )
    assert "decided meanwhile" in outcome.refusals[0].message


def test_a_cell_that_somebody_changed_meanwhile_is_a_conflict(stage):
    draft = replace(stage.draft(DecisionType.SOLE_OWNER, "ITM"), seen={stage.matrix_key: {}})
    stage.set("VEN-1", "PM", "", "R")
    outcome = decide(draft=draft, author=TESTER)
    assert [conflict.current for conflict in outcome.conflicts] == ["R"]
    assert not stage.loaded().decisions


def test_a_withdrawn_decision_leaves_its_letters_and_opens_its_question(stage):
    stage.decide(stage.draft(DecisionType.SOLE_OWNER, "ITM"))
    key, row = stage.in_force()[0], stage.row()
    assert withdraw_decision(matrix=stage.matrix, key=key, author=TESTER).ok
    assert (stage.status(), stage.row()) == (GreyAreaStatus.OPEN, row)
    assert not withdraw_decision(matrix=stage.matrix, key=key, author=TESTER).ok


def test_everything_that_deciding_does_can_be_taken_back(stage):
    before = stage.loaded()
    outcome = decide(draft=threshold(stage), author=TESTER)
    assert undo(organisation=stage.organisation, number=outcome.revision.number, author=TESTER).ok
    assert stage.loaded() == before
    assert verify(stage.organisation) == []


def test_the_preview_names_every_cell_that_changes_and_what_lint_says_then(stage):
    draft = threshold(stage)
    seen = preview(draft)
    outcome = decide(draft=draft, author=TESTER)
    changed = {(change.field, change.after) for change in seen.changes if change.address.kind is Kind.CELL}
    stored = models.RevisionChange.objects.filter(revision=outcome.revision, kind="cell")
    assert changed == {("letters", after) for after in stored.values_list("after", flat=True)}
    assert "S04" in {finding.rule for finding in seen.fixed}


# --- Answers


@pytest.fixture
def ann(stage) -> Author:
    return Author.of(get_user_model().objects.create_user("ann", first_name="Ann", last_name="Ames"), "workspace")


def test_a_disagreement_opens_the_question_again_while_the_decision_stays_in_force(stage, ann):
    stage.decide(stage.draft(DecisionType.SOLE_OWNER, "ITM"))
    key, pm = stage.in_force()[0], stage.roles["PM"]
    said = {"matrix": stage.matrix, "decision": key, "role": pm, "author": ann}
    assert acknowledge(**said, agrees=True, reason="").ok
    assert stage.status() is GreyAreaStatus.DECIDED
    assert not acknowledge(**said, agrees=False, reason=" ").ok
    assert acknowledge(**said, agrees=False, reason="I carry the risk.").ok
    (answer,) = stage.loaded().acknowledgements.values()
    assert (answer.name, answer.agrees, answer.reason) == ("Ann Ames", False, "I carry the risk.")
    assert (stage.status(), stage.in_force()[0]) == (GreyAreaStatus.OPEN, key)


def test_a_disagreement_with_what_nobody_asked_raises_a_question(stage, ann):
    decision = Decision(stage.duties["FIN-1"], owner=stage.roles["ITM"], reason="So")
    assert decide(draft=Draft(stage.matrix, decision), author=TESTER).ok
    key = stage.loaded().decision_by_duty[stage.duties["FIN-1"]]
    said = {"matrix": stage.matrix, "decision": key, "agrees": False, "reason": "Never.", "author": ann}
    assert not acknowledge(**said, role=stage.roles["PM"]).ok  # it does not concern that role
    assert acknowledge(**said, role=stage.roles["ITM"]).ok
    raised = stage.loaded().grey_areas[stage.loaded().open_by_duty[stage.duties["FIN-1"]]]
    assert (raised.origin, raised.interim) == (Origin.DISAGREEMENT, stage.roles["ITM"])
    assert raised.question == "Ann Ames disagrees with the decision: Never."
