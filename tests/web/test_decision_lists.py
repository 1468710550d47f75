"""Decisions in lists: narrowed to what stands how, waiting for who has to answer, linked from where they apply."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.records import Acknowledgement, Decision, DecisionType, Duty, Kind, Part, Row
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.conftest import Cast
from tests.web.deciding import page

TODAY = timezone.localdate()


def decide(cast: Cast, duty: str = "FIN-1", owner: str = "ITM", *parts: str, **more: object) -> str:
    """Write a decision down as it is, with parts for some roles; return its key."""
    small, key = cast.small, new_key()
    given = {"owner": small.roles.get(owner, ""), "reason": "So be it.", "decided_on": TODAY, "decided_by": "Board"}
    made = Decision(small.duties[duty], **{**given, **more})  # type: ignore[arg-type]  # its fields
    own = {"matrix": small.matrix_key}
    shares = [create(Kind.PART, Part(small.roles[role]), key, other=new_key(), **own) for role in parts]
    write(small.organisation, create(Kind.DECISION, made, key, **own), *shares)
    return key


def duty(cast: Cast) -> str:
    """Put one more duty into the matrix; return its code."""
    small, key = cast.small, new_key()
    code = f"FIN-{len(small.duties)}"
    row = create(Kind.ROW, Row(len(small.duties)), key, matrix=small.matrix_key)
    write(small.organisation, create(Kind.DUTY, Duty(code, "Do more"), key), row)
    small.duties[code] = key
    return code


def answer(cast: Cast, key: str, role: str, name: str, *, agrees: bool = True) -> None:
    person, reason = cast.people[name], "" if agrees else "No."
    said = Acknowledgement(cast.small.roles[role], str(person.pk), str(person), agrees, reason, TODAY)
    change = create(Kind.ACKNOWLEDGEMENT, said, key, matrix=cast.small.matrix_key, other=new_key())
    write(cast.small.organisation, change)


def stand(cast: Cast, name: str, *codes: str) -> None:
    membership = models.Membership.objects.get(user=cast.people[name])
    membership.stands_for.set(models.Role.objects.filter(organisation=cast.small.organisation, code__in=codes))


def listed(cast: Cast, **asked: str) -> set[str]:
    """Return the keys of the decisions that a list shows."""
    text = page(cast.client("bob").get(cast.url("decisions/"), asked))
    return {key for key in models.Decision.objects.values_list("key", flat=True) if f"/decisions/{key}/" in text}


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


# --- The list


def test_it_is_narrowed_to_how_decisions_stand(cast):
    old = decide(cast)
    new = decide(cast, supersedes=old)
    late = decide(cast, "VEN-1", review_on=ago(1))
    over = decide(cast, "VEN-2", valid_until=ago(1))
    gone = decide(cast, "VEN-2", withdrawn_on=ago(1))
    assert listed(cast, standing="in_force") == {new, late}
    assert listed(cast, standing="review") == {late}
    assert listed(cast, standing="expired") == {over}
    assert listed(cast, standing="replaced") == {old}
    assert listed(cast, standing="withdrawn") == {gone}
    assert listed(cast) == {old, new, late, over, gone}


def test_it_is_narrowed_to_a_kind_and_an_area(cast):
    shared = decide(cast, "VEN-1", "ITM", "PM", type=DecisionType.SHARED)
    plain = decide(cast)
    assert listed(cast, type="shared") == {shared}
    assert listed(cast, area=cast.small.area) == {shared}
    assert listed(cast, type="sole_owner") == {plain}


def test_a_role_has_a_part_as_owner_by_letters_or_by_a_part(cast):
    roles = cast.small.roles
    owns = decide(cast, "FIN-1", "PM")
    held = decide(cast, "VEN-1", "ITM", letters={roles["ITM"]: "A", roles["PM"]: "C"})
    share = decide(cast, "VEN-2", "ITM", "PM", type=DecisionType.SHARED)
    assert listed(cast, role=roles["PM"]) == {owns, held, share}
    assert listed(cast, role=roles["CIO"]) == set()
    assert listed(cast, owner=roles["ITM"]) == {held, share}


def test_it_is_narrowed_to_what_a_role_has_not_acknowledged(cast):
    silent = decide(cast, "FIN-1")
    disagreed = decide(cast, "VEN-1")
    known = decide(cast, "VEN-2")
    decide(cast, duty(cast), type=DecisionType.ESCALATE)
    other = decide(cast, duty(cast), "PM")
    answer(cast, disagreed, "ITM", "ed", agrees=False)
    answer(cast, known, "ITM", "ed")
    assert listed(cast, silent=cast.small.roles["ITM"]) == {silent, disagreed}
    assert listed(cast, silent=cast.small.roles["PM"]) == {other}


def test_an_export_says_that_a_decision_has_expired(cast):
    decide(cast, valid_until=ago(1))
    assert "expired" in cast.client("bob").get(cast.url("decisions/export.csv")).content.decode("utf-8-sig")


@pytest.mark.parametrize("asked", [{}, {"role": "PM"}, {"silent": "PM"}, {"standing": "in_force"}])
def test_it_takes_as_many_queries_for_twenty_rows_as_for_ten(cast, asked):
    asked = {name: cast.small.roles.get(value, value) for name, value in asked.items()}
    client, counts = cast.client("bob"), []
    for _ in range(2):
        for _ in range(10):
            decide(cast, duty(cast), "PM", "ITM", type=DecisionType.SHARED)
        client.get(cast.url("decisions/"), asked)
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("decisions/"), asked)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- What waits


def waiting(cast: Cast, name: str) -> str:
    text = page(cast.client(name).get(cast.url()))
    return text.split('id="waiting"')[1].split("</section>")[0]


def test_a_decision_waits_for_those_who_have_to_acknowledge_it(cast):
    stand(cast, "connie", "PM")
    mine = decide(cast, "FIN-1", "ITM", "PM", type=DecisionType.SHARED)
    decide(cast, "VEN-2", "CIO")
    assert f"/decisions/{mine}/" in waiting(cast, "connie")
    assert "To acknowledge" in waiting(cast, "connie")
    answer(cast, mine, "PM", "ed")
    assert f"/decisions/{mine}/" in waiting(cast, "connie"), "everybody who stands for the role answers"
    answer(cast, mine, "PM", "connie")
    assert f"/decisions/{mine}/" not in waiting(cast, "connie")


def test_it_waits_until_every_role_of_the_visitor_has_answered(cast):
    stand(cast, "connie", "PM", "ITM")
    mine = decide(cast, "FIN-1", "ITM", "PM", type=DecisionType.SHARED)
    answer(cast, mine, "PM", "connie")
    assert f"/decisions/{mine}/" in waiting(cast, "connie")
    answer(cast, mine, "ITM", "connie")
    assert f"/decisions/{mine}/" not in waiting(cast, "connie")


def test_what_settles_nothing_or_is_over_waits_for_nobody(cast):
    stand(cast, "connie", "ITM")
    decide(cast, "FIN-1", type=DecisionType.ESCALATE, due_on=TODAY)
    decide(cast, "VEN-2", withdrawn_on=TODAY)
    assert "To acknowledge" not in waiting(cast, "connie")


def test_readers_are_not_asked_to_acknowledge(cast):
    stand(cast, "bob", "ITM")
    decide(cast)
    assert "To acknowledge" not in waiting(cast, "bob")


def test_a_review_waits_for_who_owns_and_for_who_decided(cast):
    due = decide(cast, "VEN-1", "ITM", review_on=ago(3), grey_area=cast.contested)
    decide(cast, "FIN-1", "ITM", review_on=TODAY + timedelta(days=1))
    for name, role in (("connie", "ITM"), ("alice", "CIO")):
        stand(cast, name, role)
        text = waiting(cast, name)
        assert "To look at again" in text
        assert f"/decisions/{due}/" in text.split("To look at again")[1]
        assert "3 days overdue" in text
    stand(cast, "ed", "PM")
    assert "To look at again" not in waiting(cast, "ed")


def test_what_waits_takes_as_many_queries_for_many_decisions_as_for_one(cast):
    stand(cast, "connie", "PM", "ITM")
    client, counts = cast.client("connie"), []
    for number in (1, 12):
        for _ in range(number):
            decide(cast, duty(cast), "ITM", "PM", type=DecisionType.SHARED, review_on=ago(1))
        client.get(cast.url("decisions/"))
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("decisions/"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- Where they apply


def test_every_earlier_decision_is_a_link_with_its_day_and_standing(cast):
    old = decide(cast)
    new = decide(cast, supersedes=old)
    small = cast.small
    places = (
        f"matrices/{small.matrix_key}/rows/{small.duties['FIN-1']}/",
        f"matrices/{small.matrix_key}/cells/{small.duties['FIN-1']}/{small.roles['PM']}/",
        f"matrices/{small.matrix_key}/panel/{small.duties['FIN-1']}/",
        f"matrices/{small.matrix_key}/panel/{small.duties['FIN-1']}/{small.roles['PM']}/",
        f"duties/{small.duties['FIN-1']}/",
    )
    for place in places:
        text = page(cast.client("bob").get(cast.url(place)))
        for key, standing in ((old, "replaced"), (new, "in force")):
            after = text.split(f"/decisions/{key}/")[1]
            assert standing in after[:300], place


def test_a_row_without_an_open_question_is_decided_from_its_panel_and_its_duty(cast):
    small = cast.small
    there = cast.url(f"matrices/{small.matrix_key}/rows/{small.duties['FIN-1']}/decide/")
    for place in (f"matrices/{small.matrix_key}/rows/{small.duties['FIN-1']}/", f"duties/{small.duties['FIN-1']}/"):
        assert there in page(cast.client("ed").get(cast.url(place)))
        assert there not in page(cast.client("bob").get(cast.url(place)))
    assert there in page(cast.client("ed").get(cast.assign_url("FIN-1")))


def test_the_page_that_names_one_owner_leads_to_the_other_ways(cast):
    text = page(cast.client("ed").get(cast.assign_url()))
    assert cast.url(f"grey-areas/{cast.contested}/decide/") in text
