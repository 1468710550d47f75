"""Lists and history in a real browser: ticked, filtered and taken back by keyboard, at home on a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from tests.axe import flaws
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server."""
    return cast


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, stage: Cast) -> Iterator[Page]:
    """A page of ed, who may write; the browser must not have complained when the test ends."""
    context = browser.new_context(base_url=live_server.url, viewport=DESKTOP)  # type: ignore[arg-type]  # a size
    cookie = stage.client("ed").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    opened, complaints = context.new_page(), []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def retired() -> list[str]:
    return list(models.Duty.objects.filter(retired=True, organisation__slug="small").values_list("code", flat=True))


def test_ticked_duties_are_retired_and_taken_back_by_keyboard_alone(page: Page, stage: Cast) -> None:
    page.goto(stage.url("duties/?q=do"))
    go = page.get_by_role("button", name="Change selected")
    expect(go).to_be_disabled()
    page.get_by_role("checkbox", name="Tick FIN-1").focus()
    page.keyboard.press("Space")
    expect(go).to_have_text("Change selected (1)")
    page.get_by_label("What to do with the ticked rows").focus()
    page.keyboard.type("Ret")
    go.focus()
    page.keyboard.press("Enter")
    page.get_by_text("This is what the history will say").wait_for()
    page.get_by_label("Why").focus()
    page.keyboard.type("Nobody does it any more.")
    page.get_by_role("button", name="Retire").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 duty is retired.").wait_for()
    assert page.url.endswith("duties/?q=do")
    assert retired() == ["FIN-1"]
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.get_by_text("is taken back").wait_for()
    assert retired() == []


def test_grey_areas_are_assigned_or_given_a_decider_from_the_same_ticks(page: Page, stage: Cast) -> None:
    page.goto(stage.url("grey-areas/"))
    page.get_by_role("checkbox", name="Tick all").check()
    page.get_by_role("button", name="Set terms (2)").click()
    page.get_by_label("Who decides").select_option(label="IT Manager")
    page.get_by_label("Due").fill("2027-04-01")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("4 changes, as one revision").wait_for()
    page.get_by_role("button", name="Set who decides, when and who owns it meanwhile").click()
    page.get_by_text("2 grey areas are changed.").wait_for()
    assert {str(item.decider) for item in models.GreyArea.objects.all()} == {"IT Manager"}
    page.get_by_role("checkbox", name="Tick all").check()
    page.get_by_role("button", name="Assign selected (2)").click()
    page.get_by_role("heading", name="Assign 2 grey areas").wait_for()


def test_history_is_filtered_by_keyboard_and_says_how_many_it_found(page: Page, stage: Cast) -> None:
    stage.small.set("FIN-1", "PM", "", "A")
    page.goto(stage.url("history/"))
    page.get_by_label("Duty or role").focus()
    page.keyboard.type("fin-1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("tester")
    page.keyboard.press("Enter")
    page.wait_for_url("**about=fin-1**")
    expect(page.get_by_role("search", name="Filters").get_by_role("status")).to_have_text("2 found")
    page.get_by_role("link", name="FIN-1 Do what FIN-1 says").first.click()
    page.get_by_role("heading", name="FIN-1").wait_for()


def test_a_filtered_list_is_downloaded_as_it_is(page: Page, stage: Cast) -> None:
    page.goto(stage.url("duties/?q=fin"))
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Comma-separated text").click()
    assert waiting.value.suggested_filename.endswith("-part.csv")
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "FIN-1" in text
    assert "VEN-1" not in text


def test_axe_finds_nothing_and_a_telephone_is_wide_enough(page: Page, stage: Cast) -> None:
    duties = "&".join(f"tick={key}" for key in stage.small.duties.values())
    for rest in (
        "duties/?q=do",
        "roles/?retired=shown",
        "history/?q=test",
        f"duties/change/?do=area&{duties}",
        f"duties/change/?do=retire&{duties}",
        f"grey-areas/change/?do=terms&tick={stage.open}&due_on=2027-04-01",
    ):
        page.goto(stage.url(rest))
        assert flaws(page) == []
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], rest
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a size
