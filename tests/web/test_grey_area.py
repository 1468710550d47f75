"""The page of a grey area, and what can be done about it there."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Claim, Decision, Duty, GreyArea, Kind, to_fields
from raci.models.base import new_key
from raci.services.loading import load_matrix
from raci.services.structure import actions, perform
from tests.factories import TESTER, create, write
from tests.web.conftest import RAISED


def url(cast, key="", rest="") -> str:
    return cast.url(f"grey-areas/{key or cast.contested}/{rest}")


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def page(cast, visitor="ed", key="") -> str:
    answer = cast.client(visitor).get(url(cast, key))
    assert answer.status_code == 200
    return text(answer)


def area(key) -> models.GreyArea:
    return models.GreyArea.objects.get(key=key)


def set_status(cast, key, after) -> None:
    address = Address(Kind.GREY_AREA, cast.small.matrix_key, key)
    write(cast.small.organisation, Change(address, "status", area(key).status, after))


def decide(cast, key="", duty="VEN-1", owner="PM", **more) -> str:
    made = new_key()
    decision = Decision(cast.small.duties[duty], key, owner=cast.small.roles[owner], reason="Because.",
                        decided_on=date(2026, 2, 3), decided_by="Board", **more)  # fmt: skip
    write(cast.small.organisation, create(Kind.DECISION, decision, made, matrix=cast.small.matrix_key))
    return made


# --- What it shows


def test_it_shows_question_sides_and_terms(cast):
    cast.small.set("VEN-1", "PM", "", "R")
    found = page(cast)
    for part in (
        "Who signs?",
        "wants Accountable and Responsible",
        "The project carries the date.",
        "Contracts outlive projects.",
        "holds Responsible now",
        "Chief Information Officer",
        '<span class="interim">IT Manager</span>',
        "Raised by hand",
        "15 January 2026",
    ):
        assert part in found, part


def test_a_side_that_has_said_nothing_makes_no_claim_and_can_make_one(cast):
    found = page(cast, "connie", cast.open)
    assert found.count("makes no claim") == 2
    assert f"/grey-areas/{cast.open}/claim/?role={cast.small.roles['PM']}" in found
    form = text(cast.client("connie").get(url(cast, cast.open, f"claim/?role={cast.small.roles['PM']}")))
    assert f'<option value="{cast.small.roles["PM"]}" selected>' in form


def test_what_a_template_proposes_stands_beside_the_sides_and_for_the_others(cast):
    found = page(cast, key=cast.open)
    assert "the template proposes Responsible" in found
    assert "The template proposes for the others" in found


def test_the_interim_owner_is_dashed_in_the_row_though_it_holds_nothing(cast):
    found = page(cast)
    assert 'class="letter letter-owner letter-interim"' in found
    assert "interim owner" in found


def test_it_is_late_when_its_day_has_passed(cast):
    assert "days overdue" in page(cast, key=cast.open)


def test_its_age_counts_from_when_it_was_opened_again(cast):
    address = Address(Kind.GREY_AREA, cast.small.matrix_key, cast.contested)
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    write(cast.small.organisation, Change(address, "reopened_on", "", day))
    assert "3 days" in page(cast)


def test_decisions_stand_in_their_chain_the_latest_first(cast):
    first = decide(cast, cast.contested)
    decide(cast, cast.contested, owner="ITM", supersedes=first)
    found = page(cast)
    new, old = found.index("Sole owner: IT Manager"), found.index("Sole owner: IT Project Manager")
    assert new < found.index("in force") < old < found.index("replaced by the one above")


def test_its_history_is_told_without_that_of_the_rest_of_the_row(cast):
    cast.small.set("VEN-1", "CIO", "", "C")
    found = page(cast)
    assert "IT Project Manager claims A/R for VEN-1" in found
    assert "Gave Chief Information Officer C" not in found


def test_a_duty_in_other_words_is_a_hint_that_says_how_far_it_goes(cast):
    again = Duty("FIN-9", "Doing what VEN-1 said", cast.small.area)
    write(cast.small.organisation, create(Kind.DUTY, again, new_key()))
    found = page(cast)
    assert "FIN-9" in found
    assert "A hint from the words alone." in found
    assert f"/grey-areas/{cast.open}/" in found  # VEN-2 is near, and undecided here too


def test_comments_are_those_of_the_row_and_lead_back_here(cast):
    where = cast.url(f"matrices/{cast.small.matrix_key}/panel/comment/")
    said = {"duty": cast.small.duties["VEN-1"], "text": "Ask the lawyers.", "grey_area": cast.contested}
    answer = cast.client("connie").post(where, said)
    assert (answer.status_code, answer.url) == (303, url(cast))
    assert "Ask the lawyers." in page(cast)


def test_a_row_that_left_the_matrix_still_has_its_question_on_record(cast):
    perform(
        organisation=cast.small.organisation,
        action=actions.RemoveRows((cast.small.duties["VEN-1"],)),
        author=TESTER,
        matrix=cast.small.matrix,
    )
    found = page(cast)
    assert "It is not in the matrix any more." in found
    assert "Who signs?" in found


def test_one_that_stays_open_on_a_row_that_does_not_apply_says_so(cast):
    where = Address(Kind.ROW, cast.small.matrix_key, cast.small.duties["VEN-1"])
    write(cast.small.organisation, Change(where, "applies", True, False), Change(where, "reason", "", "No vendor."))
    assert "This row does not apply in the matrix" in page(cast)
    assert "does not apply" in text(cast.client("bob").get(cast.url("grey-areas/")))


@pytest.mark.parametrize(
    ("visitor", "seen", "unseen"),
    [
        ("bob", (), ("Decide", "Claim", "Change terms", "Withdraw", "Open again")),
        ("connie", ("Claim",), ("Decide", "Change terms", "Withdraw")),
        ("ed", ("Decide", "Claim", "Change terms", "Withdraw"), ("Open again",)),
    ],
)
def test_buttons_are_those_that_the_visitor_may_use(cast, visitor, seen, unseen):
    found = page(cast, visitor)
    for word in seen:
        assert f">{word}</a>" in found
    for word in unseen:
        assert f">{word}</a>" not in found


def test_what_is_settled_can_only_be_opened_again(cast):
    set_status(cast, cast.contested, "decided")
    found = page(cast)
    assert ">Open again</a>" in found
    assert ">Change terms</a>" not in found
    assert ">Decide</a>" not in found


def test_it_takes_as_many_queries_for_many_claims_and_decisions_as_for_few(cast):
    client = cast.client("ed")

    def count() -> int:
        client.get(url(cast))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(cast)).status_code == 200
        return len(captured)

    few = count()
    claim = create(Kind.CLAIM, Claim("C", "Me too.", RAISED), cast.contested, matrix=cast.small.matrix_key,
                   other=cast.small.roles["CIO"])  # fmt: skip
    write(cast.small.organisation, claim)
    made = ""
    for owner in ("PM", "ITM", "CIO"):
        made = decide(cast, cast.contested, owner=owner, supersedes=made)
    assert count() == few


# --- Terms


def terms(cast, visitor="ed", key="", **typed):
    """Send the form of the terms as it was shown, with what was typed over it."""
    client = cast.client(visitor)
    form = client.get(url(cast, key, "terms/")).context["form"]
    shown = {name: form[name].value() or "" for name in form.names}
    return client, {**shown, "seen": form["seen"].value(), **typed}, url(cast, key, "terms/")


def post(client, data, where):
    seen = data["seen"]
    return client.post(where, {**data, "seen": seen if isinstance(seen, str) else json.dumps(seen)})


def test_terms_are_changed(cast):
    said = {
        "question": "Who signs contracts?",
        "decider": cast.small.roles["ITM"],
        "due_on": "2027-02-03",
        "interim": "",
    }
    answer = post(*terms(cast, **said))
    assert (answer.status_code, answer.url) == (302, url(cast))
    found = area(cast.contested)
    assert (found.question, found.decider.code, found.due_on, found.interim) == (
        "Who signs contracts?",
        "ITM",
        date(2027, 2, 3),
        None,
    )


def test_a_question_that_is_taken_away_and_a_day_that_is_none_are_asked_again_and_nothing_is_lost(cast):
    answer = post(*terms(cast, question=" ", due_on="soon", decider=cast.small.roles["ITM"]))
    assert answer.status_code == 422
    assert "Say in words what is not clear." in text(answer)
    assert "Enter a valid date." in text(answer)
    assert f'<option value="{cast.small.roles["ITM"]}" selected>' in text(answer)


def test_terms_that_somebody_changed_meanwhile_show_both_and_save_when_sent_again(cast):
    client, data, where = terms(cast, question="Mine?")
    address = Address(Kind.GREY_AREA, cast.small.matrix_key, cast.contested)
    write(cast.small.organisation, Change(address, "question", "Who signs?", "Theirs?"))
    answer = post(client, data, where)
    assert answer.status_code == 409
    assert "Theirs?" in text(answer)
    assert "Mine?" in text(answer)
    again = answer.context["form"]
    assert post(client, {**data, "seen": again.data["seen"]}, where).status_code == 302
    assert area(cast.contested).question == "Mine?"


def test_terms_of_what_is_settled_lead_to_its_page(cast):
    set_status(cast, cast.contested, "decided")
    answer = cast.client("ed").get(url(cast, rest="terms/"), follow=True)
    assert answer.redirect_chain[0][0] == url(cast)
    assert "It is not open any more: Decided." in text(answer)


# --- Withdrawn, and opened again


def test_it_is_withdrawn_for_a_reason_that_the_history_keeps(cast):
    client = cast.client("ed")
    assert "Say why it is no question any more." in text(client.post(url(cast, rest="withdraw/"), {"reason": ""}))
    answer = client.post(url(cast, rest="withdraw/"), {"reason": "The framework says it."}, follow=True)
    assert area(cast.contested).status == "withdrawn"
    assert "The framework says it." in text(answer)


def test_what_is_decided_meanwhile_is_not_withdrawn_but_shown(cast):
    set_status(cast, cast.contested, "decided")
    answer = cast.client("ed").post(url(cast, rest="withdraw/"), {"reason": "No question."})
    assert answer.status_code == 409
    assert area(cast.contested).status == "decided"


def test_it_is_opened_again_today(cast):
    set_status(cast, cast.contested, "decided")
    client = cast.client("ed")
    assert client.post(url(cast, rest="reopen/"), {"reason": ""}).status_code == 422
    assert client.post(url(cast, rest="reopen/"), {"reason": "The vendor changed."}).status_code == 302
    assert (area(cast.contested).status, area(cast.contested).reopened_on) == ("open", timezone.localdate())


def test_it_is_not_opened_beside_another_one(cast):
    set_status(cast, cast.contested, "withdrawn")
    fresh = GreyArea(cast.small.duties["VEN-1"], raised_on=RAISED)
    write(cast.small.organisation, create(Kind.GREY_AREA, fresh, new_key(), matrix=cast.small.matrix_key))
    answer = cast.client("ed").post(url(cast, rest="reopen/"), {"reason": "It is."})
    assert answer.status_code == 422
    assert "Another grey area of VEN-1 is open already." in text(answer)


def test_grey_areas_of_others_are_not_there(cast):
    theirs = GreyArea(cast.other.duties["VEN-1"], raised_on=RAISED)
    key = new_key()
    write(cast.other.organisation, Change(Address(Kind.GREY_AREA, cast.other.matrix_key, key), "", None,
                                          to_fields(theirs)))  # fmt: skip
    for rest in ("", "terms/", "withdraw/", "reopen/"):
        assert cast.client("ed").get(url(cast, key, rest)).status_code == 404
    assert load_matrix(cast.other.matrix).open_by_duty
