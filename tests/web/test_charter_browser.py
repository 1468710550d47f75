"""An IT manager signs a charter in a real browser; a letter changes; the page says which lines; they sign again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from tests.axe import flaws
from tests.chartered import hold, person, write_charter
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server; connie holds the role of the IT manager, and its charter is written."""
    write_charter(cast.small)
    person(cast.small, "connie", cast.people["connie"])
    hold(cast.small, "connie")
    return cast


def signed_in(browser: Browser, server: LiveServer, stage: Cast, who: str, scripts: bool) -> BrowserContext:
    size = {"width": 1280, "height": 900}
    made = browser.new_context(base_url=server.url, viewport=size, java_script_enabled=scripts)
    cookie = stage.client(who).cookies["sessionid"].value
    made.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
    made.scripts = scripts
    return made


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def contexts(browser: Browser, live_server: LiveServer, stage: Cast, request) -> Iterator[dict[str, BrowserContext]]:
    """Browsers of connie, who signs, and of ed, who writes; once with scripts and once without."""
    made = {who: signed_in(browser, live_server, stage, who, request.param) for who in ("connie", "ed")}
    yield made
    for one in made.values():
        one.close()


def check(page: Page, context: BrowserContext) -> None:
    if context.scripts:  # axe is one itself
        assert flaws(page) == []


def lines(page: Page) -> list[tuple[str, str]]:
    """Return the lines that the page says were removed and added, as it shows them first."""
    shown = page.locator(".differs").first
    return [(one, text) for one in ("del", "ins") for text in shown.locator(one).all_inner_texts()]


def test_signed_changed_and_signed_again(stage: Cast, contexts: dict[str, BrowserContext]) -> None:
    context = contexts["connie"]
    page = context.new_page()
    page.goto(stage.url())
    expect(page.get_by_role("heading", name="Charters to sign")).to_be_visible()
    page.locator("#waiting").get_by_role("link", name="IT Manager", exact=True).click()
    check(page, context)
    page.get_by_role("button", name="Sign as Connie").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You signed the charter of IT Manager.")).to_be_visible()
    expect(page.locator(".differs")).to_have_count(0)
    check(page, context)

    stage.small.set("VEN-1", "ITM", "A/R", "A")
    page.goto(stage.url())
    page.locator("#waiting").get_by_role("link", name="IT Manager", exact=True).click()
    expect(page.get_by_role("heading", name="What changed since you signed on")).to_be_visible()
    assert lines(page) == [
        ("del", "Acts in the interim, with A/R: VEN-1 Do what VEN-1 says, in “Projects”"),
        ("ins", "Acts in the interim, with A: VEN-1 Do what VEN-1 says, in “Projects”"),
    ]
    check(page, context)
    page.get_by_role("button", name="Sign as Connie").click()
    expect(page.get_by_text("You signed the charter of IT Manager.")).to_be_visible()
    assert models.Signature.objects.count() == 2
    page.goto(stage.url())
    expect(page.get_by_role("heading", name="Charters to sign")).to_have_count(0)


def test_a_charter_is_written_and_what_moved_meanwhile_is_not_signed(
    stage: Cast, contexts: dict[str, BrowserContext]
) -> None:
    charter = stage.url(f"roles/{stage.small.roles['ITM']}/charter/")
    reader = contexts["connie"].new_page()
    reader.goto(f"{charter}sign/")

    page = contexts["ed"].new_page()
    page.goto(charter)
    page.get_by_role("link", name="Edit").click()
    check(page, contexts["ed"])
    page.get_by_label("Purpose").fill("IT serves the business every day.")
    group = page.get_by_role("group", name="Line 2").first
    group.get_by_label("Main duty").fill("Pay invoices")
    page.get_by_role("button", name="Add a line").last.click()
    page.get_by_role("group", name="Line 3").last.get_by_label("What").fill("overtime")
    page.get_by_role("button", name="Save the charter").click()
    expect(page.get_by_text("The charter of IT Manager is saved.")).to_be_visible()
    expect(page.get_by_role("cell", name="Pay invoices")).to_be_visible()

    reader.get_by_role("button", name="Sign as Connie").click()
    expect(reader.get_by_role("heading", name="It changed while you read it, so nothing was signed")).to_be_visible()
    assert lines(reader) == [
        ("ins", "Purpose: IT serves the business every day."),
        ("ins", "Main duty: Pay invoices"),
        ("ins", "May decide on overtime"),
    ]
    assert not models.Signature.objects.exists()


def test_on_a_phone_nothing_sticks_out_and_in_print_only_the_charter_is_left(
    stage: Cast, contexts: dict[str, BrowserContext]
) -> None:
    page = contexts["ed"].new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    for rest in ("", "edit/"):
        page.goto(stage.url(f"roles/{stage.small.roles['ITM']}/charter/{rest}"))
        if contexts["ed"].scripts:
            root = "document.documentElement"
            assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"), rest
    page.goto(stage.url(f"roles/{stage.small.roles['ITM']}/charter/"))
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Main duties")).to_be_visible()
    for gone in (".no-print", ".side", ".top"):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
