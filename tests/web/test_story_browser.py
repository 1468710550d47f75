"""Two managers and their boss settle who owns what, in real browsers, with the workbook looked at after each step."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.services.door import Author
from raci.services.history import verify
from raci.services.linting import findings
from raci.services.organisations import start_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = {
    "pia": ("contributor", "PM"),
    "ian": ("contributor", "ITM"),
    "cara": ("owner", "CIO"),
    "ed": ("editor", ""),
}
# Contracts, money and the roadmap: what the two say of each row of vendor management, in the order of the rows.
VENDOR_ROWS = 13
PIA = "m t t m m m m t m t m m m"
IAN = "t m m m t t t m t m t m t"
AGREED = {"m t", "t m"}


class Stage:
    """The organisation of the template, and the browsers of its people."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.pages: dict[str, Page] = {}
        self.people: dict[str, Any] = {}
        call_command("loaddata", "schemes", "catalogue", verbosity=0)
        author = Author("Start", "command")
        self.organisation, self.keys = start_organisation(name="Story", slug="story", author=author)
        for name, (level, role) in PEOPLE.items():
            person = get_user_model().objects.create_user(name, first_name=name.title())
            joined = models.Membership.objects.create(organisation=self.organisation, user=person, level=level)
            if role:
                joined.stands_for.add(models.Role.objects.get(organisation=self.organisation, code=role))
            self.people[name] = person
        self.projects = models.Matrix.objects.get(organisation=self.organisation, title="IT projects")

    def page(self, name: str) -> Page:
        """Return the browser of a person."""
        if name not in self.pages:
            client = Client()
            client.force_login(self.people[name])
            context = self.browser.new_context(base_url=self.address, viewport={"width": 1280, "height": 900})
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie
            self.contexts.append(context)
            self.pages[name] = context.new_page()
        return self.pages[name]

    def go(self, name: str, rest: str) -> Page:
        page = self.page(name)
        page.goto(f"/o/story/{rest}")
        return page

    def grey(self, duty: str) -> models.GreyArea:
        return models.GreyArea.objects.filter(matrix=self.projects, duty__code=duty).latest("pk")

    def decision(self, duty: str) -> models.Decision:
        return models.Decision.objects.in_force().get(matrix=self.projects, duty__code=duty)

    def row(self, duty: str) -> dict[str, str]:
        cells = models.Assignment.objects.filter(row__matrix=self.projects, row__duty__code=duty)
        return dict(cells.values_list("column__role__code", "letters"))

    def workbook(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the sheets of the workbook as it is handed out now, each as its rows of values."""
        client = Client()
        client.force_login(self.people["ed"])
        answer = client.get(f"/o/story/matrices/{self.projects.key}/export.xlsx")
        book = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
        return {
            sheet.title: [values for values in sheet.iter_rows(values_only=True) if any(value for value in values)]
            for sheet in book
        }


@pytest.fixture
def stage(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Stage]:
    made = Stage(browser, live_server.url)
    yield made
    for context in made.contexts:
        context.close()


def mentions(sheet: list[tuple[Any, ...]], *texts: str) -> bool:
    """Tell whether some row of a sheet says all of some texts."""
    return any(all(text in " | ".join(map(str, row)) for text in texts) for row in sheet)


def test_two_managers_and_their_boss_settle_who_owns_what(stage: Stage) -> None:
    books = [stage.workbook()]
    for step in (blind_round, threshold, escalation, disagreement):
        step(stage)
        books.append(stage.workbook())
        assert verify(stage.organisation) == []
    start, rounds, split, asked, replaced = books
    assert mentions(start["Grey areas"], "VEN-2", "open") and not mentions(start["Decisions"], "VEN-2")
    assert mentions(rounds["Decisions"], "VEN-2", "IT Manager", "Agreed in the blind round")
    assert mentions(rounds["Grey areas"], "VEN-2", "decided") and mentions(rounds["Grey areas"], "VEN-4", "open")
    assert mentions(split["Decisions"], "VEN-4", "threshold", "Chief Information Officer")
    assert mentions(split["Matrix"], "VEN-4.1") and mentions(split["Matrix"], "VEN-4.2")
    assert mentions(split["Grey areas"], "VEN-4", "decided") and not mentions(rounds["Matrix"], "VEN-4.1")
    assert mentions(asked["Grey areas"], "FIN-7", "open", "Chief Information Officer")
    assert mentions(replaced["Decisions"], "VEN-2", "IT Project Manager", "Who carries the risk chooses.")
    assert "S05" not in {finding.rule for finding in findings(stage.projects)}


def blind_round(stage: Stage) -> None:
    """The editor opens a round over the vendor rows, both managers mark in private, and it is revealed."""
    ed = stage.go("ed", f"rounds/new/?matrix={stage.projects.key}")
    ed.get_by_label("Title").fill("Vendors")
    for name in ("IT Project Manager", "IT Manager"):
        ed.get_by_role("group", name="Roles that are asked").get_by_label(name, exact=True).check()
    ed.get_by_role("radio", name="areas").check()
    ed.get_by_role("group", name="Areas").get_by_label("Vendor management").check()
    ed.get_by_role("button", name="Open the round").click()
    ed.wait_for_load_state()
    found = models.Round.objects.get(matrix=stage.projects)
    assert (len(found.duties), len(found.roles)) == (VENDOR_ROWS, 2)
    for name, marks in (("pia", PIA), ("ian", IAN)):
        page = stage.go(name, "")
        page.get_by_role("link", name="Vendors").first.click()  # it waits on the overview
        page.goto(f"/o/story/rounds/{found.key}/mark/")
        for key in marks.split():
            page.keyboard.press(key)
        expect(page.locator("[data-state=saved]")).to_have_count(VENDOR_ROWS)
    assert "Collision" not in stage.go("cara", f"rounds/{found.key}/").content()
    ed.goto(f"/o/story/rounds/{found.key}/")
    ed.get_by_role("link", name="Reveal").click()
    ed.get_by_role("button", name="Reveal the round").click()
    expect(ed.get_by_role("row", name="VEN-4").get_by_text("Collision")).to_be_visible()
    agreed = sum(f"{one} {other}" in AGREED for one, other in zip(PIA.split(), IAN.split(), strict=True))
    ed.get_by_role("link", name="Apply agreed rows").click()
    ed.get_by_role("button", name=f"Decide the ticked rows ({agreed})").click()
    expect(ed.get_by_text(f"{agreed} agreed rows are decided.")).to_be_visible()
    ed.get_by_role("link", name="Raise the rest").click()
    ed.get_by_role("button", name="Raise the ticked rows").click()
    ed.wait_for_load_state()
    assert stage.row("VEN-2")["ITM"] in ("A", "A/R")
    assert stage.grey("VEN-4").status == "open"


def threshold(stage: Stage) -> None:
    """The boss splits who signs: the IT manager up to an amount, above it herself."""
    page = stage.go("cara", f"grey-areas/{stage.grey('VEN-4').key}/")
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_role("radio", name="Split by threshold").check()
    page.get_by_label("What is measured?").fill("Value of the contract")
    for number, (role, lower, upper) in enumerate(
        (("IT Manager", "", "50k"), ("Chief Information Officer", "50k", ""))
    ):
        line = page.locator("fieldset.line-split_threshold").nth(number)
        line.get_by_label("Who answers for it").select_option(label=role)
        line.get_by_label("From").fill(lower)
        line.get_by_label("To", exact=True).fill(upper)
        line.get_by_label("Unit").fill("EUR")
    put_on_record(page, "Two weeks for a signature cost us the season.")
    assert stage.row("VEN-4.1")["ITM"] == "A/R"
    assert stage.row("VEN-4.2")["CIO"] == "A/R"
    assert (stage.row("VEN-4")["CIO"], stage.grey("VEN-4").status) == ("A", "decided")


def escalation(stage: Stage) -> None:
    """A budget row goes up. Sponsor and IT manager have nobody above both until a reporting line says so."""
    pex = models.Role.objects.get(organisation=stage.organisation, code="PEX")
    page = stage.go("cara", f"roles/{pex.key}/")
    page.get_by_label("Reports to").select_option(label="Chief Information Officer")
    page.get_by_role("button", name="Add the line").click()
    page.wait_for_load_state()
    page = stage.go("cara", f"grey-areas/{stage.grey('FIN-7').key}/decide/")
    page.get_by_role("radio", name="Escalated").check()
    page.get_by_role("textbox", name="The question").fill("Who may move money between projects?")
    day = (timezone.localdate() + timedelta(days=10)).isoformat()
    page.locator("input[name=escalate-due_on]").fill(day)
    put_on_record(page, "Neither of the two may decide it alone.")
    found = stage.grey("FIN-7")
    assert (found.status, found.decider.code if found.decider else "") == ("open", "CIO")
    assert stage.row("FIN-7")["CIO"] == "A"


def disagreement(stage: Stage) -> None:
    """Pia disagrees with a decision; the question is open again, and another decision takes the place of the first."""
    first = stage.decision("VEN-2")
    page = stage.go("pia", f"decisions/{first.key}/")
    page.get_by_text("I disagree, because").first.click()
    page.get_by_label("Why do you disagree?").fill("The project carries the risk of the choice.")
    page.get_by_role("button", name="I disagree").click()
    page.wait_for_load_state()
    assert stage.grey("VEN-2").status == "open"
    assert stage.decision("VEN-2") == first
    page = stage.go("cara", f"grey-areas/{stage.grey('VEN-2').key}/decide/")
    page.get_by_role("radio", name="Sole owner").check()
    page.locator("select[name=sole_owner-owner]").select_option(label="IT Project Manager")
    put_on_record(page, "Who carries the risk chooses.")
    second = stage.decision("VEN-2")
    assert second.supersedes == first
    assert stage.row("VEN-2")["PM"] in ("A", "A/R")
    chain = stage.go("ian", f"decisions/{second.key}/")
    expect(chain.get_by_role("heading", name="Decisions on this duty")).to_be_visible()


def put_on_record(page: Page, reason: str) -> None:
    """Give the reason, look at what would change, and put it on record."""
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Put on record").click()
    expect(page.get_by_role("button", name="Put on record")).to_have_count(0)
