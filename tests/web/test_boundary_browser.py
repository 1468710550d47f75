"""A meeting over two roles in a browser: a blank side is filled, an undecided line visited, a workbook taken home."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.records import Baseline, Difference, Kind
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.conftest import RAISED, Cast
from tests.web.keyboard import check, go

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
def test_no_page_scrolls_sideways_and_axe_finds_nothing(stage: Cast, context: BrowserContext, width: int) -> None:
    small = stage.small
    write(small.organisation, create(Kind.BASELINE, Baseline("Kick-off", 2, RAISED), new_key()))
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    pair = f"boundaries/{small.roles['PM']}/{small.roles['ITM']}/"
    for address in (
        "boundaries/",
        pair,
        f"{pair}differences/new/",
        f"{pair}agreements/new/",
        "baselines/",
        "baselines/new/",
    ):
        page.goto(stage.url(address))
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0, address
        check(page, context)
