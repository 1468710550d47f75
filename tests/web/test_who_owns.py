"""Who owns what: the page that answers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import Decision, Duty, Kind
from raci.models.base import new_key
from tests.factories import create, write


def page(cast, typed: str, visitor: str = "bob") -> str:
    text = cast.client(visitor).get(cast.url("who-owns/"), {"q": typed}).content.decode()
    return " ".join(text.split())


def decide(cast, **fields) -> None:
    small = cast.small
    decision = Decision(
        small.duties["FIN-1"],
        owner=small.roles["ITM"],
        letters={small.roles["ITM"]: "A/R"},
        reason="Money stays in the line.",
        decided_on=date(2026, 3, 3),
        decided_by="Robin Vale",
        **fields,
    )
    write(small.organisation, create(Kind.DECISION, decision, new_key(), matrix=small.matrix_key))


def test_a_duty_says_who_holds_it_who_decided_and_when_it_is_reviewed(cast):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    decide(cast, review_on=date(2027, 3, 4))
    text = page(cast, "fin1")
    for said in ("1 result for “fin1”", "Accountable and Responsible", "IT Manager", "3 March 2026", "by Robin Vale"):
        assert said in text
    assert 'to be reviewed <time datetime="2027-03-04">4 March 2027</time>' in text


def test_a_review_is_due_once_its_day_has_passed(cast):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    decide(cast, review_on=date(2026, 3, 4))
    assert 'review due <time datetime="2026-03-04">4 March 2026</time>' in page(cast, "fin1")


def test_an_open_duty_says_who_claims_it(cast):
    assert "claimed by IT Project Manager, IT Manager; until then IT Manager" in page(cast, "VEN-1")
    assert "between IT Project Manager, IT Manager; due" in page(cast, "VEN-2")


def test_a_duty_that_nobody_holds_says_so(cast):
    assert ">nobody<" in page(cast, "FIN-1")
    write(cast.small.organisation, create(Kind.DUTY, Duty("NEW-1", "Order the catering", retired=True), new_key()))
    text = page(cast, "catering")
    assert "Stands in no matrix" in text
    assert ">retired<" in text


def test_a_role_an_area_and_a_decision_are_answered(cast):
    cast.small.set("VEN-1", "ITM", "", "A/R")
    decide(cast)
    assert "1 duty" in page(cast, "ITM")
    area = page(cast, "vendor management")
    assert "Shared by IT Project Manager and IT Manager" in area
    assert "owns 1 of 2" in area
    assert "2 of 2 undecided" in area
    assert "Money stays in the line." in page(cast, "robin vale")


def test_typing_errors_are_forgiven_and_said(cast):
    assert "Nothing is written quite like “vednor”; 3 results come close." in page(cast, "vednor")


def test_nothing_found_leads_on(cast):
    text = page(cast, "zebra")
    assert "0 results for “zebra”" in text
    assert "Nothing fits" in text


def test_the_page_without_a_question_says_how_to_ask(cast):
    assert "Ask who owns something" in page(cast, "  ")


def test_the_box_keeps_what_was_typed_and_escapes_it(cast):
    text = page(cast, '"><b>x')
    assert 'value="&quot;&gt;&lt;b&gt;x"' in text
    assert "<b>x" not in text


def test_many_results_are_counted_and_the_best_shown(cast):
    duties = (create(Kind.DUTY, Duty(f"X-{number}", "Do much"), new_key()) for number in range(60))
    write(cast.small.organisation, *duties)
    text = page(cast, "much")
    assert "60 results for “much”" in text
    assert "The best 50 are shown" in text
    assert text.count("X-") == 50


@pytest.mark.parametrize("visitor", ["bob", "connie", "ed"])
def test_every_member_is_answered(cast, visitor):
    assert "1 result for" in page(cast, "FIN-1", visitor)


def test_the_page_takes_as_many_queries_for_fifty_results_as_for_one(cast):
    client = cast.client("bob")

    def count(typed: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("who-owns/"), {"q": typed})
        return len(captured)

    duties = (create(Kind.DUTY, Duty(f"X-{number}", "Do much"), new_key()) for number in range(60))
    write(cast.small.organisation, *duties)
    count("VEN-1")
    assert count("VEN-1") == count("much") <= 9  # one more than before: holdings speak too


def quick(cast, typed: str, visitor: str = "bob") -> str:
    text = cast.client(visitor).get(cast.url("who-owns/quick/"), {"q": typed}).content.decode()
    return " ".join(text.split())


def test_the_quick_answers_are_the_first_eight_and_nothing_around_them(cast):
    duties = (create(Kind.DUTY, Duty(f"X-{number}", "Do much"), new_key()) for number in range(20))
    write(cast.small.organisation, *duties)
    text = quick(cast, "much")
    assert text.count('role="option"') == 8
    assert 'data-said="20 results"' in text
    assert "<html" not in text


def test_a_quick_answer_says_it_in_one_line(cast):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    cast.small.set("FIN-1", "PM", "", "C")
    decide(cast, review_on=date(2026, 3, 4))
    said = "Projects: <b>A/R</b> IT Manager; <b>C</b> IT Project Manager; decided 3 March 2026, review due"
    assert said in quick(cast, "fin1")
    assert "Projects: undecided, claimed by IT Project Manager, IT Manager" in quick(cast, "ven1")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("fin1", "/o/small/duties/{duty}/assign/"),
        ("vendor management", "/o/small/duties/?area={area}"),
        ("cio", "/o/small/roles/?q=CIO"),
        ("alice", "/o/small/who-owns/?q=Alice"),
        ("robin vale", "/o/small/decisions/{decision}/"),
    ],
)
def test_a_quick_answer_leads_to_its_page(cast, typed, address):
    decide(cast)
    made = models.Decision.objects.get().key
    wanted = address.format(duty=cast.small.duties["FIN-1"], area=cast.small.area, decision=made)
    assert f'data-href="{wanted}"' in quick(cast, typed)


def test_quick_answers_to_nothing_are_none(cast):
    for typed in ("", "zebra"):
        assert 'role="option"' not in quick(cast, typed)
    assert 'data-said="Nothing fits"' in quick(cast, "zebra")


def test_a_person_is_answered_with_the_roles_that_they_stand_for(cast):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    member = cast.small.organisation.memberships.get(user=cast.people["connie"])
    member.stands_for.set(cast.small.organisation.roles.filter(key=cast.small.roles["ITM"]))
    text = page(cast, "connie")
    assert "stands for IT Manager" in text
    assert f"/o/small/matrices/{cast.small.matrix_key}/?role={cast.small.roles['ITM']}" in text
    assert "Connie stands for it" in page(cast, "itm")
    assert "Charlie" not in page(cast, "charlie").split("<main", 1)[1].replace("“charlie”", "")
