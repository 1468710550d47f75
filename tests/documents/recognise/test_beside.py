"""Grids side by side, and one grid with columns of text among its roles, which is not torn apart."""

import pytest

from raci.domain.reading import Reading
from tests.documents.recognise.making import PLAIN, PLAIN_CELLS, ROLES, cells, only, read_rows

DINNER = (
    ("Task", "Cook", "Waiter"),
    ("Set the table", "A", "R"),
    ("Carve the roast", "A/R", "I"),
    ("Pour the wine", "I", "A/R"),
)
DINNER_CELLS = {
    ("Set the table", "Cook"): "A",
    ("Set the table", "Waiter"): "R",
    ("Carve the roast", "Cook"): "A/R",
    ("Carve the roast", "Waiter"): "I",
    ("Pour the wine", "Cook"): "I",
    ("Pour the wine", "Waiter"): "A/R",
}


def side_by_side(left: tuple, right: tuple, gap: int = 1) -> list[list[str]]:
    """Return rows with one grid at the left and another one at the right; the shorter one ends first."""
    rows = []
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else ()
        other = right[number] if number < len(right) else ()
        width = max(map(len, left))
        rows.append([*one, *([""] * (width - len(one) + gap)), *other])
    return rows


def all_cells(reading: Reading) -> list[dict]:
    return [cells(matrix) for matrix in reading.matrices]


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_two_grids_side_by_side_are_two_matrices(gap: int) -> None:
    reading = read_rows(*side_by_side(PLAIN, DINNER, gap))
    assert all_cells(reading) == [PLAIN_CELLS, DINNER_CELLS]
    first = "EFGH"[gap]
    assert [matrix.where for matrix in reading.matrices] == ["Plan!A1:D4", f"Plan!{first}1:{'GHIJ'[gap]}4"]
    assert reading.matrices[1].items[0].where == f"Plan!{first}2"
    assert not reading.problems


def test_three_grids_with_titles_of_their_own_start_and_end_on_other_rows() -> None:
    left = (("At dawn",), (), *PLAIN)
    middle = ((), ("At dusk",), (), *DINNER[:3])
    right = (("At night",), ("Action", "Guard", "Owner"), ("Lock the gate", "R", "A"), ("Call the roll", "R", "A/C"))
    reading = read_rows(*side_by_side(tuple(map(tuple, side_by_side(left, middle))), right, 0))
    by_name = {matrix.name: cells(matrix) for matrix in reading.matrices}
    assert by_name == {
        "At dawn": PLAIN_CELLS,
        "At dusk": {key: letters for key, letters in DINNER_CELLS.items() if key[0] != "Pour the wine"},
        "At night": {
            ("Lock the gate", "Guard"): "R",
            ("Lock the gate", "Owner"): "A",
            ("Call the roll", "Guard"): "R",
            ("Call the roll", "Owner"): "A/C",
        },
    }


def test_a_wider_grid_below_two_side_by_side_stays_whole() -> None:
    roles = ("Pilot", "Cook", "Guard", "Clerk", "Nurse", "Diver")
    wide = (("Task", *roles), *((f"Muster {number}", "A", "R", "C", "I", "I", "C") for number in range(4)))
    reading = read_rows(*side_by_side(PLAIN, DINNER), [], ["Together"], [], *wide)
    assert all_cells(reading)[:2] == [PLAIN_CELLS, DINNER_CELLS]
    assert [party.name for party in reading.matrices[2].parties] == list(roles)
    assert len(reading.matrices[2].crossings) == 24


def test_codes_and_sections_before_the_titles_belong_to_the_grid_at_the_right() -> None:
    right = [
        (code, section, *row)
        for code, section, row in zip(("No.", "1", "2", "3"), ("Phase", "Eve", "Eve", "Day"), DINNER, strict=True)
    ]
    reading = read_rows(*side_by_side(PLAIN, tuple(right), 0))
    assert all_cells(reading) == [PLAIN_CELLS, DINNER_CELLS]
    assert [(item.code, item.section) for item in reading.matrices[1].items] == [
        ("1", "Eve"),
        ("2", "Eve"),
        ("3", "Day"),
    ]


def test_the_titles_of_the_grid_at_the_right_are_no_legend() -> None:
    left = tuple((f"Step {number}", "A", letter) for number, letter in enumerate("IRAI"))
    titles = ("Inspect the deck", "Repair the mast", "Air the hold", "Wash the sails")
    right = (("Task", "Cook", "Owner"), *((title, "R", "A") for title in titles))
    reading = read_rows(*side_by_side((("Task", "Master", "Mate"), *left), right, 0))
    assert [len(matrix.crossings) for matrix in reading.matrices] == [8, 8]
    assert not reading.matrices[0].legend


@pytest.mark.parametrize("heading", ["", "Dinner"])
def test_titles_need_no_heading_that_is_known(heading: str) -> None:
    right = ((heading, *DINNER[0][1:]), *DINNER[1:], ("Clear the table", "I", "A/R"))
    expected = DINNER_CELLS | {("Clear the table", "Cook"): "I", ("Clear the table", "Waiter"): "A/R"}
    assert all_cells(read_rows(*side_by_side(PLAIN, right, 0))) == [PLAIN_CELLS, expected]


def test_titles_without_a_heading_begin_a_grid_of_as_many_rows() -> None:
    right = (("", *DINNER[0][1:]), *DINNER[1:])
    assert all_cells(read_rows(*side_by_side(PLAIN, right, 0))) == [PLAIN_CELLS, DINNER_CELLS]


def test_one_wide_row_below_long_grids_is_not_torn_apart() -> None:
    left, right = (
        (("Task", *roles), *((f"{verb} {number}", "A", "R") for number in range(9)))
        for verb, roles in (("Moor", ("Master", "Mate")), ("Cook", ("Cook", "Waiter")))
    )
    wide = (("Task", "Pilot", "Guard", "Clerk", "Nurse", "Diver", "Doctor"), ("Muster", "A", "R", "C", "I", "I", "C"))
    reading = read_rows(*side_by_side(left, right), [], *wide)
    assert [len(matrix.crossings) for matrix in reading.matrices] == [18, 18, 6]


MORE = ("Pilot", "Diver")
LETTERS = (("", "I"), ("C", ""), ("C", "C"))


@pytest.mark.parametrize("spacer", [False, True])
@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Comments", ("only by day", "with the big crane", "in the harbour log")),
        ("Status", ("Open", "Done", "Late")),
        ("Output", ("Ferry at the quay", "Empty ferry", "Entry")),
        ("Deliverable", ("Ferry at the quay", "Empty ferry", "Entry")),
        ("Whereabouts", ("North quay", "South quay", "Office")),
        ("", ("North quay", "South quay", "Office")),
    ],
)
def test_one_grid_with_a_column_of_text_among_its_roles_is_not_torn_apart(
    heading: str, texts: tuple[str, ...], spacer: bool
) -> None:
    rows = [(*PLAIN[0], *([""] if spacer else []), heading, *MORE)]
    for row, text, letters in zip(PLAIN[1:], texts, LETTERS, strict=True):
        rows.append((*row, *([""] if spacer else []), text, *letters))
    matrix = only(read_rows(*rows))
    assert [party.name for party in matrix.parties] == [*ROLES, *MORE]
    assert cells(matrix) == PLAIN_CELLS | {
        (row[0], role): letter
        for row, line in zip(PLAIN[1:], LETTERS, strict=True)
        for role, letter in zip(MORE, line, strict=True)
        if letter
    }


@pytest.mark.parametrize("heading", ["Comments", "Status", "Output"])
def test_a_heading_of_another_column_never_begins_a_grid(heading: str) -> None:
    rows = [(*PLAIN[0], "", heading, *MORE)]
    rows += [(*row, "", f"see page {number}", "A", "R") for number, row in enumerate(PLAIN[1:])]
    matrix = only(read_rows(*rows))
    assert [party.name for party in matrix.parties] == [*ROLES, *MORE]


def test_columns_of_text_behind_the_roles_and_a_second_table_of_words_are_no_grid() -> None:
    extra = (("Deliverable", "Due"), ("Ferry at the quay", "May"), ("Empty ferry", "June"), ("Entry", "July"))
    matrix = only(read_rows(*side_by_side(PLAIN, extra, 0)))
    assert cells(matrix) == PLAIN_CELLS
    assert [item.details["Deliverable"] for item in matrix.items] == ["Ferry at the quay", "Empty ferry", "Entry"]
