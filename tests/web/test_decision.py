"""The page of a decision: what it says, where it stands, who answers it, what came before and after."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import DecisionType
from raci.services.history import verify
from tests.web.conftest import Cast
from tests.web.deciding import day, page, put_on_record, second_matrix, typed, url


def made() -> models.Decision:
    """Return the decision in force."""
    return models.Decision.objects.in_force().get()


def there(cast: Cast, rest: str = "", key: str = "") -> str:
    return cast.url(f"decisions/{key or made().key}/{rest}")


def stand(cast: Cast, name: str, *codes: str) -> None:
    """Let somebody stand for roles."""
    membership = models.Membership.objects.get(user=cast.people[name])
    membership.stands_for.set(models.Role.objects.filter(organisation=cast.small.organisation, code__in=codes))


def answer(cast: Cast, name: str, role: str, said: str = "agree", reason: str = ""):
    sent = {"role": cast.small.roles[role], "answer": said, "reason": reason}
    return cast.client(name).post(there(cast, "acknowledge/"), sent, follow=True)


def status(cast: Cast) -> str:
    return str(models.GreyArea.objects.get(key=cast.contested).status)


SAYS = {
    "sole_owner": ("Sole owner", "IT Manager"),
    "split_scope": ("Split by scope", "The site", "Harbour", "Fleet", "otherwise"),
    "split_threshold": ("Contract value", "under 50,000 EUR", "from 50,000 EUR upwards", "Bands: from one amount"),
    "shared": ("Shared, one accountable", "the technical evaluation"),
    "delegate": ("Delegated", "up to 10,000 EUR", "Passed on by"),
    "escalate": ("Escalated", "Who signs?", "To be answered by", "in 14 days"),
    "defer": ("Deferred", "Taken up again"),
}


@pytest.mark.parametrize("kind", [kind.value for kind in DecisionType])
def test_it_says_everything_in_words(stage, kind):
    more = {"options": "Give it to one", "authority": "IT board", "valid_until": day(400)}
    put_on_record(stage, typed(stage, kind, **more))
    text = page(stage.client("bob").get(there(stage)))
    for part in (*SAYS[kind], "It was agreed<br>at the board.", "Give it to one", "IT board", "by Ed on", "in force"):
        assert part in text
    assert "Decide again" not in text
    assert "Withdraw" not in text


def test_it_says_whether_the_matrix_still_agrees(stage):
    put_on_record(stage, typed(stage, "sole_owner"))
    assert "the matrix agrees" in page(stage.client("bob").get(there(stage)))
    stage.small.set("VEN-1", "CIO", "", "I")
    text = page(stage.client("bob").get(there(stage)))
    assert "the matrix says otherwise" in text
    assert text.count('<span class="tag tag-alert">differs</span>') == 1


def test_the_duties_of_a_split_are_held_against_it_too(stage):
    put_on_record(stage, typed(stage, "split_threshold"))
    assert "the matrix agrees" in page(stage.client("bob").get(there(stage)))
    child = models.Duty.objects.get(code="VEN-1.1")
    stage.small.duties["VEN-1.1"] = child.key
    held = models.Assignment.objects.get(row__duty=child, column__role__code="PM").letters
    stage.small.set("VEN-1.1", "PM", held, "C")
    assert "the matrix says otherwise" in page(stage.client("bob").get(there(stage)))


def test_a_value_that_stands_elsewhere_leads_there(stage):
    other = second_matrix(stage)
    put_on_record(stage, typed(stage, "split_scope", **{"split_scope-parts-0-sheet": other.key}))
    first = models.Decision.objects.get(matrix=stage.small.matrix)
    assert f'href="/o/small/matrices/{other.key}/"' in page(stage.client("bob").get(there(stage, key=first.key)))


# --- Answers


def test_whoever_stands_for_a_role_acknowledges_for_it(stage):
    stand(stage, "connie", "PM")
    put_on_record(stage, typed(stage, "sole_owner"))
    text = page(stage.client("connie").get(there(stage)))
    assert "not yet" in text
    assert "I acknowledge" in text
    told = page(answer(stage, "connie", "PM"))
    assert "You acknowledged it for IT Project Manager." in told
    assert '<span class="tag tag-ok">acknowledged</span>' in told
    given = models.Acknowledgement.objects.get()
    assert (given.name, given.agrees, given.role.code) == ("Connie", True, "PM")
    assert status(stage) == "decided"
    assert verify(models.Organisation.objects.get(slug="small")) == []


def test_standing_for_a_role_gives_no_right_to_write(stage):
    stand(stage, "bob", "PM")
    put_on_record(stage, typed(stage, "sole_owner"))
    text = page(stage.client("bob").get(there(stage)))
    assert "(you)" in text
    assert "I acknowledge" not in text
    assert answer(stage, "bob", "PM").status_code == 403


def test_a_disagreement_opens_the_question_again_and_says_so(stage):
    stand(stage, "connie", "PM")
    put_on_record(stage, typed(stage, "sole_owner"))
    told = page(answer(stage, "connie", "PM", "disagree", "I sign every day."))
    assert "You disagree for IT Project Manager: the question is open again." in told
    assert "I sign every day." in told
    assert "The question is open again. This decision stays in force until another replaces it." in told
    assert status(stage) == "open"
    assert f'href="{url(stage)}"' in page(stage.client("ed").get(there(stage)))


def test_an_answer_can_be_changed(stage):
    stand(stage, "connie", "PM")
    put_on_record(stage, typed(stage, "sole_owner"))
    answer(stage, "connie", "PM", "disagree", "I sign every day.")
    answer(stage, "connie", "PM")
    given = models.Acknowledgement.objects.get()
    assert (given.agrees, given.reason) == (True, "")


def test_a_disagreement_without_a_reason_is_refused_at_its_field(stage):
    stand(stage, "connie", "PM")
    put_on_record(stage, typed(stage, "sole_owner"))
    refused = answer(stage, "connie", "PM", "disagree", "  ")
    assert refused.status_code == 422
    assert "Say why you disagree" in page(refused)
    assert not models.Acknowledgement.objects.exists()


def test_what_was_typed_is_kept_where_the_decision_was_replaced_meanwhile(stage):
    stand(stage, "connie", "PM")
    put_on_record(stage, typed(stage, "sole_owner"))
    first = made()
    put_on_record(stage, typed(stage, "shared"))
    sent = {"role": stage.small.roles["PM"], "answer": "disagree", "reason": "I sign every day."}
    late = stage.client("connie").post(there(stage, "acknowledge/", first.key), sent)
    assert late.status_code == 422
    assert "answer the one that is" in page(late)
    assert "I sign every day." in page(late)


def test_nobody_answers_for_a_role_that_they_do_not_stand_for(stage):
    stand(stage, "connie", "PM")
    put_on_record(stage, typed(stage, "sole_owner"))
    assert answer(stage, "connie", "ITM").status_code == 403
    assert answer(stage, "alice", "PM").status_code == 403
    assert not models.Acknowledgement.objects.exists()


def test_a_role_that_nobody_stands_for_is_shown_as_such(stage):
    put_on_record(stage, typed(stage, "sole_owner"))
    assert "Nobody stands for this role, so nobody is asked." in page(stage.client("bob").get(there(stage)))


# --- The chain, and what can be done


def test_the_chain_is_linked_both_ways(stage):
    put_on_record(stage, typed(stage, "sole_owner"))
    first = made()
    put_on_record(stage, typed(stage, "shared"))
    second = made()
    old = page(stage.client("bob").get(there(stage, key=first.key)))
    assert f'href="/o/small/decisions/{second.key}/"' in old
    assert '<span class="tag">replaced</span>' in old
    new = page(stage.client("bob").get(there(stage)))
    assert f'href="/o/small/decisions/{first.key}/"' in new
    assert "It replaced the one before it." in new
    assert "Where it stands" not in old
    assert "Withdraw the decision" not in page(stage.client("ed").get(there(stage, key=first.key)))


def test_withdrawing_asks_why_and_opens_the_question(stage):
    put_on_record(stage, typed(stage, "sole_owner"))
    key, client = made().key, stage.client("ed")
    refused = client.post(there(stage, "withdraw/"), {"withdraw-reason": ""})
    assert refused.status_code == 422
    assert "Say why: whoever goes by it has to know." in page(refused)
    told = client.post(there(stage, "withdraw/"), {"withdraw-reason": "The merger."}, follow=True)
    assert "The decision is withdrawn, and its question is open again." in page(told)
    assert status(stage) == "open"
    assert models.Revision.objects.order_by("number").last().reason == "The merger."
    again = client.post(there(stage, "withdraw/", key), {"withdraw-reason": "Once more."})
    assert again.status_code == 422
    assert "not in force any more" in page(again)
    assert "Once more." in page(again)


def test_the_day_of_the_review_is_set(stage):
    put_on_record(stage, typed(stage, "sole_owner"))
    client = stage.client("ed")
    client.post(there(stage, "review/"), {"review-review_on": day(90)})
    assert made().review_on.isoformat() == day(90)
    refused = client.post(there(stage, "review/"), {"review-review_on": "2020-01-01"})
    assert refused.status_code == 422
    assert "This day lies in the past" in page(refused)
    assert 'value="2020-01-01"' in page(refused)


def test_a_decision_of_another_organisation_is_not_found(stage):
    put_on_record(stage, typed(stage, "sole_owner"))
    assert stage.client("charlie").get(there(stage)).status_code == 404
    assert stage.client("bob").get(there(stage, key="nothing")).status_code == 404


def test_queries_do_not_grow_with_decisions_roles_and_answers(stage):
    client, counts = stage.client("ed"), []
    put_on_record(stage, typed(stage, "sole_owner"))
    for kind, people in (("sole_owner", ("ed",)), ("split_threshold", ("connie", "alice", "ed"))):
        put_on_record(stage, typed(stage, kind))
        for name in people:
            stand(stage, name, "PM", "ITM", "CIO")
            answer(stage, name, "PM")
        client.get(there(stage))
        with CaptureQueriesContext(connection) as captured:
            client.get(there(stage))
        counts.append(len(captured))
    assert counts[0] == counts[1]
