"""Typing in the grid, in a real browser against the real server."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.services.loading import load_matrix
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"width": 1280, "height": 900}
CELLS = "**/cells/**"


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server."""
    return cast


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, stage: Cast) -> Iterator[BrowserContext]:
    """A browser in which ed, who may write, is signed in."""
    opened = browser.new_context(base_url=live_server.url, viewport=DESKTOP)  # type: ignore[arg-type]  # a size
    enter(opened, stage, "ed", live_server.url)
    yield opened
    opened.close()


def enter(context: BrowserContext, stage: Cast, name: str, url: str) -> None:
    cookie = stage.client(name).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])


@pytest.fixture
def page(context: BrowserContext, stage: Cast) -> Iterator[Page]:
    """The matrix; the browser must not have complained of a script or of the policy when the test ends."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None
    )
    opened.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    yield opened
    assert complaints == []


@pytest.fixture
def held(stage: Cast) -> Callable[[str, str], str]:
    """Return what the database holds in a cell."""
    small = stage.small
    return lambda duty, role: load_matrix(small.matrix).letters(small.duties[duty], small.roles[role])


def cell(page: Page, duty: str = "FIN-1", column: int = 0) -> Locator:
    """The cell of a duty under a role; the columns are PM, ITM, CIO."""
    return page.locator(f'[id="{duty}"] td.c').nth(column)


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-grid-said]")).to_contain_text(text)


def state(page: Page, target: Locator, text: str) -> None:
    expect(target).to_have_attribute("aria-label", text)


def writes(page: Page) -> list[str]:
    """Collect the writes that the page sends."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    return sent


def test_a_letter_typed_is_one_write_and_stands_in_the_history(page, held):
    before = models.Revision.objects.count()
    sent = writes(page)
    cell(page).click()
    page.keyboard.press("a")
    said(page, "Saved. Do what FIN-1 says, IT Project Manager: Accountable")
    assert held("FIN-1", "PM") == "A"
    assert sent == ["seen=&letters=A"]
    assert models.Revision.objects.count() == before + 1
    latest = models.Revision.objects.latest("number")
    assert (latest.actor_name, latest.door) == ("Ed", "workspace")


def test_shift_adds_a_letter_and_takes_it_away(page, held):
    cell(page).click()
    page.keyboard.press("r")
    page.keyboard.press("Shift+A")
    said(page, "Accountable and Responsible")
    assert held("FIN-1", "PM") == "A/R"
    assert cell(page).locator(".letter-both .letter").all_inner_texts() == ["A", "R"]
    page.keyboard.press("Shift+R")
    expect(page.locator("[data-grid-said]")).to_have_text("Saved. Do what FIN-1 says, IT Project Manager: Accountable")
    assert held("FIN-1", "PM") == "A"


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_it_is_cleared(page, held, key):
    cell(page).click()
    page.keyboard.press("C")
    said(page, "Consulted")
    page.keyboard.press(key)
    said(page, "IT Project Manager: empty")
    assert held("FIN-1", "PM") == ""


def test_a_letter_is_painted_before_the_server_answers(page, held):
    held_back: list[Route] = []
    page.route(CELLS, lambda route: route.continue_() if held_back else held_back.append(route))
    sent = writes(page)
    cell(page).click()
    page.keyboard.press("a")
    page.keyboard.press("Shift+R")
    expect(cell(page)).to_have_text("ARAccountable and Responsible")
    assert held("FIN-1", "PM") == ""
    assert sent == ["seen=&letters=A"], "the second write waits for the first"
    held_back[0].continue_()
    said(page, "Accountable and Responsible")
    assert sent[1:] == ["seen=A&letters=A%2FR"]
    assert held("FIN-1", "PM") == "A/R"


def test_what_the_scheme_forbids_is_taken_back_with_the_reason(page, held):
    cell(page).click()
    page.keyboard.press("c")
    said(page, "Saved")
    page.keyboard.press("Shift+I")
    said(page, "C and I cannot stand in one cell")
    state(page, cell(page), "Do what FIN-1 says, IT Project Manager: Consulted")
    assert held("FIN-1", "PM") == "C"


@pytest.mark.parametrize(
    ("button", "answer", "expected"), [("Keep theirs", "Kept.", "Consulted"), ("Put mine", "Saved.", "Accountable")]
)
def test_a_cell_that_has_moved_shows_both_values_and_a_choice(page, stage, button, answer, expected):
    stage.small.set("FIN-1", "PM", "", "C")
    cell(page).click()
    page.keyboard.press("a")
    panel = page.get_by_role("group", name="Choose for Do what FIN-1 says, IT Project Manager")
    expect(panel).to_contain_text("A (Accountable)")
    expect(panel).to_contain_text("C (Consulted) by Tester")
    state(
        page,
        cell(page),
        "Do what FIN-1 says, IT Project Manager: Accountable, changed by somebody else, a choice is needed",
    )
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Keep theirs")).to_be_focused()
    panel.get_by_role("button", name=button).press("Enter")
    expect(panel).to_have_count(0)
    expect(cell(page)).to_be_focused()
    said(page, f"{answer} Do what FIN-1 says, IT Project Manager: {expected}")
    page.reload()
    expect(cell(page)).to_contain_text(expected)


def test_undo_takes_back_what_was_typed_and_redo_does_it_again(page, held):
    cell(page).click()
    page.keyboard.press("a")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    said(page, "IT Manager: Responsible")
    page.keyboard.press("Control+z")
    said(page, "IT Manager: empty")
    page.keyboard.press("Control+z")
    said(page, "IT Project Manager: empty")
    expect(cell(page)).to_be_focused()
    assert (held("FIN-1", "PM"), held("FIN-1", "ITM")) == ("", "")
    page.keyboard.press("Control+y")
    said(page, "IT Project Manager: Accountable")
    assert held("FIN-1", "PM") == "A"
    page.keyboard.press("Control+Shift+z")
    said(page, "IT Manager: Responsible")
    page.keyboard.press("Control+y")
    said(page, "There is nothing to take back or do again.")


def test_undo_after_a_choice_goes_back_to_what_somebody_else_had_put(page, stage):
    stage.small.set("FIN-1", "PM", "", "C")
    cell(page).click()
    page.keyboard.press("a")
    page.get_by_role("button", name="Put mine").click()
    said(page, "Saved. Do what FIN-1 says, IT Project Manager: Accountable")
    page.keyboard.press("Control+z")
    said(page, "Saved. Do what FIN-1 says, IT Project Manager: Consulted")


def test_what_somebody_else_has_chosen_since_is_not_undone(page, stage):
    cell(page).click()
    page.keyboard.press("a")
    said(page, "Saved")
    stage.small.set("FIN-1", "PM", "A", "C")
    page.keyboard.press("r")
    page.get_by_role("button", name="Keep theirs").click()
    said(page, "Kept")
    page.keyboard.press("Control+z")
    said(page, "IT Project Manager has changed since; it is left as it is.")
    expect(cell(page)).to_contain_text("Consulted")


def test_who_may_no_longer_write_is_told_and_sees_what_holds(page, stage, held):
    models.Membership.objects.filter(user=stage.people["ed"]).update(level="reader")
    cell(page).click()
    page.keyboard.press("a")
    said(page, "Not saved. Do what FIN-1 says, IT Project Manager: You may not change this matrix.")
    state(page, cell(page), "Do what FIN-1 says, IT Project Manager: empty")
    assert held("FIN-1", "PM") == ""


def test_the_keys_of_a_spreadsheet_move_through_one_tab_stop(page):
    assert page.locator('[role="grid"] [tabindex="0"], .sheet[tabindex="0"]').count() == 1
    cell(page, "VEN-1").focus()
    for key, duty, column in (
        ("ArrowDown", "VEN-2", 0),
        ("ArrowRight", "VEN-2", 1),
        ("ArrowDown", "FIN-1", 1),
        ("ArrowDown", "FIN-1", 1),
        ("ArrowUp", "VEN-2", 1),
        ("ArrowLeft", "VEN-2", 0),
        ("ArrowLeft", "VEN-2", 0),
        ("PageDown", "FIN-1", 0),
        ("PageUp", "VEN-1", 0),
        ("Control+End", "FIN-1", None),
        ("Home", "FIN-1", 0),
        ("Control+Home", "VEN-1", 0),
        ("End", "VEN-1", None),
    ):
        page.keyboard.press(key)
        target = page.locator(f'[id="{duty}"] .edge') if column is None else cell(page, duty, column)
        expect(target).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator('[role="grid"] :focus')).to_have_count(0)


def test_everything_goes_by_keyboard_alone(page, held):
    page.get_by_role("button", name="Keys").focus()
    page.keyboard.press("Tab")
    state(page, page.locator(":focus"), "Do what VEN-1 says, IT Project Manager: empty")
    page.keyboard.press("i")
    said(page, "Informed")
    assert held("VEN-1", "PM") == "I"
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of the grid")
    expect(dialog).to_contain_text("sets Accountable")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(CELLS)
    page.get_by_role("radio", name="Informed").wait_for()


def test_an_interim_owner_is_drawn_and_not_taken_for_what_the_cell_holds(page, held):
    target = cell(page, "VEN-1", 1)
    target.click()
    state(page, target, "Do what VEN-1 says, IT Manager: empty")
    page.keyboard.press("a")
    said(page, "IT Manager: Accountable")
    assert held("VEN-1", "ITM") == "A"
    expect(target.locator(".letter-interim")).to_have_count(1)


def test_what_is_wrong_with_the_row_follows_what_is_typed(page):
    edge = page.locator('[id="FIN-1"] .edge')
    cell(page).click()
    page.keyboard.press("a")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("a")
    expect(edge).to_contain_text("Several accountable")
    page.keyboard.press("Delete")
    expect(edge).not_to_contain_text("Several accountable")
    expect(page.locator("tfoot td").first).to_have_text("1A")


def test_what_is_typed_without_a_network_waits_and_is_sent_when_it_is_back(page, context, held):
    cell(page).click()
    context.set_offline(True)
    page.keyboard.press("a")
    said(page, "waits: the server cannot be reached")
    state(page, cell(page), "Do what FIN-1 says, IT Project Manager: Accountable, waiting to be saved")
    page.keyboard.press("Shift+R")
    assert held("FIN-1", "PM") == ""
    context.set_offline(False)
    said(page, "Saved. Do what FIN-1 says, IT Project Manager: Accountable and Responsible")
    expect(page.locator(".is-waiting")).to_have_count(0)
    assert held("FIN-1", "PM") == "A/R"


def test_what_is_typed_after_the_session_ended_waits_until_one_is_back(page, context, stage, held, live_server):
    context.clear_cookies()
    cell(page).click()
    page.keyboard.press("a")
    said(page, "you are signed out")
    link = page.get_by_role("link", name="Sign in in a new tab")
    assert link.get_attribute("target") == "_blank"
    assert held("FIN-1", "PM") == ""
    enter(context, stage, "ed", live_server.url)
    said(page, "Saved. Do what FIN-1 says, IT Project Manager: Accountable")
    assert held("FIN-1", "PM") == "A"


def test_there_is_nothing_to_type_in_for_a_reader_nor_in_the_past(context, stage, live_server):
    address = stage.url(f"matrices/{stage.small.matrix_key}/")
    opened = context.new_page()
    opened.goto(f"{address}?as_of=1")
    assert opened.locator("[role=grid], [data-grid-tools]").count() == 0
    enter(context, stage, "bob", live_server.url)
    opened.goto(address)
    assert opened.locator("[role=grid], [data-grid-tools]").count() == 0


def test_without_a_script_a_cell_is_set_with_its_form(browser, stage, live_server, held):
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    enter(plain, stage, "ed", live_server.url)
    opened = plain.new_page()
    opened.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    assert opened.get_by_role("button", name="Keys").count() == 0
    cell(opened).get_by_role("link").click()
    opened.get_by_role("radio", name="Consulted").check()
    opened.get_by_role("button", name="Save").click()
    plain.close()
    assert held("FIN-1", "PM") == "C"
