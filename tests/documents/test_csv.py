"""The matrix as comma-separated values."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raci.documents.csv import write_csv
from raci.documents.edition import Edition
from raci.documents.formulas import bare, guarded
from raci.documents.held import CannotBeHeld
from raci.domain.structure import rows_in_order
from tests.documents.sample import sample
from tests.documents.strategies import AWKWARD, editions

STARTS = tuple("=+-@\t\r\n\0＝＋－＠")


def read(edition: Edition) -> list[list[str]]:
    stream = BytesIO()
    write_csv(edition, stream)
    return list(csv.reader(StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def test_it_has_a_row_per_duty_with_its_letters_and_what_is_wrong() -> None:
    rows = read(sample())
    assert rows[0][:4] == ["Area", "Code", "Duty", "IT project manager"]
    assert rows[1] == [
        "Resource allocation", "RES-1", "Forecast the demand for people and equipment",
        "A/R", "C", "", "", "", "", "I", "", "C", "clean",
    ]  # fmt: skip
    assert len(rows) == 55


def test_excel_is_told_that_it_is_unicode() -> None:
    stream = BytesIO()
    write_csv(sample(), stream)
    assert stream.getvalue().startswith(b"\xef\xbb\xbfArea,Code")
    assert stream.getvalue().count(b"\r\n") == 55


@settings(max_examples=25, deadline=None)
@given(editions())
def test_no_value_looks_like_a_formula_and_every_text_comes_back(edition: Edition) -> None:
    matrix = edition.matrix
    rows = read(edition)
    assert not [value for row in rows for value in row if value.startswith(STARTS)]
    for row, key in zip(rows[1:], rows_in_order(matrix), strict=True):
        assert [bare(value) for value in row[1:3]] == [matrix.duties[key].code, matrix.duties[key].title]


@given(st.text() | st.sampled_from(AWKWARD) | st.text("'=+-@ ", max_size=5))
def test_guarding_can_always_be_taken_back(text: str) -> None:
    assert bare(guarded(text)) == text
    assert not guarded(text).startswith(STARTS)


def test_an_apostrophe_in_ordinary_text_stays_alone() -> None:
    assert guarded("'quoted'") == "'quoted'"
    assert guarded("=1") == "'=1"
    assert guarded("'=1") == "''=1"


def test_what_cannot_be_held_is_refused_before_anything_is_written() -> None:
    edition = sample()
    duties = dict(edition.matrix.duties) | {"VEN-4": replace(edition.matrix.duties["VEN-4"], title="half \ud800")}
    stream = BytesIO()
    with pytest.raises(CannotBeHeld, match="duty VEN-4"):
        write_csv(replace(edition, matrix=replace(edition.matrix, duties=duties)), stream)
    assert stream.getvalue() == b""


def test_who_owns_a_row_meanwhile_is_said_to_be_in_the_interim() -> None:
    checks = {row[1]: row[-1] for row in read(sample())[1:]}
    said = {code for code, check in checks.items() if "in the interim" in check}
    assert said == {item.duty for item in sample().matrix.grey_areas.values() if item.interim and item.status == "open"}
    assert any("; IT manager in the interim" in check for check in checks.values())
