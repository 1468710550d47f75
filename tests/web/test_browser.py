"""What people do, in a real browser: by keyboard, light and dark, on a telephone, with nothing for axe to find."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from raci import models
from tests.axe import flaws
from tests.factories import Small
from tests.importing_previews import to_be_mapped
from tests.web.conftest import Cast
from tests.web.test_import_preview import ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast) -> Cast:
    """The cast behind a real server; ed can sign in."""
    cast.people["ed"].set_password(PASSWORD)
    cast.people["ed"].save()
    return cast


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=live_server.url, viewport=DESKTOP)  # type: ignore[arg-type]  # a size
    yield opened
    opened.close()


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Login").fill("ed")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/grey-areas/")


def listen(page: Page) -> list[str]:
    """Collect what the browser complains of: refused by the policy, errors of scripts, files not found."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def addresses(stage: Cast) -> list[str]:
    small = stage.small
    matrix = f"matrices/{small.matrix_key}/"
    lists = ["", "grey-areas/", "duties/", "roles/", "matrices/", "findings/", "decisions/", "history/", "history/1/"]
    others = [
        "who-owns/?q=ven",
        f"grey-areas/assign/?tick={stage.contested}&tick={stage.open}",
        f"grey-areas/{stage.open}/",
        f"grey-areas/{stage.contested}/",
        f"grey-areas/{stage.open}/claim/",
        f"grey-areas/{stage.open}/terms/",
        f"grey-areas/{stage.open}/withdraw/",
        "grey-areas/?status=all&origin=hand",
        "grey-areas/overlaps/",
        f"grey-areas/new/?duty={small.duties['FIN-1']}&role={small.roles['PM']}",
        f"duties/{small.duties['VEN-1']}/assign/",
        f"duties/{small.duties['VEN-2']}/assign/",
        f"duties/{small.duties['VEN-1']}/",
        f"duties/new/?matrices={small.matrix_key}",
        f"roles/{small.roles['PM']}/",
        "roles/new/",
        "matrices/new/",
        f"{matrix}edit/",
        matrix,
        f"{matrix}?as_of=1",
        f"{matrix}compare/?from=1",
        f"{matrix}cells/{small.duties['FIN-1']}/{small.roles['PM']}/",
        f"{matrix}rows/{small.duties['VEN-1']}/",
    ]
    pages = (*lists, *others, *roles_defined(small), *imports(stage))
    return [*map(stage.url, pages), "/accounts/password/change/", "/accounts/2fa/"]


def roles_defined(small: Small) -> list[str]:
    """The pages of charters, boundaries, competence and people."""
    pm, itm = small.roles["PM"], small.roles["ITM"]
    pair = f"boundaries/{pm}/{itm}/"
    roles = [f"roles/{pm}/charter/", f"roles/{pm}/charter/edit/", f"roles/{pm}/skills/", f"roles/{itm}/from/{pm}/"]
    new = ["people/", "baselines/", "competencies/", "routes/", f"{pair}differences/", f"{pair}agreements/"]
    lists = ["people/", "people/uncovered/", "people/give/", "boundaries/", "baselines/", "competencies/", "routes/"]
    mine = ["mine/", "my-path/", "incompatible/", f"duties/{small.duties['VEN-1']}/needs/"]
    return [*roles, *lists, pair, *(f"{place}new/" for place in new), *mine]


def imports(stage: Cast) -> list[str]:
    """The pages of files on their way in: one to be mapped, one to be looked at."""
    mapped, shown = to_be_mapped(stage.small), ready(stage).key
    return ["imports/", "imports/new/", f"imports/{mapped}/mapping/", f"imports/{shown}/preview/"]


def test_an_overlap_is_assigned_by_keyboard_alone(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    complaints = listen(page)
    sign_in(page)
    page.goto(stage.duty_url())
    page.get_by_role("link", name="Assign", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="IT Manager").focus()
    page.keyboard.press("Space")
    assert page.get_by_label("Letters of IT Manager").is_hidden()
    page.get_by_label("Letters of IT Project Manager").focus()
    page.keyboard.type("R")
    page.get_by_label("Reason").focus()
    page.keyboard.type("Contracts outlive projects.")
    page.get_by_role("button", name="Preview Projects").focus()
    page.keyboard.press("Enter")
    page.get_by_text("This is what it would change").wait_for()
    assert page.get_by_label("Reason").input_value() == "Contracts outlive projects."
    page.get_by_role("button", name="Decide Projects").focus()
    page.keyboard.press("Enter")
    page.get_by_text("VEN-1 Do what VEN-1 says is decided").wait_for()
    page.get_by_role("link", name="Projects", exact=True).click()
    row = page.get_by_role("row", name="VEN-1")
    row.get_by_role("gridcell", name="IT Manager: Accountable and Responsible").wait_for()
    assert row.get_by_text("Undecided").count() == 0
    page.get_by_role("link", name="History").click()
    page.get_by_text("Decided VEN-1").wait_for()
    assert complaints == []


def test_a_matrix_is_downloaded(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page)
    page.get_by_role("link", name="Projects", exact=True).click()
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel workbook").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    page.keyboard.press("Escape")
    assert page.get_by_role("link", name="Excel workbook").is_hidden()


def test_what_was_written_can_be_taken_back_where_it_is_said(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page)
    page.goto(stage.assign_url())
    page.get_by_role("radio", name="IT Manager").check()
    page.get_by_label("Letters of IT Project Manager").select_option("R")
    page.get_by_label("Reason").fill("Too quickly.")
    page.get_by_role("button", name="Decide Projects").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("is taken back").wait_for()
    assert models.GreyArea.objects.get(key=stage.contested).status == "open"


def test_rows_are_ticked_and_counted(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page)
    button = page.get_by_role("button", name="Assign selected")
    assert button.is_disabled()
    page.get_by_role("checkbox", name="Tick all").check()
    assert button.inner_text() == "Assign selected (2)"
    button.click()
    page.get_by_role("heading", name="Assign 2 grey areas").wait_for()


def test_the_search_is_one_key_away(stage: Cast, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page)
    page.keyboard.press("/")
    page.keyboard.type("FIN")
    page.keyboard.press("Enter")
    page.wait_for_url("**/who-owns/?q=FIN")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_and_the_browser_complains_of_none(
    stage: Cast, context: BrowserContext, scheme: str
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of its words
    complaints = listen(page)
    page.goto("/accounts/login/")
    found = flaws(page)
    sign_in(page)
    for address in addresses(stage):
        page.goto(address)
        found += flaws(page)
    assert found == []
    assert complaints == []


def test_no_page_is_wider_than_a_telephone_or_the_screen_at_twice_the_size(
    stage: Cast, context: BrowserContext
) -> None:
    page = context.new_page()
    sign_in(page)
    wide = []
    for size in (PHONE, {"width": 640, "height": 450}):  # half of 1280: what is left of it at 200 %
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a size
        for address in addresses(stage):
            page.goto(address)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append(f"{size['width']}: {address}")
    assert wide == []
