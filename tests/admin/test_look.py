"""The admin in a real browser: nothing that axe objects to, nothing that the policy blocks, nothing that sticks out."""

import pytest

from raci import models
from tests.admin.conftest import duty, person, role, signed_in
from tests.admin.test_pages import address, populate
from tests.axe import flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(browser, live_server, small, settings):
    """`visit(theme, width)` is a page of a signed-in owner; what its console says against it is collected."""
    populate(small, ["VEN-2"])
    alice = signed_in(person("alice", small.organisation, "owner"))
    name = settings.SESSION_COOKIE_NAME
    contexts = []

    def open_page(theme: str, width: int):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=theme, base_url=live_server.url
        )
        context.add_cookies([{"name": name, "value": alice.cookies[name].value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        return page

    yield open_page
    for context in contexts:
        context.close()


def places(small):
    return [
        "/admin/",
        address(models.GreyArea),
        address(models.Role, role(small, "ITM").pk, "change"),
        address(models.GreyArea, models.GreyArea.objects.get().pk, "change"),
        address(models.Matrix, small.matrix.pk, "delete"),
        address(models.Revision, models.Revision.objects.latest("number").pk, "undo"),
        address(models.Role, role(small).pk, "history"),
    ]


@pytest.mark.parametrize(("theme", "width"), [("light", 1360), ("dark", 1360), ("light", 390)])
def test_pages_are_accessible_fit_the_screen_and_break_no_policy(visit, small, theme, width):
    page = visit(theme, width)
    for place in places(small):
        page.goto(place)
        page.wait_for_load_state("networkidle")
        assert page.said == [], place  # before axe, which loads stylesheets its own way
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
        assert flaws(page) == []
        page.said.clear()


def test_a_relation_is_found_by_typing(visit, small):
    page = visit("light", 1360)
    page.goto(address(models.Duty, duty(small, "FIN-1").pk, "change"))
    page.locator(".field-area .select2-selection").click()
    page.get_by_role("searchbox", name="Area").fill("vend")
    page.get_by_role("option", name="Vendor management").click()
    assert page.locator(".field-area [role=combobox]").get_attribute("aria-label") == "Area: Vendor management"
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert duty(small, "FIN-1").area == duty(small).area


def test_grey_areas_are_assigned_from_their_list(visit, small):
    page = visit("light", 1360)
    page.goto(address(models.GreyArea))
    page.locator("input.action-select").check()
    page.get_by_label("Action:").select_option("assign")
    page.get_by_role("button", name="Go").click()
    assert flaws(page) == []
    page.get_by_label("Accountable", exact=True).select_option(label="IT Manager")
    page.get_by_label("Letters of the other").select_option("C")
    page.get_by_label("Reason for all").fill("Contracts outlive projects")
    page.get_by_role("button", name="Assign").click()
    page.wait_for_load_state("networkidle")
    assert "1 grey area was assigned." in page.content()
    assert models.GreyArea.objects.get().status == "decided"
