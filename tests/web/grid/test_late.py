"""What the grid fetches after its first sight: whoever is quicker loses nothing."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slow(context, look, stage):
    """A page whose later scripts stay away until they are let go."""
    held = []

    def hold(route):
        held.append(route)

    context.route("**/grid/inline.js", hold)
    sight = look(context)
    sight.page.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    sight.page.locator("table.is-grid").wait_for()

    def release():
        while not held:
            sight.page.wait_for_timeout(20)
        held.pop().continue_()

    sight.release = release
    return sight


def test_a_letter_is_shown_at_once_and_written_once_all_is_here(slow, held):
    slow.cell().click()
    slow.press("c")
    slow.shows("Consulted")
    assert held("FIN-1", "PM") == ""
    slow.release()
    slow.says("Saved.")
    assert held("FIN-1", "PM") == "C"


def test_what_is_typed_into_words_that_are_not_open_yet_stands_there(slow):
    slow.cell().click()
    slow.press("F2")
    slow.page.keyboard.type("Ba car")
    slow.press("Backspace", "Enter")
    slow.release()
    expect(slow.page.locator('[id="FIN-1"] th.duty')).to_have_text("Ba ca")
    expect(slow.cell()).to_have_attribute("aria-label", "Ba ca, IT Project Manager: empty")


def test_a_menu_that_is_not_here_yet_takes_the_keys_pressed_for_it(slow):
    slow.cell().click()
    slow.press("Shift+F10", "ArrowDown", "Enter")
    slow.release()
    expect(slow.page).to_have_url(re.compile("&duty="))  # the second entry asks who it is


def test_a_click_on_a_button_is_done_when_it_can_be(slow):
    slow.page.locator("[data-add-duty]").click()
    slow.release()
    expect(slow.page.locator("tr.draft input[name=title]")).to_be_focused()


def test_without_a_network_the_rest_is_fetched_again(context, look, stage, held):
    tries = []
    context.route(
        "**/grid/paste.js", lambda route: (tries.append(1), route.abort() if len(tries) < 2 else route.continue_())
    )
    sight = look(context)
    sight.page.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    sight.page.locator("table.is-grid").wait_for()
    sight.cell().click()
    sight.press("c")
    sight.says("Saved.")
    assert held("FIN-1", "PM") == "C"
