"""Readers, the past, no script, large type, greyscale, print: the grid for everybody."""

import pytest
from playwright.sync_api import expect

from tests.axe import flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reader_moves_and_copies_but_has_nothing_to_type_with(open_context, look, held):
    sight = look(open_context("bob"))
    sight.cell().click()
    sight.press("a", "Delete", "Insert", "Control+z", "Alt+ArrowDown")
    sight.press("ArrowUp")
    expect(sight.cell("VEN-2")).to_be_focused()
    assert held("FIN-1", "PM") == ""
    assert sight.page.get_by_role("button", name="Duty", exact=True).count() == 0


def test_the_past_is_no_grid(context, stage):
    opened = context.new_page()
    opened.goto(stage.url(f"matrices/{stage.small.matrix_key}/?as_of=1"))
    assert opened.locator("[role=grid], [data-grid-tools]").count() == 0


def test_without_a_script_a_cell_is_set_with_its_form(open_context, stage, held):
    opened = open_context(java_script_enabled=False).new_page()
    opened.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    assert opened.get_by_role("button", name="Keys").count() == 0
    opened.locator('[id="FIN-1"] td.c').first.get_by_role("link").click()
    opened.get_by_role("radio", name="Consulted").check()
    opened.get_by_role("button", name="Save").click()
    expect(opened.locator('[id="FIN-1"] td.c').first).to_contain_text("C")
    assert held("FIN-1", "PM") == "C"


def test_where_the_grid_cannot_be_loaded_the_page_stays_as_it_came(context, stage):
    opened = context.new_page()
    opened.route("**/grid.json", lambda route: route.abort())
    opened.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    expect(opened.locator("[data-grid-said]")).to_contain_text("The grid could not be loaded")
    expect(opened.locator('[id="FIN-1"] td.c a').first).to_be_visible()


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"viewport": {"width": 390, "height": 844}, "has_touch": True},
        {"viewport": {"width": 640, "height": 450}},
    ],
    ids=["light", "dark", "forced colours", "phone", "200 percent"],
)
def test_axe_finds_nothing_and_the_page_is_no_wider_than_the_screen(open_context, look, options):
    sight = look(open_context(**options))
    sight.cell("VEN-1").focus()
    assert flaws(sight.page) == []
    assert not sight.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_finger_opens_a_cell(open_context, look):
    sight = look(open_context(viewport={"width": 390, "height": 844}, has_touch=True))
    sight.cell("FIN-1").tap()
    expect(sight.page.locator("[data-panel]")).to_be_visible()


def test_enter_opens_the_cell_or_the_row_and_escape_returns(sight, page):
    sight.cell().click()
    sight.press("Enter")
    panel = page.locator("[data-panel]")
    expect(panel).to_contain_text("IT Project Manager")
    sight.press("Escape")
    expect(panel).to_be_hidden()
    expect(sight.cell()).to_be_focused()
