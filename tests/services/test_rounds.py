"""Blind rounds from their opening to what follows from them."""

from dataclasses import replace
from datetime import date

import pytest

from raci import models
from raci.admin.removal import removal_of
from raci.domain.claims import MarkValue, Verdict
from raci.domain.records import Claim, Decision, DecisionType, GreyArea, Kind
from raci.services import round_effects, rounds
from raci.services.describing import sentences
from raci.services.door import apply_changes
from raci.services.linting import findings
from raci.services.loading import load_matrix
from raci.services.marks import own_marks
from raci.services.overlaps import assign, claim, preview
from raci.services.raising import raise_grey_area
from raci.services.round_results import results_of
from tests.blind import Blind, stand
from tests.factories import TESTER, Small, create, write


@pytest.fixture
def blind(small) -> Blind:
    return Blind(small)


def result(blind: Blind):
    return results_of(load_matrix(blind.small.matrix), [blind.round])[0]


def revealed(blind: Blind, **marks: str) -> Blind:
    blind.mark_all(**marks)
    blind.reveal()
    return blind


# --- Opening, revealing, closing


def test_a_round_goes_on_record_and_history_tells_of_it(blind):
    assert (blind.round.status, blind.round.opened_by) == ("open", "Tester")
    assert set(blind.round.duties) == set(blind.small.duties.values())
    assert load_matrix(blind.small.matrix).rounds[blind.round.key].title == "Whose is it?"
    told = [sentences(revision) for revision in models.Revision.objects.order_by("-number")[:1]]
    assert told == [["Opened the blind round Whose is it? in Projects"]]


@pytest.mark.parametrize(
    ("roles", "duties", "field"),
    [
        (["PM"], ["VEN-1"], "roles"),
        (["PM", "PM"], ["VEN-1"], "roles"),
        (["PM", "nobody"], ["VEN-1"], "roles"),
        (["PM", "ITM"], [], "duties"),
        (["PM", "ITM"], ["elsewhere"], "duties"),
    ],
)
def test_a_round_needs_two_roles_and_a_row_of_its_matrix(small, roles, duties, field):
    outcome = rounds.open_round(
        matrix=small.matrix,
        title="T",
        duties=[small.duties.get(code, code) for code in duties],
        roles=[small.roles.get(code, code) for code in roles],
        due_on=None,
        author=TESTER,
    )
    assert [refusal.field for refusal in outcome.refusals] == [field]
    assert not models.Round.objects.exists()


def test_a_round_of_too_many_rows_says_how_many_it_takes(small, monkeypatch):
    monkeypatch.setattr(rounds, "MOST_ROWS", 2)
    outcome = rounds.open_round(
        matrix=small.matrix,
        title="T",
        duties=list(small.duties.values()),
        roles=list(small.roles.values()),
        due_on=None,
        author=TESTER,
    )
    assert "at most 2 rows" in outcome.refusals[0].message


def test_two_reveals_at_once_are_one(blind):
    first, second = (rounds.reveal(blind=blind.round, author=TESTER) for _ in range(2))
    assert first.ok and second.ok
    assert second.revision is None


def test_progress_is_who_has_marked_how_many_of_how_many(blind):
    stand(blind.small, "pia", "PM", "ITM")
    stand(blind.small, "bob", "PM", level="reader")
    blind.mark_all(PM="mine - theirs")
    progress = rounds.progress_of([blind.round])[blind.round.pk]
    assert [(one.name, one.roles, one.answered, one.asked) for one in progress.people] == [
        ("Ida", ("IT Manager",), 0, 3),
        ("Pat", ("IT Project Manager",), 2, 3),
        ("Pia", ("IT Manager", "IT Project Manager"), 0, 6),
    ]
    assert (progress.answered, progress.asked, progress.is_done) == (2, 12, False)


def test_a_role_for_which_nobody_answers_is_named(small):
    blind = Blind(small, "PM", "CIO")
    models.Membership.objects.filter(user=blind.cleo).update(level="reader")
    assert rounds.progress_of([blind.round])[blind.round.pk].silent == ("Chief Information Officer",)


def test_progress_of_many_rounds_takes_four_queries(blind, django_assert_num_queries):
    other = Blind(blind.small)
    with django_assert_num_queries(4):
        assert len(rounds.progress_of([blind.round, other.round])) == 2


# --- Results


def test_the_result_reads_each_row_by_the_table(blind):
    revealed(blind, PM="mine mine theirs", ITM="theirs mine theirs")
    found = result(blind)
    assert [(line.verdict, line.reading.owner) for line in found.lines] == [
        (Verdict.AGREED, blind.small.roles["PM"]),
        (Verdict.COLLISION, ""),
        (Verdict.ORPHAN, ""),
    ]
    assert [float(share or 0) for share in (found.rates.agreed, found.rates.collision)] == pytest.approx([1 / 3, 1 / 3])
    # PM names PM, PM, ITM; ITM names PM, ITM, PM: po = 1/3, pe = 4/9 + 1/9.
    assert found.kappa == pytest.approx((1 / 3 - 5 / 9) / (4 / 9))


def test_nothing_of_a_round_that_is_not_revealed_comes_into_a_result(blind):
    blind.mark_all(PM="mine mine mine", ITM="mine mine mine")
    for line in result(blind).lines:
        assert line.verdict is Verdict.OPEN
        assert all(voice.mark.value is MarkValue.UNKNOWN and not voice.given for voice in line.voices.values())


def test_two_people_of_one_role_who_differ_make_it_not_know(blind):
    pia = stand(blind.small, "pia", "PM")
    blind.mark_all(PM="mine mine mine", ITM="theirs theirs theirs")
    blind.mark(pia, "PM", "VEN-1", "mine")
    blind.mark(pia, "PM", "VEN-2", "shared", "We all do.")
    blind.reveal()
    first, second, _third = result(blind).lines
    assert (first.verdict, second.verdict) == (Verdict.AGREED, Verdict.OPEN)
    voice = second.voices[blind.small.roles["PM"]]
    assert voice.differs
    assert voice.reason == "PM says mine\nWe all do."


def test_more_than_two_are_read_overall_and_by_pairs(small):
    blind = revealed(
        Blind(small, "PM", "ITM", "CIO"), PM="mine mine -", ITM="theirs:PM mine -", CIO="theirs:PM nobody -"
    )
    found = result(blind)
    assert [line.verdict for line in found.lines] == ["agreed", "collision", "open"]
    assert len(found.all_pairs()) == 3
    pair = (small.roles["ITM"], small.roles["CIO"])
    # As a pair ITM and CIO both say that VEN-1 is nobody's of the two, and ITM alone takes VEN-2.
    assert [line.verdict for line in found.lines_of_pair(pair)] == ["orphan", "confirm", "open"]


# --- Agreed rows become letters


def test_agreed_rows_are_decided_with_the_letters_of_the_scheme(blind):
    revealed(blind, PM="mine theirs mine", ITM="theirs mine nobody")
    matrix = load_matrix(blind.small.matrix)
    agreed = round_effects.agreed_rows(blind.round, matrix, result(blind))
    choices = [item.choice for item in agreed if item.choice]
    assert len(preview(choices).changes) == 3 * 2 + 3  # two cells and a decision for each row
    outcome = assign(organisation=blind.small.organisation, choices=choices, author=TESTER)
    assert outcome.ok
    cells, roles = load_matrix(blind.small.matrix).cells, blind.small.roles
    assert cells[blind.small.duties["VEN-1"]] == {roles["PM"]: "A/R", roles["ITM"]: "C"}
    assert cells[blind.small.duties["VEN-2"]] == {roles["ITM"]: "A/R", roles["PM"]: "C"}
    decided = models.Decision.objects.get(duty__code="VEN-1")
    assert (decided.type, decided.reason) == ("sole_owner", "Agreed in the blind round Whose is it?")
    again = round_effects.agreed_rows(blind.round, load_matrix(blind.small.matrix), result(blind))
    assert [item.is_so for item in again] == [True, True, True]


def test_a_proposal_of_an_open_grey_area_counts_and_the_grey_area_is_settled(blind):
    small = blind.small
    proposed = {small.roles["PM"]: "R", small.roles["ITM"]: "A", small.roles["CIO"]: "I"}
    raised = GreyArea(small.duties["VEN-1"], raised_on=date(2026, 1, 1), proposed=proposed)
    write(small.organisation, create(Kind.GREY_AREA, raised, "g1", matrix=small.matrix_key))
    revealed(blind, PM="theirs - -", ITM="mine - -")
    (item,) = round_effects.agreed_rows(blind.round, load_matrix(small.matrix), result(blind))
    assign(organisation=small.organisation, choices=[item.choice], author=TESTER)
    row = load_matrix(small.matrix).cells[small.duties["VEN-1"]]
    assert row == {small.roles["ITM"]: "A/R", small.roles["PM"]: "R", small.roles["CIO"]: "I"}
    assert models.GreyArea.objects.get().status == "decided"
    assert not [
        one for one in findings(small.matrix) if one.subject.duty == small.duties["VEN-1"] and one.rule == "R01"
    ]


def test_a_role_that_answers_for_the_row_without_a_part_in_the_round_is_not_overruled(blind):
    blind.small.set("VEN-1", "CIO", "", "A")
    revealed(blind, PM="mine - -", ITM="theirs - -")
    (item,) = round_effects.agreed_rows(blind.round, load_matrix(blind.small.matrix), result(blind))
    assert (item.choice, item.outside) == (None, (blind.small.roles["CIO"],))


def test_a_decision_in_force_that_would_be_replaced_is_named(blind):
    revealed(blind, PM="mine - -", ITM="theirs - -")
    (item,) = round_effects.agreed_rows(blind.round, load_matrix(blind.small.matrix), result(blind))
    assign(organisation=blind.small.organisation, choices=[item.choice], author=TESTER)
    again = Blind(blind.small)
    revealed(again, PM="theirs - -", ITM="mine - -")
    (item,) = round_effects.agreed_rows(again.round, load_matrix(blind.small.matrix), result(again))
    assert item.replaces.owner == blind.small.roles["PM"]
    assert assign(organisation=blind.small.organisation, choices=[item.choice], author=TESTER).ok
    assert models.Decision.objects.filter(superseded_by=None).get().owner.code == "ITM"


def test_a_decision_with_parts_of_its_own_is_not_replaced_from_here(blind):
    small = blind.small
    shared = Decision(
        small.duties["VEN-1"],
        type=DecisionType.SHARED,
        owner=small.roles["ITM"],
        reason="It cannot be cut.",
        decided_on=date(2026, 1, 1),
        decided_by="Ed",
    )
    write(small.organisation, create(Kind.DECISION, shared, "d1", matrix=small.matrix_key))
    revealed(blind, PM="mine - -", ITM="theirs - -")
    (item,) = round_effects.agreed_rows(blind.round, load_matrix(small.matrix), result(blind))
    assert (item.choice, item.replaces.type, item.is_so) == (None, "shared", False)


def test_a_row_that_was_taken_out_of_the_matrix_cannot_be_applied(blind):
    revealed(blind, PM="mine - -", ITM="theirs - -")
    duty, matrix = blind.small.duties["VEN-1"], load_matrix(blind.small.matrix)
    matrix = replace(matrix, rows={**matrix.rows, duty: replace(matrix.rows[duty], applies=False, reason="Not here.")})
    (item,) = round_effects.agreed_rows(blind.round, matrix, result(blind))
    assert (item.choice, item.outside) == (None, ())


# --- The others become grey areas


def raise_all(blind: Blind, *codes: str):
    duties = [blind.small.duties[code] for code in codes or blind.small.duties]
    return round_effects.raise_rows(blind=blind.round, result=result(blind), duties=duties, author=TESTER)


def test_collisions_and_orphans_are_raised_with_claims_as_one_revision(blind):
    revealed(blind, PM="mine theirs shared", ITM="mine nobody theirs")
    outcome = raise_all(blind)
    assert outcome.ok
    found = {item.duty.code: item for item in models.GreyArea.objects.all()}
    assert {item.origin for item in found.values()} == {"round"}
    claims = {
        (item.grey_area.duty.code, item.role.code): (item.letters, item.reason) for item in models.Claim.objects.all()
    }
    assert claims == {
        ("VEN-1", "PM"): ("A/R", "PM says mine"),
        ("VEN-1", "ITM"): ("A/R", "ITM says mine"),
        ("VEN-2", "PM"): ("C", "PM says theirs"),
        ("FIN-1", "PM"): ("R", "PM says shared"),
        ("FIN-1", "ITM"): ("C", "ITM says theirs"),
    }
    assert "More than one role" in found["VEN-1"].question
    assert "Nobody took it" in found["VEN-2"].question


def test_raising_twice_finds_the_first(blind):
    revealed(blind, PM="mine - -", ITM="mine - -")
    assert raise_all(blind, "VEN-1").revision
    again = raise_all(blind, "VEN-1")
    assert again.ok and again.revision is None
    assert models.GreyArea.objects.count() == 1


def test_an_open_grey_area_gets_the_claims_that_it_lacks_and_keeps_those_it_has(blind):
    small = blind.small
    wanted = GreyArea(small.duties["VEN-1"], "Who signs?", raised_on=date(2026, 1, 1))
    key = raise_grey_area(matrix=small.matrix, wanted=wanted, author=TESTER).key
    made = Claim("I", "Said before.", date(2026, 1, 2))
    claim(
        organisation=small.organisation,
        matrix=small.matrix,
        grey_area=key,
        role=small.roles["PM"],
        wanted=made,
        author=TESTER,
    )
    revealed(blind, PM="mine - -", ITM="mine - -")
    assert raise_all(blind, "VEN-1").ok
    assert models.GreyArea.objects.get().question == "Who signs?"
    assert sorted(models.Claim.objects.values_list("role__code", "letters")) == [("ITM", "A/R"), ("PM", "I")]


def test_what_somebody_raises_meanwhile_is_found_the_next_time(blind, monkeypatch):
    revealed(blind, PM="mine - -", ITM="mine - -")
    small, stale = blind.small, [load_matrix(blind.small.matrix)]
    wanted = GreyArea(small.duties["VEN-1"], "Who signs?", raised_on=date(2026, 1, 1))
    assert raise_grey_area(matrix=small.matrix, wanted=wanted, author=TESTER).key
    monkeypatch.setattr(round_effects, "load_matrix", lambda row: stale.pop() if stale else load_matrix(row))
    assert raise_all(blind, "VEN-1").ok
    assert models.GreyArea.objects.get().question == "Who signs?"
    assert models.Claim.objects.count() == 2


def test_agreed_rows_are_never_raised(blind):
    revealed(blind, PM="mine - -", ITM="theirs - -")
    assert raise_all(blind, "VEN-1").revision is None


def test_a_matrix_can_be_taken_away_with_its_rounds_and_their_marks(blind):
    blind.mark_all(PM="mine mine mine")
    gone = removal_of(blind.small.organisation, [blind.small.matrix])
    assert apply_changes(organisation=blind.small.organisation, changes=gone, author=TESTER).ok
    assert not models.Mark.objects.exists()


def test_what_one_person_marks_in_two_organisations_is_kept_apart(blind):
    other = Blind(Small("other"))
    assert other.pat == blind.pat
    blind.mark_all(PM="mine mine mine")
    assert rounds.progress_of([blind.round, other.round])[other.round.pk].answered == 0
    assert own_marks(other.round, blind.pat) == {}
    stranger = stand(Small("third"), "charlie", "PM")
    assert not models.Round.objects.visible_to(stranger).exists()
