"""Large matrices: a window of rows is drawn, and one moves through all of them."""

import pytest
from playwright.sync_api import expect

from raci import models
from raci.domain.change import cell_change
from raci.domain.records import Column, Duty, Kind, Role, Row, Sheet
from raci.models.base import new_key
from tests.factories import create, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS, COLUMNS = 1500, 12


@pytest.fixture
def large(stage):
    """A matrix of 18,000 cells in the organisation of the cast."""
    matrix, duties, roles = new_key(), [new_key() for _ in range(ROWS)], [new_key() for _ in range(COLUMNS)]
    write(
        stage.small.organisation,
        *(create(Kind.ROLE, Role(f"R-{number}", f"Role {number}"), key) for number, key in enumerate(roles)),
        *(create(Kind.DUTY, Duty(f"D-{number}", f"Do {number}"), key) for number, key in enumerate(duties)),
        create(Kind.SHEET, Sheet("Large"), matrix),
        *(create(Kind.ROW, Row(number), key, matrix=matrix) for number, key in enumerate(duties)),
        *(create(Kind.COLUMN, Column(number), key, matrix=matrix) for number, key in enumerate(roles)),
        *(cell_change(matrix, key, roles[0], "", "A") for key in duties),
    )
    return models.Matrix.objects.get(key=matrix)


@pytest.fixture
def sight(context, look, stage, large):
    seen = look(context)
    seen.page.goto(stage.url(f"matrices/{large.key}/"))
    seen.page.locator("table.is-grid").wait_for()
    return seen


def lines(page) -> int:
    return int(page.evaluate("document.querySelectorAll('.matrix tbody tr').length"))


def test_only_a_window_of_rows_is_in_the_document(sight, page):
    assert lines(page) < 60
    page.locator(".sheet").evaluate("sheet => sheet.scrollTop = sheet.scrollHeight / 2")
    expect(page.locator('[id="D-749"]')).to_be_visible()
    assert lines(page) < 60
    expect(page.locator('[id="D-749"]')).to_have_attribute("aria-rowindex", "752")
    expect(page.locator("table.matrix")).to_have_attribute("aria-rowcount", str(ROWS + 2))


def test_keys_reach_the_last_row_and_letters_typed_there_are_written(sight, page, large):
    page.locator('[id="D-0"] td.c').first.click()
    sight.press("Control+End", "Home")
    target = page.locator(f'[id="D-{ROWS - 1}"] td.c').first
    expect(target).to_be_focused()
    sight.press("r")
    sight.says("Saved. Do 1499, Role 0: Responsible")
    assert models.Assignment.objects.get(row__matrix=large, row__duty__code=f"D-{ROWS - 1}").letters == "R"


def test_the_cursor_keeps_its_place_while_one_scrolls_away(sight, page):
    page.locator('[id="D-3"] td.c').nth(2).click()
    page.locator(".sheet").evaluate("sheet => sheet.scrollTop = 20000")
    expect(page.locator('[id="D-505"]')).to_be_attached()
    expect(page.locator('[id="D-3"] td.c').nth(2)).to_be_focused()
    sight.press("ArrowDown")
    expect(page.locator('[id="D-4"] td.c').nth(2)).to_be_focused()
    expect(page.locator('[id="D-4"]')).to_be_in_viewport()


def test_a_range_over_many_rows_is_one_write(sight, page, large):
    page.locator('[id="D-0"] td.c').nth(1).click()
    sight.press("Control+Shift+End")
    sight.press("Escape", "Control+Home", "ArrowRight", "Control+Shift+ArrowDown", "i")
    sight.says(f"Saved. {ROWS:,} cells.")
    assert models.Assignment.objects.filter(row__matrix=large, letters="I").count() == ROWS
    assert models.Revision.objects.latest("number").size == ROWS


def test_paper_gets_every_row(sight, page):
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert lines(page) == ROWS + 1
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert lines(page) < 60
