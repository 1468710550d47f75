"""The letters that decisions make: in every scheme one role answers, and nothing illegal stands in a cell."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from raci.domain.matrix import Matrix
from raci.domain.records import Decision, DecisionType, Mode, Part
from raci.domain.scheme import Scheme
from raci.domain.settling import child_letters, owner_of, problems, row_letters
from raci.domain.settling.effects import owners_among, owning, without_owning
from tests.domain.builders import RACI
from tests.domain.strategies import matrices

TODAY = date(2026, 3, 2)
NAMING = [kind for kind in DecisionType if kind is not DecisionType.DEFER]


@st.composite
def decided(draw: st.DrawFn, *kinds: DecisionType) -> tuple[Matrix, Decision, tuple[Part, ...]]:
    """A matrix and a decision on one of its rows, with parts for some of its roles."""
    matrix = draw(matrices())
    assume(matrix.rows and len(matrix.columns) > 1)
    duty, roles = draw(st.sampled_from(matrix.row_keys)), matrix.column_keys
    kind = draw(st.sampled_from(kinds or NAMING))
    holders = draw(st.lists(st.sampled_from(roles), min_size=2, max_size=3, unique=True))
    bounds = ["", *(str(10**power) for power in range(1, len(holders))), ""]
    parts = tuple(
        Part(
            role,
            position,
            name=f"Value {position}" if position else "",
            text="Helps",
            unit="EUR",
            lower=bounds[position],
            upper=bounds[position + 1],
        )
        for position, role in enumerate(holders)
    )
    owner = draw(st.sampled_from(roles))
    return matrix, Decision(duty, type=kind, owner=owner, mode=Mode.BANDS, reason="So", terms="Value"), parts


@given(decided())
def test_one_role_answers_and_every_cell_is_legal(given_one):
    matrix, decision, parts = given_one
    row, owner = row_letters(matrix, decision, parts), owner_of(matrix, decision, parts)
    assert list(owners_among(matrix.scheme, row)) == [owner]
    assert set(row.values()) <= set(matrix.scheme.combinations)
    assert set(row) <= set(matrix.columns)


@given(decided(DecisionType.SPLIT_THRESHOLD, DecisionType.SPLIT_SCOPE))
def test_the_duty_of_a_part_is_owned_by_the_role_of_that_part(given_one):
    matrix, decision, parts = given_one
    for part in parts:
        row = child_letters(matrix, decision, part)
        assert list(owners_among(matrix.scheme, row)) == [part.role]
        assert set(row.values()) <= set(matrix.scheme.combinations)


@given(decided(DecisionType.SPLIT_THRESHOLD))
def test_who_has_a_band_does_the_work_and_the_top_answers(given_one):
    matrix, decision, parts = given_one
    row = row_letters(matrix, decision, parts)
    assert owner_of(matrix, decision, parts) == parts[-1].role
    assert all("R" in row[part.role] for part in parts[:-1])


@given(decided())
def test_deciding_the_same_again_changes_no_letter(given_one):
    matrix, decision, parts = given_one
    once = row_letters(matrix, decision, parts)
    settled = replace(matrix, cells={**matrix.cells, decision.duty: once}, grey_areas={}, claims={})
    assert row_letters(settled, decision, parts) == once


@given(decided(DecisionType.DEFER))
def test_putting_it_off_makes_no_letters(given_one):
    matrix, decision, parts = given_one
    assert row_letters(matrix, decision, parts) == matrix.cells.get(decision.duty, {})
    assert owner_of(matrix, decision, parts) == ""


@given(decided(*DecisionType))
def test_what_has_no_reason_is_never_valid(given_one):
    matrix, decision, parts = given_one
    found = problems(matrix, replace(decision, reason=""), parts, TODAY)
    assert "reason" in {problem.field for problem in found}


@pytest.mark.parametrize(
    ("held", "work", "made"),
    [("", True, "A/R"), ("", False, "A"), ("R", False, "A/R"), ("C", False, "A"), ("A", True, "A/R")],
)
def test_an_owner_keeps_the_work_and_drops_what_is_less(held, work, made):
    assert owning(RACI, held, work=work) == made


@pytest.mark.parametrize(("held", "left"), [("A", "C"), ("A/R", "R"), ("I", "I"), ("", "")])
def test_who_no_longer_owns_keeps_the_rest_or_gives_advice(held, left):
    assert without_owning(RACI, held) == left


def test_a_scheme_that_has_only_who_leads_and_who_does(scheme_of_two: Scheme):
    assert owning(scheme_of_two, "", work=True) == "D"
    assert without_owning(scheme_of_two, "D") == ""


@pytest.fixture
def scheme_of_two() -> Scheme:
    """A scheme without a letter for advice or notice, and in which no two letters share a cell."""
    letters = [
        {"code": "D", "label": "Drives", "letter_class": "lead"},
        {"code": "W", "label": "Works", "letter_class": "doer"},
    ]
    return Scheme.from_data({"code": "two", "name": "Two", "letters": letters})
