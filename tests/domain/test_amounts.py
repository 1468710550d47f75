"""Amounts are read as they can only have been meant, and refused where they could have been meant otherwise."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.amounts import NotAnAmount, amount_words, decimal_text, read_amount, stored_decimal
from raci.domain.text import Sentence

AMOUNTS = st.decimals(0, 10**15 - 1, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("typed", "mark", "amount"),
    [
        ("50000", ".", "50000"),
        ("50k", ".", "50000"),
        ("50 K", ",", "50000"),
        ("50,000", ".", "50000"),
        ("50.000", ",", "50000"),
        ("50,000.00", ".", "50000"),
        ("50.000,00", ",", "50000"),
        ("50.000,00", ".", "50000"),
        ("1,234,567", ",", "1234567"),
        ("1.5 M", ".", "1500000"),
        ("1,5 Mio.", ",", "1500000"),
        ("2,5 Mrd", ",", "2500000000"),
        ("200 Tsd.", ",", "200000"),
        ("1.5", ",", "1.5"),
        ("1,5", ".", "1.5"),
        ("0.125", ".", "0.125"),
        (".5", ".", "0.5"),
        ("50 000", ".", "50000"),
        ("1\u202f250\u202f000,50", ",", "1250000.5"),
        ("50'000", ".", "50000"),
        ("٥٠", ".", "50"),
        (" 0 ", ".", "0"),
        ("007", ".", "7"),
    ],
)
def test_what_people_type_is_read(typed: str, mark: str, amount: str) -> None:
    assert decimal_text(read_amount(typed, mark)) == amount


@pytest.mark.parametrize(
    ("typed", "mark", "says"),
    [
        ("50.000", ".", "“50.000” can be read in two ways: write 50000 if you mean thousands, otherwise 50."),
        ("1,250", ",", "“1,250” can be read in two ways: write 1250 if you mean thousands, otherwise 1.25."),
        ("-5", ".", "“-5” is below zero; amounts start at 0."),
        ("− 5", ".", "“− 5” is below zero; amounts start at 0."),
        ("50k EUR", ".", "“50k EUR” is not an amount; write for example 50000 or 50k."),
        ("50 EUR", ".", "“50 EUR”: write the number alone; “EUR” belongs in the field for the unit."),
        ("€50", ".", "“€50”: write the number alone; “€” belongs in the field for the unit."),
        ("", ".", "“” is not an amount; write for example 50000 or 50k."),
        ("fifty", ".", "“fifty” is not an amount; write for example 50000 or 50k."),
        ("1,2,3", ".", "“1,2,3” is not an amount; write for example 50000 or 50k."),
        ("1.2.3,4", ".", "“1.2.3,4” is not an amount; write for example 50000 or 50k."),
        ("5.", ".", "“5.” is not an amount; write for example 50000 or 50k."),
        ("1e5", ".", "“1e5” is not an amount; write for example 50000 or 50k."),
        ("50²", ".", "“50²”: write the number alone; “²” belongs in the field for the unit."),
        ("1" * 16, ".", f"“{'1' * 16}” has too many digits: at most 15 before the decimal mark and 4 after it."),
        ("0.12345", ".", "“0.12345” has too many digits: at most 15 before the decimal mark and 4 after it."),
        (
            f"0.{'9' * 30}k",
            ".",
            f"“0.{'9' * 30}k” has too many digits: at most 15 before the decimal mark and 4 after it.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(typed: str, mark: str, says: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_amount(typed, mark)

    assert str(refused.value.sentence) == str(refused.value) == says


@given(AMOUNTS, st.sampled_from(".,"))
def test_an_amount_written_with_two_decimals_or_stored_comes_back(amount: Decimal, mark: str) -> None:
    cents = amount.quantize(Decimal("0.01"))
    written = f"{cents:,.2f}".translate({ord("."): mark, ord(","): "," if mark == "." else "."})

    assert read_amount(written, mark) == cents
    assert stored_decimal(decimal_text(amount)) == amount
    assert read_amount(decimal_text(cents * 1000) + "k", mark) == cents * 10**6 if cents < 10**6 else True


@given(st.text(st.sampled_from("0123456789.,k M'-"), max_size=9), st.sampled_from(".,"))
def test_nothing_else_than_an_amount_or_a_refusal_comes_out(typed: str, mark: str) -> None:
    try:
        amount = read_amount(typed, mark)
    except NotAnAmount:
        return

    assert amount >= 0
    assert stored_decimal(decimal_text(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"), [("50000.00", "50000"), ("5E+4", "50000"), ("0.50", "0.5"), ("0", "0"), ("0.00", "0")]
)
def test_an_amount_is_stored_in_one_form_only(amount: str, text: str) -> None:
    assert decimal_text(Decimal(amount)) == text


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-1", "x", "1,5", "1e5", "٥", "5."])
def test_no_other_text_is_taken_for_a_stored_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no"):
        stored_decimal(text)


def test_no_text_is_no_amount() -> None:
    assert stored_decimal("") is None


def test_an_amount_is_said_with_its_unit_and_the_marks_of_a_language() -> None:
    said = amount_words(Decimal("1250000.50"), "EUR")
    assert isinstance(said, Sentence)

    assert str(said) == "1,250,000.5 EUR"
    assert str(Sentence("{x}", {"x": amount_words(Decimal("5E+4"))})) == "50,000"
