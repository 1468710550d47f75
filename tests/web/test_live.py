"""The grid as data: the whole of it, what is newer, cells written, steps back and forth."""

import gzip
from datetime import date

import pytest
from django.utils import translation

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Area, Column, Comment, Duty, Kind, Row, Sheet, to_fields
from raci.models.base import new_key
from raci.web.live import etag
from tests.factories import create, write
from tests.web.screens import base, field, place, rows_of, screen


def withdraw(cast):
    """Take both grey areas away, so that the rules judge the rows."""
    matrix = cast.small.matrix_key
    for key in (cast.contested, cast.open):
        write(cast.small.organisation, field(Kind.GREY_AREA, key, "status", "open", "withdrawn", matrix=matrix))


def test_the_payload_says_all_that_the_page_says(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    cast.small.set("FIN-1", "ITM", "", "A/R")
    cast.small.set("FIN-1", "CIO", "", "I")
    payload = cast.client("bob").get(f"{base(cast)}grid.json").json()
    roles = cast.small.roles
    assert payload["contents"][:4] == ["", "A", "R", "C"]
    assert payload["columns"][0] == {
        "key": roles["PM"], "code": "PM", "name": "IT Project Manager", "pair": True, "total": "1A", "findings": [],
    }  # fmt: skip
    assert [column["total"] for column in payload["columns"]] == ["1A", "1A 1R", "–"]
    assert payload["areas"] == [
        {"key": cast.small.area, "name": "Vendor management", "settled": 0, "total": 2},
        {"key": "", "name": "Other duties", "settled": 1, "total": 1},
    ]
    assert payload["rules"]["R02"] == {
        "level": "error", "short": "Several accountable", "title": "Too many roles answer for the duty",
    }  # fmt: skip
    assert "S04" not in payload["rules"]
    assert payload["health"] == {
        "clean": 0, "applicable": 3, "percent": 0, "errors": 1, "warnings": 0, "undecided": 2, "with_findings": 1,
    }  # fmt: skip
    rows = rows_of(payload)
    assert [row["code"] for row in rows.values()] == ["VEN-1", "VEN-2", "FIN-1"]
    assert rows[cast.small.duties["FIN-1"]] == {
        "key": cast.small.duties["FIN-1"], "code": "FIN-1", "title": "Do what FIN-1 says", "area": "",
        "cells": ["A", "A/R", "I"], "findings": ["R02"],
    }  # fmt: skip
    undecided = rows[cast.small.duties["VEN-1"]]["open"]
    assert (undecided["grey"], undecided["interim"]) == (cast.contested, roles["ITM"])
    assert undecided["note"].startswith("both claim it, ")


def test_a_row_that_does_not_apply_says_why(cast):
    row = cast.small.duties["FIN-1"]
    write(
        cast.small.organisation,
        field(Kind.ROW, row, "applies", True, False, matrix=cast.small.matrix_key),
        field(Kind.ROW, row, "reason", "", "No budget here", matrix=cast.small.matrix_key),
    )
    assert screen(cast).rows[row]["out"] == "No budget here"


def test_sections_stand_in_the_order_of_their_areas_and_other_duties_last(cast):
    first, duty = new_key(), new_key()
    write(
        cast.small.organisation,
        field(Kind.AREA, cast.small.area, "position", 0, 5),
        create(Kind.AREA, Area("FIN", "Finance", position=5), first),
        create(Kind.DUTY, Duty("FIN-9", "Pay", first), duty),
        create(Kind.ROW, Row(9), duty, matrix=cast.small.matrix_key),
    )
    shown = screen(cast)
    assert [area["name"] for area in shown.top["areas"]] == ["Finance", "Vendor management", "Other duties"]
    assert [row["code"] for row in shown.rows.values()] == ["FIN-9", "VEN-1", "VEN-2", "FIN-1"]
    page = cast.client("ed").get(base(cast)).context["page"].grid
    assert [row.code for section in page.sections for row in section.rows] == ["FIN-9", "VEN-1", "VEN-2", "FIN-1"]


def test_it_is_packed_for_those_who_can_unpack_it_and_plain_for_others(cast):
    client = cast.client("bob")
    plain = client.get(f"{base(cast)}grid.json")
    packed = client.get(f"{base(cast)}grid.json", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = client.get(f"{base(cast)}grid.json", headers={"Accept-Encoding": "br, gzip;q=0.0"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == refused.content
    for answer in (plain, packed):
        assert answer["Content-Type"] == "application/json"
        assert "Accept-Encoding" in answer["Vary"]
        assert {part.strip() for part in answer["Cache-Control"].split(",")} == {"private", "no-cache"}


def test_what_has_not_changed_is_304_and_what_has_is_not(cast):
    client, address = cast.client("bob"), f"{base(cast)}grid.json"
    tag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    cast.small.set("FIN-1", "PM", "", "A")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_another_language_day_or_name_has_another_tag(cast, monkeypatch):
    tags = set()
    for language in ("en", "de"):
        with translation.override(language):
            tags.add(etag(cast.small.matrix, "head", {"p": "Ada"}))
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2031, 5, 6))
    tags.add(etag(cast.small.matrix, "head", {"p": "Ada"}))
    tags.add(etag(cast.small.matrix, "head", {"p": "–"}))
    assert len(tags) == 4  # and so has another name


def test_columns_with_findings_name_their_rules(cast):
    withdraw(cast)
    payload = cast.client("bob").get(f"{base(cast)}grid.json").json()
    assert [column["findings"] for column in payload["columns"]] == [["K01"]] * 3
    assert payload["rules"]["K01"]["level"] == "warning"


def test_nothing_newer_is_304_by_number_and_by_tag(cast):
    client, shown = cast.client("bob"), screen(cast)
    tag = client.get(f"{base(cast)}grid.json")["ETag"]
    assert client.get(f"{base(cast)}changes.json", {"since": shown.top["revision"]}).status_code == 304
    asked = {"since": shown.top["revision"] - 1}
    assert client.get(f"{base(cast)}changes.json", asked, headers={"If-None-Match": tag}).status_code == 304
    newer = client.get(f"{base(cast)}changes.json", asked)
    assert (newer.status_code, newer["ETag"]) == (200, tag)


def test_a_write_of_others_arrives_with_who_and_where(cast):
    ed, alice = screen(cast), screen(cast, "alice")
    duty, role = place(cast, "FIN-1", "PM")
    assert alice.write((duty, role, "", "a/r")).json()["changed"] is True
    newer = ed.client.get(f"{base(cast)}changes.json", {"since": ed.top["revision"]}).json()
    (by,) = newer["by"]
    assert by == {"number": newer["revision"], "name": "Alice", "mine": False, "cells": [[duty, role]]}
    assert duty in [row["key"] for row in newer["rows"]]
    assert "order" not in newer
    ed.take(newer)
    assert ed.rows[duty]["cells"] == ["A/R", "", ""]
    assert ed.state() == alice.state()


@pytest.mark.parametrize("since", ["", "x", "-1", "1.5", "9" * 12])
def test_a_number_that_is_none_is_400(cast, since):
    assert cast.client("ed").get(f"{base(cast)}changes.json", {"since": since}).status_code == 400


@pytest.mark.parametrize("since", [999_999, 0])
def test_a_revision_that_cannot_be_told_from_means_to_load_anew(cast, since):
    answer = cast.client("ed").get(f"{base(cast)}changes.json", {"since": since})
    latest = models.Organisation.objects.get(slug="small").revision
    assert answer.json() == {"reload": True, "revision": latest}


def test_new_columns_mean_to_load_anew(cast):
    shown = screen(cast)
    position = field(Kind.COLUMN, cast.small.roles["PM"], "position", 0, 7, matrix=cast.small.matrix_key)
    write(cast.small.organisation, position)
    shown.poll()
    assert (shown.reloads, [column["code"] for column in shown.top["columns"]]) == (1, ["ITM", "CIO", "PM"])


def test_too_many_changes_mean_to_load_anew(cast, monkeypatch):
    monkeypatch.setattr("raci.services.live.MOST_TOLD", 1)
    shown = screen(cast)
    cast.small.set("FIN-1", "PM", "", "A")
    cast.small.set("FIN-1", "PM", "A", "R")
    shown.poll()
    assert (shown.reloads, shown.rows[cast.small.duties["FIN-1"]]["cells"]) == (1, ["R", "", ""])


def register_changes(cast):
    """Every kind of change that shows on the grid without a new column."""
    small, key = cast.small, new_key()
    duty, contested = small.duties["FIN-1"], small.duties["VEN-1"]
    return {
        "a cell": [small.cell("FIN-1", "PM", "", "A/R")],
        "a title": [field(Kind.DUTY, duty, "title", "Do what FIN-1 says", "Pay")],
        "an area of a duty": [field(Kind.DUTY, duty, "area", "", small.area)],
        "the name of an area": [field(Kind.AREA, small.area, "name", "Vendor management", "Vendors")],
        "a row moved": [field(Kind.ROW, duty, "position", 2, 0, matrix=small.matrix_key)],
        "a row that does not apply": [
            field(Kind.ROW, contested, "applies", True, False, matrix=small.matrix_key),
            field(Kind.ROW, contested, "reason", "", "Elsewhere", matrix=small.matrix_key),
        ],
        "a row added": [
            create(Kind.DUTY, Duty("FIN-2", "Count"), key),
            create(Kind.ROW, Row(1), key, matrix=small.matrix_key),
        ],
        "a row removed": [Change(Address(Kind.ROW, small.matrix_key, key), "", to_fields(Row(1)), None)],
        "the name of a role": [field(Kind.ROLE, small.roles["PM"], "name", "IT Project Manager", "Project lead")],
        "a grey area withdrawn": [
            field(Kind.GREY_AREA, cast.contested, "status", "open", "withdrawn", matrix=small.matrix_key)
        ],
        "an interim owner": [
            field(Kind.GREY_AREA, cast.open, "interim", "", small.roles["CIO"], matrix=small.matrix_key),
        ],
        "a claim": [
            Change(
                Address(Kind.CLAIM, small.matrix_key, cast.open, small.roles["PM"]), "", None,
                {"letters": "A", "reason": "", "made_on": "2026-01-20"},
            )
        ],
        "a comment": [
            create(
                Kind.COMMENT, Comment(small.duties["FIN-1"], "", "Is it so?", "Eva", "2026-01-20T09:00:00+00:00"),
                "saidsaidsaid", matrix=small.matrix_key,
            )
        ],
        "a comment resolved": [field(Kind.COMMENT, "saidsaidsaid", "resolved", False, True, matrix=small.matrix_key)],
        "the name of the matrix": [field(Kind.SHEET, small.matrix_key, "title", "Projects", "All projects")],
    }  # fmt: skip


def test_every_kind_of_change_arrives_as_if_all_had_been_loaded_anew(cast):
    for what, changes in register_changes(cast).items():
        shown = screen(cast)
        before = shown.top["revision"]
        write(cast.small.organisation, *changes)
        shown.poll()
        assert (what, shown.state()) == (what, screen(cast).state())
        assert (what, shown.reloads) == (what, 0)
        assert shown.top["revision"] > before


def test_rows_that_are_judged_anew_come_though_nobody_wrote_there(cast):
    """With most rows lacking a doer it is said once for all; one row fewer, and each is named."""
    small = cast.small
    shown = screen(cast)
    for duty in small.duties:
        shown.write((*place(cast, duty, "PM"), "", "A"))
    withdraw(cast)
    shown.poll()
    for duty in ("VEN-1", "VEN-2"):
        answer = shown.write((*place(cast, duty, "ITM"), "", "R")).json()
        assert shown.state() == screen(cast).state()
    assert len(answer["rows"]) == 2
    assert shown.reloads == 0


def test_changes_of_other_matrices_bring_only_the_number(cast):
    small, other = cast.small, new_key()
    shown = screen(cast)
    write(
        small.organisation,
        create(Kind.SHEET, Sheet("Elsewhere"), other),
        create(Kind.ROW, Row(), small.duties["FIN-1"], matrix=other),
        create(Kind.COLUMN, Column(), small.roles["PM"], matrix=other),
    )
    newer = shown.client.get(f"{base(cast)}changes.json", {"since": shown.top["revision"]}).json()
    assert (newer["rows"], newer["by"], newer["revision"]) == ([], [], shown.top["revision"] + 1)


def test_queries_do_not_grow_with_the_matrix(cast, django_assert_max_num_queries):
    client, shown = cast.client("ed"), screen(cast)
    address = f"{base(cast)}changes.json"
    with django_assert_max_num_queries(4):  # session, person, organisation, matrix
        client.get(address, {"since": shown.top["revision"]})
    client.get(f"{base(cast)}grid.json")
    with django_assert_max_num_queries(5):  # and what people are called, which is no part of the revision
        client.get(f"{base(cast)}grid.json")
