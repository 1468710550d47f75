"""Deciding a duty: from the form over the preview onto the record, in each of the seven ways."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import DecisionType, Kind
from raci.services.history import verify
from raci.services.loading import load_matrix
from tests.web.deciding import alter, carried, lines, page, put_on_record, row, second_matrix, typed, url


@pytest.mark.parametrize("kind", [kind.value for kind in DecisionType])
def test_every_type_goes_from_the_form_over_the_preview_onto_the_record(stage, kind):
    shown = stage.client("ed").post(url(stage), typed(stage, kind))
    assert "Nothing is written yet." in page(shown)
    assert not models.Decision.objects.exists()
    answer = put_on_record(stage, typed(stage, kind))
    made = models.Decision.objects.get()
    assert answer.redirect_chain[-1][0] == f"/o/small/decisions/{made.key}/"
    assert "is on record" in page(answer)
    assert (made.type, made.reason, made.decided_by) == (kind, "It was agreed\nat the board.", "Ed")
    settles = DecisionType(kind).settles
    assert models.GreyArea.objects.get(key=stage.contested).status == ("decided" if settles else "open")
    assert verify(models.Organisation.objects.get(slug="small")) == []


def test_the_preview_shows_each_cell_as_it_is_and_as_it_would_be(stage):
    stage.small.set("VEN-1", "PM", "", "A")
    text = page(stage.client("ed").post(url(stage), typed(stage, "sole_owner")))
    effects = re.sub(r"<[^>]+>|\s+", " ", text.split('id="letters"')[1].split('id="besides"')[0])
    words = " ".join(effects.split())
    assert "IT Project Manager A Accountable C Consulted" in words
    assert "IT Manager empty" in words
    assert "The grey area is closed." in text


def test_a_split_by_threshold_names_the_duties_that_it_makes(stage):
    sent = typed(stage, "split_threshold")
    text = page(stage.client("ed").post(url(stage), sent))
    assert text.count("new duty") == 2
    assert "VEN-1.1 Do what VEN-1 says: under 50,000 EUR" in text
    assert "VEN-1.2 Do what VEN-1 says: from 50,000 EUR upwards" in text
    answer = put_on_record(stage, sent)
    assert "under 50,000 EUR" in page(answer)
    assert models.Duty.objects.filter(code__startswith="VEN-1.").count() == 2


def test_currencies_are_kept_apart(stage):
    pm, itm = stage.small.roles["PM"], stage.small.roles["ITM"]
    sent = typed(stage, "split_threshold") | lines(
        "split_threshold",
        {"role": pm, "upper": "50k", "unit": "EUR"},
        {"role": itm, "lower": "50k", "unit": "EUR"},
        {"role": pm, "upper": "60k", "unit": "USD"},
    )
    text = page(stage.client("ed").post(url(stage), sent))
    assert "Nobody may decide from 60,000 USD upwards" in text


def test_a_value_of_a_split_can_stand_in_another_matrix(stage):
    other = second_matrix(stage)
    sent = typed(stage, "split_scope", **{"split_scope-parts-0-sheet": other.key})
    text = page(stage.client("ed").post(url(stage), sent))
    assert f"<caption>{other.title}</caption>" in text
    put_on_record(stage, sent)
    itm = stage.small.roles["ITM"]
    assert "A" in load_matrix(other).letters(stage.small.duties["VEN-1"], itm)


def test_somebody_was_faster_after_the_preview(stage):
    client = stage.client("ed")
    shown = client.post(url(stage), typed(stage, "sole_owner"))
    stage.small.set("VEN-1", "PM", "", "I")
    late = client.post(url(stage), carried(shown) | {"action": "record"})
    assert late.status_code == 409
    assert "Somebody was faster" in page(late)
    assert "now there is <b>I</b>" in page(late)
    assert not models.Decision.objects.exists()
    again = client.post(url(stage), carried(late) | {"action": "record"})
    assert again.status_code == 302
    assert row(stage)["ITM"] == "A/R" or row(stage)["ITM"] == "A"


def test_without_a_preview_nothing_goes_on_record(stage):
    answer = stage.client("ed").post(url(stage), typed(stage, "sole_owner", action="record"))
    assert "Nothing is written yet." in page(answer)
    assert not models.Decision.objects.exists()


def test_changing_it_after_the_preview_brings_everything_back(stage):
    client, sent = stage.client("ed"), typed(stage, "split_threshold", options="Give it to one")
    shown = client.post(url(stage), sent)
    back = page(client.post(url(stage), carried(shown) | {"action": "edit"}))
    for kept in ("Contract value", "50k", "50,000", "Give it to one", "It was agreed\nat the board."):
        assert kept in back
    assert "Nothing was written" not in back


def test_a_question_that_somebody_settled_meanwhile_is_decided_anew(stage):
    client = stage.client("ed")
    shown = client.post(url(stage), typed(stage, "sole_owner"))
    put_on_record(stage, typed(stage, "shared"), who="alice")
    late = client.post(url(stage), carried(shown) | {"action": "record"})
    assert late.status_code == 409
    client.post(url(stage), carried(late) | {"action": "record"})
    first, second = models.Decision.objects.order_by("pk")
    assert second.supersedes == first
    moved = client.get(url(stage))
    assert moved.status_code == 302
    assert moved.url == url(stage, "VEN-1").replace(
        f"grey-areas/{stage.contested}", f"matrices/{stage.small.matrix_key}/rows/{stage.small.duties['VEN-1']}"
    )


def test_a_duty_that_nobody_disputes_is_decided_from_its_row(stage):
    answer = put_on_record(stage, typed(stage, "sole_owner"), "FIN-1")
    assert answer.status_code == 200
    assert models.Decision.objects.get().duty.code == "FIN-1"
    assert row(stage, "FIN-1")["ITM"].startswith("A")


def test_deciding_again_says_what_it_replaces(stage):
    put_on_record(stage, typed(stage, "sole_owner"), "FIN-1")
    made = models.Decision.objects.get()
    text = page(stage.client("ed").post(url(stage, "FIN-1"), typed(stage, "shared")))
    assert f'href="/o/small/decisions/{made.key}/"' in text


def test_a_body_can_be_asked_where_nobody_is_above_both(cast):
    alter(cast, Kind.ROLE, cast.small.roles["CIO"], "kind", ("post", "group"))
    put_on_record(cast, typed(cast, "escalate"))
    assert models.Decision.objects.get().owner.code == "CIO"


def test_the_degree_of_delegation_is_recorded_and_credited(stage):
    assert "Management 3.0" in page(stage.client("ed").get(url(stage)))
    answer = put_on_record(stage, typed(stage, "delegate", degree="3"))
    assert models.Decision.objects.get().degree == 3
    assert "3 · Consult: the first asks the second before it decides" in page(answer)


@pytest.mark.parametrize("seen", ["nonsense", "[1]", '{"x": 1}', json.dumps({"x": {"y": 1}})])
def test_a_page_that_says_nonsense_of_what_it_showed_does_no_harm(stage, seen):
    answer = stage.client("ed").post(url(stage), typed(stage, "sole_owner", action="record", seen=seen))
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("count", ["", "-1", "1e9", "99999", "²"])
def test_a_number_of_lines_that_is_none_is_brought_into_bounds(cast, count):
    sent = typed(cast, "split_scope", action="add:split_scope") | {"split_scope-parts-rows": count}
    assert cast.client("ed").post(url(cast), sent).status_code == 200


def test_a_duty_that_does_not_stand_in_the_matrix_is_not_found(cast):
    there = cast.url(f"matrices/{cast.small.matrix_key}/rows/nothing/decide/")
    assert cast.client("ed").get(there).status_code == 404
    assert cast.client("ed").get(cast.url("grey-areas/nothing/decide/")).status_code == 404


def test_queries_do_not_grow_with_the_lines(stage):
    client, counts = stage.client("ed"), []
    for number in (2, 20):
        rows = [{"name": f"Site {at}", "role": stage.small.roles["PM"]} for at in range(number)]
        sent = typed(stage, "split_scope") | lines("split_scope", *rows)
        client.post(url(stage), sent)
        with CaptureQueriesContext(connection) as captured:
            assert client.post(url(stage), sent).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
