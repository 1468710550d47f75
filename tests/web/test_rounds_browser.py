"""A blind round in a real browser: two managers mark by keyboard, an editor reveals it and follows it up."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from tests.axe import flaws
from tests.blind import Blind
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"width": 1280, "height": 900}
Opens = Callable[..., Page]


@pytest.fixture
def blind(live_server: LiveServer, transactional_db: None, cast: Cast) -> Blind:
    made = Blind(cast.small)
    cast.people |= {"pat": made.pat, "ida": made.ida, "cleo": made.cleo}
    return made


@pytest.fixture
def opens(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Opens]:
    """Return what opens a page as somebody who is signed in."""
    contexts: list[BrowserContext] = []

    def open_page(name: str, url: str, **options: object) -> Page:
        client: Client = cast.client(name)
        context = browser.new_context(base_url=live_server.url, viewport=DESKTOP, **options)  # type: ignore[arg-type]
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()


def at(cast: Cast, blind: Blind, rest: str = "") -> str:
    return cast.url(f"rounds/{blind.round.key}/{rest}")


def saved(page: Page, count: int) -> None:
    expect(page.locator("[data-state=saved]")).to_have_count(count)


def told(blind: Blind) -> set[tuple[str, str, str]]:
    rows = models.Mark.objects.values_list("role__code", "duty__code", "value")
    return set(rows)


def test_the_story_of_a_round(cast: Cast, blind: Blind, opens: Opens) -> None:
    pat = opens("pat", at(cast, blind, "mark/"))
    assert pat.evaluate("document.activeElement.value") == "mine"
    pat.keyboard.press("1")
    pat.keyboard.press("m")
    pat.keyboard.press("t")
    saved(pat, 3)
    pat.get_by_text("Every row is marked").wait_for()
    assert told(blind) == {("PM", "VEN-1", "mine"), ("PM", "VEN-2", "mine"), ("PM", "FIN-1", "theirs")}

    ida = opens("ida", at(cast, blind, "mark/"))
    ida.keyboard.press("2")
    ida.keyboard.press("r")
    ida.keyboard.type("It is ours since spring.")
    ida.keyboard.press("Enter")
    ida.keyboard.press("m")
    ida.keyboard.press("n")
    saved(ida, 3)
    assert models.Mark.objects.get(role__code="ITM", duty__code="VEN-2").reason == "It is ours since spring."
    ida.get_by_role("link", name="Done").click()
    assert "It is ours since spring." not in ida.content()

    ed = opens("ed", at(cast, blind))
    assert "It is ours since spring." not in ed.content()
    ed.get_by_role("link", name="Reveal").click()
    ed.get_by_role("button", name="Reveal the round").click()
    collision = ed.get_by_role("row", name="VEN-2")
    collision.get_by_text("Collision").wait_for()
    assert collision.get_by_text("It is ours since spring.").count() == 1
    ed.get_by_role("link", name="Apply agreed rows").click()
    ed.get_by_role("button", name="Decide the ticked rows (1)").click()
    ed.get_by_text("1 agreed row is decided.").wait_for()
    ed.get_by_role("link", name="Raise the rest").click()
    ed.get_by_role("button", name="Raise the ticked rows (2)").click()
    ed.get_by_text("is a grey area now").wait_for()
    assert models.Assignment.objects.get(row__duty__code="VEN-1", column__role__code="PM").letters == "A/R"
    assert models.GreyArea.objects.get(duty__code="FIN-1").origin == "round"
    assert (
        models.Claim.objects.get(grey_area__duty__code="VEN-2", role__code="ITM").reason == "It is ours since spring."
    )


def test_what_is_marked_without_a_connection_is_sent_when_there_is_one(cast: Cast, blind: Blind, opens: Opens) -> None:
    page = opens("pat", at(cast, blind, "mark/"))
    page.context.set_offline(True)
    page.keyboard.press("s")
    page.keyboard.press("n")
    page.get_by_text("No connection.").wait_for()
    assert told(blind) == set()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page, 2)
    assert told(blind) == {("PM", "VEN-1", "shared"), ("PM", "VEN-2", "nobody")}


def test_what_could_not_be_sent_survives_that_the_page_is_loaded_again(cast: Cast, blind: Blind, opens: Opens) -> None:
    page = opens("pat", at(cast, blind, "mark/"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/mark.json", lambda route: route.abort())
    page.keyboard.press("s")
    page.get_by_text("No connection.").wait_for()
    page.unroute("**/mark.json")
    page.reload()
    saved(page, 1)
    assert told(blind) == {("PM", "VEN-1", "shared")}
    assert page.evaluate("Object.keys(sessionStorage).length + Object.keys(localStorage).length") == 0


def test_marking_goes_on_where_it_stopped_and_a_row_can_be_marked_again(cast: Cast, blind: Blind, opens: Opens) -> None:
    blind.mark_all(PM="mine - -")
    page = opens("pat", at(cast, blind, "mark/"))
    assert page.evaluate("document.activeElement.name") == f"mark-{cast.small.duties['VEN-2']}"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("d")
    saved(page, 1)
    page.get_by_role("group", name="FIN-1").get_by_role("radio", name="Nobody’s").click()
    saved(page, 2)
    assert told(blind) == {("PM", "VEN-1", "unknown"), ("PM", "FIN-1", "nobody")}


def test_among_three_roles_a_digit_names_whose_it_is(cast: Cast, opens: Opens, live_server: LiveServer) -> None:
    blind = Blind(cast.small, "PM", "ITM", "CIO")
    cast.people["pat"] = blind.pat
    page = opens("pat", at(cast, blind, "mark/"))
    page.keyboard.press("t")  # of which one is not said yet
    page.keyboard.press("3")
    saved(page, 1)
    assert models.Mark.objects.get().whose.code in ("ITM", "CIO")
    assert models.Mark.objects.get().duty.code == "VEN-1"


def test_a_round_that_was_revealed_meanwhile_says_so_and_keeps_nothing(cast: Cast, blind: Blind, opens: Opens) -> None:
    page = opens("pat", at(cast, blind, "mark/"))
    blind.reveal()
    page.keyboard.press("m")
    page.get_by_text("takes no marks any more").wait_for()
    assert told(blind) == set()


def test_without_scripts_all_rows_are_one_form(cast: Cast, blind: Blind, opens: Opens) -> None:
    page = opens("pat", at(cast, blind, "mark/"), java_script_enabled=False)
    page.get_by_role("group", name="VEN-1").get_by_role("radio", name="Shared").check(force=True)
    page.get_by_role("button", name="Keep my marks").click()
    page.get_by_text("Kept. 2 rows are left.").wait_for()
    assert told(blind) == {("PM", "VEN-1", "shared")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(cast: Cast, blind: Blind, opens: Opens, scheme: str) -> None:
    second = Blind(cast.small, "PM", "ITM", "CIO")
    second.mark_all(PM="mine mine -", ITM="theirs:PM mine shared", CIO="nobody shared nobody")
    second.reveal()
    rest = ("", "agree/", "raise/")
    pages = [("pat", cast.url()), ("pat", at(cast, blind, "mark/")), ("ed", at(cast, blind, "reveal/"))]
    pages += [("ed", cast.url("rounds/")), ("ed", cast.url("rounds/new/")), ("ed", at(cast, blind))]
    pages += [("ed", at(cast, second, part)) for part in rest]
    found = []
    for name, url in pages:
        page = opens(name, url, color_scheme=scheme)
        complaints: list[str] = []
        page.on(
            "console", lambda message, told=complaints: told.append(message.text) if message.type == "error" else None
        )
        page.reload()
        found += flaws(page)
        found += [f"{url}: {text}" for text in complaints]
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            found.append(f"{url}: wider than a telephone")
    assert found == []
