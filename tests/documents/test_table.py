"""Lists as files: what is text stays text, dates are dates, nothing is cut."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from raci.documents.formulas import bare
from raci.documents.held import CannotBeHeld
from raci.documents.table import Table, write_table
from tests.documents.strategies import AWKWARD

LIKE_FORMULAS = ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "=cmd|' /C calc'!A0", "#N/A", "_x0041_"]


def made(kind: str, *rows: list, **more) -> bytes:
    stream = BytesIO()
    titles = [f"T{number}" for number in range(len(rows[0]) if rows else 2)]
    write_table(Table("List", titles, rows, **more), kind, stream)
    return stream.getvalue()


def sheet(content: bytes, name: str = "List"):
    return openpyxl.load_workbook(BytesIO(content))[name]


def test_a_workbook_has_a_frozen_head_a_filter_and_real_dates() -> None:
    found = sheet(made("xlsx", ["Sign", date(2026, 3, 1), datetime(2026, 3, 1, 23, 59, 1, 5, tzinfo=UTC), 4]))
    assert (found.freeze_panes, found.auto_filter.ref) == ("A2", "A1:D2")
    assert found["A1"].font.bold
    assert [cell.is_date for cell in found[2]] == [False, True, True, False]
    assert [cell.value for cell in found[2]][1:] == [
        datetime.fromisoformat("2026-03-01"),
        datetime.fromisoformat("2026-03-01T23:59:01"),
        4,
    ]
    assert found["B2"].number_format == "d mmm yyyy"


def test_a_day_before_the_calendar_of_workbooks_is_text() -> None:
    assert sheet(made("xlsx", [date(1850, 1, 2)]))["A2"].value == "1850-01-02"


def test_columns_are_as_wide_as_what_they_hold_within_reason() -> None:
    widths = sheet(made("xlsx", ["short", "x" * 500])).column_dimensions
    assert widths["A"].width < 12
    assert widths["B"].width == 60


@pytest.mark.parametrize("text", LIKE_FORMULAS)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    content = made("xlsx", [text])
    assert sheet(content)["A2"].data_type == "s"
    assert python_calamine.load_workbook(BytesIO(content)).get_sheet_by_name("List").to_python()[1] == [text]
    (_, (value,)) = csv.reader(StringIO(made("csv", [text]).decode("utf-8-sig"), newline=""))
    assert not value.startswith(tuple("=+-@\t\r"))
    assert bare(value) == text


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(AWKWARD) | st.text("'=+-@ x", max_size=5), min_size=1, max_size=5))
def test_every_text_comes_back_from_both_kinds_of_file(texts: list[str]) -> None:
    rows = [[text, "end"] for text in texts]
    read = python_calamine.load_workbook(BytesIO(made("xlsx", *rows))).get_sheet_by_name("List").to_python()
    assert [row[0] for row in read[1:]] == texts
    read = list(csv.reader(StringIO(made("csv", *rows).decode("utf-8-sig"), newline="")))
    assert [bare(row[0]) for row in read[1:]] == texts


def test_numbers_and_dates_of_a_csv_are_plain() -> None:
    row = ["a", 4, -2, date(2026, 3, 1), datetime(2026, 3, 1, 9, 5, tzinfo=UTC), None]
    assert made("csv", row).decode("utf-8-sig").splitlines()[1] == "a,4,-2,2026-03-01,2026-03-01 09:05:00,"


def test_a_sheet_of_its_own_says_what_it_is() -> None:
    found = sheet(made("xlsx", ["a"], about=[("Filters", "=area"), ("Rows", 1)], about_name="About: it"), "About  it")
    assert [[cell.value for cell in row] for row in found] == [["Filters", "=area"], ["Rows", 1]]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_cannot_be_held_is_refused_with_its_row_before_anything_is_written(kind: str) -> None:
    stream = BytesIO()
    with pytest.raises(CannotBeHeld, match="row 3"):
        write_table(Table("List", ["T"], [["fine"], ["half \ud800"]]), kind, stream)
    assert stream.getvalue() == b""


def test_no_rows_are_a_head_alone() -> None:
    assert sheet(made("xlsx")).max_row == 1
    assert made("csv").decode("utf-8-sig") == "T0,T1\r\n"
