"""A meeting over two roles in a browser: a blank side is filled, an undecided line visited, a workbook taken home."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.records import Difference, Kind
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server; the two differ in span, and one side is blank."""
    small = cast.small
    small.set("FIN-1", "PM", "", "A/R")
    small.set("FIN-1", "ITM", "", "R")
    span = Difference(small.roles["PM"], small.roles["ITM"], "Span", "one project", "")
    write(small.organisation, create(Kind.DIFFERENCE, span, new_key()))
    return cast


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def context(browser: Browser, live_server: LiveServer, stage: Cast, request) -> Iterator[BrowserContext]:
    """A browser in which ed, who may write, is signed in; once with scripts and once without."""
    size = {"width": 1280, "height": 900}
    made = browser.new_context(base_url=live_server.url, viewport=size, java_script_enabled=request.param)
    cookie = stage.client("ed").cookies["sessionid"].value
    made.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    made.scripts = request.param
    yield made
    made.close()


def check(page: Page, context: BrowserContext) -> None:
    if context.scripts:  # axe is one itself
        assert Axe().run(page).response["violations"] == []


def go(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).first.focus()
    page.keyboard.press("Enter")


def test_a_meeting_fills_a_blank_side_visits_what_is_open_and_takes_the_workbook(
    stage: Cast, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(stage.url("boundaries/"))
    check(page, context)
    page.get_by_label("Role", exact=True).select_option(label="IT Project Manager")
    page.get_by_label("Other role").select_option(label="IT Manager")
    go(page, "button", "Show their boundary")
    heading = page.get_by_role("heading", name="Boundary of IT Project Manager and IT Manager")
    expect(heading).to_be_visible()
    check(page, context)

    page.get_by_role("link", name="Span").focus()
    page.keyboard.press("Enter")
    page.get_by_label("IT Manager", exact=True).focus()
    page.keyboard.type("the whole department")
    check(page, context)
    go(page, "button", "Save")
    expect(page.get_by_role("cell", name="the whole department")).to_be_visible()
    assert models.Difference.objects.get().second_value == "the whole department"

    page.get_by_label("Class").select_option(label="Undecided")
    go(page, "button", "Filter")
    expect(page.get_by_role("status").filter(has_text="2 lines")).to_be_visible()
    page.get_by_role("link", name="VEN-1").last.click()
    expect(page.get_by_role("heading", name="Who signs?")).to_be_visible()
    page.get_by_role("link", name="Vendor management").click()
    expect(heading).to_be_visible()

    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel workbook").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert [row[2].value for row in book["Lines"].iter_rows(min_row=2)] == ["VEN-1", "VEN-2"]


@pytest.mark.parametrize("context", [True], indirect=True, ids=["script"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_does_not_scroll_sideways(stage: Cast, context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    pair = f"boundaries/{stage.small.roles['PM']}/{stage.small.roles['ITM']}/"
    for address in ("boundaries/", pair, f"{pair}differences/new/", f"{pair}agreements/new/", "baselines/"):
        page.goto(stage.url(address))
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0, address
