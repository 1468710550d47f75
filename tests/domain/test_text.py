"""What text may hold."""

import pytest

from raci.domain.text import LONGEST_TEXT, fold, normalise, problem


@pytest.mark.parametrize(
    "text", ["", "plain", "tab\tand\nlines", "=1+1", "漢字 👩🏽‍💻", "x" * LONGEST_TEXT, "\U0010ffff"]
)
def test_what_databases_and_workbooks_can_hold_passes(text: str) -> None:
    assert problem(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\0", "has the character U+0000 at position 2, which no workbook can hold; delete it"),
        ("\x1b[0m", "has the character U+001B at position 1, which no workbook can hold; delete it"),
        ("ab\ud800", "has the character U+D800 at position 3, which no workbook can hold; delete it"),
        ("\ufffe", "has the character U+FFFE at position 1, which no workbook can hold; delete it"),
        ("x" * (LONGEST_TEXT + 1), "is 10,001 characters long; at most 10,000 can be stored"),
    ],
)
def test_what_they_cannot_hold_is_named_with_its_place(text: str, says: str) -> None:
    assert str(problem(text)) == says


def test_stored_text_has_one_form() -> None:
    assert normalise("  e\u0301\r\nx\ry ") == "é\nx\ny"


def test_text_is_compared_without_regard_to_case_and_width() -> None:
    assert fold("ＶＥＮ－1 ") == fold("ven-1")
    assert fold("Straße") == fold("STRASSE")
