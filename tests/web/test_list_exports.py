"""Lists leave the house exactly as they are filtered and sorted, all pages of them."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci.domain.records import Duty, GreyArea, Kind, Row
from raci.models.base import new_key
from tests.factories import create, write

LISTS = ("duties", "roles", "grey-areas", "decisions", "history")


def as_csv(cast, name, **asked):
    answer = cast.client("bob").get(cast.url(f"{name}/export.csv"), asked)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def as_book(cast, name, **asked):
    answer = cast.client("bob").get(cast.url(f"{name}/export.xlsx"), asked)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content)), answer["Content-Disposition"]


def grow(cast, size):
    small, changes = cast.small, []
    for number in range(size):
        key = new_key()
        changes += [
            create(Kind.DUTY, Duty(f"X-{size}-{number}", "Do it", small.area), key),
            create(Kind.ROW, Row(number), key, matrix=small.matrix_key),
            create(Kind.GREY_AREA, GreyArea(key, raised_on=date(2026, 1, 1)), new_key(), matrix=small.matrix_key),
        ]
    write(small.organisation, *changes)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_list_has_both_kinds_of_file(cast, name, kind):
    cast.client("ed").post(cast.assign_url(), cast.answers())
    page = cast.client("bob").get(cast.url(f"{name}/"))
    assert f"/{name}/export.{kind}" in page.content.decode()
    answer = cast.client("bob").get(cast.url(f"{name}/export.{kind}"))
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    assert "-part" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_other_kinds_are_not_found(cast):
    assert cast.client("bob").get(cast.url("duties/export.md")).status_code == 404


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("duties", {"sort": "-code"}),
        ("duties", {"q": "ven", "sort": "-title"}),
        ("roles", {"q": "manager", "sort": "-name"}),
        ("grey-areas", {"sort": "-due", "state": "open"}),
        ("grey-areas", {"q": "ven what", "sort": "age"}),
    ],
)
def test_a_file_holds_what_the_page_shows_in_its_order(cast, name, asked):
    table = cast.client("bob").get(cast.url(f"{name}/"), asked).context["table"]
    codes = [row.record.code if name != "grey-areas" else row.record.duty.code for row in table.rows]
    assert codes
    assert [row["Code"] for row in as_csv(cast, name, **asked, page=3)] == codes


def test_a_file_holds_all_pages(cast):
    grow(cast, 60)
    assert len(as_csv(cast, "duties")) == 63
    assert len(as_csv(cast, "grey-areas", q="X-60")) == 60


def test_duties_say_who_is_accountable_and_how_often_they_are_undecided(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    rows = {row["Code"]: row for row in as_csv(cast, "duties")}
    assert rows["FIN-1"]["Accountable"] == "Projects: IT Project Manager A/R"
    assert (rows["VEN-1"]["Area"], rows["VEN-1"]["Undecided in matrices"]) == ("Vendor management", "1")


def test_grey_areas_have_real_dates_and_who_claims_them(cast):
    book, name = as_book(cast, "grey-areas", q="VEN-2")
    titles, row = [[cell.value for cell in line] for line in book.worksheets[0]]
    found = dict(zip(titles, row, strict=True))
    assert found["Due"].date() == date(2026, 2, 1)
    assert found["Raised"].date() == date(2026, 1, 15)
    assert "Tick" not in titles
    assert "-part.xlsx" in name
    (contested,) = as_csv(cast, "grey-areas", q="VEN-1")
    assert contested["Claimed by"] == "IT Project Manager A/R; IT Manager A"
    assert (contested["Who decides"], contested["In the interim"]) == ("Chief Information Officer", "IT Manager")


def test_decisions_say_how_they_stand(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers(review_on="2027-03-01"))
    (row,) = as_csv(cast, "decisions")
    assert (row["Code"], row["Accountable"], row["Letters"]) == ("VEN-1", "IT Project Manager", "A/R")
    assert (row["Standing"], row["Decided by"], row["Look again"]) == ("in force", "Ed", "2027-03-01")


def test_decisions_have_every_field_in_words(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers(review_on="2027-03-01"))
    (row,) = as_csv(cast, "decisions")
    assert (row["Kind"], row["Reversible"], row["Replaces"], row["Parts"]) == ("Sole owner", "yes", "", "")
    assert row["Letters of the row"] == "IT Manager C · IT Project Manager A/R"
    assert len(row["Key"]) == 12


def test_decisions_go_out_as_a_log_that_a_repository_keeps(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers())
    client = cast.client("bob")
    assert "/decisions/export.md" in client.get(cast.url("decisions/")).content.decode()
    answer = client.get(cast.url("decisions/export.md"))
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"].endswith('.md"')
    text = answer.content.decode()
    assert text.startswith("# Decisions of Small\n")
    assert "- **Reason:** Contracts outlive projects.\n" in text
    part = client.get(cast.url("decisions/export.md"), {"q": "nothing like it"})
    assert "-part.md" in part["Content-Disposition"]
    assert part.content.decode() == "# Decisions of Small\n"
    assert client.get(cast.url("duties/export.md")).status_code == 404


def test_history_has_a_row_for_each_sentence_and_leaves_none_out(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers())
    latest = cast.small.organisation.revisions.latest("number")
    rows = [row for row in as_csv(cast, "history") if row["Revision"] == str(latest.number)]
    assert len(rows) == latest.size
    assert {row["Who"] for row in rows} == {"Ed"}
    assert {row["Why"] for row in rows} == {"Contracts outlive projects."}
    first = [row for row in as_csv(cast, "history", q="Test data") if row["Revision"] == "1"]
    assert len(first) > 8  # more than a page tells


def test_a_file_says_what_it_was_filtered_to(cast):
    asked = {"q": "ven", "area": cast.small.area, "late": "on", "sort": "-due"}
    book, _name = as_book(cast, "grey-areas", **asked)
    about = {cell.value: value.value for cell, value in book["About this file"].iter_rows()}
    assert about["Organisation"] == "Small"
    assert (about["Text"], about["Area"], about["Overdue"]) == ("ven", "Vendor management", "yes")
    assert about["Sorted by"] == "Due, descending"
    assert (about["Rows"], about["Made by"]) == (1, "Bob")


def test_what_leaves_nothing_out_is_no_part(cast):
    assert "-part" not in as_book(cast, "duties", retired="shown", sort="-code")[1]
    assert "-part" in as_book(cast, "duties", retired="only")[1]


def test_a_title_that_looks_like_a_formula_stays_text(cast):
    title = '=HYPERLINK("http://x")'
    write(cast.small.organisation, create(Kind.DUTY, Duty("EVIL", title), new_key()))
    book, _name = as_book(cast, "duties", q="EVIL")
    cell = book.worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == (title, "s")
    (row,) = as_csv(cast, "duties", q="EVIL")
    assert row["Duty"] == f"'{title}"


@pytest.mark.parametrize("name", LISTS)
def test_queries_do_not_grow_with_the_rows(cast, name):
    client, counts = cast.client("bob"), []
    for size in (10, 20):
        grow(cast, size)
        with CaptureQueriesContext(connection) as captured:
            client.get(cast.url(f"{name}/export.csv"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
