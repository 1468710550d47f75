"""What a round puts into a matrix, in the letters of its scheme."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.agreed import agreed_letters, claimed_letters, owners_outside, owning_letters
from raci.domain.claims import MarkValue
from raci.domain.scheme import LetterClass, Scheme, format_letters, split_letters
from tests.domain.builders import RACI, matrix_of, open_grey_area
from tests.domain.strategies import DUTY_KEYS, ROLE_KEYS, matrices

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures/schemes.json"
SCHEMES = [Scheme.from_data(row["fields"]["definition"]) for row in json.loads(FIXTURE.read_text(encoding="utf-8"))]
ROUND = ("PM", "ITM")


def test_the_owner_owns_and_does_and_the_other_is_asked():
    matrix = matrix_of("PM ITM CIO", ". . .")
    assert agreed_letters(matrix, "1", "ITM", ROUND) == {"ITM": "A/R", "PM": "C"}


def test_others_keep_what_does_not_own():
    matrix = matrix_of("PM ITM CIO", "A/R A I")
    assert agreed_letters(matrix, "1", "ITM", ROUND) == {"ITM": "A/R", "PM": "R"}
    assert agreed_letters(matrix, "1", "PM", ROUND) == {"PM": "A/R", "ITM": "C"}


def test_a_proposal_counts_where_it_names_the_same_owner():
    proposed = {"PM": "R", "ITM": "A", "CIO": "I", "LEG": "C"}
    greys = {"g": open_grey_area("1", proposed=proposed)}
    matrix = matrix_of("PM ITM CIO LEG", ". . . I", grey_areas=greys)
    assert agreed_letters(matrix, "1", "ITM", ROUND) == {"ITM": "A/R", "PM": "R", "CIO": "I"}
    assert agreed_letters(matrix, "1", "PM", ROUND) == {"PM": "A/R", "ITM": "C"}


def test_a_proposal_of_two_owners_counts_for_nobody():
    greys = {"g": open_grey_area("1", proposed={"PM": "A", "ITM": "A", "CIO": "I"})}
    assert agreed_letters(matrix_of("PM ITM CIO", ". . .", grey_areas=greys), "1", "ITM", ROUND) == {
        "ITM": "A/R",
        "PM": "C",
    }


def test_who_answers_for_it_without_a_part_in_the_round_is_named():
    assert owners_outside(matrix_of("PM ITM CIO", "R C A"), "1", ROUND) == ("CIO",)
    assert owners_outside(matrix_of("PM ITM CIO", "A A R"), "1", ROUND) == ()


def test_marks_claim_letters_of_the_scheme():
    claimed = [claimed_letters(RACI, value) for value in MarkValue]
    assert claimed == ["A/R", "C", "R", "", ""]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.code)
def test_every_scheme_has_letters_for_it_that_may_stand_in_one_cell(scheme):
    owning = owning_letters(scheme)
    assert not scheme.codes_of(scheme.pivot).isdisjoint(split_letters(owning))
    assert format_letters(scheme, split_letters(owning)) == owning
    owner, doers = split_letters(owning)[0], scheme.codes_of(LetterClass.DOER)
    pairs = [set(split_letters(text)) for text in scheme.combinations if len(split_letters(text)) == 2]
    may_do = any(owner in pair and not doers.isdisjoint(pair) for pair in pairs)
    assert may_do == (len(split_letters(owning)) == 2)
    for value in MarkValue:
        letters = claimed_letters(scheme, value)
        assert not letters or format_letters(scheme, split_letters(letters)) == letters


@given(matrices(), st.sampled_from(DUTY_KEYS), st.permutations(ROLE_KEYS))
def test_the_row_then_has_one_owner_among_the_roles_of_the_round(matrix, duty, order):
    roles = [role for role in order[:3] if role in matrix.columns]
    if duty not in matrix.rows or len(roles) < 2:
        return
    wanted = agreed_letters(matrix, duty, roles[0], roles)
    row = {**matrix.cells.get(duty, {}), **wanted}
    owning = matrix.scheme.codes_of(matrix.scheme.pivot)
    holders = {role for role, letters in row.items() if not owning.isdisjoint(split_letters(letters))}
    assert holders == {roles[0], *owners_outside(matrix, duty, roles)}
    assert set(roles) <= wanted.keys() <= matrix.columns.keys()
    assert all(wanted[role] for role in roles)
    for letters in wanted.values():
        assert format_letters(matrix.scheme, split_letters(letters)) == letters
