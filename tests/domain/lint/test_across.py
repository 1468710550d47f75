"""Matrices held against one another: which scopes meet, and that a conflict is told on both sides."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from raci.domain.lint import Standing, across, lint, merged
from raci.domain.lint.across import intersect
from raci.domain.matrix import Matrix
from raci.domain.records import ScopeKind, Sheet
from tests.domain.builders import TODAY, matrix_of
from tests.domain.strategies import matrices

PROJECT, PROJECTS, DEPARTMENT = ScopeKind.PROJECT, ScopeKind.PROJECTS, ScopeKind.DEPARTMENT


def sheet(kind: ScopeKind, name: str = "", key: str = "m", *lines: str) -> Matrix:
    matrix = matrix_of("PM ITM", *(lines or ("AR C",)))
    return replace(matrix, key=key, sheet=Sheet(f"Sheet {key}", kind, name))


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ((PROJECT, "Apollo"), (PROJECT, "apollo"), True),
        ((PROJECT, "Apollo"), (PROJECT, "Gemini"), False),
        ((PROJECT, "Apollo"), (PROJECTS, ""), True),
        ((PROJECTS, "all"), (PROJECTS, ""), True),
        ((DEPARTMENT, "IT"), (DEPARTMENT, "IT"), True),
        ((DEPARTMENT, "IT"), (DEPARTMENT, "HR"), False),
        ((DEPARTMENT, "IT"), (PROJECTS, ""), False),
        ((DEPARTMENT, "IT"), (PROJECT, "IT"), False),
    ],
)
def test_scopes_meet_where_something_can_lie_in_both(
    first: tuple[ScopeKind, str], second: tuple[ScopeKind, str], meet: bool
) -> None:
    one, other = (Standing("", "", kind, name, {}) for kind, name in (first, second))

    assert intersect(one, other) == intersect(other, one) == meet


def test_a_conflict_is_told_in_each_of_the_matrices_with_the_others() -> None:
    apollo, everywhere = sheet(PROJECT, "Apollo", "a"), sheet(PROJECTS, "", "e", ". A")
    told = [across(one, [Standing.of(apollo), Standing.of(everywhere)], TODAY) for one in (apollo, everywhere)]

    assert [[finding.text for finding in found] for found in told] == [
        ["1 is owned by PM here, and elsewhere by: ITM in “Sheet e”."],
        ["1 is owned by ITM here, and elsewhere by: PM in “Sheet a”."],
    ]


def test_a_row_without_an_owner_contradicts_nobody() -> None:
    here, other = sheet(PROJECTS, "", "a", ". C"), sheet(PROJECTS, "", "b")

    assert across(here, [Standing.of(other)], TODAY) == across(other, [Standing.of(here)], TODAY) == ()


def test_what_is_found_across_stands_among_the_rest_in_the_order_of_the_rules() -> None:
    here = sheet(PROJECTS, "", "a", "AR C/I")
    found = merged(lint(here, today=TODAY), across(here, [Standing.of(sheet(PROJECTS, "", "b", ". A"))], TODAY))

    assert [finding.rule for finding in found] == ["C01", "C02", "K03", "S01"]


@given(matrices(), matrices(), st.sampled_from([PROJECT, PROJECTS]))
def test_a_conflict_is_where_two_sheets_that_meet_have_different_owners(
    first: Matrix, other: Matrix, kind: ScopeKind
) -> None:
    pair = [replace(first, key="a", sheet=Sheet("A", PROJECTS)), replace(other, key="b", sheet=Sheet("B", kind))]
    known = {**first.roles, **other.roles}
    one, two = (replace(matrix, roles=known) for matrix in pair)
    stand_one, stand_two = Standing.of(one), Standing.of(two)
    found = {item.subject.duty for item in across(one, [stand_one, stand_two], TODAY) if item.rule == "S01"}
    event("conflict" if found else "none")

    assert found == {item.subject.duty for item in across(two, [stand_one, stand_two], TODAY) if item.rule == "S01"}
    for duty in {*one.applicable_rows, *two.applicable_rows}:
        owners = [set(matrix.holders(duty, matrix.scheme.pivot)) for matrix in (one, two)]
        applies = all(duty in matrix.applicable_rows for matrix in (one, two))
        split = any(
            decision.type == "split_scope" and key in matrix.in_force_by_duty.get(duty, ())
            for matrix, (key, decision) in [
                *product([one], one.decisions.items()),
                *product([two], two.decisions.items()),
            ]
        )
        assert (duty in found) == (applies and all(owners) and owners[0] != owners[1] and not split)
