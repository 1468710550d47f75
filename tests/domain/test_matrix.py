"""The matrix as everything reads it, and changes of it one at a time."""

from dataclasses import replace
from datetime import date

import pytest

from raci.domain.applying import DoesNotFit, apply
from raci.domain.change import Address, Change, cell_change, invert
from raci.domain.matrix import Matrix, concerns, narrowed, records
from raci.domain.records import Area, Claim, Column, Decision, GreyAreaStatus, Kind, Row, Value, from_fields, to_fields
from raci.domain.scheme import LetterClass
from tests.domain.builders import matrix_of, open_grey_area, overlap

MATRIX = matrix_of("PM ITM CIO", "AR C .", "I A R")


def test_rows_and_columns_stand_in_the_order_of_their_positions() -> None:
    matrix = replace(MATRIX, rows={"1": Row(5), "2": Row(1)}, columns={"ITM": Column(1), "PM": Column(1)})

    assert matrix.row_keys == ("2", "1")
    assert matrix.column_keys == ("ITM", "PM")


def test_holders_of_a_row_are_found_by_what_their_letters_mean() -> None:
    assert MATRIX.holders("1", LetterClass.OWNER, LetterClass.INPUT) == ("PM", "ITM")
    assert MATRIX.holders("2", LetterClass.DOER) == ("CIO",)
    assert MATRIX.holders("3", LetterClass.DOER) == ()


def test_claimants_are_those_who_claimed_or_else_the_pair_of_the_overlap() -> None:
    matrix = overlap(replace(MATRIX, grey_areas={"g": open_grey_area("1")}), "ITM", "PM")

    assert matrix.claimants("g") == ("PM", "ITM")
    assert replace(matrix, claims={("g", "CIO"): Claim("A")}).claimants("g") == ("CIO",)
    assert replace(matrix, areas={}).claimants("g") == ()


def test_a_decision_is_in_force_until_it_is_replaced_or_withdrawn() -> None:
    first, second = Decision("1"), Decision("1", supersedes="x1")

    assert replace(MATRIX, decisions={"x1": first, "x2": second}).decision_by_duty == {"1": "x2"}
    assert replace(MATRIX, decisions={"x1": replace(first, withdrawn_on=date(2026, 1, 1))}).decision_by_duty == {}


def test_only_open_grey_areas_leave_a_row_undecided() -> None:
    areas = {status.value: replace(open_grey_area(status.value), status=status) for status in GreyAreaStatus}

    assert replace(MATRIX, grey_areas=areas).open_by_duty == {"open": "open"}


def test_a_change_of_another_matrix_is_passed_over() -> None:
    elsewhere = cell_change("other", "1", "PM", "C", "I")

    assert not concerns(MATRIX, elsewhere)
    assert apply(MATRIX, [elsewhere]) == MATRIX
    assert concerns(MATRIX, Change(Address(Kind.SHEET, "", "m"), "title", "Sheet", "New"))
    assert not concerns(MATRIX, Change(Address(Kind.SHEET, "", "other"), "title", "Sheet", "New"))


def test_applying_changes_leaves_the_matrix_they_were_applied_to_alone() -> None:
    before = {duty: dict(row) for duty, row in MATRIX.cells.items()}
    after = apply(MATRIX, [cell_change("m", "1", "PM", "A/R", "I"), cell_change("m", "2", "PM", "I", "")])

    assert MATRIX.cells == before
    assert after.cells == {"1": {"PM": "I", "ITM": "C"}, "2": {"ITM": "A", "CIO": "R"}}


def test_a_row_without_letters_leaves_no_trace_among_the_cells() -> None:
    matrix = matrix_of("PM ITM", "A .")

    assert apply(matrix, [cell_change("m", "1", "PM", "A", "")]).cells == {}


ROW, DUTY = Address(Kind.ROW, "m", "1"), Address(Kind.DUTY, "", "1")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (cell_change("m", "1", "PM", "C", "I"), "expected 'C', found 'A/R'"),
        (cell_change("m", "9", "PM", "", "I"), "there is no cell at row 9, column PM"),
        (cell_change("m", "1", "LEG", "", "I"), "there is no cell at row 1, column LEG"),
        (Change(ROW, "", to_fields(Row()), None), "row 1 still has letters"),
        (Change(Address(Kind.COLUMN, "m", "PM"), "", to_fields(Column()), None), "column PM still has letters"),
        (Change(ROW, "", None, to_fields(Row())), "expected None, found"),
        (Change(Address(Kind.AREA, "", "a"), "name", "x", "y"), "there is no area a"),
        (Change(DUTY, "title", "seen", "wanted"), "expected 'seen', found 'Duty 1'"),
        (Change(DUTY, "colour", "", "red"), "has no field “colour”"),
        (Change(DUTY, "title", "Duty 1", 5), r"duty.title cannot be 5"),
        (Change(DUTY, "is_control", False, 1), r"duty.is_control cannot be 1"),
        (Change(ROW, "position", 0, True), r"row.position cannot be True"),
        (Change(Address(Kind.SHEET, "", "m"), "", None, {}), "neither created nor removed"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        apply(MATRIX, [change])


def test_what_a_change_has_not_seen_is_told_apart_from_what_is_no_value() -> None:
    with pytest.raises(DoesNotFit):
        apply(MATRIX, [Change(DUTY, "title", "seen", "wanted")])


@pytest.mark.parametrize(
    ("kind", "values", "error"),
    [
        (Kind.AREA, {"code": "A"}, TypeError),
        (Kind.AREA, {"code": "A", "name": "B", "colour": "red"}, ValueError),
        (Kind.ROLE, {"code": "A", "name": "B", "kind": "robot"}, ValueError),
        (Kind.GREY_AREA, {"duty": "d", "raised_on": "yesterday"}, ValueError),
        (Kind.GREY_AREA, {"duty": "d", "proposed": "A"}, ValueError),
        (Kind.ROW, {"position": "1"}, ValueError),
        (Kind.ROW, {"applies": None}, ValueError),
    ],
)
def test_fields_that_are_no_record_are_refused(kind: Kind, values: dict[str, Value], error: type[Exception]) -> None:
    with pytest.raises(error):
        from_fields(kind, values)


def test_an_area_is_an_overlap_only_between_two_roles() -> None:
    assert Area("A", "B", first_role="PM", second_role="ITM").pair == ("PM", "ITM")
    assert Area("A", "B", first_role="PM").pair == ()


def test_records_can_be_listed_by_kind() -> None:
    assert [address.kind for address, _ in records(MATRIX, Kind.ROW, Kind.SHEET)] == [Kind.ROW, Kind.ROW, Kind.SHEET]
    assert len(list(records(MATRIX))) == len(MATRIX.roles) + 2 * len(MATRIX.rows) + len(MATRIX.columns) + 1


def test_a_removed_row_comes_back_with_its_letters() -> None:
    gone: Matrix = replace(MATRIX, rows={"2": Row(1)}, cells={"2": MATRIX.cells["2"]})
    changes = [
        cell_change("m", "1", "PM", "A/R", ""),
        cell_change("m", "1", "ITM", "C", ""),
        Change(ROW, "", to_fields(Row()), None),
    ]

    assert apply(MATRIX, changes) == gone
    assert apply(gone, invert(changes)) == MATRIX


def test_a_narrowed_matrix_has_the_rows_asked_for_and_what_hangs_on_them() -> None:
    whole = replace(
        MATRIX,
        grey_areas={"g": open_grey_area("1"), "h": open_grey_area("2")},
        claims={("g", "PM"): Claim("A"), ("h", "PM"): Claim("A")},
        decisions={"d": Decision("1"), "e": Decision("2")},
    )
    part = narrowed(whole, ["2", "no such row"])

    assert part.row_keys == ("2",)
    assert part.cells == {"2": whole.cells["2"]}
    assert (set(part.grey_areas), set(part.claims), set(part.decisions)) == ({"h"}, {("h", "PM")}, {"e"})
    assert (part.duties, part.column_keys, part.revision) == (whole.duties, whole.column_keys, whole.revision)
    assert narrowed(whole, whole.rows) == whole
