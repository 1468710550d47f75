"""The list of what is not settled."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from raci.domain.records import Duty, GreyArea, Kind, Row
from raci.models.base import new_key
from tests.factories import create, write


def codes(cast, **asked):
    page = cast.client("ed").get(cast.url("grey-areas/"), asked)
    return [row.record.duty.code for row in page.context["table"].paginated_rows]


def test_it_shows_who_claims_what_and_for_how_long(cast):
    page = cast.client("bob").get(cast.url("grey-areas/")).content.decode()
    for text in ("VEN-1", "Do what VEN-1 says", "Who signs?", "IT Project Manager", "nobody yet", "days overdue"):
        assert text in page
    assert "until then IT Manager" in page


def test_what_is_due_first_stands_first_and_what_has_no_day_last(cast):
    assert codes(cast) == ["VEN-2", "VEN-1"]
    assert codes(cast, sort="-due") == ["VEN-1", "VEN-2"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"state": "contested"}, ["VEN-1"]),
        ({"state": "open"}, ["VEN-2"]),
        ({"late": "on"}, ["VEN-2"]),
        ({"q": "signs"}, ["VEN-1"]),
        ({"q": "ven what"}, ["VEN-2", "VEN-1"]),
        ({"q": "nothing like it"}, []),
    ],
)
def test_filters_narrow_the_list(cast, asked, expected):
    assert codes(cast, **asked) == expected


def test_it_can_be_narrowed_to_area_matrix_and_claimant(cast):
    small = cast.small
    assert codes(cast, area=small.area, matrix=small.matrix_key, claimant=small.roles["PM"]) == ["VEN-1"]
    assert codes(cast, claimant=small.roles["CIO"]) == []


def test_it_takes_as_many_queries_for_twenty_rows_as_for_ten(cast):
    client, small = cast.client("ed"), cast.small

    def add(numbers):
        changes = []
        for number in numbers:
            key = new_key()
            changes += [
                create(Kind.DUTY, Duty(f"X-{number}", "Do it", small.area), key),
                create(Kind.ROW, Row(number), key, matrix=small.matrix_key),
                create(Kind.GREY_AREA, GreyArea(key, raised_on=date(2026, 1, 1)), new_key(), matrix=small.matrix_key),
            ]
        write(small.organisation, *changes)

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(cast.url("grey-areas/")).status_code == 200
        return len(captured)

    add(range(10, 18))
    ten = count()
    add(range(20, 30))
    assert count() == ten


def test_only_those_who_may_settle_can_tick_and_assign(cast):
    assert "Assign selected" in cast.client("ed").get(cast.url("grey-areas/")).content.decode()
    assert "Assign selected" not in cast.client("bob").get(cast.url("grey-areas/")).content.decode()


def test_an_editor_comes_here_first(cast):
    assert cast.client("ed").get("/").url == reverse("grey_areas", args=["small"])
    assert cast.client("bob").get("/").url == reverse("overview", args=["small"])


def test_nothing_unresolved_says_so(cast):
    page = cast.client("charlie").get("/o/other/grey-areas/").content.decode()
    assert "Everything is settled" in page


def test_a_claim_is_put_on_record_and_replaced(cast):
    client, url = cast.client("connie"), cast.url(f"grey-areas/{cast.open}/claim/")
    role = cast.small.roles["CIO"]
    client.post(url, {"role": role, "letters": "A", "reason": "I sign them all."})
    client.post(url, {"role": role, "letters": "C", "reason": "I only advise."})
    page = client.get(cast.assign_url("VEN-2")).content.decode()
    assert "I only advise." in page
    assert "I sign them all." not in page


def test_a_claim_without_a_reason_is_asked_for_one(cast):
    url = cast.url(f"grey-areas/{cast.open}/claim/")
    answer = cast.client("connie").post(url, {"role": cast.small.roles["CIO"], "letters": "A", "reason": " "})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
