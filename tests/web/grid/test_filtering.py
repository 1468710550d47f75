"""What is shown: filters as one types, in the address, as the server decides them, and exported as shown."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled(stage):
    """Letters that tell the filters apart."""
    stage.small.set("VEN-1", "PM", "", "R")
    stage.small.set("VEN-1", "ITM", "", "A")
    stage.small.set("FIN-1", "ITM", "", "C")
    return stage


def queries(stage):
    roles = stage.small.roles
    return [
        ("?q=ven-1", ["VEN-1"]),
        ("?q=SAYS", ["VEN-1", "VEN-2", "FIN-1"]),
        (f"?area={stage.small.area}", ["VEN-1", "VEN-2"]),
        ("?undecided=1", ["VEN-1", "VEN-2"]),
        (f"?role={roles['PM']}", ["VEN-1"]),
        (f"?role={roles['ITM']}&letter=C", ["FIN-1"]),
        ("?letter=A", ["VEN-1"]),
        (f"?shared={roles['PM']}.{roles['ITM']}", ["VEN-1"]),
        ("?findings=1", ["FIN-1"]),
        ("?findings=R02", []),
    ]


def test_script_server_and_export_show_the_same_rows(filled, context, look, open_context):
    plain = open_context(java_script_enabled=False).new_page()
    base = filled.url(f"matrices/{filled.small.matrix_key}/")
    sight = look(context)
    for query, expected in queries(filled):
        sight.page.goto(f"{base}{query}")
        sight.page.locator("table.is-grid").wait_for()
        assert sight.rows() == expected, query
        plain.goto(f"{base}{query}")
        assert plain.locator(".matrix tbody td.code").all_inner_texts() == expected, query
        link = sight.page.locator("a[data-carries-filter]").nth(1)
        answer = context.request.get(str(link.evaluate("link => link.href")))
        lines = list(csv.reader(io.StringIO(answer.text().lstrip("\ufeff"))))
        assert [line[1] for line in lines if len(line) > 1 and line[1] in filled.small.duties] == expected, query


def test_one_filters_as_one_types_and_the_address_keeps_it(filled, sight, page):
    sight.reload()
    page.get_by_label("Code or duty").fill("fin")
    expect(page.locator("[data-rows-shown]")).to_have_text("1 of 3 rows")
    assert sight.rows() == ["FIN-1"]
    expect(page).to_have_url(re.compile(r"\?q=fin$"))
    page.get_by_label("Undecided").check()
    expect(page.get_by_role("heading", name="No row fits these filters")).to_be_visible()
    page.get_by_role("link", name="Show all rows").or_(page.get_by_role("button", name="Show all rows")).click()
    expect(page.locator("[data-rows-shown]")).to_have_text("3 rows")
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_row_stays_while_one_types_though_it_no_longer_fits(filled, context, look):
    sight = look(context, "?letter=A")
    sight.cell("VEN-1", 1).click()
    sight.press("Delete")
    sight.says("Saved")
    assert sight.rows() == ["VEN-1"]


def test_a_chip_shows_what_two_roles_share_and_lets_go_again(filled, sight, page):
    sight.reload()
    chip = page.get_by_role("link", name="Shared by IT Project Manager and IT Manager")
    chip.click()
    expect(page.locator("[data-rows-shown]")).to_have_text("1 of 3 rows")
    assert sight.rows() == ["VEN-1"]
    expect(page).to_have_url(re.compile("shared="))
    expect(chip).to_have_attribute("aria-current", "true")
    chip.click()
    expect(page.locator("[data-rows-shown]")).to_have_text("3 rows")
