"""The measures page in a real browser: accessible in light and dark, at home on a telephone, tables by keyboard."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.axe import flaws
from tests.web.conftest import Cast
from tests.web.test_measures import settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_measures_are_read_by_everybody(browser: Browser, live_server: LiveServer, cast: Cast, scheme: str) -> None:
    settle(cast, "FIN-1", 50, 20)
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    cookie = cast.client("bob").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(cast.url("measures/"))
    for summary in page.get_by_text("As a table").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert page.get_by_role("table").count() == 4
    assert flaws(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()
    assert complaints == []
