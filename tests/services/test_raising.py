"""Grey areas raised, found, withdrawn, changed and opened again."""

from datetime import date

import pytest
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Claim, Decision, GreyArea, Kind
from raci.models.base import new_key
from raci.services import raising
from raci.services.door import undo
from raci.services.loading import load_matrix
from raci.services.raising import Seen, Terms, change_terms, open_again, raise_grey_area, raise_overlaps, withdraw
from raci.services.structure import actions, perform
from tests.factories import TESTER, create, write

DAY = date(2026, 1, 15)


@pytest.fixture
def asked(small):
    """What it takes to raise VEN-1."""
    wanted = GreyArea(small.duties["VEN-1"], "Who signs?", raised_on=DAY)
    return {"matrix": small.matrix, "wanted": wanted, "author": TESTER}


def seen(small, key: str, **fields: str) -> Seen:
    return Seen(small.matrix, key, fields)


def area(key: str) -> models.GreyArea:
    return models.GreyArea.objects.get(key=key)


def test_it_is_raised_with_its_claims_as_one_revision(small, asked):
    claims = {small.roles["PM"]: Claim("A/R", "The date is ours.", DAY), small.roles["ITM"]: Claim("A", made_on=DAY)}
    raised = raise_grey_area(**asked, claims=claims)
    assert (raised.found, raised.outcome.revision.number) == (False, 2)
    loaded = load_matrix(small.matrix)
    assert loaded.open_by_duty == {small.duties["VEN-1"]: raised.key}
    assert {role: made.letters for (_, role), made in loaded.claims.items()} == {
        small.roles["PM"]: "A/R",
        small.roles["ITM"]: "A",
    }


def test_raising_twice_finds_the_first_and_writes_nothing(small, asked):
    first = raise_grey_area(**asked)
    second = raise_grey_area(**asked)
    assert (second.key, second.found, second.outcome.revision) == (first.key, True, None)


def test_of_two_who_raise_at_once_the_second_finds_what_the_first_raised(small, asked, monkeypatch):
    stale = load_matrix(small.matrix)
    first = raise_grey_area(**asked)
    looks = iter([stale])
    monkeypatch.setattr(raising, "load_matrix", lambda matrix: next(looks, None) or load_matrix(matrix))
    second = raise_grey_area(**asked)
    assert (second.key, second.found, second.outcome.ok) == (first.key, True, True)
    assert models.GreyArea.objects.count() == 1


def test_what_does_not_apply_or_is_not_there_cannot_be_asked(small, asked):
    perform(
        organisation=small.organisation,
        action=actions.SetApplies(small.duties["VEN-1"], False, "No vendor here."),
        author=TESTER,
        matrix=small.matrix,
    )
    (refusal,) = raise_grey_area(**asked).outcome.refusals
    assert refusal.message == "VEN-1 does not apply in this matrix, so nobody has to answer for it."
    (refusal,) = raise_grey_area(**{**asked, "wanted": GreyArea("nowhere", raised_on=DAY)}).outcome.refusals
    assert refusal.message == "This duty is not in this matrix."


def test_a_row_that_goes_between_look_and_lock_is_a_conflict(small, asked, monkeypatch):
    stale = load_matrix(small.matrix)
    perform(
        organisation=small.organisation,
        action=actions.RemoveRows((small.duties["VEN-1"],)),
        author=TESTER,
        matrix=small.matrix,
    )
    looks = iter([stale])
    monkeypatch.setattr(raising, "load_matrix", lambda matrix: next(looks, None) or load_matrix(matrix))
    raised = raise_grey_area(**asked)
    assert raised.outcome.conflicts
    assert raised.key == ""


# --- All overlaps


def test_picked_overlaps_are_raised_together_and_the_others_are_not(small):
    picked = {small.matrix: list(small.duties.values())}
    terms = Terms(decider=small.roles["CIO"], due_on=date(2026, 6, 1), interim=small.roles["ITM"])
    done = raise_overlaps(organisation=small.organisation, picked=picked, terms=terms, author=TESTER)
    assert (done.raised, done.passed, done.outcome.revision.number) == (2, 1, 2)
    first = models.GreyArea.objects.get(duty__code="VEN-1")
    assert (first.origin, first.decider.code, first.interim.code, first.due_on, first.question) == (
        "overlap",
        "CIO",
        "ITM",
        date(2026, 6, 1),
        "Who answers for “Do what VEN-1 says”?",
    )
    assert not models.GreyArea.objects.filter(duty__code="FIN-1").exists()


def test_what_somebody_raised_meanwhile_is_passed_over(small, asked, monkeypatch):
    stale = load_matrix(small.matrix)
    raise_grey_area(**asked)
    looks = iter([stale])
    monkeypatch.setattr(raising, "load_matrix", lambda matrix: next(looks, None) or load_matrix(matrix))
    picked = {small.matrix: [small.duties["VEN-1"], small.duties["VEN-2"]]}
    done = raise_overlaps(organisation=small.organisation, picked=picked, terms=Terms(), author=TESTER)
    assert (done.raised, done.passed, done.outcome.ok) == (1, 1, True)
    assert models.GreyArea.objects.count() == 2


def test_an_interim_owner_without_a_column_is_left_out(small):
    outsider = new_key()
    picked = {small.matrix: [small.duties["VEN-1"]]}
    raise_overlaps(organisation=small.organisation, picked=picked, terms=Terms(interim=outsider), author=TESTER)
    assert models.GreyArea.objects.get().interim is None


# --- What becomes of it


def test_it_is_withdrawn_for_a_reason_and_not_without(small, asked):
    key = raise_grey_area(**asked).key
    (refusal,) = withdraw(seen=seen(small, key), reason="", author=TESTER).refusals
    assert (refusal.field, area(key).status) == ("reason", "open")
    assert withdraw(seen=seen(small, key), reason="Settled by the framework contract.", author=TESTER).ok
    assert area(key).status == "withdrawn"


def test_what_is_decided_meanwhile_is_not_withdrawn(small, asked):
    key = raise_grey_area(**asked).key
    address = Address(Kind.GREY_AREA, small.matrix_key, key)
    write(small.organisation, Change(address, "status", "open", "decided"))
    (conflict,) = withdraw(seen=seen(small, key), reason="No question.", author=TESTER).conflicts
    assert conflict.current == "decided"


def test_terms_change_where_they_are_as_they_were_seen(small, asked):
    key = raise_grey_area(**asked).key
    shown = seen(small, key, question="Who signs?", decider="")
    wanted = {"question": "Who signs contracts?", "decider": small.roles["CIO"]}
    assert change_terms(seen=shown, wanted=wanted, author=TESTER).ok
    assert area(key).question == "Who signs contracts?"
    outcome = change_terms(seen=shown, wanted={**wanted, "decider": small.roles["ITM"]}, author=TESTER)
    assert [conflict.current for conflict in outcome.conflicts] == [small.roles["CIO"]]


def test_the_same_terms_write_nothing(small, asked):
    key = raise_grey_area(**asked).key
    shown = seen(small, key, question="Who signs?")
    assert change_terms(seen=shown, wanted={"question": "Who signs?"}, author=TESTER).revision is None


def test_terms_of_what_is_decided_meanwhile_are_a_conflict(small, asked):
    key = raise_grey_area(**asked).key
    address = Address(Kind.GREY_AREA, small.matrix_key, key)
    write(small.organisation, Change(address, "status", "open", "decided"))
    shown = seen(small, key, question="Who signs?")
    outcome = change_terms(seen=shown, wanted={"question": "Who else?"}, author=TESTER)
    assert [conflict.current for conflict in outcome.conflicts] == ["decided"]


def test_it_opens_again_today_and_the_decision_stays_in_force(small, asked):
    key = raise_grey_area(**asked).key
    decision = Decision(asked["wanted"].duty, key, owner=small.roles["PM"], reason="So.", decided_on=DAY,
                        decided_by="Board")  # fmt: skip
    address = Address(Kind.GREY_AREA, small.matrix_key, key)
    write(
        small.organisation,
        create(Kind.DECISION, decision, new_key(), matrix=small.matrix_key),
        Change(address, "status", "open", "decided"),
    )
    decided = seen(small, key, status="decided")
    assert open_again(seen=decided, reason="", author=TESTER).refusals[0].field == "reason"
    outcome = open_again(seen=decided, reason="The vendor changed.", author=TESTER)
    assert outcome.ok
    assert (area(key).status, area(key).reopened_on, area(key).raised_on) == ("open", timezone.localdate(), DAY)
    loaded = load_matrix(small.matrix)
    assert loaded.grey_areas[key].open_since == timezone.localdate()
    assert asked["wanted"].duty in loaded.decision_by_duty
    assert undo(organisation=small.organisation, number=outcome.revision.number, author=TESTER).ok
    assert (area(key).status, area(key).reopened_on) == ("decided", None)


def test_it_does_not_open_beside_another_one_or_where_the_row_is_gone(small, asked):
    first = raise_grey_area(**asked).key
    withdraw(seen=seen(small, first), reason="No question.", author=TESTER)
    second = raise_grey_area(**asked).key
    again = {"seen": seen(small, first, status="withdrawn"), "reason": "It is.", "author": TESTER}
    assert open_again(**again).refusals[0].message == "Another grey area of VEN-1 is open already."
    withdraw(seen=seen(small, second), reason="No question.", author=TESTER)
    action = actions.RemoveRows((asked["wanted"].duty,))
    perform(organisation=small.organisation, action=action, author=TESTER, matrix=small.matrix)
    assert open_again(**again).refusals[0].message == "This duty is not in this matrix."


def test_a_row_that_does_not_apply_takes_its_question_with_it_and_undo_brings_it_back(small, asked):
    key = raise_grey_area(**asked).key
    action = actions.SetApplies(asked["wanted"].duty, False, "No vendor here.")
    done = perform(organisation=small.organisation, action=action, author=TESTER, matrix=small.matrix)
    assert area(key).status == "withdrawn"
    assert done.sentence == (
        "VEN-1 Do what VEN-1 says does not apply in Projects any more, and its grey area is withdrawn."
    )
    assert undo(organisation=small.organisation, number=done.revision, author=TESTER).ok
    assert area(key).status == "open"
