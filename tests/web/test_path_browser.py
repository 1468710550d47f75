"""A project manager who wants to become IT manager in real browsers: assesses, is assessed, plans, prints."""

from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.records import Holding, Kind
from raci.models.base import new_key
from tests.factories import Small, create, write
from tests.services.confiding import Path, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Stage:
    """The small organisation, in which pia is project manager, and the browsers of its people."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.small = Small()
        self.path = Path(self.small)
        pm = self.small.roles["PM"]
        write(self.small.organisation, create(Kind.HOLDING, Holding(self.path.person.key), pm, other=new_key()))
        self.small.set("FIN-1", "ITM", "", "A/R")
        self.people = {"pia": self.path.user, "cara": member(self.small, "cara", "owner")}
        self.people["sue"] = get_user_model().objects.create_user("sue", is_superuser=True, is_staff=True)

    def page(self, name: str, **options: Any) -> Page:
        """Return a new browser of a person."""
        client = Client()
        client.force_login(self.people[name])
        context = self.browser.new_context(base_url=self.address, **options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie
        self.contexts.append(context)
        return context.new_page()

    @property
    def towards(self) -> str:
        return f"/o/small/people/{self.path.person.key}/towards/{self.small.roles['ITM']}/"


@pytest.fixture
def stage(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Stage]:
    call_command("loaddata", "schemes", verbosity=0)
    made = Stage(browser, live_server.url)
    yield made
    for context in made.contexts:
        context.close()


def test_a_project_manager_goes_the_way_to_it_manager(stage: Stage, tmp_path: File) -> None:
    pia = stage.page("pia", viewport={"width": 1280, "height": 900})
    assesses_herself(pia)
    lets_her_boss_assess(pia, stage)
    plans(pia)
    prints(pia, tmp_path)
    sees_what_changes(pia)
    takes_it_back(pia, stage)


def assesses_herself(pia: Page) -> None:
    """She finds the way by the menu of her name, with the keyboard, and says how far she is."""
    pia.goto("/o/small/")
    pia.locator("summary", has_text="Pia").press("Enter")
    pia.get_by_role("link", name="My path").press("Enter")
    pia.get_by_role("region", name="Where do I want to go?").get_by_role("link", name="IT Manager").press("Enter")
    expect(pia.get_by_text("Assess first: what is unknown cannot be closed.")).to_be_visible()
    pia.get_by_role("link", name="Assess myself").click()
    for number, level in enumerate((3, 4, 4, 4, 4, 5), start=1):
        pia.get_by_label(f"Level: Competency {number}").select_option(str(level))
    pia.get_by_label("Evidence: Competency 1").fill("Ran the data centre move.")
    pia.get_by_label("Assessed on").press("Enter")
    expect(pia.get_by_text("Kept: 6 assessments are new.")).to_be_visible()
    expect(pia.get_by_text("77.4 %")).to_have_count(2)  # 24 of 31, and as much expected: nothing is planned


def lets_her_boss_assess(pia: Page, stage: Stage) -> None:
    """Her boss finds nothing until she lets her in; what she says counts, because it is lower and essential."""
    cara = stage.page("cara", viewport={"width": 390, "height": 844})
    assert cara.goto(stage.towards).status == 404  # type: ignore[union-attr]  # it answers
    pia.get_by_role("link", name="Whom I let in").click()
    pia.get_by_label("Member").select_option(label="Cara")
    pia.get_by_label("may assess me as well").check()
    pia.get_by_role("button", name="Let them in").click()
    cara.goto("/o/small/my-path/")
    cara.get_by_role("region", name="Pia Planner").get_by_role("link", name="IT Manager").click()
    cara.get_by_role("link", name="Assess Pia Planner").click()
    cara.get_by_label("Level: Competency 3").select_option("2")
    cara.get_by_label("Evidence: Competency 3").fill("Has never hired anybody.")
    cara.get_by_role("button", name="Keep").click()
    expect(cara.get_by_text("far apart")).to_be_visible()
    assert cara.evaluate("document.documentElement.scrollWidth <= innerWidth")
    pia.goto(stage.towards)
    expect(pia.get_by_text("Competency 3 is essential, and 3 levels are missing.")).to_be_visible()
    expect(pia.get_by_text("Those who assessed Competency 3 lie 2 levels apart.")).to_be_visible()
    expect(pia.get_by_text("71 %").first).to_be_visible()


def plans(pia: Page) -> None:
    """The first route is what frees a blocker; she plans it, then finishes another."""
    ways = pia.get_by_role("region", name="What would close the gaps").get_by_role("listitem")
    expect(ways.first).to_contain_text("Lead a team")
    expect(ways.first).to_contain_text("CMP-3 blocks no more")
    ways.first.get_by_role("link", name="Plan it").click()
    pia.get_by_label("Note").fill("As deputy of the IT manager.")
    pia.get_by_role("button", name="Keep").click()
    plan = pia.get_by_role("region", name="Plan", exact=True)
    expect(plan).to_contain_text("As deputy of the IT manager.")
    expect(pia.get_by_text("77.4 %")).to_be_visible()  # 24 of 31
    plan.get_by_role("button", name="Done").click()
    expect(plan.get_by_text("done on")).to_be_visible()


def prints(pia: Page, tmp_path: File) -> None:
    """On paper: upright, without what only a screen needs, and with everything that is to be talked about."""
    pia.emulate_media(media="print")
    expect(pia.get_by_role("link", name="Assess myself")).to_be_hidden()
    expect(pia.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(pia.get_by_text("As deputy of the IT manager.")).to_be_visible()
    picture, paper = tmp_path / "plan.png", tmp_path / "plan.pdf"
    pia.screenshot(path=picture, full_page=True)
    pia.pdf(path=paper, prefer_css_page_size=True)
    assert picture.stat().st_size > 10_000
    assert b"/MediaBox [0 0 59" in paper.read_bytes()  # A4 upright is 595 points wide
    pia.emulate_media(media="screen")


def sees_what_changes(pia: Page) -> None:
    """She would answer for what the IT manager does."""
    turned = pia.get_by_role("region", name="What changes in the matrices")
    expect(turned).to_contain_text("1 duty more to answer for")
    expect(turned.get_by_role("link", name="FIN-1")).to_be_visible()


def takes_it_back(pia: Page, stage: Stage) -> None:
    """What is taken back is gone for her boss; a superuser never had it. What was said stays with pia."""
    pia.goto(f"/o/small/people/{stage.path.person.key}/confidants/")
    pia.get_by_role("button", name="Take it back").click()
    for name in ("cara", "sue"):
        assert stage.page(name).goto(stage.towards).status == 404  # type: ignore[union-attr]  # it answers
    assert models.Assessment.objects.filter(assessor=stage.people["cara"]).count() == 1
