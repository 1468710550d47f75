"""The sheet of grey areas: other questions and due dates come home as wishes; what else is edited there is said."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from raci.documents.workbook import layout
from raci.documents.workbook.reader import read_home
from raci.documents.workbook.reading.days import day_of
from raci.domain.homecoming import BroughtBack, bring_home, terms
from raci.domain.proposal import Group, Proposal
from raci.domain.reading import Weight
from raci.domain.records import GreyArea, GreyAreaStatus
from tests.documents.opening import written
from tests.documents.rewriting import by_openpyxl, changed, inline_cell
from tests.documents.sample import sample

SHEET = "xl/worksheets/sheet2.xml"
ROW = {"FIN-4": 5, "TEAM-3": 6, "VEN-4": 7, "RES-3": 8}
OPEN = {"status": ("open", "open")}


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return written(sample())


def wanted(content: bytes) -> Proposal:
    data = json.loads(json.dumps(read_home(content).to_data()))
    return bring_home(sample().matrix, BroughtBack.from_data(data))


def typed(workbook: bytes, **cells: Any) -> Proposal:
    """Return what a workbook wants after something was typed into cells of the sheet that there are."""
    for at, value in cells.items():
        workbook = changed(workbook, SHEET, inline_cell(at, _cell(at, value)))
    return wanted(workbook)


def _cell(at: str, value: Any) -> str:
    if value is None:
        return f'<c r="{at}"/>'
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        value = to_excel(value)
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def told(found: Proposal) -> list[tuple[str, str, Weight]]:
    assert found.wishes == ()
    return [(problem.where, str(problem.message), problem.weight) for problem in found.problems]


def fields(found: Proposal) -> dict[str, tuple[Any, Any]]:
    (wish,) = found.wishes
    assert found.problems == ()
    return {change.field: (change.before, change.after) for change in wish.changes}


def test_the_rows_are_where_these_tests_think(workbook: bytes) -> None:
    sheet = openpyxl.load_workbook(BytesIO(workbook))["Grey areas"]
    assert {sheet.cell(row, 1).value: row for row in range(5, 9)} == ROW


# --- questions


def test_another_question_is_a_wish_for_as_long_as_it_is_open(workbook: bytes) -> None:
    found = typed(workbook, D7="  Who signs below\r\n10,000? ")
    asked = sample().matrix.grey_areas["g-VEN-4"].question
    assert fields(found) == {"question": (asked, "Who signs below\n10,000?"), **OPEN}
    (wish,) = found.wishes
    assert (wish.group, wish.where, wish.offered) == (Group.TERMS, "Grey areas!D7", True)
    assert str(wish.about) == f"Question of VEN-4: “{asked}” → “Who signs below\n10,000?”"


def test_an_emptied_question_stays_and_is_said(workbook: bytes) -> None:
    ((where, message, weight),) = told(typed(workbook, D7=None))
    assert (where, weight) == ("Grey areas!D7", Weight.LEFT)
    assert message == "The question of VEN-4 is gone. The grey area keeps its question."


def test_a_question_that_cannot_be_stored_is_said(workbook: bytes) -> None:
    ((where, message, _weight),) = told(typed(workbook, D7="x" * 10_001))
    assert (where, "10,001 characters" in message) == ("Grey areas!D7", True)


def test_a_formula_in_place_of_a_question_or_a_day_is_said(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Grey areas"]["D7"], book["Grey areas"]["K7"] = "=A1", "=TODAY()+14"

    found = told(wanted(by_openpyxl(workbook, edit)))
    assert [where for where, _message, weight in found if weight is Weight.LEFT] == ["Grey areas!D7", "Grey areas!K7"]


def test_of_a_settled_grey_area_question_and_day_stay(workbook: bytes) -> None:
    found = told(typed(workbook, D8="Who may?", K8=date(2027, 1, 31)))
    text = "RES-3 is no open grey area, so its question and its due date stay as they are."
    assert found == [("Grey areas!D8", text, Weight.LEFT)]


# --- days


@pytest.mark.parametrize(
    "value",
    [
        date(2027, 1, 31), 46418.4, "2027-01-31", " 2027-1-31", "2027/01/31", "2027.1.31", "20270131", 20270131,
        "2027-01-31T00:00:00.000Z", "2027-01-31 09:30",
    ],
)  # fmt: skip
def test_another_day_is_a_wish(workbook: bytes, value: Any) -> None:
    found = typed(workbook, K7=value)
    assert fields(found) == {"due_on": ("2026-11-30", "2027-01-31"), **OPEN}
    (wish,) = found.wishes
    assert (wish.group, wish.where, wish.offered) == (Group.TERMS, "Grey areas!K7", True)
    assert str(wish.about) == "VEN-4 is due on 2027-01-31 instead of 2026-11-30"


def test_a_first_day_is_a_wish() -> None:
    edition = sample()
    greys = {**edition.matrix.grey_areas, "g-VEN-4": replace(edition.matrix.grey_areas["g-VEN-4"], due_on=None)}
    matrix = replace(edition.matrix, grey_areas=greys)
    content = by_openpyxl(
        written(replace(edition, matrix=matrix)), lambda book: book["Grey areas"].__setitem__("K7", "2027-01-31")
    )
    (wish,) = bring_home(matrix, read_home(content)).wishes
    assert str(wish.about) == "VEN-4 is due on 2027-01-31"


def test_an_emptied_day_is_a_wish_that_is_not_accepted_beforehand(workbook: bytes) -> None:
    found = typed(workbook, K7=None)
    assert fields(found) == {"due_on": ("2026-11-30", ""), **OPEN}
    (wish,) = found.wishes
    assert (wish.offered, str(wish.about)) == (False, "VEN-4 has no due date any more, it was 2026-11-30")


@pytest.mark.parametrize("value", ["1/2/2027", "soon", "31.01.2027", "2027-02-30", 14, 2027, -5, True, "46400", "="])
def test_what_is_no_day_for_certain_is_said_with_what_to_type(workbook: bytes, value: Any) -> None:
    ((where, message, weight),) = told(typed(workbook, K7=value))
    assert (where, weight) == ("Grey areas!K7", Weight.LEFT)
    assert message == (
        f"“{'TRUE' if value is True else value}” cannot be read as a day for certain, so the due date stays. "
        "Type it with the year first, such as 2026-11-30."
    )


def test_days_that_are_counted_from_1904_are_the_same_days(workbook: bytes) -> None:
    def count_anew(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    def edit(book: Any) -> None:
        count_anew(book)
        book["Grey areas"]["K7"] = date(2027, 1, 31)

    counted = by_openpyxl(workbook, count_anew)
    assert openpyxl.load_workbook(BytesIO(counted)).epoch == CALENDAR_MAC_1904
    assert wanted(counted) == Proposal(sample().matrix.revision)
    assert fields(wanted(by_openpyxl(workbook, edit)))["due_on"] == ("2026-11-30", "2027-01-31")


def test_days_as_strict_workbooks_have_them_are_read(workbook: bytes) -> None:
    def cell(text: str) -> Callable[[bytes], bytes]:
        return inline_cell("K7", f'<c r="K7" t="d"><v>{text}</v></c>')

    assert wanted(changed(workbook, SHEET, cell("2026-11-30T00:00:00.000"))) == Proposal(sample().matrix.revision)
    assert fields(wanted(changed(workbook, SHEET, cell("2027-01-31"))))["due_on"] == ("2026-11-30", "2027-01-31")


@pytest.mark.parametrize("text", ["1e999", "nan", "-1e12", "99999999", "2027-13-01", ""])
def test_no_number_is_too_odd_to_be_no_day(text: str) -> None:
    assert day_of(text, is_number=True) is None


# --- everything else


def test_an_edit_of_any_other_column_is_said_with_where_to_make_it(workbook: bytes) -> None:
    columns = dict(zip(layout.TOLD_FIELDS, "ABCDEFGHIJKLM", strict=True))
    expected = [
        (
            f"Grey areas!{columns[name]}7",
            f"“{column}” of VEN-4 was changed here, and nothing was taken from it. {advice}",
            Weight.NOTE,
        )
        for name, (column, advice) in terms.ELSEWHERE.items()
    ]
    code, *rest = (where.partition("!")[2] for where, _message, _weight in expected)
    assert told(typed(workbook, **{code: "Something"})) == expected[:1]
    # Another code and another duty would be another row.
    assert told(typed(workbook, **dict.fromkeys(rest, "Something"))) == expected[1:]


def test_every_column_comes_home_or_is_said() -> None:
    assert {*terms.ELSEWHERE, terms.QUESTION, terms.DUE} == set(layout.TOLD_FIELDS)


def test_an_emptied_cell_is_said_and_a_deleted_column_is_not(workbook: bytes) -> None:
    assert len(told(typed(workbook, G7=None))) == 1
    assert told(wanted(by_openpyxl(workbook, lambda book: book["Grey areas"].delete_cols(3, 5)))) == []


def test_a_row_that_is_gone_is_not_missed(workbook: bytes) -> None:
    assert told(wanted(by_openpyxl(workbook, lambda book: book["Grey areas"].delete_rows(6)))) == []


def test_what_is_put_down_beside_an_edit_comes_home_too(workbook: bytes) -> None:
    found = typed(workbook, D7="Who signs?", N7="Procurement", O7="They know.", C7="settled")
    assert [wish.group for wish in found.wishes] == [Group.TERMS, Group.CLAIMS, Group.COMMENTS]
    assert [problem.where for problem in found.problems] == ["Grey areas!C7"]


# --- rows that are not what their keys say


def _swap(book: Any, first: int, second: int, columns: int) -> None:
    sheet = book["Grey areas"]
    for column in range(1, columns + 1):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value


def test_rows_may_be_sorted_with_all_their_columns(workbook: bytes) -> None:
    assert told(wanted(by_openpyxl(workbook, lambda book: _swap(book, 5, 7, 17)))) == []


def test_of_rows_that_were_sorted_without_their_keys_nothing_is_taken(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Grey areas"]["N7"], book["Grey areas"]["O7"] = "Procurement", "They know."
        _swap(book, 5, 7, 15)

    found = told(wanted(by_openpyxl(workbook, edit)))
    assert [(where, weight) for where, _message, weight in found] == [
        ("Grey areas!A5", Weight.LEFT), ("Grey areas!A7", Weight.LEFT)
    ]  # fmt: skip
    assert found[0][1].startswith("This row says something else than the grey area of its hidden key")


def test_two_questions_of_one_duty_are_told_apart_when_their_keys_stay_behind() -> None:
    edition = sample()
    first = GreyArea("VEN-4", "Who signs at all?", GreyAreaStatus.WITHDRAWN, raised_on=date(2026, 9, 1))
    matrix = replace(edition.matrix, grey_areas={**edition.matrix.grey_areas, "g-0": first})
    content = by_openpyxl(written(replace(edition, matrix=matrix)), lambda book: _swap(book, 7, 9, 15))
    found = bring_home(matrix, read_home(content))
    assert (found.wishes, [problem.where for problem in found.problems]) == ((), ["Grey areas!C7", "Grey areas!C9"])


def test_an_emptied_row_is_said_once(workbook: bytes) -> None:
    found = told(typed(workbook, **{f"{column}7": None for column in "ABCDEFGHIJKLM"}))
    assert [where for where, _message, _weight in found] == ["Grey areas!A7"]


def _copy(book: Any, question: str | None = None) -> None:
    sheet = book["Grey areas"]
    for column in range(1, 18):
        sheet.cell(9, column).value = sheet.cell(7, column).value
    if question:
        sheet["D9"] = question


def test_a_copied_row_counts_once(workbook: bytes) -> None:
    assert told(wanted(by_openpyxl(workbook, _copy))) == []
    ((where, message, _weight),) = told(wanted(by_openpyxl(workbook, lambda book: _copy(book, "Who signs?"))))
    assert where == "Grey areas!D9"
    assert message == "Another row above carries the same hidden key, so nothing was taken from this one."


def test_a_question_in_a_row_of_its_own_is_not_passed_over(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Grey areas"]["A9"], book["Grey areas"]["D9"] = "VEN-5", "Who manages them?"

    ((where, message, _weight),) = told(wanted(by_openpyxl(workbook, edit)))
    assert (where, message[:26]) == ("Grey areas!D9", "This row carries no key of")


# --- other versions


def _as_before(book: Any) -> None:
    """Make of a workbook what the former version wrote: three names of columns, one hidden column."""
    sheet = book["Grey areas"]
    sheet.delete_cols(17)
    for column in range(1, 14):
        sheet.cell(layout.TABLE_KEY_ROW, column).value = None


def test_a_workbook_of_the_former_version_comes_home_as_it_did(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        _as_before(book)
        sheet = book["Grey areas"]
        sheet["D7"], sheet["K7"], sheet["C7"], sheet["N7"] = "Who signs?", "soon", "settled", "Procurement"

    assert told(wanted(by_openpyxl(workbook, _as_before))) == []
    found = wanted(by_openpyxl(workbook, edit))
    assert ([str(wish.about) for wish in found.wishes], found.problems) == (
        ["Procurement is to own Sign the contract"], ()
    )  # fmt: skip


def test_data_that_the_former_version_packed_are_read(workbook: bytes) -> None:
    content = by_openpyxl(workbook, lambda book: book["Grey areas"].__setitem__("N7", "Procurement"))
    data = json.loads(json.dumps(read_home(content).to_data()))
    data["questions"] = [question[:5] for question in data["questions"]]
    (wish,) = bring_home(sample().matrix, BroughtBack.from_data(data)).wishes
    assert str(wish.about) == "Procurement is to own Sign the contract"
