"""The grid in a real browser against the real server."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci.services.loading import load_matrix
from tests.web.conftest import Cast

DESKTOP = {"width": 1280, "height": 900}


@dataclass
class Sight:
    """One page with the grid, as a person sees it."""

    page: Page

    def cell(self, duty: str = "FIN-1", column: int = 0) -> Locator:
        """The cell of a duty under a role; the columns are PM, ITM, CIO."""
        return self.page.locator(f'[id="{duty}"] td.c').nth(column)

    def reload(self) -> None:
        """Load the page again and wait for the grid: before it is there, cells are links."""
        self.page.reload()
        self.page.locator("table.is-grid").wait_for()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, text: str) -> None:
        expect(self.page.locator("[data-grid-said]")).to_contain_text(text)

    def shows(self, text: str, duty: str = "FIN-1", column: int = 0) -> None:
        """Expect a cell to hold letters, as it is read aloud."""
        names = ("IT Project Manager", "IT Manager", "Chief Information Officer")
        expect(self.cell(duty, column)).to_have_attribute("aria-label", f"Do what {duty} says, {names[column]}: {text}")

    def rows(self) -> list[str]:
        """The codes of the rows that are shown, from the top."""
        return self.page.locator(".matrix tbody tr:not(.area, .pad) td.code").all_inner_texts()

    def heads(self) -> list[str]:
        return self.page.locator(".matrix thead th.role").all_inner_texts()


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server."""
    return cast


@pytest.fixture
def enter(stage: Cast, live_server: LiveServer) -> Callable[[BrowserContext, str], None]:
    """Sign somebody in."""

    def sign_in(context: BrowserContext, name: str) -> None:
        cookie = stage.client(name).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return sign_in


@pytest.fixture
def open_context(
    browser: Browser, live_server: LiveServer, enter: Callable[[BrowserContext, str], None]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers in which somebody is signed in."""
    opened: list[BrowserContext] = []

    def begin(name: str = "ed", **options: object) -> BrowserContext:
        given = {"base_url": live_server.url, "viewport": DESKTOP, **options}
        context = browser.new_context(**given)  # type: ignore[arg-type]  # its options
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
        opened.append(context)
        enter(context, name)
        return context

    yield begin
    for context in opened:
        context.close()


@pytest.fixture
def context(open_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A browser in which ed, who may write, is signed in."""
    return open_context()


@pytest.fixture
def look(stage: Cast) -> Iterator[Callable[..., Sight]]:
    """Open the matrix in a browser; it must not have complained of a script or of the policy when the test ends."""
    complaints: list[str] = []

    def begin(context: BrowserContext, query: str = "") -> Sight:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None
        )
        page.goto(stage.url(f"matrices/{stage.small.matrix_key}/{query}"))
        page.locator("table.is-grid").wait_for()
        return Sight(page)

    yield begin
    assert complaints == []


@pytest.fixture
def sight(context: BrowserContext, look: Callable[..., Sight]) -> Sight:
    """The matrix as ed sees it."""
    return look(context)


@pytest.fixture
def page(sight: Sight) -> Page:
    return sight.page


@pytest.fixture
def held(stage: Cast) -> Callable[[str, str], str]:
    """Return what the database holds in a cell."""
    small = stage.small
    return lambda duty, role: load_matrix(small.matrix).letters(small.duties[duty], small.roles[role])
