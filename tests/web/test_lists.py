"""The overview and the lists of duties, roles, decisions, matrices and findings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci.domain.records import Duty, Kind
from raci.models.base import new_key
from tests.factories import create, write


def test_duties_say_who_is_accountable_where_and_what_is_undecided(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    page = cast.client("bob").get(cast.url("duties/")).content.decode()
    assert "Accountable and Responsible" in page
    assert "IT Project Manager" in page
    assert page.count("undecided in 1 matrix") == 2


def test_duties_are_found_by_any_word(cast):
    found = cast.client("bob").get(cast.url("duties/"), {"q": "says FIN"})
    assert [row.record.code for row in found.context["table"].paginated_rows] == ["FIN-1"]


def test_duties_stand_in_the_order_in_which_people_count(cast):
    duties = (create(Kind.DUTY, Duty(f"FIN-{number}", "Do it"), new_key()) for number in (10, 2))
    write(cast.small.organisation, *duties)
    found = cast.client("bob").get(cast.url("duties/"), {"q": "FIN"})
    assert [row.record.code for row in found.context["table"].paginated_rows] == ["FIN-1", "FIN-2", "FIN-10"]


def test_the_duties_take_as_many_queries_for_twenty_rows_as_for_ten(cast):
    client = cast.client("bob")

    def add(numbers):
        duties = (create(Kind.DUTY, Duty(f"X-{number}", "Do it"), new_key()) for number in numbers)
        write(cast.small.organisation, *duties)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("duties/"))
        return len(captured)

    add(range(7))
    ten = count()
    add(range(10, 20))
    assert count() == ten


def test_roles_say_how_often_they_hold_each_letter(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("VEN-1", "PM", "", "C")
    table = cast.client("bob").get(cast.url("roles/")).context["table"]
    held = {row.record.code: row.record.held for row in table.paginated_rows}
    assert held == {"PM": [("A", 1), ("R", 1), ("C", 1)], "ITM": [], "CIO": []}


def test_decisions_show_who_why_and_until_when(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers(review_on="2027-03-01"))
    page = cast.client("bob").get(cast.url("decisions/"), {"q": "outlive"}).content.decode()
    for text in ("VEN-1", "IT Project Manager", "Contracts outlive projects.", "1 Mar 2027", "Ed"):
        assert text in page


def test_findings_stand_under_their_rule_with_what_to_do(cast):
    cast.small.set("FIN-1", "PM", "", "C")
    page = cast.client("bob").get(cast.url("findings/")).content.decode()
    assert "R01" in page
    assert "Nobody answers for the duty" in page
    assert "Name one role" in page


def test_the_overview_counts_what_is_really_there(cast):
    figures = cast.client("bob").get(cast.url()).context["glance"]
    assert (figures.unresolved, figures.overdue, figures.settled_percent) == (2, 1, 33)
    assert [item.duty.code for item in figures.waiting] == ["VEN-2", "VEN-1"]


@pytest.mark.parametrize("rest", ["", "grey-areas/", "decisions/", "history/", "findings/", "matrices/"])
def test_a_new_organisation_says_what_to_do(cast, rest):
    assert cast.client("charlie").get(f"/o/other/{rest}").status_code == 200


def test_who_belongs_to_nothing_is_told_how_to_begin(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("new"))
    assert "You are not in an organisation yet" in client.get("/").content.decode()


def test_the_pages_of_errors_need_no_context(client, cast):
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    refused = cast.client("bob").get(cast.url("grey-areas/assign/"))
    assert refused.status_code == 403
    assert "Not yours to change" in refused.content.decode()
