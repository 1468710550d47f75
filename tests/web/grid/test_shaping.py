"""Duties and roles in place: added, renamed, moved by key and by mouse, left out, retired, brought back."""

import pytest
from playwright.sync_api import expect

from raci import models
from raci.domain.records import Kind, Sheet
from raci.models.base import new_key
from tests.axe import flaws
from tests.factories import create, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_duty_is_added_below_where_one_is(sight, page):
    sight.cell("VEN-1", 1).click()
    sight.press("Insert")
    assert flaws(page) == []
    page.keyboard.type("Renew the licence")
    sight.press("Enter")
    expect(page.locator('[id="VEN-3"] .duty')).to_contain_text("Renew the licence")
    assert sight.rows() == ["VEN-1", "VEN-3", "VEN-2", "FIN-1"]
    expect(sight.cell("VEN-3", 1)).to_be_focused()
    sight.press("Control+z")
    expect(page.locator('[id="VEN-3"]')).to_have_count(0)


def test_a_duty_that_cannot_be_added_keeps_what_was_typed(sight, page):
    sight.cell("VEN-1").click()
    sight.press("Insert")
    page.keyboard.type("Do what VEN-2 says")
    sight.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="VEN-2")).to_be_visible()
    expect(page.get_by_role("textbox", name="Duty", exact=True)).to_have_value("Do what VEN-2 says")
    sight.press("Escape")
    expect(sight.cell("VEN-1")).to_be_focused()
    assert sight.rows() == ["VEN-1", "VEN-2", "FIN-1"]


def test_a_duty_is_renamed_where_it_stands(sight, page):
    sight.cell("FIN-1").click()
    sight.press("F2")
    expect(page.get_by_role("textbox", name="Duty", exact=True)).to_be_focused()
    page.keyboard.type("Approve the budget")
    sight.press("Enter")
    expect(page.locator('[id="FIN-1"] .duty')).to_contain_text("Approve the budget")
    expect(sight.cell("FIN-1")).to_be_focused()
    assert models.Duty.objects.get(code="FIN-1", organisation__slug="small").title == "Approve the budget"


def test_rows_move_by_key_within_their_section_and_into_the_next(sight, stage, page):
    sight.cell("VEN-1").click()
    sight.press("Alt+ArrowDown")
    expect(page.locator(".matrix tbody td.code").first).to_have_text("VEN-2")
    assert sight.rows() == ["VEN-2", "VEN-1", "FIN-1"]
    expect(sight.cell("VEN-1")).to_be_focused()
    sight.press("Alt+ArrowDown")
    expect(page.locator("tr.area").first).to_contain_text("0 of 1 settled")
    assert sight.rows() == ["VEN-2", "VEN-1", "FIN-1"]
    assert models.Duty.objects.get(key=stage.small.duties["VEN-1"]).area is None
    sight.press("Control+z")
    expect(page.locator(".matrix tbody td.code").nth(1)).to_have_text("VEN-1")
    sight.says("Undone")
    assert models.Duty.objects.get(key=stage.small.duties["VEN-1"]).area.code == "VEN"


def test_a_row_is_dragged_by_its_code(sight, page):
    page.locator('[id="VEN-2"] .code').hover()
    page.mouse.down()
    page.locator('[id="VEN-1"] .code').hover(position={"x": 20, "y": 4})
    page.mouse.up()
    expect(page.locator(".matrix tbody td.code").first).to_have_text("VEN-2")


def test_a_role_moves_by_key_and_by_mouse(sight, page):
    sight.cell("VEN-1", 0).click()
    sight.press("Alt+ArrowRight")
    expect(page.locator("thead th.role").first).to_have_text("IT Manager")
    expect(sight.cell("VEN-1", 1)).to_be_focused()
    page.locator("thead th.role").nth(2).hover()
    page.mouse.down()
    page.locator("thead th.role").first.hover(position={"x": 3, "y": 60})
    page.mouse.up()
    expect(page.locator("thead th.role").first).to_have_text("Chief Information Officer")


def test_a_role_is_renamed_added_and_retired_from_its_menu(sight, page):
    sight.cell("VEN-1", 2).click()
    sight.press("ArrowUp", "F2")
    dialog = page.get_by_role("dialog", name="Rename Chief Information Officer")
    dialog.get_by_label("Role").fill("CIO of the group")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("thead th.role").nth(2)).to_have_text("CIO of the group")
    page.get_by_role("button", name="Role", exact=True).click()
    dialog = page.get_by_role("dialog", name="Add a role")
    dialog.get_by_label("Role").fill("Procurement")
    sight.press("Enter")
    expect(page.locator("thead th.role")).to_have_count(4)
    page.locator("thead th.role").nth(3).click(button="right")
    assert flaws(page) == []
    page.get_by_role("menuitem", name="Retire the role everywhere").click()
    expect(page.locator("thead th.role")).to_have_count(3)
    sight.press("Control+z")
    expect(page.locator("thead th.role")).to_have_count(4)


def test_a_duty_is_left_out_with_a_reason_and_taken_out_of_the_matrix(sight, page):
    sight.cell("FIN-1").click()
    sight.press("Shift+F10")
    page.get_by_role("menuitem", name="Does not apply here").click()
    page.get_by_label("Reason").fill("Finance does it")
    sight.press("Enter")
    expect(page.locator('[id="FIN-1"] .edge')).to_contain_text("Does not apply")
    expect(sight.cell("FIN-1")).to_be_focused()
    sight.press("Shift+F10")
    page.get_by_role("menuitem", name="Take out of this matrix").click()
    expect(page.locator('[id="FIN-1"]')).to_have_count(0)
    sight.press("Control+z")
    expect(page.locator('[id="FIN-1"]')).to_have_count(1)


def test_an_empty_matrix_is_begun_in_place(sight, stage, page):
    matrix = new_key()
    write(stage.small.organisation, create(Kind.SHEET, Sheet("Fresh"), matrix))
    page.goto(stage.url(f"matrices/{matrix}/"))
    page.locator("table.is-grid").wait_for()
    expect(page.get_by_role("heading", name="No roles stand in this matrix")).to_be_visible()
    page.get_by_role("button", name="Role", exact=True).click()
    page.get_by_role("dialog", name="Add a role").get_by_label("Role").fill("Procurement")
    sight.press("Enter")
    expect(page.locator("thead th.role")).to_have_count(1)
    page.get_by_role("button", name="Duty", exact=True).click()
    page.keyboard.type("Buy the licences")
    sight.press("Enter")
    target = page.get_by_role("gridcell", name="Buy the licences, Procurement: empty")
    target.click()
    sight.press("a")
    sight.says("Saved. Buy the licences, Procurement: Accountable")
    expect(page.get_by_role("heading", name="No roles stand in this matrix")).to_be_hidden()
