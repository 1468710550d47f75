"""Deciding in a real browser: with the keyboard alone, without a script, on a telephone, on paper."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.records import Kind, Line
from tests.axe import flaws
from tests.factories import create, write
from tests.web.conftest import Cast
from tests.web.deciding import url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

Opener = Callable[..., Page]


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server; connie stands for the project manager, and both claimants have one superior."""
    roles = cast.small.roles
    write(cast.small.organisation, create(Kind.LINE, Line(), roles["PM"], other=roles["CIO"]))
    membership = models.Membership.objects.get(user=cast.people["connie"])
    membership.stands_for.set(models.Role.objects.filter(key=roles["PM"]))
    return cast


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, stage: Cast) -> Iterator[Opener]:
    """Open a page as somebody; the browser must not have complained when the test ends."""
    contexts, complaints = [], []

    def open_as(name: str, **options: object) -> Page:
        options.setdefault("viewport", DESKTOP)
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]  # its options
        contexts.append(context)
        cookie = stage.client(name).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(message: object) -> bool:
    # A refused form answers 422, and the browser says so.
    return message.type == "error" and "422" not in message.text  # type: ignore[attr-defined]  # playwright's


def fill(page: Page, field: str, text: str) -> None:
    """Go to a field and type, as somebody without a mouse does."""
    page.get_by_label(field, exact=True).first.focus()
    page.keyboard.type(text)


def line(page: Page, number: int, role: str, **fields: str) -> None:
    """Fill in a line of the split: the fields one after another by the tabulator."""
    group = page.get_by_role("group", name=f"Line {number}", exact=True)
    group.get_by_label("Who answers for it").focus()
    page.keyboard.type(role)
    for name in ("From", "To", "Unit"):
        page.keyboard.press("Tab")
        page.keyboard.type(fields.get(name, ""))


def split(page: Page, stage: Cast) -> None:
    """Decide VEN-1 by thresholds, from the form to its preview, with the keyboard alone."""
    page.goto(url(stage))
    page.get_by_role("radio", name="Sole owner").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Split by threshold")).to_be_checked()
    expect(page.get_by_role("heading", name="Split by threshold")).to_be_visible()
    expect(page.get_by_role("heading", name="Split by scope")).to_be_hidden()
    fill(page, "What is measured?", "Contract value")
    line(page, 1, "IT P", To="50k", Unit="EUR")
    line(page, 2, "IT M", From="50k", To="250k", Unit="EUR")
    page.get_by_role("button", name="Add a line").focus()
    page.keyboard.press("Enter")
    line(page, 3, "Chief", From="250k", Unit="EUR")
    fill(page, "Reason", "Large contracts bind for years.")
    page.get_by_role("button", name="Preview").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What deciding VEN-1").wait_for()


def test_a_duty_is_split_previewed_recorded_and_disagreed_with_by_keyboard_alone(opened: Opener, stage: Cast) -> None:
    page = opened("ed")
    split(page, stage)
    expect(page.get_by_role("table", name="Projects")).to_contain_text("from 50,000 to under 250,000 EUR")
    page.get_by_role("button", name="Put on record").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Decision on VEN-1").wait_for()
    expect(page.get_by_text("the matrix agrees")).to_be_visible()
    assert models.Decision.objects.get().parts.count() == 3

    other = opened("connie")
    other.goto(stage.url())
    other.get_by_role("region", name="What waits for me").get_by_role(
        "link", name="VEN-1", exact=False
    ).first.wait_for()
    other.goto(page.url)
    other.get_by_text("I disagree, because …").focus()
    other.keyboard.press("Enter")
    fill(other, "Why do you disagree?", "I sign every day.")
    other.keyboard.press("Tab")
    other.keyboard.press("Enter")
    other.get_by_text("the question is open again", exact=False).first.wait_for()
    assert models.GreyArea.objects.get(key=stage.contested).status == "open"


def test_enter_in_a_field_previews_and_adds_no_line(opened: Opener, stage: Cast) -> None:
    page = opened("ed")
    page.goto(url(stage))
    page.get_by_role("radio", name="Split by threshold").check()
    fill(page, "What is measured?", "Contract value")
    page.keyboard.press("Enter")
    page.get_by_text("It cannot go on record yet.").wait_for()
    expect(page.get_by_label("What is measured?")).to_have_value("Contract value")
    page.get_by_role("link", name="Reason", exact=True).click()
    expect(page.get_by_label("Reason", exact=True)).to_be_focused()


def test_without_a_script_a_line_more_comes_back_with_what_was_typed(opened: Opener, stage: Cast) -> None:
    page = opened("ed", java_script_enabled=False)
    page.goto(url(stage))
    page.get_by_role("radio", name="Shared, one accountable").check()
    page.locator("[name=shared-parts-0-text]").fill("the technical evaluation")
    page.get_by_role("button", name="Add a line").click()
    expect(page.locator("[name=shared-parts-2-text]")).to_be_visible()
    expect(page.locator("[name=shared-parts-0-text]")).to_have_value("the technical evaluation")
    expect(page.get_by_role("radio", name="Shared, one accountable")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opener, stage: Cast, scheme: str) -> None:
    page = opened("ed", color_scheme=scheme)
    page.goto(url(stage))
    for kind in ("split_scope", "split_threshold", "delegate", "escalate"):
        page.locator(f"input[value={kind}]").check()
        assert flaws(page) == []
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("It cannot go on record yet.").wait_for()
    assert flaws(page) == []
    split(page, stage)
    assert flaws(page) == []
    page.get_by_role("button", name="Put on record").click()
    page.get_by_role("heading", name="Decision on VEN-1").wait_for()
    assert flaws(page) == []
    mine = opened("connie", color_scheme=scheme)
    mine.goto(page.url)
    mine.get_by_text("I disagree, because …").click()
    assert flaws(mine) == []


def test_on_a_telephone_nothing_is_wider_than_the_screen(opened: Opener, stage: Cast) -> None:
    page = opened("ed", viewport=PHONE)
    split(page, stage)
    assert _overflow(page) <= 0
    page.get_by_role("button", name="Change it").click()
    page.get_by_role("heading", name="Decide VEN-1").wait_for()
    assert _overflow(page) <= 0
    page.go_back()
    page.get_by_role("button", name="Put on record").click()
    page.get_by_role("heading", name="Decision on VEN-1").wait_for()
    assert _overflow(page) <= 0


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_on_paper_a_decision_stands_without_what_can_be_done(opened: Opener, stage: Cast) -> None:
    page = opened("ed")
    split(page, stage)
    page.get_by_role("button", name="Put on record").click()
    page.get_by_role("heading", name="Decision on VEN-1").wait_for()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Who gets what")).to_be_visible()
    expect(page.get_by_role("heading", name="Look at it again, or withdraw it")).to_be_hidden()
    expect(page.get_by_role("link", name="Decide again")).to_be_hidden()
