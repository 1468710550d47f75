"""The sheet of grey areas: room for a proposed owner and a comment, which come home as a claim and a comment."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from raci.documents.workbook import layout
from raci.documents.workbook.reader import read_home
from raci.domain.homecoming import bring_home
from raci.domain.proposal import Group, Proposal
from tests.documents.opening import written
from tests.documents.rewriting import by_openpyxl
from tests.documents.sample import sample


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return written(sample())


def wanted(content: bytes) -> Proposal:
    return bring_home(sample().matrix, read_home(content))


def _asked(book: Any, owner: str, comment: str) -> None:
    sheet = book["Grey areas"]
    row = next(row for row in range(5, 20) if sheet.cell(row, 1).value == "VEN-4")
    sheet.cell(row, 14, owner)
    sheet.cell(row, 15, comment)


def test_proposals_and_comments_on_grey_areas_come_home(workbook: bytes) -> None:
    content = by_openpyxl(workbook, lambda book: _asked(book, "Procurement", "They know the vendor."))
    found = wanted(content)
    assert [(wish.group, str(wish.about)) for wish in found.wishes] == [
        (Group.CLAIMS, "Procurement is to own Sign the contract"),
        (Group.COMMENTS, "On Sign the contract: “They know the vendor.”"),
    ]
    assert [wish.where[:12] for wish in found.wishes] == ["Grey areas!N", "Grey areas!O"]


def test_the_sheet_of_grey_areas_has_room_for_them_and_keeps_its_keys_hidden(workbook: bytes) -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook))["Grey areas"]
    assert [sheet.cell(4, column).value for column in (14, 15)] == ["Your proposal: who should own it", "Your comment"]
    assert [sheet.cell(5, column).value for column in (14, 15, 16)] == [None, None, "g-FIN-4"]
    assert [sheet.column_dimensions[column].hidden for column in "NOPQ"] == [False, False, True, True]
    assert sheet.row_dimensions[layout.TABLE_KEY_ROW].hidden
    assert sheet.auto_filter.ref == "A4:Q8"
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ("Roles!$B$5:$B$13", "N5:N8")


def test_rows_of_grey_areas_may_be_sorted_and_columns_moved(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        _asked(book, "PROC", "")
        sheet = book["Grey areas"]
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1)

    (wish,) = wanted(by_openpyxl(workbook, edit)).wishes
    assert str(wish.about) == "Procurement is to own Sign the contract"
    assert wish.where.startswith("Grey areas!P")


def test_a_formula_in_place_of_a_proposal_is_reported(workbook: bytes) -> None:
    content = by_openpyxl(workbook, lambda book: _asked(book, "=A1", ""))
    found = wanted(content)
    assert (found.wishes, len(found.problems)) == ((), 1)
    assert found.problems[0].where.startswith("Grey areas!N")
