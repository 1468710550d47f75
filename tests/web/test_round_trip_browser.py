"""The whole round trip as people make it: exported, edited in LibreOffice, brought back, looked at, applied."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from raci import models
from raci.services.loading import load_matrix
from tests import office
from tests.web.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def export(page: Page, cast: Cast) -> bytes:
    """Press Export on the matrix and return the workbook that the browser saved."""
    page.goto(cast.url(f"matrices/{cast.small.matrix_key}/"))
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Excel workbook").click()
    return Path(saved.value.path()).read_bytes()


def bring(page: Page, cast: Cast, workbook: bytes) -> None:
    """Bring a workbook, and wait until its preview is there."""
    page.goto(cast.url("imports/new/"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files({"name": "edited.xlsx", "mimeType": kind, "buffer": workbook})
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Preview of edited.xlsx")).to_be_visible(timeout=60_000)


def test_what_libreoffice_edited_comes_home(
    context: BrowserContext, stage: Cast, require: Callable[[str], str], tmp_path: Path
) -> None:
    small, page = stage.small, context.new_page()
    small.set("VEN-1", "ITM", "", "R")
    workbook = export(page, stage)
    edited = office.edited(
        require("soffice"),
        tmp_path,
        workbook,
        [
            office.typed("Matrix", "H8", "accountable"),  # VEN-1, IT Project Manager
            office.typed("Matrix", "I8", "c"),  # VEN-1, IT Manager: somebody else changes it as well
            office.typed("Matrix", "G9", "Choose the vendor"),
            office.typed("Matrix", "J10", "no idea"),  # FIN-1, Chief Information Officer
            office.inserted("Matrix", 10),
            office.typed("Matrix", "G10", "Pay the bill"),
            office.typed("Matrix", "H10", "a, r"),
            office.renamed("Matrix", "Ours"),
        ],
    )
    small.set("VEN-1", "ITM", "R", "I")
    bring(page, stage, edited)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Ours!J11")  # where it says what nobody can read
    expect(main).to_contain_text("1 conflict kept as it is")
    page.get_by_role("button", name="Apply 4 changes").click()
    expect(page.get_by_text("is written, as revision")).to_be_visible()
    matrix = load_matrix(models.Matrix.objects.get(key=small.matrix_key))
    assert matrix.letters(small.duties["VEN-1"], small.roles["PM"]) == "A"
    assert matrix.letters(small.duties["VEN-1"], small.roles["ITM"]) == "I"  # not overwritten
    assert matrix.duties[small.duties["VEN-2"]].title == "Choose the vendor"
    (new,) = (key for key, duty in matrix.duties.items() if duty.title == "Pay the bill")
    assert matrix.letters(new, small.roles["PM"]) == "A/R"
    assert models.Revision.objects.latest("number").reason.startswith("Import of “edited.xlsx”")


def test_what_libreoffice_only_sorted_and_saved_changes_nothing(
    context: BrowserContext, stage: Cast, require: Callable[[str], str], tmp_path: Path
) -> None:
    small, page = stage.small, context.new_page()
    small.set("VEN-1", "ITM", "", "R")
    workbook = export(page, stage)
    edited = office.edited(require("soffice"), tmp_path, workbook, [office.sorted_by("Matrix", "A8:M10", 5)])
    bring(page, stage, edited)
    expect(page.get_by_role("heading", name="The file changes nothing")).to_be_visible()
