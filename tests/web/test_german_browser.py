"""Every page in German, in a real browser: no English left, and long words break nothing on a telephone."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.web.conftest import Cast
from tests.web.german import SEEN, english_on, on_record
from tests.web.test_browser import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OUTSIDE = ["/accounts/login/", "/accounts/password/reset/", "/nowhere/"]


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, transactional_db: None, cast: Cast, settings):
    """`visit("ed")` is a page of that person in a German browser."""
    contexts = []

    def opened(name: str):
        context = browser.new_context(base_url=live_server.url, viewport=DESKTOP, locale="de-DE")
        contexts.append(context)
        if name != "anonymous":
            value = cast.client(name).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def settle_something(cast: Cast) -> None:
    """Decide a duty, so that decisions, history and comparisons have something to say."""
    answer = cast.client("ed").post(cast.assign_url(), cast.answers(seen="{}"))
    assert answer.status_code == 302


def parts(cast: Cast) -> list[str]:
    """What is fetched into a page: panels and quick answers. Parts have no language of their own."""
    small = cast.small
    matrix, duty = f"matrices/{small.matrix_key}", small.duties["VEN-1"]
    places = (f"{matrix}/rows/{duty}/", f"{matrix}/panel/{duty}/", f"{matrix}/panel/{duty}/{small.roles['PM']}/")
    return [cast.url(place) for place in (*places, "who-owns/quick/?q=ven", "who-owns/quick/?q=nowhere")]


ADMIN = ["", "raci/greyarea/", "raci/duty/", "raci/duty/add/", "raci/matrix/", "raci/revision/", "raci/membership/"]


@pytest.mark.parametrize("name", ["ed", "bob", "anonymous"])
def test_no_page_has_english_words_left_or_is_wider_than_the_screen(cast, visit, name):
    settle_something(cast)
    places = OUTSIDE if name == "anonymous" else [*addresses(cast), "/o/small/nowhere/"]
    known, page, wrong = on_record(), visit(name), []
    for place in places:
        page.set_viewport_size(DESKTOP)
        page.goto(place)
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == "de", place
        wrong += [f"{place}: {text}" for text in english_on(page.evaluate(SEEN), known)]
        page.set_viewport_size(PHONE)
        wrong += [f"{place} is too wide"] if page.evaluate(WIDER) else []
    assert wrong == []


def test_no_part_of_a_page_has_english_words_left(cast, visit):
    known, page, wrong = on_record(), visit("ed"), []
    for place in parts(cast):
        assert page.goto(place).status == 200, place
        wrong += [f"{place}: {text}" for text in english_on(page.evaluate(SEEN), known)]
    assert wrong == []


def test_the_admin_has_no_english_words_left(cast, visit):
    settle_something(cast)
    key = cast.small.matrix.pk
    known, page, wrong = on_record(), visit("sue"), []
    for place in [*ADMIN, f"raci/matrix/{key}/change/", f"raci/matrix/{key}/delete/", f"raci/matrix/{key}/history/"]:
        assert page.goto(f"/admin/{place}").status == 200, place
        wrong += [f"{place}: {text}" for text in english_on(page.evaluate(SEEN), known)]
    assert wrong == []


def test_the_language_is_chosen_in_the_top_bar_and_kept(cast, visit):
    page = visit("ed")
    page.goto("/o/small/duties/?q=ven")
    page.get_by_text("Sprache").locator("..").click()
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Duties").wait_for()
    assert page.url.endswith("/o/small/duties/?q=ven")
    page.goto("/o/small/history/")
    assert page.locator("html").get_attribute("lang") == "en-gb"
    assert page.locator("button[value='en-gb']").get_attribute("aria-current") == "true"


def test_the_language_can_be_chosen_before_signing_in(visit):
    page = visit("anonymous")
    page.goto("/accounts/login/?next=/o/small/")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert page.url.endswith("/accounts/login/?next=/o/small/")
