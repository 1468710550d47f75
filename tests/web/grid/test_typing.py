"""Typing letters: one keystroke, one write, painted at once."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from raci import models

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CELLS = "**/cells.json"


def writes(page: Page) -> list[list[list[str]]]:
    """Collect the changes that the page sends."""
    sent: list[list[list[str]]] = []
    page.on(
        "request",
        lambda request: (
            sent.append(json.loads(request.post_data or "{}")["changes"])
            if request.url.endswith("cells.json")
            else None
        ),
    )
    return sent


def letters(sent: list[list[list[str]]]) -> list[list[tuple[str, str]]]:
    return [[(seen, wanted) for _duty, _role, seen, wanted in changes] for changes in sent]


def test_a_letter_typed_is_one_write_and_stands_in_the_history(sight, page, held):
    before = models.Revision.objects.count()
    sent = writes(page)
    sight.cell().click()
    sight.press("a")
    sight.says("Saved. Do what FIN-1 says, IT Project Manager: Accountable")
    assert held("FIN-1", "PM") == "A"
    assert letters(sent) == [[("", "A")]]
    assert models.Revision.objects.count() == before + 1
    latest = models.Revision.objects.latest("number")
    assert (latest.actor_name, latest.door) == ("Ed", "workspace")


def test_a_letter_that_is_there_already_is_no_write(sight, page, stage):
    stage.small.set("FIN-1", "PM", "", "A")
    sight.reload()
    sent = writes(page)
    sight.cell().click()
    sight.press("a", "r")
    sight.says("Responsible")
    assert letters(sent) == [[("A", "R")]]


def test_shift_adds_a_letter_and_takes_it_away(sight, page, held):
    sight.cell().click()
    sight.press("r", "Shift+A")
    sight.says("Accountable and Responsible")
    assert held("FIN-1", "PM") == "A/R"
    assert sight.cell().locator(".letter-both .letter").all_inner_texts() == ["A", "R"]
    sight.press("Shift+R")
    sight.shows("Accountable")
    expect(page.locator("[data-grid-said]")).to_have_text("Saved. Do what FIN-1 says, IT Project Manager: Accountable")
    assert held("FIN-1", "PM") == "A"


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_it_is_cleared(sight, held, key):
    sight.cell().click()
    sight.press("C")
    sight.says("Consulted")
    sight.press(key)
    sight.says("IT Project Manager: empty")
    assert held("FIN-1", "PM") == ""


def test_a_letter_is_painted_before_the_server_answers(sight, page, held):
    held_back: list[Route] = []
    page.route(CELLS, lambda route: route.continue_() if held_back else held_back.append(route))
    sent = writes(page)
    sight.cell().click()
    sight.press("a", "Shift+R")
    sight.shows("Accountable and Responsible")
    assert held("FIN-1", "PM") == ""
    assert letters(sent) == [[("", "A")]], "the second write waits for the first"
    held_back[0].continue_()
    sight.says("Saved. Do what FIN-1 says, IT Project Manager: Accountable and Responsible")
    assert letters(sent)[1:] == [[("A", "A/R")]]
    assert held("FIN-1", "PM") == "A/R"


def test_what_the_scheme_forbids_is_taken_back_with_the_reason(sight, page, held):
    sight.cell().click()
    sight.press("c")
    sight.says("Saved")
    sight.press("Shift+I")
    sight.says("C and I cannot stand in one cell")
    sight.shows("Consulted")
    expect(page.get_by_role("alert")).to_contain_text("Do what FIN-1 says, IT Project Manager")
    assert held("FIN-1", "PM") == "C"


def test_who_may_no_longer_write_is_told_and_sees_what_holds(sight, page, stage, held):
    models.Membership.objects.filter(user=stage.people["ed"]).update(level="reader")
    sight.cell().click()
    sight.press("a")
    sight.says("Not saved: You may read this organisation, but not change this.")
    expect(page.get_by_role("alert")).to_contain_text("A (Accountable)")
    sight.shows("empty")
    assert held("FIN-1", "PM") == ""


def test_an_interim_owner_is_drawn_and_not_taken_for_what_the_cell_holds(sight, held):
    target = sight.cell("VEN-1", 1)
    target.click()
    sight.shows("empty, interim owner until it is decided", "VEN-1", 1)
    sight.press("a")
    sight.says("IT Manager: Accountable")
    assert held("VEN-1", "ITM") == "A"
    expect(target.locator(".letter-interim")).to_have_count(1)


def test_what_is_wrong_follows_each_keystroke(sight, page):
    edge = page.locator('[id="FIN-1"] .edge')
    sight.cell().click()
    sight.press("a", "ArrowRight", "a")
    expect(edge).to_contain_text("Several accountable")
    expect(page.locator("thead th.role").nth(0)).to_have_attribute("title", "IT Project Manager")
    expect(page.locator("tfoot")).to_contain_text("0 of 3 rows clean")
    sight.press("Delete")
    expect(edge).not_to_contain_text("Several accountable")
    expect(page.locator("tfoot td").first).to_have_text("1A")
    sight.press("r")
    expect(page.locator("tfoot")).to_contain_text("1 of 3 rows clean")
