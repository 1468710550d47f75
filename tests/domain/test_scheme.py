"""Schemes: letters as data, read from what people type."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.scheme import (
    IllegalCell,
    Letter,
    LetterClass,
    Scheme,
    UnknownLetter,
    format_letters,
    parse_letters,
    split_letters,
)
from tests.domain.builders import DEFINITIONS, RACI, scheme_named

NAMES = [
    "raci", "raci-strict", "ra", "rasci", "rasi", "raci-vs", "racio", "raciq", "paris", "pacsi", "daci", "rapid",
    "ratsi", "responsibility-charting", "drasci", "pdqa", "dci", "mocha", "dare", "clam",
]  # fmt: skip

all_schemes = st.sampled_from(NAMES).map(scheme_named)


def test_the_product_comes_with_twenty_schemes() -> None:
    assert list(DEFINITIONS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_scheme_passes_its_own_checks_and_survives_its_stored_form(name: str) -> None:
    scheme = scheme_named(name)

    assert scheme.problems() == []
    assert scheme.to_data() == DEFINITIONS[name]
    assert Scheme.from_data(scheme.to_data()) == scheme
    assert scheme.code == name


@given(all_schemes, st.data())
def test_the_canonical_form_of_a_cell_does_not_depend_on_the_order_of_its_letters(
    scheme: Scheme, data: st.DataObject
) -> None:
    cell = data.draw(st.sampled_from(["", *scheme.combinations]))
    shuffled = data.draw(st.permutations(split_letters(cell)))

    assert format_letters(scheme, shuffled) == cell


@given(all_schemes, st.data())
def test_reading_a_canonical_cell_gives_it_back_in_any_case(scheme: Scheme, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(["", *scheme.combinations]))

    assert parse_letters(scheme, cell) == cell
    assert parse_letters(scheme, cell.lower()) == cell


@given(all_schemes, st.text(max_size=8))
def test_whatever_can_be_read_is_canonical(scheme: Scheme, text: str) -> None:
    try:
        cell = parse_letters(scheme, text)
    except (UnknownLetter, IllegalCell):
        return
    assert parse_letters(scheme, cell) == cell


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("", ""),
        ("  ", ""),
        ("a", "A"),
        ("RA", "A/R"),
        ("r/a", "A/R"),
        ("A, R", "A/R"),
        ("A & R", "A/R"),
        ("R\nA", "A/R"),
        ("r a", "A/R"),
        ("Accountable", "A"),
        ("accountable; RESPONSIBLE", "A/R"),
        ("AA", "A"),
        ("Ａ", "A"),
    ],
)
def test_letters_are_read_however_people_type_them(typed: str, cell: str) -> None:
    assert parse_letters(RACI, typed) == cell


def test_labels_of_several_words_are_read_beside_others() -> None:
    assert parse_letters(scheme_named("paris"), "review required") == "R"
    assert parse_letters(scheme_named("responsibility-charting"), "a-v") == "A-V"


@pytest.mark.parametrize("typed", ["X", "A/X", "Accountible", "A-R", "?"])
def test_what_is_not_a_letter_is_refused_with_the_letters_that_there_are(typed: str) -> None:
    with pytest.raises(UnknownLetter, match=r"RACI; it has A, R, C, I"):
        parse_letters(RACI, typed)


def test_letters_that_cannot_share_a_cell_are_refused() -> None:
    with pytest.raises(IllegalCell, match="A and C cannot stand in one cell of RACI"):
        parse_letters(RACI, "AC")


def test_a_letter_outside_the_loop_stands_alone() -> None:
    assert [cell for cell in scheme_named("racio").combinations if "O" in cell] == ["O"]


def test_the_same_letter_means_something_else_in_another_scheme() -> None:
    assert scheme_named("raci").by_code["A"].letter_class is LetterClass.OWNER
    assert scheme_named("rapid").by_code["A"].letter_class is LetterClass.VETO


def test_in_a_scheme_without_owner_the_lead_answers() -> None:
    assert scheme_named("mocha").pivot is LetterClass.LEAD
    assert scheme_named("daci").pivot is LetterClass.OWNER
    assert scheme_named("mocha").owner_limit == 1
    assert scheme_named("dare").owner_limit is None


A, R = RACI.letters[:2]


@pytest.mark.parametrize(
    ("letters", "complaint"),
    [
        ((R,), "no letter of class owner or lead"),
        ((A, A), "“a” stands for two letters"),
        ((A, replace(R, label="accountable")), "“accountable” stands for two letters"),
        ((A, replace(R, minimum=2, maximum=1)), "letter R: minimum 2 is above maximum 1"),
        ((A, replace(R, maximum=0)), "letter R: the minimum is at least 0 and the maximum at least 1"),
        ((A, replace(R, minimum=-1)), "letter R: the minimum is at least 0 and the maximum at least 1"),
        ((replace(A, combines_with=frozenset("X")), R), "letter A names X, which the scheme does not have"),
        (
            (A, Letter("O", "Out", LetterClass.OUT, combines_with=frozenset("A"))),
            "letter O means no part at all and cannot share a cell",
        ),
        ((A, replace(R, code="R+")), "letter “R+”: a code is plain text without blanks and without , ; / + & |"),
        ((A, replace(R, code="")), "letter “”: a code is plain text without blanks and without , ; / + & |"),
    ],
)
def test_a_broken_scheme_says_what_is_wrong_with_it(letters: tuple[Letter, ...], complaint: str) -> None:
    scheme = Scheme(code="own", name="Own", letters=letters)

    assert f"own: {complaint}" in scheme.problems()


@pytest.mark.parametrize("data", [{}, {"letters": [{}]}, {"letters": [], "surprise": 1}, {"letters": 1}])
def test_data_that_is_no_scheme_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not the definition of a scheme"):
        Scheme.from_data(data)


def test_equal_schemes_are_one_to_a_cache() -> None:
    assert hash(scheme_named("raci")) == hash(RACI)
    assert parse_letters(scheme_named("raci"), "RA") == parse_letters(RACI, "RA")
