"""Ranges: chosen by Shift and by mouse, filled by typing, exchanged with spreadsheets as text."""

import pytest
from playwright.sync_api import Page, expect

from raci import models
from tests.axe import flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def put(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def test_typing_fills_a_range_as_one_revision(sight, held):
    before = models.Revision.objects.count()
    sight.cell("VEN-2", 0).click()
    sight.press("Shift+ArrowRight", "Shift+ArrowDown")
    assert sight.page.locator('[aria-selected="true"]').count() == 4
    sight.press("c")
    sight.says("Saved. 4 cells.")
    assert [held(duty, role) for duty in ("VEN-2", "FIN-1") for role in ("PM", "ITM", "CIO")] == ["C", "C", ""] * 2
    assert models.Revision.objects.count() == before + 1
    sight.press("Control+z")
    sight.says("Undone")
    assert held("FIN-1", "ITM") == ""


def test_the_mouse_draws_a_range_and_escape_gives_it_up(sight, page):
    sight.cell("VEN-1", 0).hover()
    page.mouse.down()
    sight.cell("FIN-1", 1).hover()
    page.mouse.up()
    expect(page.locator('[aria-selected="true"]')).to_have_count(6)
    sight.press("Escape")
    expect(page.locator('[aria-selected="true"]')).to_have_count(0)


def test_shift_and_a_click_reach_from_here_to_there(sight, page):
    sight.cell("VEN-1", 0).click()
    sight.cell("VEN-2", 2).click(modifiers=["Shift"])
    expect(page.locator('[aria-selected="true"]')).to_have_count(6)


def test_everything_is_chosen_and_emptied(sight, stage, page, held):
    stage.small.set("FIN-1", "PM", "", "A")
    sight.reload()
    sight.cell("VEN-1", 0).click()
    sight.press("Control+a")
    expect(page.locator('[aria-selected="true"]')).to_have_count(9)
    sight.press("Delete")
    sight.says("Saved. Do what FIN-1 says, IT Project Manager: empty")
    assert held("FIN-1", "PM") == ""


def test_a_range_is_copied_as_a_spreadsheet_has_it_and_cut(sight, stage, page, held):
    stage.small.set("VEN-2", "PM", "", "A/R")
    stage.small.set("FIN-1", "ITM", "", "C")
    sight.reload()
    sight.cell("VEN-2", 0).click()
    sight.press("Shift+ArrowRight", "Shift+ArrowDown", "Control+c")
    sight.says("Copied: 4")
    assert clipboard(page) == "A/R\t\n\tC"
    sight.press("Control+x")
    sight.says("Saved. 2 cells.")
    assert (held("VEN-2", "PM"), held("FIN-1", "ITM")) == ("", "")


def test_one_cell_is_pasted_at_once_and_fills_a_range(sight, page, held):
    put(page, "Responsible\r\n")
    sight.cell("FIN-1", 0).click()
    sight.press("Control+v")
    sight.says("Saved. Do what FIN-1 says, IT Project Manager: Responsible")
    sight.press("Shift+ArrowRight", "Control+v")
    dialog = page.get_by_role("dialog", name="Paste")
    expect(dialog).to_contain_text("Cells that will change: 1. Already so: 1.")
    dialog.get_by_role("button", name="Paste").click()
    sight.says("Saved. Do what FIN-1 says, IT Manager: Responsible")
    assert held("FIN-1", "ITM") == "R"


def test_a_block_shows_first_what_will_change_and_what_cannot_be_read(sight, page, held):
    put(page, 'a/r\t"R, A"\tInformed\tx\nmaybe\tC\t-\t')
    sight.cell("VEN-2", 0).click()
    sight.press("Control+v")
    dialog = page.get_by_role("dialog", name="Paste")
    expect(dialog).to_contain_text("VEN-2, IT Manager: empty → A/R")
    expect(dialog).to_contain_text("FIN-1, IT Project Manager: “maybe”")
    expect(dialog).to_contain_text("left out: 1")
    assert flaws(page) == []
    assert held("VEN-2", "PM") == ""
    dialog.get_by_role("button", name="Paste").click()
    sight.says("Saved. 4 cells.")
    assert [held("VEN-2", role) for role in ("PM", "ITM", "CIO")] == ["A/R", "A/R", "I"]
    assert [held("FIN-1", role) for role in ("PM", "ITM", "CIO")] == ["", "C", ""]
    expect(sight.cell("VEN-2", 0)).to_be_focused()


def test_a_paste_that_is_given_up_writes_nothing(sight, page, held):
    put(page, "A\tR")
    sight.cell("VEN-2", 0).click()
    sight.press("Control+v", "Escape")
    sight.says("Nothing was pasted.")
    assert held("VEN-2", "PM") == ""
    expect(sight.cell("VEN-2", 0)).to_be_focused()
