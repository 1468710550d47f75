"""Bringing a file in a real browser, with a script and without: choosing, dropping, waiting, stopping, how it ended."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from raci import models
from raci.services.imports import leases
from raci.services.imports.leases import State, take_up
from raci.services.imports.taking_in import take_in
from tests.axe import flaws
from tests.importing import Parts, ours, refused

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def parts(monkeypatch, cast):
    # Whoever works here is the test itself, and a browser may be slow to start.
    monkeypatch.setattr(leases, "FRESH", timedelta(hours=1))
    made = Parts((cast.small.cell("VEN-1", "PM", "", "R"),))
    made.install(monkeypatch)
    return made


@pytest.fixture
def item(cast):
    """An import that somebody works on."""
    return take_in(cast.small.organisation, cast.people["ed"], name="matrix.csv", content=b"a;b").item


def test_a_file_is_chosen_and_its_refusal_read(context, cast):
    page = context.new_page()
    page.goto(cast.url("matrices/"))
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("Choose a file, or drop one here").set_input_files(
        {"name": "picture.png", "mimeType": "image/png", "buffer": refused("This is a picture.")}
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="This file was not taken")).to_be_visible()
    expect(page.get_by_text("This is a picture.")).to_be_visible()
    page.get_by_role("link", name="Choose another file").click()
    expect(page.get_by_role("heading", name="Bring a spreadsheet")).to_be_visible()


def test_a_matrix_leads_to_its_own_import(context, cast):
    page = context.new_page()
    page.goto(cast.url(f"matrices/{cast.small.matrix_key}/"))
    page.get_by_role("link", name="Import", exact=True).click()
    expect(page.get_by_label("Into which matrix")).to_have_value(cast.small.matrix_key)


def test_the_bar_follows_the_work_and_the_page_leads_on(context, cast, item):
    lease = take_up(cast.small.organisation.pk)
    lease.beat("parse", 1, 4)
    page = context.new_page()
    page.goto(cast.url(f"imports/{item.key}/"))
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "18")
    expect(page.get_by_role("heading", name="Reading the file")).to_be_visible()
    lease.beat("recognise", 1, 2)
    expect(page.get_by_role("heading", name="Looking for the matrix in it")).to_be_visible()
    expect(page.locator("[data-share]")).to_have_text("48 %")
    expect(page.locator('[aria-current="step"]')).to_have_text("Looking for the matrix in it")
    lease.end(State.REFUSED, refusal={"text": "There is no matrix in this file.", "facts": {}})
    expect(page.get_by_text("There is no matrix in this file.")).to_be_visible()


def test_work_is_stopped_by_a_button(context, cast, item):
    take_up(cast.small.organisation.pk)
    page = context.new_page()
    page.goto(cast.url(f"imports/{item.key}/"))
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("is stopped; nothing was changed")).to_be_visible()
    item.refresh_from_db()
    assert item.state == State.CANCELLED


def applied(cast, name="home.xlsx"):
    made = take_in(cast.small.organisation, cast.people["ed"], name=name, content=ours()).item
    number = models.Revision.objects.filter(organisation=cast.small.organisation).count()
    models.Import.objects.filter(pk=made.pk).update(state=State.APPLIED, revision=number, matrix=cast.small.matrix)
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody(browser, live_server, cast, item, scheme):
    done = applied(cast)
    lease = take_up(cast.small.organisation.pk)
    lease.beat("parse", 1, 4)
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme)
    cookie = cast.client("ed").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for rest in ("imports/", "imports/new/", f"imports/{item.key}/", f"imports/{done.key}/"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(cast.url(rest))
        assert flaws(page) == []
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], rest
    context.close()
    assert complaints == []
