"""Two people at once: conflicts with both values and a choice, and what others write arriving by itself."""

import pytest
from playwright.sync_api import expect

from tests.axe import flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STILL = "**/changes.json**"


@pytest.fixture
def unaware(sight, page):
    """Let the page not hear of what others write, as in the seconds before it asks."""
    page.route(STILL, lambda route: route.abort())
    return page


@pytest.mark.parametrize(
    ("button", "answer"), [("Keep theirs", "Kept. {}: Consulted"), ("Put mine", "Saved. {}: Accountable")]
)
def test_a_cell_that_has_moved_shows_both_values_and_a_choice(sight, unaware, stage, button, answer):
    stage.small.set("FIN-1", "PM", "", "C")
    sight.cell().click()
    sight.press("a")
    panel = unaware.get_by_role("group", name="Choose for Do what FIN-1 says, IT Project Manager")
    expect(panel).to_contain_text("A (Accountable)")
    expect(panel).to_contain_text("C (Consulted) by Tester")
    sight.shows("Accountable, changed by somebody else, a choice is needed")
    assert flaws(unaware) == []
    sight.press("Enter")
    expect(panel.get_by_role("button", name="Keep theirs")).to_be_focused()
    panel.get_by_role("button", name=button).press("Enter")
    expect(panel).to_have_count(0)
    expect(sight.cell()).to_be_focused()
    sight.says(answer.format("Do what FIN-1 says, IT Project Manager"))
    unaware.reload()
    sight.shows(answer.rpartition(" ")[2])


def test_what_is_typed_while_a_choice_is_open_becomes_part_of_it(sight, unaware, stage, held):
    stage.small.set("FIN-1", "PM", "", "C")
    sight.cell().click()
    sight.press("a")
    panel = unaware.get_by_role("group", name="Choose for")
    expect(panel).to_contain_text("A (Accountable)")
    sight.press("i")
    expect(panel).to_contain_text("I (Informed)")
    panel.get_by_role("button", name="Put mine").click()
    sight.says("Saved")
    assert held("FIN-1", "PM") == "I"


def test_of_a_range_only_the_contested_cell_is_asked_about(sight, unaware, stage, held):
    stage.small.set("FIN-1", "PM", "", "C")
    sight.cell("VEN-2").click()
    sight.press("Shift+ArrowDown", "i")
    expect(unaware.get_by_role("group", name="Choose for")).to_have_count(1)
    sight.says("Saved. Do what VEN-2 says, IT Project Manager: Informed")
    sight.shows("Informed", "VEN-2")
    unaware.get_by_role("button", name="Keep theirs").click()
    sight.says("Kept. Do what FIN-1 says, IT Project Manager: Consulted")
    assert (held("VEN-2", "PM"), held("FIN-1", "PM")) == ("I", "C")


def test_what_others_write_arrives_by_itself_flashes_and_is_told(sight, page, stage):
    stage.small.set("FIN-1", "ITM", "", "A")
    sight.shows("Accountable", column=1)
    expect(sight.cell(column=1)).to_have_class("c is-new")
    sight.says("Tester changed 1.")
    expect(sight.cell(column=1)).not_to_have_class("c is-new")


def test_nothing_is_sent_again_while_nothing_changes(sight, page):
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if "changes.json" in answer.url else None)
    page.wait_for_timeout(7000)
    assert set(statuses) == {304}


def test_two_browsers_edit_one_cell_and_nothing_is_overwritten_unseen(open_context, look, held):
    first, second = look(open_context("ed")), look(open_context("alice"))
    for sight in (first, second):
        sight.page.route(STILL, lambda route: route.abort())
    first.cell().click()
    first.press("a")
    first.says("Saved")
    second.cell().click()
    second.press("r")
    panel = second.page.get_by_role("group", name="Choose for")
    expect(panel).to_contain_text("by Ed")
    panel.get_by_role("button", name="Put mine").click()
    second.says("Saved. Do what FIN-1 says, IT Project Manager: Responsible")
    first.page.unroute(STILL)
    first.shows("Responsible")
    assert held("FIN-1", "PM") == "R"
