"""The panel beside the grid, by keyboard and by touch, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from raci import models
from tests.axe import flaws
from tests.web.conftest import Cast
from tests.web.grid.conftest import Sight

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Do what")


def open_cell(sight: Sight, duty: str = "FIN-1", column: int = 0) -> Locator:
    sight.cell(duty, column).click()
    sight.press("Enter")
    expect(panel(sight.page).get_by_role("heading", name=f"Do what {duty} says")).to_be_focused()
    return panel(sight.page)


def test_enter_opens_the_panel_of_a_cell_and_escape_returns(sight: Sight) -> None:
    opened = open_cell(sight)
    expect(opened.get_by_role("heading", name="× IT Project Manager")).to_be_visible()
    sight.press("Escape")
    expect(opened).to_be_hidden()
    expect(sight.cell()).to_be_focused()
    sight.press("ArrowRight", "Enter")
    expect(opened.get_by_role("heading", name="× IT Manager")).to_be_focused()


def test_the_way_out_is_open_to_shift_and_tab(sight: Sight) -> None:
    opened = open_cell(sight)
    for _ in range(3):
        sight.press("Shift+Tab")
    assert not opened.evaluate("panel => panel.contains(document.activeElement)")
    expect(opened).to_be_visible()


def test_a_comment_is_written_by_keyboard_and_counted_in_its_row(sight: Sight, stage: Cast) -> None:
    opened = open_cell(sight)
    opened.get_by_label("Say something").focus()
    sight.page.keyboard.type("Whose money is it?")
    sight.press("Tab", "Enter")
    expect(opened.locator(".beside-text")).to_have_text("Whose money is it?")
    expect(opened.locator("[data-panel-told]")).to_have_text("Your comment stands.")
    expect(sight.page.locator('[id="FIN-1"] .edge')).to_contain_text("Comments: 1")
    comment = models.Comment.objects.get()
    assert (comment.text, comment.written_by) == ("Whose money is it?", "Ed")
    opened.get_by_role("button", name="Resolve").press("Enter")
    expect(opened.get_by_text("resolved", exact=True)).to_be_visible()
    expect(sight.page.locator('[id="FIN-1"] .edge')).not_to_contain_text("Comments")


def test_letters_set_in_the_panel_arrive_in_the_grid(sight: Sight, held: Callable[[str, str], str]) -> None:
    opened = open_cell(sight)
    opened.get_by_role("button", name="Accountable and Responsible").press("Enter")
    sight.shows("Accountable and Responsible")
    assert held("FIN-1", "PM") == "A/R"
    opened.get_by_role("button", name="Undo").press("Enter")
    sight.shows("empty")
    expect(opened.get_by_text("is taken back").first).to_be_visible()


def test_a_fix_is_one_key_press(sight: Sight, stage: Cast, held: Callable[[str, str], str]) -> None:
    stage.small.set("FIN-1", "PM", "", "A/R")
    stage.small.set("FIN-1", "ITM", "", "A")
    sight.reload()
    opened = open_cell(sight)
    opened.get_by_role("button", name="Keep IT Project Manager accountable").press("Enter")
    expect(opened.get_by_text("Too many roles answer")).to_be_hidden()
    sight.shows("Consulted", column=1)
    assert held("FIN-1", "ITM") == "C"


def test_somebody_who_was_faster_is_named_in_the_panel(sight: Sight, stage: Cast) -> None:
    opened = open_cell(sight)
    stage.small.set("FIN-1", "PM", "", "C")
    opened.get_by_role("button", name="Accountable", exact=True).press("Enter")
    expect(opened.get_by_text("Changed by Tester")).to_be_visible()
    opened.get_by_role("button", name="Accountable", exact=True).press("Enter")
    sight.shows("Accountable")


def test_the_row_and_its_cells_are_reached_within_the_panel(sight: Sight) -> None:
    opened = open_cell(sight)
    opened.get_by_role("link", name="The whole row").press("Enter")
    expect(opened.get_by_role("heading", name="Who takes part")).to_be_visible()
    opened.get_by_text("3 roles without letters").click()
    opened.get_by_role("link", name="IT Manager").press("Enter")
    expect(opened.get_by_role("heading", name="× IT Manager")).to_be_focused()
    sight.press("Escape")
    expect(sight.cell()).to_be_focused()


def test_what_was_typed_is_there_again_after_looking_elsewhere(sight: Sight) -> None:
    opened = open_cell(sight)
    opened.get_by_label("Say something").fill("Half a thought")
    sight.press("Escape")
    open_cell(sight, column=1)
    expect(opened.get_by_label("Say something")).to_have_value("")
    sight.press("Escape")
    open_cell(sight)
    expect(opened.get_by_label("Say something")).to_have_value("Half a thought")


def lost(route: Route) -> None:
    """Let a request never arrive."""
    route.abort()


def unanswered(route: Route) -> None:
    """Let a request arrive, and its answer get lost."""
    route.fetch()
    route.abort()


def test_nothing_typed_is_lost_when_the_network_is_gone_or_the_session_ends(
    sight: Sight, stage: Cast, enter: Callable[[BrowserContext, str], None]
) -> None:
    opened = open_cell(sight)
    field, button = opened.get_by_label("Say something"), opened.get_by_role("button", name="Comment")
    field.fill("Still here")
    sight.page.route("**/panel/**", lost)
    button.press("Enter")
    expect(opened.locator("[data-panel-said]")).to_contain_text("The server cannot be reached")
    sight.page.unroute("**/panel/**", lost)
    sight.page.context.clear_cookies(name="sessionid")
    button.press("Enter")
    expect(opened.locator("[data-panel-said] a")).to_have_text("Sign in in a new tab")
    expect(field).to_have_value("Still here")
    enter(sight.page.context, "ed")
    button.press("Enter")
    expect(opened.locator(".beside-text")).to_have_text("Still here")
    assert models.Comment.objects.count() == 1


@pytest.mark.parametrize("looks_elsewhere", [False, True])
def test_a_comment_that_arrived_but_was_never_answered_is_not_written_twice(
    sight: Sight, looks_elsewhere: bool
) -> None:
    opened = open_cell(sight)
    opened.get_by_label("Say something").fill("Whose money is it?")
    sight.page.route("**/panel/comment/", unanswered)
    opened.get_by_role("button", name="Comment").press("Enter")
    expect(opened.locator("[data-panel-said]")).to_contain_text("The server cannot be reached")
    assert models.Comment.objects.count() == 1
    sight.page.unroute("**/panel/comment/", unanswered)
    if looks_elsewhere:
        sight.press("Escape")
        open_cell(sight)
        expect(opened.locator(".beside-text")).to_have_text("Whose money is it?")
    opened.get_by_role("button", name="Comment").press("Enter")
    expect(opened.locator("[data-panel-told]")).to_have_text("Your comment stands.")
    expect(opened.locator(".beside-text")).to_have_text("Whose money is it?")
    assert models.Comment.objects.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(sight: Sight, stage: Cast, scheme: str) -> None:
    page = sight.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of its words
    opened = open_cell(sight)
    opened.get_by_label("Say something").fill("Whose money is it?")
    opened.get_by_role("button", name="Comment").click()
    expect(opened.get_by_role("button", name="Resolve")).to_be_visible()
    assert flaws(page) == []
    open_cell(sight, "VEN-1")
    assert flaws(page) == []
    opened.get_by_role("link", name="The whole row").click()
    expect(opened.get_by_role("heading", name="Who takes part")).to_be_visible()
    assert flaws(page) == []
    small = stage.small
    for rest in (f"rows/{small.duties['FIN-1']}/", f"cells/{small.duties['VEN-1']}/{small.roles['PM']}/"):
        page.goto(stage.url(f"matrices/{small.matrix_key}/{rest}"))
        assert flaws(page) == []


def test_on_a_telephone_the_panel_fills_the_screen(sight: Sight) -> None:
    sight.page.set_viewport_size({"width": 390, "height": 844})
    opened = open_cell(sight)
    box = opened.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert not sight.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    opened.get_by_role("button", name="Close").click()
    expect(opened).to_be_hidden()
