"""The preview of an import in a real browser, by keyboard alone and without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from raci import models
from raci.services.loading import load_matrix
from tests.importing_previews import again
from tests.web.conftest import Cast
from tests.web.keyboard import check
from tests.web.test_import_preview import ready, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(context: BrowserContext, stage: Cast) -> Iterator[tuple[Page, models.Import]]:
    item = ready(stage)
    page = context.new_page()
    page.goto(url(stage, item))
    yield page, item


def verdicts(item: models.Import) -> dict[str, str]:
    return {key: pick[0] for key, pick in ((again(item).picks or {}).get("lines", {})).items()}


def kept(page: Page, press: Callable[[], None]) -> None:
    with page.expect_response(lambda answer: answer.url.endswith("picks.json") and answer.ok):
        press()


# The keys are a script's, and the form of the page is for where there is none.
with_script = pytest.mark.parametrize("context", [True], ids=["script"], indirect=True)
without_script = pytest.mark.parametrize("context", [False], ids=["no-script"], indirect=True)


def test_it_has_nothing_that_axe_finds(opened: tuple[Page, models.Import], context: BrowserContext) -> None:
    page, _ = opened
    check(page, context)
    if context.scripts:
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page, context)


@with_script
def test_a_preview_is_answered_and_applied_by_keyboard(opened: tuple[Page, models.Import], stage: Cast) -> None:
    page, item = opened
    first = page.locator("[data-line]").first
    page.keyboard.press("ArrowDown")
    expect(first.get_by_role("checkbox")).to_be_focused()
    assert first.get_attribute("data-line") == "a5"  # the new row stands first
    page.keyboard.press("ArrowDown")
    kept(page, lambda: page.keyboard.press("Space"))
    expect(page.locator("[data-sum]")).to_contain_text("3 changes accepted")
    assert verdicts(item) == {"b2": "refuse"}
    kept(page, lambda: page.keyboard.press("a"))
    expect(page.locator("[data-sum]")).to_contain_text("4 changes accepted")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # the conflict
    kept(page, lambda: page.keyboard.press("a"))
    expect(page.get_by_role("radio", name="Take the file’s")).to_be_checked()
    expect(page.locator("[data-apply]")).to_have_text("Apply 5 changes")
    kept(page, lambda: page.keyboard.press("r"))
    expect(page.get_by_role("radio", name="Keep what is there")).to_be_checked()
    page.locator("[data-apply]").focus()
    page.keyboard.press("Enter")
    page.get_by_text("it became revision").wait_for()
    matrix = load_matrix(models.Matrix.objects.get(key=stage.small.matrix_key))
    assert matrix.letters(stage.small.duties["VEN-1"], stage.small.roles["PM"]) == "A"
    assert matrix.letters(stage.small.duties["FIN-1"], stage.small.roles["PM"]) == "C"


@with_script
def test_a_range_is_answered_together_and_a_group_at_once(opened: tuple[Page, models.Import]) -> None:
    page, item = opened
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".is-chosen")).to_have_count(2)
    kept(page, lambda: page.keyboard.press("r"))
    expect(page.locator("[data-sum]")).to_contain_text("2 changes accepted")
    assert verdicts(item) == {"b2": "refuse", "c2": "refuse"}
    kept(page, lambda: page.keyboard.press("g"))
    expect(page.locator('[data-group="cells"] [data-counted]')).to_have_text("3 of 4 accepted")
    kept(page, lambda: page.keyboard.press("g"))
    expect(page.locator('[data-group="cells"] [data-counted]')).to_have_text("0 of 4 accepted")
    expect(page.locator('[data-group="cells"] input:checked[type=checkbox]')).to_have_count(0)


@with_script
def test_a_new_row_that_is_refused_says_so_at_its_letters(opened: tuple[Page, models.Import]) -> None:
    page, _ = opened
    kept(page, lambda: page.locator('[data-line="a5"] input[type=checkbox]').uncheck())
    expect(page.locator('[data-line="b5"] [data-trouble]')).to_have_text("It needs another line that is not accepted.")


@with_script
def test_an_answer_that_cannot_be_kept_is_said(opened: tuple[Page, models.Import]) -> None:
    page, item = opened
    page.context.set_offline(True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("r")
    expect(page.locator("[data-wrong]")).to_contain_text("could not be kept")
    page.context.set_offline(False)
    assert verdicts(item) == {}


@without_script
def test_answers_are_kept_with_the_form_and_applied(opened: tuple[Page, models.Import], stage: Cast) -> None:
    page, item = opened
    page.locator('[data-line="b2"] input[type=checkbox]').uncheck()
    page.get_by_role("radio", name="Take the file’s").check()
    page.get_by_role("button", name="Keep these answers").last.click()
    expect(page.locator("[data-sum]")).to_contain_text("4 changes accepted, 1 refused")
    assert verdicts(item) == {"b2": "refuse", "b4": "insist"}
    page.locator('[data-line="c2"] input[type=checkbox]').uncheck()
    page.get_by_label("Why? (optional)").fill("As agreed")
    page.locator("[data-apply]").click()
    page.get_by_text("it became revision").wait_for()
    assert models.Revision.objects.first().reason == "Import of “matrix.xlsx”: As agreed"
    matrix = load_matrix(models.Matrix.objects.get(key=stage.small.matrix_key))
    assert matrix.letters(stage.small.duties["VEN-1"], stage.small.roles["ITM"]) == ""


@with_script
def test_two_browsers_answer_and_only_one_of_them_applies(
    opened: tuple[Page, models.Import], context: BrowserContext, stage: Cast
) -> None:
    page, item = opened
    other = context.new_page()
    other.goto(url(stage, item))
    kept(page, lambda: page.locator('[data-line="b2"] input[type=checkbox]').uncheck())
    kept(other, lambda: other.locator('[data-line="c2"] input[type=checkbox]').uncheck())
    expect(other.locator("[data-sum]")).to_contain_text("2 changes accepted")
    assert verdicts(item) == {"b2": "refuse", "c2": "refuse"}
    before = models.Revision.objects.count()
    page.locator("[data-apply]").click()
    page.get_by_text("it became revision").wait_for()
    other.locator("[data-apply]").click()
    other.get_by_text("It was being applied already, or it had ended.").wait_for()
    assert models.Revision.objects.count() == before + 1
