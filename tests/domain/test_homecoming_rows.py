"""Rows of a workbook that came home: new, missing, copied, cut and pasted, sorted without their keys."""

from dataclasses import replace

from raci.domain.homecoming import BroughtRow
from raci.domain.homecoming.keys import ALPHABET, LENGTH
from raci.domain.proposal import Group
from raci.domain.reading import Weight
from raci.domain.records import GreyAreaStatus
from raci.domain.structure import rows_in_order
from tests.domain.builders import matrix_of
from tests.domain.returning import (
    TITLES,
    after,
    cut,
    example,
    exported,
    home,
    reported,
    said,
    wishes,
    with_cells,
    with_row,
    with_rows,
)

# --- rows


def test_a_new_row_has_a_code_a_place_and_its_letters() -> None:
    matrix = example()
    rows = list(exported(matrix).rows)
    rows.insert(3, BroughtRow(0, "", "Vendors", "", "Meet the vendor", "A/R\tC\t"))
    found = home(matrix, with_rows(exported(matrix), rows))
    assert said(found) == [
        "New row VEN-4 in Vendors, “Meet the vendor”",
        "Meet the vendor, PM: empty → A/R",
        "Meet the vendor, ITM: empty → C",
    ]
    row, *cells = found.wishes
    assert all(cell.needs == (row.id,) for cell in cells)
    assert row.where == "Matrix!G11"
    made = after(matrix, found.wishes)
    key = next(key for key in made.rows if key not in matrix.rows)
    assert (len(key), set(key) <= set(ALPHABET)) == (LENGTH, True)
    assert made.letters(key, "PM") == "A/R"


def test_a_new_row_without_an_area_belongs_to_that_of_the_row_above_and_says_so() -> None:
    matrix = example()
    rows = list(exported(matrix).rows)
    rows.insert(3, BroughtRow(0, "", "", "", "Meet the vendor", "\t\t"))
    found = home(matrix, with_rows(exported(matrix), rows))
    assert said(found) == ["New row VEN-4 in Vendors, “Meet the vendor”"]
    rows.insert(0, BroughtRow(0, "", "", "", "Stand on top", "\t\t"))
    assert said(home(matrix, with_rows(exported(matrix), rows)))[0] == "New row D-1, “Stand on top”"


def test_a_new_row_stands_where_it_was_put_if_there_is_room() -> None:
    matrix = example()
    matrix = replace(matrix, rows={key: replace(row, position=row.position * 10) for key, row in matrix.rows.items()})
    rows = list(exported(matrix).rows)
    rows[3:3] = [BroughtRow(0, "", "Vendors", "", title, "\t\t") for title in ("One", "Two")]
    made = after(matrix, home(matrix, with_rows(exported(matrix), rows)).wishes)
    assert [made.duties[key].title for key in rows_in_order(made)][2:6] == [
        "Select the vendor", "One", "Two", "Sign the contract",
    ]  # fmt: skip


def test_a_new_row_keeps_a_code_that_is_free_and_gets_another_for_one_that_is_taken() -> None:
    matrix = example()
    added = [BroughtRow(0, "", "Vendors", code, code, "\t\t") for code in ("VEN-77", "ven-1")]
    found = home(matrix, with_rows(exported(matrix), [*exported(matrix).rows, *added]))
    assert said(found) == ["New row VEN-77 in Vendors, “VEN-77”", "New row VEN-4 in Vendors, “ven-1”"]
    assert reported(found) == [("Matrix!F14", "The code ven-1 is taken; the new row gets VEN-4.")]


def test_a_row_without_a_title_is_left_and_reported() -> None:
    matrix = example()
    found = home(matrix, with_rows(exported(matrix), [*exported(matrix).rows, BroughtRow(0, "", "", "", "", "A\t\t")]))
    assert (found.wishes, [where for where, _ in reported(found)]) == ((), ["Matrix!G13"])


def test_a_missing_row_is_not_an_empty_one() -> None:
    matrix = example()
    found = home(matrix, with_rows(exported(matrix), [row for row in exported(matrix).rows if row.key != "4"]))
    (wish,) = found.wishes
    assert (wish.group, wish.offered, str(wish.about)) == (
        Group.MISSING_ROWS, False, "Row VEN-2 is missing, “Sign the contract”",
    )  # fmt: skip
    made = after(matrix, found.wishes)
    assert "4" not in made.rows and "4" not in made.cells and "4" in made.duties
    assert made.grey_areas["g1"].status is GreyAreaStatus.WITHDRAWN


def test_a_row_of_which_only_the_hidden_key_is_left_is_missing() -> None:
    matrix = example()
    found = home(matrix, with_row(exported(matrix), "4", title="", code="", area="", letters="\t\t"))
    assert said(found) == ["Row VEN-2 was emptied, “Sign the contract”"]
    assert [wish.offered for wish in found.wishes] == [False]


def test_what_a_part_lacks_nobody_has_taken_out() -> None:
    matrix = example()
    part = with_rows(exported(matrix, narrowed_to="2 of 5 rows"), exported(matrix).rows[1:3])
    assert home(matrix, part).wishes == ()
    without = replace(part, columns=part.columns[:2], rows=tuple(cut(row) for row in part.rows))
    assert home(matrix, without).wishes == ()


def test_a_row_that_was_cut_and_pasted_without_its_key_is_told_by_code_and_title() -> None:
    matrix = example()
    rows = list(exported(matrix).rows)
    rows.append(rows[3]._replace(key="", letters="C\tA\tC"))
    rows[3] = rows[3]._replace(title="", code="", area="", letters="\t\t")
    found = home(matrix, with_rows(exported(matrix), rows))
    assert "Sign the contract, FIN: I → C" in said(found, Group.CELLS)
    assert wishes(found, Group.MISSING_ROWS, Group.NEW_ROWS) == []
    assert reported(found) == [("Matrix!F13", "This row has no hidden key; by code and title it is VEN-2.")]


def test_copies_that_are_alike_count_once() -> None:
    matrix = example()
    rows = exported(matrix).rows
    found = home(matrix, with_rows(exported(matrix), [*rows, rows[2]]))
    assert found.wishes == ()
    assert reported(found) == [
        ("Matrix!10", "Rows 10, 13 are copies of one another, “Select the vendor”; they count once.")
    ]


def test_a_copy_with_another_title_is_a_new_row() -> None:
    matrix = example()
    rows = exported(matrix).rows
    found = home(
        matrix, with_rows(exported(matrix), [*rows, rows[2]._replace(title="Drop the vendor", letters="A\t\t")])
    )
    assert said(found) == ["New row VEN-4 in Vendors, “Drop the vendor”", "Drop the vendor, PM: empty → A"]
    assert len(found.problems) == 2


def test_copies_that_differ_are_reported_and_nothing_is_taken_of_either() -> None:
    matrix = example()
    rows = exported(matrix).rows
    found = home(matrix, with_rows(exported(matrix), [*rows, rows[2]._replace(letters="A\tA\tA")]))
    assert found.wishes == ()
    ((where, message),) = reported(found)
    assert where == "Matrix!10"
    assert message.startswith("Rows 10, 13 carry the same hidden key, that of “Select the vendor”, and differ.")


def test_a_duty_of_the_register_may_get_a_row() -> None:
    matrix = example()
    without = replace(
        matrix,
        rows={key: row for key, row in matrix.rows.items() if key != "5"},
        cells={key: row for key, row in matrix.cells.items() if key != "5"},
    )
    found = home(without, exported(matrix))
    assert said(found, Group.NEW_ROWS) == ["VEN-3 gets a row in this matrix, “Pay the invoice”"]
    assert after(without, found.wishes).cells == matrix.cells


# --- sorted without keys


def test_rows_sorted_without_their_keys_are_told_by_code_and_title() -> None:
    matrix = example()
    rows = exported(matrix).rows
    visible = sorted(rows, key=lambda row: row.title)
    found = home(matrix, with_rows(exported(matrix), [
        seen._replace(key=hidden.key) for hidden, seen in zip(rows, visible, strict=True)
    ]))  # fmt: skip
    assert wishes(found, Group.CELLS, Group.TITLES, Group.NEW_ROWS, Group.MISSING_ROWS) == []
    assert [problem.weight for problem in found.problems] == [Weight.DOUBT]
    assert "were sorted without their hidden keys" in reported(found)[0][1]


def test_edits_among_rows_that_were_sorted_apart_wait_for_somebody() -> None:
    matrix = example()
    rows = exported(matrix).rows
    visible = sorted(rows, key=lambda row: row.title)
    visible[0] = visible[0]._replace(letters="R\tA\tA")
    found = home(matrix, with_rows(exported(matrix), [
        seen._replace(key=hidden.key) for hidden, seen in zip(rows, visible, strict=True)
    ]))  # fmt: skip
    (wish,) = wishes(found, Group.CELLS)
    assert (str(wish.about), wish.offered) == ("Approve the budget, FIN: C → A", False)


def test_titles_that_were_sorted_alone_change_nothing() -> None:
    matrix = example()
    rows = exported(matrix).rows
    titles = sorted(row.title for row in rows)
    found = home(matrix, with_rows(exported(matrix), [
        row._replace(title=title) for row, title in zip(rows, titles, strict=True)
    ]))  # fmt: skip
    assert found.wishes == ()
    ((where, message),) = reported(found)
    assert where == "Matrix!8"
    assert message.startswith("Rows 8, 9, 10, 11, 12 bear the titles of other rows")


def test_two_titles_that_changed_places_are_not_taken_for_a_wish() -> None:
    matrix = example()
    found = home(matrix, with_row(with_row(exported(matrix), "1", title=TITLES[1]), "2", title=TITLES[0]))
    assert found.wishes == ()
    assert len(found.problems) == 1


def test_codes_that_were_sorted_alone_change_nothing() -> None:
    matrix = example()
    rows = exported(matrix).rows
    codes = sorted((row.code for row in rows), reverse=True)
    found = home(matrix, with_rows(exported(matrix), [
        row._replace(code=code) for row, code in zip(rows, codes, strict=True)
    ]))  # fmt: skip
    assert found.wishes == ()
    assert "codes of other rows" in reported(found)[0][1]


def test_letters_that_were_sorted_without_their_duties_change_nothing() -> None:
    matrix = matrix_of("PM ITM", "R A", "C A", "A R", "A C", "C R")
    rows = exported(matrix).rows
    letters_sorted = sorted(row.letters for row in rows)
    found = home(matrix, with_rows(exported(matrix), [
        row._replace(letters=text) for row, text in zip(rows, letters_sorted, strict=True)
    ]))  # fmt: skip
    assert found.wishes == ()
    assert "sorted without their duties" in reported(found)[0][1]


def test_a_column_of_letters_that_was_sorted_alone_changes_nothing() -> None:
    matrix = matrix_of("PM ITM", "R A", ". A", "A R", "A C", "C R")
    found = home(matrix, with_cells(exported(matrix), {
        ("1", "PM"): "A", ("2", "PM"): "A", ("3", "PM"): "C", ("4", "PM"): "R", ("5", "PM"): "", ("5", "ITM"): "I",
    }))  # fmt: skip
    assert said(found) == ["Duty 5, ITM: R → I"]
    assert reported(found)[0][0] == "Matrix!H"


def test_areas_that_were_sorted_alone_change_nothing() -> None:
    matrix = example()
    duties = {key: replace(duty, area="ven" if key in "13" else "fin") for key, duty in matrix.duties.items()}
    matrix = replace(matrix, duties=duties)
    rows = sorted(exported(matrix).rows, key=lambda row: row.key)
    areas = sorted(row.area for row in rows)
    found = home(matrix, with_rows(exported(matrix), [
        row._replace(area=area) for row, area in zip(rows, areas, strict=True)
    ]))  # fmt: skip
    assert [wish for wish in found.wishes if wish.id != "rows-order"] == []
    assert reported(found)[0][0] == "Matrix!E"
