"""Building a matrix in a real browser in which no script runs, by its forms alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.structure import rows_in_order
from raci.services.loading import load_matrix
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server."""
    return cast


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, stage: Cast) -> Iterator[Page]:
    """A page of a browser without scripts, in which ed is signed in."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = stage.client("ed").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    yield context.new_page()
    context.close()


def codes(title: str) -> list[str]:
    loaded = load_matrix(models.Matrix.objects.get(organisation__slug="small", title=title))
    return [loaded.duties[key].code for key in rows_in_order(loaded)]


def test_a_matrix_is_started_filled_and_put_in_order(stage: Cast, page: Page) -> None:
    page.goto(stage.url("matrices/"))
    page.get_by_role("link", name="New matrix").click()
    page.get_by_label("Title").fill("Operations")
    page.get_by_role("checkbox", name="Chief Information Officer").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("checkbox", name="VEN-1").check()
    page.get_by_role("checkbox", name="VEN-2").check()
    page.get_by_role("button", name="Add the ticked duties").click()
    expect(page.get_by_text("Added VEN-1, VEN-2 to Operations.")).to_be_visible()
    page.get_by_role("button", name="Move VEN-2 up").click()
    assert codes("Operations") == ["VEN-2", "VEN-1"]
    page.get_by_role("button", name="Undo").click()
    assert codes("Operations") == ["VEN-1", "VEN-2"]


def test_a_duty_is_renamed_retired_and_brought_back_by_undo(stage: Cast, page: Page) -> None:
    page.goto(stage.url("duties/"))
    page.get_by_role("link", name="Do what VEN-1 says").click()
    page.get_by_label("Title").fill("Sign the contract")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="VEN-1 Sign the contract")).to_be_visible()
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_text("Retired VEN-1 Sign the contract in 1 matrix.")).to_be_visible()
    assert codes("Projects") == ["VEN-2", "FIN-1"]
    page.get_by_role("button", name="Undo").click()
    assert codes("Projects") == ["VEN-1", "VEN-2", "FIN-1"]
    assert not models.Duty.objects.filter(retired=True).exists()
