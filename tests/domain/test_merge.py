"""Merging: examples of what fits, what does not, and what is said about it."""

from dataclasses import replace

import pytest

from raci.domain.applying import apply
from raci.domain.change import Address, Change, cell_change
from raci.domain.matrix import Matrix
from raci.domain.merge import Plan, decide, merge
from raci.domain.records import Area, Claim, Column, Duty, GreyArea, Kind, Role, Row
from tests.domain.builders import matrix_of, open_grey_area

SEEN = matrix_of("PM ITM CIO", "AR C .", "A R .", duties=["VEN-1", "VEN-2"])


def with_cell(matrix: Matrix, duty: str, role: str, letters: str) -> Matrix:
    return apply(matrix, [cell_change("m", duty, role, matrix.letters(duty, role), letters)])


def without_row(matrix: Matrix, duty: str) -> Matrix:
    return replace(
        matrix,
        rows={key: row for key, row in matrix.rows.items() if key != duty},
        cells={key: row for key, row in matrix.cells.items() if key != duty},
    )


def without_column(matrix: Matrix, role: str) -> Matrix:
    cells = {duty: {key: text for key, text in row.items() if key != role} for duty, row in matrix.cells.items()}
    columns = {key: column for key, column in matrix.columns.items() if key != role}
    return replace(matrix, columns=columns, cells={duty: row for duty, row in cells.items() if row})


def whys(plan: Plan) -> list[str]:
    return [str(conflict.why) for conflict in plan.conflicts]


def test_two_people_in_two_cells_do_not_disagree() -> None:
    plan = merge(SEEN, with_cell(SEEN, "VEN-1", "CIO", "I"), with_cell(SEEN, "VEN-2", "CIO", "C"))

    assert plan == Plan((cell_change("m", "VEN-1", "CIO", "", "I"),))


def test_two_people_in_one_cell_disagree_and_both_letters_are_told() -> None:
    plan = merge(SEEN, with_cell(SEEN, "VEN-1", "ITM", "I"), with_cell(SEEN, "VEN-1", "ITM", "A"))

    assert plan.changes == ()
    assert plan.conflicts[0].current == "A"
    assert whys(plan) == ["Somebody changed it in the meantime: it was “C” and is “A” now."]


def test_letters_for_a_row_that_is_gone_are_a_conflict() -> None:
    plan = merge(SEEN, with_cell(SEEN, "VEN-1", "CIO", "I"), without_row(SEEN, "VEN-1"))

    assert plan.changes == ()
    assert whys(plan) == ["Somebody removed row VEN-1 in the meantime."]


def test_letters_for_a_column_that_is_gone_are_a_conflict() -> None:
    plan = merge(SEEN, with_cell(SEEN, "VEN-1", "CIO", "I"), without_column(SEEN, "CIO"))

    assert plan.changes == ()
    assert whys(plan) == ["Somebody removed column CIO in the meantime."]


def test_emptying_a_cell_of_a_row_that_is_gone_is_settled() -> None:
    plan = merge(SEEN, with_cell(SEEN, "VEN-1", "ITM", ""), without_row(SEEN, "VEN-1"))

    assert not plan.changes
    assert len(plan.settled) == 1
    assert not plan.conflicts


def test_a_row_with_somebodys_new_letters_stays_as_it_is() -> None:
    plan = merge(SEEN, without_row(SEEN, "VEN-1"), with_cell(SEEN, "VEN-1", "CIO", "I"))

    assert plan.changes == ()
    assert sorted(whys(plan)) == [
        "It is still needed: the letters at row VEN-1, column CIO.",
        "It was to go together with row VEN-1, which stays.",
        "It was to go together with row VEN-1, which stays.",
    ]


def test_a_column_with_somebodys_new_letters_stays_as_it_is() -> None:
    plan = merge(SEEN, without_column(SEEN, "ITM"), with_cell(SEEN, "VEN-1", "ITM", "A"))

    assert plan.changes == ()
    assert "It is still needed: the letters at row VEN-1, column ITM." in whys(plan)


def test_removing_what_somebody_changed_is_a_conflict() -> None:
    moved = replace(SEEN, rows={**SEEN.rows, "VEN-2": Row(position=7)})
    plan = merge(SEEN, without_row(SEEN, "VEN-2"), moved)

    assert plan.changes == ()
    assert "Somebody changed it in the meantime, so it is not removed." in whys(plan)


def test_two_fields_of_one_record_do_not_disagree() -> None:
    duty = SEEN.duties["VEN-1"]
    mine = replace(SEEN, duties={**SEEN.duties, "VEN-1": replace(duty, title="Buy")})
    theirs = replace(SEEN, duties={**SEEN.duties, "VEN-1": replace(duty, note="By May")})

    merged = apply(theirs, merge(SEEN, mine, theirs).changes)

    assert merged.duties["VEN-1"] == replace(duty, title="Buy", note="By May")


def test_a_field_of_a_record_that_is_gone_is_a_conflict() -> None:
    base = replace(SEEN, areas={"a": Area("VEN", "Vendors")})
    mine = replace(base, areas={"a": Area("VEN", "Suppliers")})
    plan = merge(base, mine, SEEN)

    assert whys(plan) == ["Somebody removed it in the meantime."]


def test_the_same_key_with_other_contents_is_a_conflict() -> None:
    mine, theirs = (replace(SEEN, areas={"a": Area("VEN", name)}) for name in ("Vendors", "Suppliers"))

    assert whys(merge(SEEN, mine, theirs)) == ["Somebody else added it in the meantime, with other contents."]


def test_a_code_that_somebody_else_has_given_is_a_conflict() -> None:
    mine = replace(SEEN, duties={**SEEN.duties, "d8": Duty("VEN-3", "Mine")}, rows={**SEEN.rows, "d8": Row(9)})
    theirs = replace(SEEN, duties={**SEEN.duties, "d9": Duty("ven-3", "Theirs")})
    plan = merge(SEEN, mine, theirs)

    assert plan.changes == ()
    assert whys(plan) == [
        "Somebody has given the same name in the meantime: duty ven-3.",
        "It needs duty VEN-3, which cannot be added.",
    ]


def test_two_duties_can_swap_their_codes() -> None:
    one, two = SEEN.duties["VEN-1"], SEEN.duties["VEN-2"]
    mine = replace(SEEN, duties={"VEN-1": replace(one, code="VEN-2"), "VEN-2": replace(two, code="VEN-1")})

    assert apply(SEEN, merge(SEEN, mine, SEEN).changes) == mine


def test_a_duty_cannot_be_opened_twice() -> None:
    mine = replace(SEEN, grey_areas={"g1": open_grey_area("VEN-1")}, claims={("g1", "PM"): Claim("A")})
    theirs = replace(SEEN, grey_areas={"g2": open_grey_area("VEN-1", origin="import")})
    plan = merge(SEEN, mine, theirs)

    assert plan.changes == ()
    assert whys(plan)[0] == "Somebody has given the same name in the meantime: the grey area of VEN-1."
    assert len(plan.conflicts) == 2


def test_an_area_to_which_somebody_moved_a_duty_stays() -> None:
    base = replace(SEEN, areas={"a": Area("VEN", "Vendors")})
    duty = replace(base.duties["VEN-1"], area="a")
    theirs = replace(base, duties={**base.duties, "VEN-1": duty})

    assert whys(merge(base, SEEN, theirs)) == ["It is still needed: duty VEN-1."]
    assert whys(merge(base, theirs, SEEN)) == ["Somebody removed area VEN in the meantime."]


def test_a_role_that_a_new_column_needs_stays() -> None:
    base = replace(SEEN, roles={**SEEN.roles, "LEG": Role("LEG", "Legal")})
    theirs = replace(base, columns={**base.columns, "LEG": Column(4)})

    assert whys(merge(base, SEEN, theirs)) == ["It is still needed: column LEG."]


def test_more_than_one_user_is_counted() -> None:
    plan = merge(SEEN, without_row(SEEN, "VEN-2"), with_cell(with_cell(SEEN, "VEN-2", "CIO", "I"), "VEN-2", "PM", "R"))

    assert any(why.endswith("and 1 more.") for why in whys(plan))


@pytest.mark.parametrize(
    ("found", "made", "settled", "why"),
    [
        ("", 1, 0, ""),
        ("A", 0, 1, ""),
        ("R", 0, 0, "Somebody changed it in the meantime: it was empty and is “R” now."),
    ],
)
def test_a_single_cell_is_decided_by_what_is_there(found: str, made: int, settled: int, why: str) -> None:
    change = cell_change("m", "VEN-1", "PM", "", "A")
    plan = decide([change], {(change.address, "letters"): found})

    assert (len(plan.changes), len(plan.settled)) == (made, settled)
    assert whys(plan) == ([why] if why else [])


def test_values_of_every_form_are_told_in_words() -> None:
    grey, row = Address(Kind.GREY_AREA, "m", "g"), Address(Kind.ROW, "m", "VEN-1")
    one = Change(grey, "proposed", {}, {"PM": "A"})
    two = Change(row, "applies", True, False)
    three = Change(row, "position", 1, 2)
    current = {(grey, "proposed"): {"ITM": "A", "PM": "C"}, (row, "applies"): "odd", (row, "position"): 3}

    assert whys(decide([one, two, three], current)) == [
        "Somebody changed it in the meantime: it was empty and is “ITM: A, PM: C” now.",
        "Somebody changed it in the meantime: it was yes and is “odd” now.",
        "Somebody changed it in the meantime: it was “1” and is “3” now.",
    ]


def test_a_grey_area_with_a_new_claim_stays() -> None:
    base = replace(SEEN, grey_areas={"g": GreyArea("VEN-1")})
    theirs = replace(base, claims={("g", "PM"): Claim("A")})

    assert whys(merge(base, SEEN, theirs)) == ["It is still needed: a claim on the grey area of VEN-1."]
