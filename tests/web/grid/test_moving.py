"""The keys of a spreadsheet, one tab stop, and everything by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.axe import flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EDGE = None


def test_the_keys_of_a_spreadsheet_move_through_one_tab_stop(sight, page):
    assert page.locator('[role="grid"] [tabindex="0"], .sheet[tabindex="0"]').count() == 1
    sight.cell("VEN-1").focus()
    for key, duty, column in (
        ("ArrowDown", "VEN-2", 0),
        ("ArrowRight", "VEN-2", 1),
        ("ArrowDown", "FIN-1", 1),
        ("ArrowDown", "FIN-1", 1),
        ("ArrowUp", "VEN-2", 1),
        ("ArrowLeft", "VEN-2", 0),
        ("PageDown", "FIN-1", 0),
        ("PageUp", "VEN-1", 0),
        ("Control+End", "FIN-1", EDGE),
        ("Home", "FIN-1", 0),
        ("Control+Home", "VEN-1", 0),
        ("Tab", "VEN-1", 1),
        ("Shift+Tab", "VEN-1", 0),
        ("End", "VEN-1", EDGE),
    ):
        page.keyboard.press(key)
        target = page.locator(f'[id="{duty}"] .edge') if column is EDGE else sight.cell(duty, column)
        expect(target).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator('[role="grid"] :focus')).to_have_count(0)


def test_control_and_an_arrow_leap_over_what_is_empty(sight, stage):
    stage.small.set("FIN-1", "ITM", "", "A")
    sight.reload()
    sight.cell("VEN-1", 1).click()
    sight.press("Control+ArrowDown")
    expect(sight.cell("FIN-1", 1)).to_be_focused()
    sight.press("Control+ArrowLeft")
    expect(sight.cell("FIN-1", 0)).to_be_focused()
    sight.press("Control+ArrowRight")
    expect(sight.cell("FIN-1", 1)).to_be_focused()


def test_one_goes_up_to_the_roles_and_left_to_the_duty(sight, page):
    sight.cell("VEN-1", 1).click()
    sight.press("ArrowUp")
    expect(page.locator("thead th.role").nth(1)).to_be_focused()
    sight.press("ArrowDown", "Home", "ArrowLeft")
    expect(page.locator('[id="VEN-1"] .duty')).to_be_focused()


def test_everything_goes_by_keyboard_alone(sight, page, held):
    page.get_by_role("button", name="Keys").focus()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Do what VEN-1 says, IT Project Manager: empty")
    sight.press("i")
    sight.says("Informed")
    assert held("VEN-1", "PM") == "I"
    sight.press("?")
    dialog = page.get_by_role("dialog", name="Keys of the grid")
    expect(dialog).to_contain_text("sets Accountable")
    assert flaws(page) == []
    sight.press("Escape")
    expect(dialog).to_be_hidden()


def test_sections_fold_and_unfold_by_key_and_by_mouse(sight, page):
    sight.cell("VEN-2", 1).click()
    sight.press("-")
    assert sight.rows() == ["FIN-1"]
    expect(page.locator("tr.area th").first).to_be_focused()
    sight.press("ArrowDown")
    expect(sight.cell("FIN-1", 1)).to_be_focused()
    sight.press("ArrowUp", "Enter")
    assert sight.rows() == ["VEN-1", "VEN-2", "FIN-1"]
    expect(sight.cell("VEN-1", 1)).to_be_focused()
    page.get_by_role("button", name="Other duties").click()
    assert sight.rows() == ["VEN-1", "VEN-2"]
