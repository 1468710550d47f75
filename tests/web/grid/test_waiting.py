"""Nothing that was typed is lost: without a network, without a session, without a server, after a reload."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "Do what FIN-1 says, IT Project Manager"


def test_what_is_typed_without_a_network_waits_and_is_sent_when_it_is_back(sight, page, context, held):
    sight.cell().click()
    context.set_offline(True)
    sight.press("a")
    sight.says("waits: the server cannot be reached")
    sight.shows("Accountable, waiting to be saved")
    sight.press("Shift+R")
    assert held("FIN-1", "PM") == ""
    context.set_offline(False)
    sight.says(f"Saved. {FIRST}: Accountable and Responsible")
    expect(page.locator(".is-waiting")).to_have_count(0)
    assert held("FIN-1", "PM") == "A/R"


def test_what_is_typed_after_the_session_ended_waits_until_one_is_back(sight, page, context, enter, held):
    context.clear_cookies()
    sight.cell().click()
    sight.press("a")
    sight.says("you are signed out")
    link = page.get_by_role("link", name="Sign in in a new tab")
    assert link.get_attribute("target") == "_blank"
    assert held("FIN-1", "PM") == ""
    enter(context, "ed")
    sight.says(f"Saved. {FIRST}: Accountable")
    assert held("FIN-1", "PM") == "A"


def test_what_waits_outlives_the_page(sight, page, held):
    page.route("**/cells.json", lambda route: route.abort())
    sight.cell().click()
    sight.press("a")
    sight.says("waits")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator("[data-grid-said]")).to_contain_text("Saved")
    assert held("FIN-1", "PM") == "A"


def test_what_waited_meets_what_others_wrote_meanwhile_as_a_choice(sight, page, stage, held):
    page.route("**/cells.json", lambda route: route.abort())
    sight.cell().click()
    sight.press("a")
    sight.says("waits")
    page.close(run_before_unload=False)
    stage.small.set("FIN-1", "PM", "", "C")
    again = page.context.new_page()
    again.goto(page.url)
    panel = again.get_by_role("group", name=f"Choose for {FIRST}")
    expect(panel).to_contain_text("C (Consulted) by Tester")
    assert held("FIN-1", "PM") == "C"
