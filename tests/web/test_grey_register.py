"""The list of grey areas as a register: ages, filters, what is settled, and changes of many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Duty, GreyArea, Kind, Origin, Row
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.test_bulk import done, foreseen
from tests.web.test_grey_area import text
from tests.web.test_grey_areas import codes
from tests.web.test_list_exports import as_csv


def grow(cast, *ages: int, **more) -> list[str]:
    """Raise a grey area of each age in days, on duties of their own."""
    small, today, changes, keys = cast.small, timezone.localdate(), [], []
    for age in ages:
        duty, key = new_key(), new_key()
        raised = GreyArea(duty, raised_on=today - timedelta(days=age), **more)
        changes += [
            create(Kind.DUTY, Duty(f"A{age}", "Do it", small.area), duty),
            create(Kind.ROW, Row(age), duty, matrix=small.matrix_key),
            create(Kind.GREY_AREA, raised, key, matrix=small.matrix_key),
        ]
        keys.append(key)
    write(small.organisation, *changes)
    return keys


def set_field(cast, key, name, before, after) -> None:
    address = Address(Kind.GREY_AREA, cast.small.matrix_key, key)
    write(cast.small.organisation, Change(address, name, before, after))


def ages(cast, **asked) -> list[tuple[str, int]]:
    found = cast.client("bob").get(cast.url("grey-areas/"), asked).context["ages"]
    return [(str(item.name), item.count) for item in found]


# --- Ages


def test_open_ones_are_counted_by_age_over_the_list(cast):
    grow(cast, 0, 30, 31, 60, 61, 90, 91)
    # Those of the cast are older than any bucket.
    assert ages(cast) == [("0–30 days", 2), ("31–60 days", 2), ("61–90 days", 2), ("over 90 days", 3)]


@pytest.mark.parametrize(
    ("bucket", "expected"), [("0", ["A30", "A0"]), ("1", ["A60", "A31"]), ("3", ["VEN-2", "VEN-1"])]
)
def test_an_age_narrows_the_list_and_leaves_the_counts(cast, bucket, expected):
    grow(cast, 0, 30, 31, 60)
    assert codes(cast, age=bucket) == expected
    assert sum(count for _, count in ages(cast, age=bucket)) == 6


def test_counts_follow_the_other_filters_and_lead_to_each_age(cast):
    grow(cast, 5)
    found = cast.client("bob").get(cast.url("grey-areas/"), {"q": "A5", "age": "0"})
    assert [item.count for item in found.context["ages"]] == [1, 0, 0, 0]
    assert 'href="?q=A5&amp;age=3"' in text(found)
    assert 'href="?q=A5" aria-current="true"' in text(found)  # the current one leads back


def test_what_was_opened_again_is_as_old_as_that(cast):
    set_field(cast, cast.open, "reopened_on", "", timezone.localdate().isoformat())
    assert codes(cast, age="0") == ["VEN-2"]
    assert "0 days" in text(cast.client("bob").get(cast.url("grey-areas/"), {"age": "0"}))


def test_nothing_open_has_no_counts(cast):
    assert ages(cast, q="nothing like it") == []


# --- Filters


def test_it_can_be_narrowed_to_decider_origin_and_scope(cast):
    grow(cast, 5, origin=Origin.LINT)
    assert codes(cast, decider=cast.small.roles["CIO"]) == ["VEN-1"]
    assert codes(cast, decider="null") == ["VEN-2", "A5"]
    assert codes(cast, origin="lint") == ["A5"]
    assert codes(cast, scope="projects") == ["VEN-2", "VEN-1", "A5"]
    assert codes(cast, scope="department") == []


def test_what_is_settled_is_left_out_unless_it_is_asked_for(cast):
    set_field(cast, cast.contested, "status", "open", "decided")
    assert codes(cast) == ["VEN-2"]
    assert codes(cast, status="decided") == ["VEN-1"]
    assert codes(cast, status="withdrawn") == []
    assert codes(cast, status="all") == ["VEN-2", "VEN-1"]
    assert ages(cast, status="decided") == []


def test_what_is_settled_is_not_late(cast):
    set_field(cast, cast.open, "status", "open", "decided")
    found = cast.client("bob").get(cast.url("grey-areas/"), {"status": "all"})
    assert codes(cast, late="on", status="all") == []
    assert "overdue</time>" not in text(found)
    assert "Decided" in text(found)


def test_more_filters_are_folded_until_one_of_them_is_used(cast):
    client = cast.client("bob")
    assert '<details class="more" >' in text(client.get(cast.url("grey-areas/")))
    assert '<details class="more" open>' in text(client.get(cast.url("grey-areas/"), {"origin": "hand"}))


def test_it_takes_as_many_queries_for_many_of_every_age_as_for_few(cast):
    client, counts = cast.client("ed"), []
    for start in (1, 200):
        grow(cast, *range(start, start + 15))
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url("grey-areas/"), {"status": "all", "decider": cast.small.roles["CIO"]})
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- A file of exactly that


def test_a_file_has_every_column(cast):
    (row,) = as_csv(cast, "grey-areas", q="VEN-1")
    days = (timezone.localdate() - date(2026, 1, 15)).days
    assert row["Reasons of the claims"] == (
        "IT Project Manager: The project carries the date.; IT Manager: Contracts outlive projects."
    )
    assert (row["Age"], row["Age group"], row["Origin"], row["Status"]) == (
        str(days), "over 90 days", "Raised by hand", "Open",
    )  # fmt: skip
    assert (row["Scope"], row["Matrix"], row["In the interim"]) == ("All projects", "Projects", "IT Manager")
    (other,) = as_csv(cast, "grey-areas", q="VEN-2")
    assert other["Proposed"] == "Chief Information Officer I; IT Manager A; IT Project Manager R"


def test_a_file_holds_what_is_settled_only_where_the_page_does(cast):
    set_field(cast, cast.contested, "status", "open", "decided")
    assert [row["Code"] for row in as_csv(cast, "grey-areas")] == ["VEN-2"]
    (settled,) = as_csv(cast, "grey-areas", status="decided")
    assert (settled["Code"], settled["Status"], settled["Age"]) == ("VEN-1", "Decided", "")


# --- Many at once


def test_many_get_an_interim_owner_where_the_role_has_a_column(cast):
    role = cast.small.roles["PM"]
    page, sent = foreseen(cast, "grey-areas", "terms", [cast.contested, cast.open], interim=role)
    assert text(page).count("IT Project Manager owns") == 2
    done(cast, "grey-areas", sent)
    assert set(models.GreyArea.objects.values_list("interim__code", flat=True)) == {"PM"}
    assert models.GreyArea.objects.get(key=cast.contested).decider.code == "CIO"


def test_many_are_withdrawn_for_a_reason_as_one_revision(cast):
    before = models.Revision.objects.count()
    page, sent = foreseen(cast, "grey-areas", "withdraw", [cast.contested, cast.open])
    assert text(page).count("Withdrew the grey area") == 2
    refused = done(cast, "grey-areas", sent, reason=" ")
    assert refused.status_code == 422
    assert "Say why." in text(refused)
    assert models.Revision.objects.count() == before
    assert done(cast, "grey-areas", sent, reason="Settled by the framework.").status_code == 302
    assert models.Revision.objects.count() == before + 1
    assert set(models.GreyArea.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_what_is_settled_is_left_as_it_is(cast):
    set_field(cast, cast.contested, "status", "open", "decided")
    _page, sent = foreseen(cast, "grey-areas", "withdraw", [cast.contested, cast.open])
    done(cast, "grey-areas", sent, reason="No question.")
    assert models.GreyArea.objects.get(key=cast.contested).status == "decided"
