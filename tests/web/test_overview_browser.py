"""The overview and the box that answers while one types, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from tests.axe import flaws
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server; ed stands for the role that decides and for one that has not claimed."""
    member = models.Membership.objects.get(user=cast.people["ed"])
    member.stands_for.set(models.Role.objects.filter(organisation=cast.small.organisation, code__in=["CIO", "ITM"]))
    cast.small.set("FIN-1", "PM", "", "A/R")
    cast.small.set("FIN-1", "ITM", "", "A")
    return cast


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, stage: Cast) -> Iterator[BrowserContext]:
    """A browser in which ed is signed in."""
    opened = browser.new_context(base_url=live_server.url, viewport=DESKTOP)  # type: ignore[arg-type]  # a size
    session = stage.client("ed").cookies["sessionid"].value
    opened.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield opened
    opened.close()


def opened(context: BrowserContext, stage: Cast, rest: str = "") -> Page:
    page = context.new_page()
    page.goto(stage.url(rest))
    return page


def ask(page: Page, typed: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(typed)
    expect(page.get_by_role("listbox")).to_be_visible()


def test_the_box_answers_while_one_types_and_arrow_and_enter_go_there(stage: Cast, context: BrowserContext) -> None:
    page = opened(context, stage, "duties/")
    ask(page, "do what")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(3)
    expect(options.first).to_contain_text("Projects: A/R IT Project Manager; A IT Manager")
    expect(page.get_by_role("status").filter(has_text="3 results")).to_have_count(1)
    box = page.get_by_role("combobox", name="Who owns …")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "find-1")
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", "find-1")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/duties/{stage.small.duties['VEN-2']}/assign/")


def test_escape_closes_the_list_and_enter_asks_the_page(stage: Cast, context: BrowserContext) -> None:
    page = opened(context, stage)
    ask(page, "ven1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("ven1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/who-owns/?q=ven1")


def test_an_answer_is_reached_by_the_mouse(stage: Cast, context: BrowserContext) -> None:
    page = opened(context, stage)
    ask(page, "fin1")
    page.get_by_role("listbox").get_by_role("option").first.click()
    page.wait_for_url(f"**/duties/{stage.small.duties['FIN-1']}/assign/")


def test_who_is_signed_out_meanwhile_is_asked_to_sign_in_by_enter(stage: Cast, context: BrowserContext) -> None:
    page = opened(context, stage)
    context.clear_cookies()
    page.keyboard.press("/")
    with page.expect_response("**/who-owns/quick/**"):
        page.keyboard.type("fin1")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/**")


def test_without_a_script_enter_asks_the_page(browser: Browser, stage: Cast, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    session = stage.client("ed").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = opened(context, stage)
    page.get_by_label("Who owns …").fill("ven1")
    page.get_by_label("Who owns …").press("Enter")
    page.wait_for_url("**/who-owns/?q=ven1")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_the_browser_complains_of_nothing(
    stage: Cast, context: BrowserContext, scheme: str, size: dict[str, int]
) -> None:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    page.set_viewport_size(size)  # type: ignore[arg-type]  # a size
    page.goto(stage.url())
    for summary in page.locator("summary:visible").filter(has_text="As a table").all():
        summary.click()
    page.locator(".waits > summary").click()
    page.get_by_role("link", name="All that waits for me").click(trial=True)  # nothing lies over it
    assert flaws(page) == []
    page.locator(".waits > summary").click()
    ask(page, "do what")
    page.keyboard.press("ArrowDown")
    assert flaws(page) == []
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_what_waits_is_listed_behind_the_counter_of_every_page(stage: Cast, context: BrowserContext) -> None:
    page = opened(context, stage, "history/")
    page.get_by_text("Waits for me", exact=True).click()
    page.get_by_role("link", name="VEN-1 Do what VEN-1 says decide").click()
    page.wait_for_url(f"**/grey-areas/{stage.contested}/")


def test_on_paper_the_tables_beside_the_charts_are_open(stage: Cast, context: BrowserContext) -> None:
    page = opened(context, stage)
    heights = "[...document.querySelectorAll('.as-table .scroll')].map((table) => table.getBoundingClientRect().height)"
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('.as-table')].every((table) => !table.open)")
    shown = page.evaluate(heights)
    assert len(shown) == 3
    assert min(shown) > 20


def test_bars_keep_their_weights_where_the_browser_chooses_the_colours(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    page.emulate_media(forced_colors="active")
    page.goto(stage.url())
    fill = "(one) => getComputedStyle(document.querySelector(one)).fill"
    assert page.evaluate(fill, ".bar.owner") != page.evaluate(fill, ".bar.doer")
