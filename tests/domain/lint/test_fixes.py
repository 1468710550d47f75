"""What can be done about a finding at once, and that it does that and no harm."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from raci.domain.applying import apply
from raci.domain.change import invert
from raci.domain.lint import DEFAULTS, RULES, Fix, Given, Level, Subject, fixes, lint
from raci.domain.lint.view import View
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, DecisionType, GreyArea, Line, Need, Part, Role, RoleKind, Verb
from raci.domain.scheme import format_letters, split_letters
from tests.domain.builders import DEFINITIONS, TODAY, matrix_of, open_grey_area, overlap, scheme_named
from tests.domain.strategies import matrices

GIVEN = Given(TODAY, by="Eva", key="raised", question="Who answers for it?", reason="There is no contract.")


def offered(matrix: Matrix, rule: str) -> dict[str, Fix]:
    """Return what is offered for the first finding of a rule, by id."""
    finding = next(item for item in lint(matrix, today=TODAY) if item.rule == rule)
    return {fix.id: fix for fix in fixes(matrix, finding, GIVEN)}


def row_after(matrix: Matrix, fix: Fix, duty: str = "1") -> dict[str, str]:
    return dict(apply(matrix, fix.changes).cells.get(duty, {}))


def test_each_of_several_owners_can_be_kept() -> None:
    matrix = matrix_of("PM ITM CIO", "AR A A")
    found = offered(matrix, "R02")

    assert [str(fix.label) for fix in found.values()] == [
        "Keep PM accountable",
        "Keep ITM accountable",
        "Keep CIO accountable",
        "Raise as a grey area",
    ]
    assert row_after(matrix, found["keep.PM"]) == {"PM": "A/R", "ITM": "C", "CIO": "C"}
    assert row_after(matrix, found["keep.ITM"]) == {"PM": "R", "ITM": "A", "CIO": "C"}


def test_a_fix_sees_the_owner_whom_it_keeps() -> None:
    matrix = matrix_of("PM ITM", "AR A")
    seen = {change.address.other: (change.before, change.after) for change in offered(matrix, "R02")["keep.PM"].changes}

    assert seen == {"PM": ("A/R", "A/R"), "ITM": ("A", "C")}


def test_where_a_scheme_knows_no_advice_the_others_are_left_with_nothing() -> None:
    matrix = matrix_of("PM ITM", "AR A", scheme=scheme_named("ra"))

    assert row_after(matrix, offered(matrix, "R02")["keep.PM"]) == {"PM": "A/R"}


@pytest.mark.parametrize(("held", "kept"), [("CI", "C"), ("AC", "A"), ("AI", "A"), ("RI", "R")])
def test_a_letter_that_adds_nothing_is_taken_away(held: str, kept: str) -> None:
    matrix = matrix_of("PM ITM", f"{held} AR")
    (fix,) = offered(matrix, "C01").values()

    assert str(fix.label) == f"Keep only {kept}"
    assert row_after(matrix, fix)["PM"] == kept


def test_the_only_role_that_does_the_work_can_answer_for_it() -> None:
    matrix = matrix_of("PM ITM", "R C", "A R")

    assert row_after(matrix, offered(matrix, "R01")["owner.PM"]) == {"PM": "A/R", "ITM": "C"}


@pytest.mark.parametrize(
    "matrix",
    [matrix_of("PM ITM", "R R", "A R"), matrix_of("PM ITM", "I C", "A R"), matrix_of("PM ITM", "R C", controls=["1"])],
    ids=["two do it", "nobody does it", "a control"],
)
def test_nobody_is_made_accountable_where_it_is_not_plain_who(matrix: Matrix) -> None:
    assert list(offered(matrix, "R01")) == ["raise"]


def test_an_owner_can_do_the_work_too_unless_it_is_a_control() -> None:
    matrix = matrix_of("PM ITM", "A C", "A R", "A R")

    assert row_after(matrix, offered(matrix, "R03")["doer.PM"])["PM"] == "A/R"
    assert offered(matrix_of("PM ITM", "A C", "A R", "A R", controls=["1"]), "R03") == {}


def test_what_is_so_on_most_rows_has_no_fix_for_one() -> None:
    assert offered(matrix_of("PM ITM", "A C", "A I"), "R03") == {}


def test_an_empty_row_is_marked_with_a_reason_or_raised() -> None:
    matrix = matrix_of("PM ITM", ". .", "A R")
    found = offered(matrix, "R08")
    row = apply(matrix, found["not-applying"].changes).rows["1"]

    assert (row.applies, row.reason, found["not-applying"].asks_reason) == (False, "There is no contract.", True)
    assert apply(matrix, found["raise"].changes).grey_areas["raised"] == GreyArea(
        "1", "Who answers for it?", origin="lint", raised_on=TODAY, raised_by="Eva"
    )


def test_a_row_that_was_decided_is_not_marked_as_not_applying() -> None:
    matrix = matrix_of("PM ITM", ". .", decisions={"x": Decision("1", owner="PM")})

    assert list(offered(matrix, "R08")) == ["raise"]


def test_an_empty_column_goes_unless_something_would_go_with_it() -> None:
    matrix = matrix_of("PM ITM", "AR .")

    assert list(apply(matrix, offered(matrix, "K01")["remove-column"].changes).columns) == ["PM"]
    assert offered(matrix_of("PM ITM", "AR .", ". AR", not_applying=["2"]), "K01") == {}


def test_nothing_is_raised_twice() -> None:
    matrix = matrix_of("PM ITM", "A AR", grey_areas={"g": open_grey_area("1")})

    assert "raise" not in offered(matrix, "R02")
    assert offered(matrix, "S04") == {}


def test_an_overlap_that_nobody_raised_can_be_raised() -> None:
    matrix = overlap(matrix_of("PM ITM", "A AR"), "PM", "ITM")
    (fix,) = offered(matrix, "S04").values()

    assert (fix.id, fix.settles) == ("raise", False)


def test_letters_that_the_scheme_does_not_know_are_left_alone() -> None:
    matrix = matrix_of("PM ITM", "AR A")
    strange = replace(matrix, cells={"1": {"PM": "A/X", "ITM": "A"}})

    assert [fix.id for fix in offered(strange, "R02").values()] == ["keep.PM", "raise"]


def test_a_row_is_set_as_it_was_decided() -> None:
    decision = Decision("1", owner="PM", letters={"PM": "A", "ITM": "R"})
    matrix = matrix_of("PM ITM CIO", "C AR I", decisions={"x": decision})
    (fix,) = offered(matrix, "S05").values()

    assert str(fix.label) == "Set the row as it was decided: PM owns it"
    assert row_after(matrix, fix) == {"PM": "A", "ITM": "R"}


@pytest.mark.parametrize("letters", [{}, {"PM": "C", "ITM": "A"}, {"PM": "A", "ITM": "X"}, {"PM": "A", "gone": "R"}])
def test_where_the_row_is_not_on_record_or_not_sound_only_the_owner_changes(letters: dict[str, str]) -> None:
    matrix = matrix_of("PM ITM CIO", "C AR I", decisions={"x": Decision("1", owner="PM", letters=letters)})

    assert row_after(matrix, offered(matrix, "S05")["restore"]) == {"PM": "A", "ITM": "R", "CIO": "I"}


@pytest.mark.parametrize(
    "held",
    [
        {"roles": {"PM": Role("PM", "PM", kind=RoleKind.EXTERNAL)}},
        {"lines": {("PM", "ITM"): Line()}},
        {"needs": {("1", "n"): Need("contracts", Verb.SIGN)}},
    ],
    ids=["an outside party", "who ranks below the doer", "who may not do it"],
)
def test_a_row_is_not_set_as_decided_where_its_owner_would_be(held: dict[str, dict[Any, Any]]) -> None:
    matrix = matrix_of("PM ITM CIO", ". R A", decisions={"x": Decision("1", owner="PM")})
    wrong = replace(matrix, **{name: {**getattr(matrix, name), **records} for name, records in held.items()})

    assert list(offered(matrix, "S05")) == ["restore"]
    assert offered(wrong, "S05") == {}


def test_an_outside_party_that_does_the_work_is_not_made_accountable() -> None:
    matrix = matrix_of("PM ITM", "R C", "C A")
    outside = replace(matrix, roles={**matrix.roles, "PM": Role("PM", "PM", kind=RoleKind.EXTERNAL)})

    assert list(offered(matrix, "R01")) == ["owner.PM", "raise"]
    assert list(offered(outside, "R01")) == ["raise"]


def test_the_owner_of_a_part_is_set_as_the_split_says() -> None:
    split = Decision("1", type=DecisionType.SPLIT_THRESHOLD, owner="PM", letters={"PM": "A", "ITM": "R"})
    parts = {("x", "p"): Part("ITM", duty="2")}
    matrix = matrix_of("PM ITM", "A R", "AR C", decisions={"x": split}, parts=parts)

    assert row_after(matrix, offered(matrix, "S05")["restore"], "2") == {"PM": "R", "ITM": "A"}


def test_nothing_is_set_where_decisions_collide_or_it_would_be_wrong() -> None:
    two = {"x": Decision("1", owner="PM"), "y": Decision("1", owner="ITM")}
    control = matrix_of("PM ITM", "R A", controls=["1"], decisions={"x": Decision("1", owner="PM")})

    assert offered(matrix_of("PM ITM", "AR C", decisions=two), "S05") == {}
    assert offered(control, "S05") == {}


def test_decisions_without_a_row_have_no_fix() -> None:
    matrix = matrix_of("PM ITM", "R A", not_applying=["1"], decisions={"x": Decision("1", owner="PM")})

    assert offered(matrix, "S05") == {}


def errors(matrix: Matrix) -> set[tuple[str, Subject]]:
    """Return what is wrong where, before one finding hides another, stands for it or for many.

    Whether anybody works for a role that gets a letter is no matter of letters.
    """
    view = View(matrix, TODAY, DEFAULTS)
    found = [item for rule in RULES.values() if rule.id != "P01" for item in rule.findings(view)]
    return {(item.rule, item.subject) for item in found if item.level is Level.ERROR}


@given(st.sampled_from(sorted(DEFINITIONS)).map(scheme_named).flatmap(matrices))
def test_a_fix_lets_its_finding_go_adds_no_error_and_can_be_taken_back(matrix: Matrix) -> None:
    before = lint(matrix, today=TODAY)
    for finding in before:
        for fix in fixes(matrix, finding, GIVEN):
            event(f"{finding.rule} {fix.id.partition('.')[0]}")
            fixed = apply(matrix, fix.changes)
            after = lint(fixed, today=TODAY)
            assert fix.settles == (finding.key not in {item.key for item in after})
            assert errors(fixed) <= errors(matrix)
            assert apply(fixed, invert(fix.changes)) == matrix
            for row in fixed.cells.values():
                assert all(format_letters(matrix.scheme, split_letters(held)) == held for held in row.values())
