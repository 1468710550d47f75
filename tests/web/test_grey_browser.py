"""A grey area in a real browser: raised, claimed, changed and withdrawn by keyboard, with nothing for axe to find."""

import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from tests.web.conftest import Cast
from tests.web.keyboard import check, go

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server."""
    return cast


def test_a_question_is_raised_claimed_changed_and_withdrawn_by_keyboard(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(stage.url("grey-areas/"))
    go(page, "link", "Raise a grey area")
    expect(page.get_by_role("heading", name="Raise a grey area")).to_be_visible()
    check(page, context)
    page.get_by_label("Duty", exact=True).focus()
    page.keyboard.type("FIN-1")
    page.get_by_label("Question").focus()
    page.keyboard.type("Who pays the licence?")
    go(page, "button", "Raise it")
    expect(page.get_by_role("heading", name="Who pays the licence?")).to_be_visible()
    check(page, context)

    go(page, "link", "Claim")
    page.get_by_label("For which role?").focus()
    page.keyboard.type("IT Project")
    page.get_by_label("Which letters?").focus()
    page.keyboard.type("A")
    page.get_by_label("Why?").focus()
    page.keyboard.type("We plan it.")
    go(page, "button", "Make the claim")
    expect(page.get_by_role("article").get_by_text("We plan it.")).to_be_visible()

    go(page, "link", "Change terms")
    page.get_by_label("Interim owner").focus()
    page.keyboard.type("IT Man")
    go(page, "button", "Save")
    expect(page.get_by_role("definition").get_by_text("IT Manager")).to_be_visible()
    check(page, context)

    go(page, "link", "Withdraw")
    page.get_by_label("Why?").focus()
    page.keyboard.type("The framework says it.")
    go(page, "button", "Withdraw")
    expect(page.get_by_role("link", name="Open again", exact=True)).to_be_visible()
    found = models.GreyArea.objects.get(duty__code="FIN-1", matrix=stage.small.matrix)
    assert (found.status, found.interim.code, found.origin) == ("withdrawn", "ITM", "hand")


@pytest.mark.parametrize("context", [True], indirect=True, ids=["script"])
def test_from_the_grid_the_menu_of_a_row_raises_it_with_the_role_of_the_cell(
    stage: Cast, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    page.locator("table.is-grid").wait_for()
    page.locator('[id="FIN-1"] td.c').nth(2).click()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Raise a grey area").click()
    page.wait_for_url(f"**/grey-areas/new/?matrix=*&duty={stage.small.duties['FIN-1']}&role={stage.small.roles['CIO']}")
    expect(page.get_by_label("Chief Information Officer", exact=True)).to_be_visible()
    page.go_back()
    page.locator("table.is-grid").wait_for()
    page.locator('[id="VEN-1"] td.c').first.click()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Go to the grey area").click()
    page.wait_for_url(f"**/grey-areas/{stage.contested}/")


@pytest.mark.parametrize("context", [True], indirect=True, ids=["script"])
def test_the_list_does_not_scroll_sideways_in_any_language(
    stage: Cast, context: BrowserContext, live_server: LiveServer
) -> None:
    page = context.new_page()
    for language in ("en-gb", "de"):
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        page.goto(stage.url("grey-areas/"))
        room = page.locator(".scroll").evaluate("(box) => box.scrollWidth - box.clientWidth")
        assert room <= 0, language
