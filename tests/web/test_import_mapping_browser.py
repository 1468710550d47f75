"""The mapping page in a real browser: light, dark, on a phone, and by keyboard."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.mapping import Choices
from raci.domain.reading import Problem, Weight
from raci.domain.text import Sentence
from raci.services.imports.leases import State
from tests.domain.readings import reading_of
from tests.importing import Parts
from tests.web.conftest import Cast
from tests.web.keyboard import check, go
from tests.web.test_import_mapping import FOUND, brought

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Where somebody wants to look at the page: a folder for pictures of it.
_PICTURES = os.environ.get("ORGROLES_PICTURES", "")


@pytest.fixture
def stage(live_server: LiveServer, transactional_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    Parts().install(monkeypatch)
    call_command("loaddata", "schemes", verbosity=0)
    return cast


def test_an_ordinary_file_is_mapped_on_one_screen_by_keyboard(stage: Cast, context: BrowserContext) -> None:
    reading = reading_of(FOUND)
    problem = Problem("Office!D9", Sentence("“Total” is a sum."), Weight.LEFT)
    item = brought(stage, type(reading)(reading.kind, reading.matrices, (problem,)))
    page = context.new_page()
    page.goto(stage.url(f"imports/{item.key}/mapping/"))
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of those that there are
        page.set_viewport_size({"width": width, "height": 900})
        check(page, context)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if _PICTURES:
            page.screenshot(path=Path(_PICTURES) / f"mapping-{scheme}-{width}.png", full_page=True)
    page.get_by_label("Auditor").focus()
    page.keyboard.type("Chief")
    expect(page.get_by_label("Auditor")).to_have_value(stage.small.roles["CIO"])
    go(page, "button", "Continue")
    page.wait_for_url("**/preview/")
    item = models.Import.objects.get()
    assert item.state == State.READY
    assert Choices.from_data(item.choices).matrices[0].roles[2].to == stage.small.roles["CIO"]
