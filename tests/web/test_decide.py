"""The form with which a duty is decided in one of seven ways: what it proposes, what it refuses, what it keeps."""

import pytest

from raci import models
from raci.domain.records import Column, DecisionType, Kind, to_fields
from tests.web.deciding import alter, lines, page, typed, url


def test_the_usual_way_is_chosen_and_marked(cast):
    alter(cast, Kind.GREY_AREA, cast.contested, "usual_decision", ("", "split by threshold"))
    text = page(cast.client("ed").get(url(cast)))
    assert 'value="split_threshold" checked' in text
    assert text.count("usual here") == 1
    assert "Who signs?" in text
    assert "The project carries the date." in text


def test_it_proposes_the_superior_that_both_share_and_shows_the_way_there(stage):
    text = page(stage.client("ed").get(url(stage)))
    assert "The lowest superior that they share is <strong>Chief Information Officer</strong>." in text
    assert "IT Project Manager → Chief Information Officer" in text
    assert f'<option value="{stage.small.roles["CIO"]}" selected>' in text


def test_without_a_shared_superior_it_says_so_and_what_to_do(cast):
    text = page(cast.client("ed").get(url(cast)))
    assert "The reporting lines lead these roles to no superior that they share." in text
    assert "or put the question to a body such as a board" in text
    assert f'href="/o/small/roles/{cast.small.roles["PM"]}/#lines"' in text


def test_a_superior_without_a_column_leads_to_where_it_is_added(stage):
    alter(stage, Kind.COLUMN, stage.small.roles["CIO"], "", (to_fields(Column(2)), None))
    assert "This role has no column in the matrix yet." in page(stage.client("ed").get(url(stage)))


@pytest.mark.parametrize("kind", [kind.value for kind in DecisionType])
def test_everything_missing_is_said_at_once_and_nothing_typed_is_lost(stage, kind):
    sent = {"type": kind, "reason": "", "options": "Two & three", "authority": "Board <1>", "action": "preview",
            "decided_by": "Priya", **lines(kind, {"role": stage.small.roles["PM"]}, {}, {})}  # fmt: skip
    answer = stage.client("ed").post(url(stage), sent)
    text = page(answer)
    assert answer.status_code == 422
    assert "Nothing was written, and nothing that you typed is lost." in text
    assert text.count("Say why, so that it need not be argued again.") == 2  # at the field, and above the form
    for kept in ("Two & three</textarea>", 'value="Board <1>"', 'value="Priya"', f'value="{kind}" checked'):
        assert kept in text
    assert not models.Decision.objects.exists()


REQUIRED = {
    "sole_owner-owner": "Choose who is accountable.",
    "split_scope-terms": "Say by what it is split",
    "split_scope-parts-0-role": "Choose a role.",
    "split_threshold-terms": "Say what is measured",
    "split_threshold-parts-0-role": "Choose a role.",
    "split_threshold-parts-1-unit": "Enter a currency or a unit.",
    "shared-owner": "Choose who is accountable: shared work",
    "shared-parts-0-text": "Say what this role contributes.",
    "delegate-owner": "Choose who stays accountable.",
    "delegate-valid_from": "Say from which day the right is passed on.",
    "delegate-valid_until": "Say until which day the right is passed on.",
    "delegate-parts-0-upper": "Say within what limits",
    "escalate-owner": "Choose the post or body that is to decide.",
    "escalate-due_on": "Say by which day it is to be answered.",
    "escalate-terms": "Put the question in words.",
    "defer-review_on": "Say on which day to come back to it.",
    "reason": "Say why, so that it need not be argued again.",
}


@pytest.mark.parametrize("name", REQUIRED)
def test_each_field_that_is_left_out_is_named_and_the_rest_stays(stage, name):
    kind = name.split("-")[0] if "-" in name else "sole_owner"
    sent = typed(stage, kind) | {name: ""}
    answer = stage.client("ed").post(url(stage), sent)
    text = page(answer)
    assert answer.status_code == 422
    assert REQUIRED[name] in text
    for value in set(sent.values()) - {"", "preview"} - {sent.get(f"{kind}-parts-rows")}:
        assert value in text.replace("\r\n", "\n"), value


BAD = {
    "split_threshold-parts-0-upper": ("lots", "is not an amount"),
    "split_threshold-parts-1-lower": ("40k", "Two roles may decide from 40,000 to under 50,000 EUR"),
    "delegate-parts-0-upper": ("-5", "is below zero"),
    "defer-review_on": ("tomorrow", "Enter a valid date."),
    "escalate-due_on": ("2020-01-01", "This day lies in the past"),
    "valid_until": ("2020-01-01", "It would have ended already"),
    "reason": ("bell \x07", "U+0007 at position 6"),
    "shared-parts-0-role": ("nobody", "is not one of the available choices"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_at_its_field_and_stays_as_it_was_typed(stage, name):
    value, told = BAD[name]
    kind = name.split("-")[0] if "-" in name else "sole_owner"
    answer = stage.client("ed").post(url(stage), typed(stage, kind) | {name: value})
    text = page(answer)
    assert answer.status_code == 422
    assert told in text
    assert 'aria-invalid="true"' in text
    assert kind == "shared" or value in text


def test_what_was_typed_for_another_type_is_kept_and_not_judged(cast):
    sent = typed(cast, "sole_owner", reason="") | typed(cast, "split_threshold") | {"type": "sole_owner", "reason": ""}
    sent |= {"split_threshold-parts-0-upper": "lots"}
    text = page(cast.client("ed").post(url(cast), sent))
    assert 'value="lots"' in text
    assert "is not an amount" not in text


def test_a_line_more_comes_back_with_all_that_was_typed_and_no_complaint(cast):
    sent = typed(cast, "split_threshold", reason="", action="add:split_threshold")
    answer = cast.client("ed").post(url(cast), sent)
    text = page(answer)
    assert answer.status_code == 200
    assert 'name="split_threshold-parts-rows"\n         value="3"' in text
    assert 'name="split_threshold-parts-2-role"' in text
    assert 'value="50k"' in text
    assert "Say why" not in text


def test_lines_that_nobody_filled_in_are_passed_over_and_problems_stay_at_their_line(cast):
    pm, itm = cast.small.roles["PM"], cast.small.roles["ITM"]
    sent = typed(cast, "split_threshold") | lines(
        "split_threshold",
        {"role": pm, "upper": "50k", "unit": "EUR"},
        {"role": "", "lower": "", "unit": " "},
        {"role": itm, "lower": "60k", "unit": "EUR"},
    )
    text = page(cast.client("ed").post(url(cast), sent))
    assert 'id="id_split_threshold-parts-2-lower_error"' in text
    assert "Nobody may decide from 50,000 to under 60,000 EUR" in text


def test_a_choice_of_type_is_asked_for(cast):
    answer = cast.client("ed").post(url(cast), {"reason": "Because"})
    assert answer.status_code == 422
    assert "Choose how it is settled." in page(answer)
    assert "Because</textarea>" in page(answer)
