"""A manager looks at what is theirs in a real browser, and takes its days into a calendar."""

from collections.abc import Callable, Iterator

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.records import Holding, Kind
from tests.axe import flaws
from tests.factories import create, write
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Page]


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server; connie holds the role of the IT manager."""
    small = cast.small
    person = models.Person.objects.create(organisation=small.organisation, name="Connie C.", user=cast.people["connie"])
    write(small.organisation, create(Kind.HOLDING, Holding(person.key), small.roles["ITM"], other="hold"))
    small.set("FIN-1", "ITM", "", "A/R")
    return cast


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, stage: Cast) -> Iterator[Opener]:
    contexts, complaints = [], []

    def open_as(name: str, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]  # its options
        contexts.append(context)
        cookie = stage.client(name).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_manager_sees_what_changed_makes_a_calendar_reads_and_revokes_it(opened: Opener, stage: Cast) -> None:
    page = opened("connie", viewport={"width": 1280, "height": 900})
    page.goto(stage.url())
    page.get_by_role("link", name="Mine", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What am I accountable for?")
    expect(page.get_by_role("row", name="FIN-1")).to_contain_text("IT Manager")

    stage.small.set("FIN-1", "CIO", "", "I")
    page.reload()
    since = page.get_by_role("region", name="What changed for you")
    expect(since).to_contain_text("Gave Chief Information Officer I for FIN-1")
    assert flaws(page) == []

    page.get_by_role("button", name="Make a calendar").click()
    address = page.get_by_label("Address of the calendar").input_value()
    stranger = page.context.browser.new_context()  # type: ignore[union-attr]  # it runs in one
    answer = stranger.request.get(address)
    assert answer.ok
    titles = [str(event["summary"]) for event in Calendar.from_ical(answer.body()).walk("VEVENT")]
    assert titles == ["Grey area due: VEN-2 Do what VEN-2 says"]

    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text("The calendar can no longer be read.")).to_be_visible()
    expect(page.get_by_role("button", name="Make a calendar")).to_be_visible()
    assert stranger.request.get(address).status == 404
    stranger.close()


def test_it_fits_a_telephone_in_the_dark_and_a_sheet_of_paper(opened: Opener, stage: Cast) -> None:
    page = opened("connie", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.goto(stage.url("mine/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert flaws(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Make a calendar")).to_be_hidden()
    expect(page.get_by_role("row", name="FIN-1")).to_be_visible()
