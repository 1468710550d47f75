"""An absence in a real browser: it is entered, the duty shows it, cover is named, and it is gone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.records import Holding, Kind
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.conftest import Cast
from tests.web.keyboard import check, go

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server; Ada holds PM, which answers for FIN-1, Bob holds the rest."""
    small, people = cast.small, {}
    for name in ("Ada Lovelace", "Bob Marsh"):
        people[name] = models.Person.objects.create(organisation=small.organisation, name=name).key
    held = (("Ada Lovelace", "PM"), ("Bob Marsh", "ITM"), ("Bob Marsh", "CIO"))
    write(
        small.organisation,
        *(create(Kind.HOLDING, Holding(people[name]), small.roles[role], other=new_key()) for name, role in held),
    )
    small.set("FIN-1", "PM", "", "A/R")
    return cast


def look(page: Page, stage: Cast, head: str, tag: bool) -> None:
    """See in the matrix who holds PM, and whether the duty says that nobody is at work."""
    page.goto(stage.url(f"matrices/{stage.small.matrix_key}/"))
    expect(page.locator("thead .role").first).to_contain_text(head)
    row = page.get_by_role("row").filter(has_text="FIN-1")
    expect(row.get_by_text("Nobody at work")).to_have_count(int(tag))


def test_an_absence_is_entered_seen_on_the_duty_covered_and_gone(stage: Cast, context: BrowserContext) -> None:
    page, today = context.new_page(), timezone.localdate()
    page.goto(stage.url("people/"))
    check(page, context)
    look(page, stage, "Ada Lovelace", tag=False)

    page.goto(stage.url("people/"))
    go(page, "link", "Ada Lovelace")
    expect(page.get_by_role("heading", name="Roles today")).to_be_visible()
    check(page, context)
    go(page, "link", "Enter an absence")
    expect(page.get_by_role("heading", name="Ada Lovelace is away")).to_be_visible()
    check(page, context)
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=13)).isoformat())
    go(page, "button", "Enter the absence")
    expect(page.get_by_text("Nobody stands in.")).to_be_visible()
    look(page, stage, "Ada Lovelace (away)", tag=True)

    page.goto(stage.url())
    expect(page.get_by_text("1 duty has no working Accountable").first).to_be_visible()
    go(page, "link", "See the duties")
    expect(page.get_by_role("link", name="FIN-1 Do what FIN-1 says")).to_be_visible()
    check(page, context)

    page.goto(stage.url("people/?away=on"))
    go(page, "link", "Ada Lovelace")
    page.get_by_role("link", name=re.compile("^Change.*from")).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Stands in").select_option(label="Bob Marsh")
    go(page, "button", "Save")
    expect(page.get_by_text("Stands in: Bob Marsh")).to_be_visible()
    look(page, stage, "Ada Lovelace (away, Bob Marsh stands in)", tag=False)
    page.goto(stage.url("people/uncovered/"))
    expect(page.get_by_text("Somebody is at work for every duty that has an owner")).to_be_visible()


def test_ending_the_last_holding_asks_who_follows(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(stage.url(f"roles/{stage.small.roles['PM']}/"))
    check(page, context)
    page.get_by_role("link", name=re.compile("End or change.*Ada Lovelace")).click()
    page.get_by_label("Last day").fill("2030-06-17")
    go(page, "button", "Save the last day")
    expect(page.get_by_role("group", name="Who follows?")).to_contain_text("FIN-1")
    check(page, context)
    page.get_by_label("Successor").select_option(label="Bob Marsh")
    go(page, "button", "Save the last day")
    expect(page.get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    page.goto(stage.url(f"roles/{stage.small.roles['PM']}/"))
    expect(page.get_by_role("region", name="Held by")).to_contain_text("Bob Marsh")
