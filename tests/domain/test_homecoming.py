"""Our own workbooks come home: what was edited becomes a wish, what nobody can tell becomes a problem."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raci.domain.homecoming import BroughtBack, BroughtColumn, BroughtQuestion, BroughtRow
from raci.domain.homecoming.columns import LONGEST_NAME
from raci.domain.homecoming.edits import LONGEST_TITLE
from raci.domain.homecoming.keys import ALPHABET, LENGTH, key_of
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group, Proposal
from raci.domain.reading import Problem, Weight
from raci.domain.records import Area, Claim, GreyAreaStatus
from raci.domain.structure import rows_in_order
from raci.domain.text import Sentence
from tests.domain.builders import matrix_of, open_grey_area
from tests.domain.returning import (
    after,
    exported,
    home,
    reported,
    said,
    wishes,
    with_cells,
    with_row,
    with_rows,
)
from tests.domain.strategies import letters, matrices

TITLES = ("Plan the budget", "Approve the budget", "Select the vendor", "Sign the contract", "Pay the invoice")


def example() -> Matrix:
    """Return five duties in two areas, three roles, and one open grey area."""
    matrix = matrix_of("PM ITM FIN", "AR C I", "R A C", "R C A", "C A I", "I C A")
    areas = {"fin": Area("FIN", "Money", position=0), "ven": Area("VEN", "Vendors", position=1)}
    duties = {
        key: replace(duty, title=title, code=code, area=area)
        for (key, duty), title, code, area in zip(
            matrix.duties.items(),
            TITLES,
            ("FIN-1", "FIN-2", "VEN-1", "VEN-2", "VEN-3"),
            ("fin", "fin", "ven", "ven", "ven"),
            strict=True,
        )
    }
    return replace(matrix, areas=areas, duties=duties, grey_areas={"g1": open_grey_area("4")}, revision=7)


# --- nothing changed


@settings(max_examples=40)
@given(matrices())
def test_a_workbook_that_nobody_touched_wants_nothing(matrix: Matrix) -> None:
    found = home(matrix, exported(matrix))
    assert (found.wishes, found.problems) == ((), ())


@settings(max_examples=40)
@given(matrices())
def test_what_came_back_survives_json(matrix: Matrix) -> None:
    brought = replace(
        exported(matrix),
        questions=(BroughtQuestion("g1", "PM", "Grey areas!N5", "Why?", "Grey areas!O5"),),
        labels={"Zuständig": "A"},
        problems=(Problem("Matrix!A1", Sentence("{n} is odd", {"n": 1}), Weight.DOUBT),),
    )
    assert BroughtBack.from_data(json.loads(json.dumps(brought.to_data()))) == brought


@settings(max_examples=40)
@given(matrices(), st.randoms(use_true_random=False))
def test_rows_that_were_sorted_with_their_keys_change_no_letters(matrix: Matrix, chance: object) -> None:
    brought = exported(matrix)
    rows = list(brought.rows)
    chance.shuffle(rows)  # type: ignore[attr-defined]
    found = home(matrix, with_rows(brought, rows))
    assert {wish.group for wish in found.wishes} <= {Group.MOVES}
    moved = after(matrix, found.wishes)
    assert {key: moved.cells.get(key) for key in matrix.rows} == {key: matrix.cells.get(key) for key in matrix.rows}
    order = [row.key for row in rows]
    by_section = [key for area in _sections(moved) for key in order if moved.duties[key].area in area]
    assert list(rows_in_order(moved)) == by_section


def _sections(matrix: Matrix) -> list[set[str]]:
    found: list[set[str]] = []
    for key in rows_in_order(matrix):
        area = matrix.duties[key].area
        if not any(area in known for known in found):
            found.append({area})
    return found


def test_the_same_file_read_again_wants_the_same() -> None:
    matrix = example()
    brought = with_rows(exported(matrix), [*exported(matrix).rows, BroughtRow(0, "", "Money", "", "New", "A\t\t")])
    assert home(matrix, brought).to_data() == home(matrix, brought).to_data()
    assert all(wish.id for wish in home(matrix, brought).wishes)


def test_another_matrix_is_no_home() -> None:
    with pytest.raises(ValueError, match="another matrix"):
        home(replace(example(), key="other"), exported(example()))


# --- letters


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("A/R", "A/R"), ("a/r", "A/R"), ("R, A", "A/R"), ("RA", "A/R"), (" R  A ", "A/R"), ("Accountable", "A"),
        ("Responsible/accountable", "A/R"), ("Ｒ", "R"), ("Zuständig", "A"), ("zuständig + r", "A/R"),
        ("", ""), ("–", ""), ("-", ""),
    ],
)  # fmt: skip
def test_letters_are_read_however_they_are_typed(typed: str, wanted: str) -> None:
    matrix = example()
    brought = replace(with_cells(exported(matrix), {("3", "ITM"): typed}), labels={"Zuständig": "A"})
    found = home(matrix, brought)
    assert found.problems == ()
    assert after(matrix, found.wishes).letters("3", "ITM") == wanted
    (wish,) = found.wishes
    assert wish.id == "cell.3.ITM"
    assert (wish.where, wish.group, wish.offered) == ("Matrix!I10", Group.CELLS, True)
    assert str(wish.about) == f"Select the vendor, ITM: C → {wanted or 'empty'}"


def test_labels_may_be_handed_in() -> None:
    matrix = example()
    brought = with_cells(exported(matrix), {("3", "ITM"): "Rendre compte"})
    assert said(home(matrix, brought, labels={"rendre compte": "A"})) == ["Select the vendor, ITM: C → A"]
    assert said(home(matrix, brought)) == []


@pytest.mark.parametrize(
    ("typed", "letters_read", "remark"),
    [
        ("R (veto)", "R", "veto"), ("A/R [until May]", "A/R", "until May"), ("R – with Ben", "R", "with Ben"),
        ("A: above 5,000", "A", "above 5,000"), ("C (only licences)", "C", "only licences"),
        ("R* for now", "R", "for now"),
    ],
)  # fmt: skip
def test_a_remark_beside_letters_becomes_a_comment(typed: str, letters_read: str, remark: str) -> None:
    matrix = example()
    moment = "2026-11-12T14:05:00.000000+00:00"
    found = home(matrix, with_cells(exported(matrix), {("3", "ITM"): typed}), by="Ann", at=moment)
    made = after(matrix, found.wishes)
    assert made.letters("3", "ITM") == letters_read
    (comment,) = made.comments.values()
    assert (comment.duty, comment.role, comment.text, comment.written_by, comment.written_at) == (
        "3", "ITM", remark, "Ann", moment,
    )  # fmt: skip
    assert len(found.wishes) == (1 if letters_read == "C" else 2)


def test_what_nobody_can_read_changes_nothing_and_is_reported_where_it_stands() -> None:
    matrix = example()
    found = home(
        matrix, with_cells(exported(matrix), {("1", "PM"): "R?", ("3", "ITM"): "see below", ("4", "FIN"): "7"})
    )
    assert found.wishes == ()
    assert [where for where, _ in reported(found)] == ["Matrix!H8", "Matrix!I10", "Matrix!J11"]
    assert reported(found)[0][1] == ("“r?” is not a letter of RACI; it has A, R, C, I. The letters stay as they are.")


def test_letters_that_cannot_stand_together_are_reported_with_what_can() -> None:
    matrix = example()
    found = home(matrix, with_cells(exported(matrix), {("1", "FIN"): "A, C", ("2", "FIN"): "A/I (for now)"}))
    assert found.wishes == ()
    assert reported(found) == [
        (
            "Matrix!J8",
            "A and C cannot stand in one cell of RACI; a cell may hold A, R, C, I, A/R. The letters stay as they are.",
        ),
        (
            "Matrix!J9",
            "A and I cannot stand in one cell of RACI; a cell may hold A, R, C, I, A/R. The letters stay as they are.",
        ),
    ]


@settings(max_examples=40)
@given(
    matrices(),
    st.dictionaries(
        st.tuples(st.sampled_from(("d1", "d2", "d3")), st.sampled_from(("r1", "r2", "r3"))), letters(), max_size=2
    ),
)
def test_edited_cells_come_home_as_they_were_typed(matrix: Matrix, typed: dict[tuple[str, str], str]) -> None:
    typed = {
        (duty, role): text for (duty, role), text in typed.items() if duty in matrix.rows and role in matrix.columns
    }
    found = home(matrix, with_cells(exported(matrix), typed))
    assert found.problems == ()
    made = after(matrix, found.wishes)
    assert all(made.letters(*place) == text for place, text in typed.items())
    rest = [(duty, role) for duty in matrix.rows for role in matrix.columns if (duty, role) not in typed]
    assert all(made.letters(*place) == matrix.letters(*place) for place in rest)
    assert len(found.wishes) == sum(matrix.letters(*place) != text for place, text in typed.items())


# --- titles, codes, areas


def test_a_title_a_code_and_an_area_come_home() -> None:
    matrix = example()
    found = home(matrix, with_row(exported(matrix), "3", title=" Choose the vendor ", code="VEN-9", area="Money"))
    assert said(found) == [
        "VEN-1: “Select the vendor” is called “Choose the vendor”",
        "VEN-1 becomes VEN-9, “Select the vendor”",
        "VEN-1 moves to Money, “Select the vendor”",
    ]
    assert [wish.where for wish in found.wishes] == ["Matrix!G10", "Matrix!F10", "Matrix!E10"]
    duty = after(matrix, found.wishes).duties["3"]
    assert (duty.title, duty.code, duty.area) == ("Choose the vendor", "VEN-9", "fin")


def test_an_area_may_be_given_by_its_code_or_be_new() -> None:
    matrix = example()
    found = home(matrix, with_row(with_row(exported(matrix), "3", area="fin"), "4", area="Legal work"))
    assert said(found) == [
        "New area Legal work, LW",
        "VEN-1 moves to fin, “Select the vendor”",
        "VEN-2 moves to Legal work, “Sign the contract”",
    ]
    area, _, move = found.wishes
    assert move.needs == (area.id,)
    made = after(matrix, found.wishes)
    assert made.areas[made.duties["4"].area].name == "Legal work"


def test_an_area_that_two_bear_is_not_guessed() -> None:
    matrix = replace(example(), areas={**example().areas, "two": Area("TWO", "Money")})
    found = home(matrix, with_row(exported(matrix), "3", area="Money"))
    assert found.wishes == ()
    assert reported(found)[0][0] == "Matrix!E10"


@pytest.mark.parametrize(("field", "column"), [("title", "G"), ("code", "F")])
def test_a_title_or_code_that_is_gone_stays(field: str, column: str) -> None:
    matrix = example()
    found = home(matrix, with_row(exported(matrix), "3", **{field: " "}))
    assert found.wishes == ()
    assert [where for where, _ in reported(found)] == [f"Matrix!{column}10"]


def test_an_area_that_is_gone_is_offered_and_not_accepted() -> None:
    (wish,) = home(example(), with_row(exported(example()), "3", area="")).wishes
    assert (wish.group, wish.offered) == (Group.MOVES, False)


def test_a_code_that_another_duty_has_is_not_taken() -> None:
    found = home(example(), with_row(exported(example()), "3", code="fin-01"))
    assert found.wishes == ()
    assert reported(found)[0][0] == "Matrix!F10"


def test_texts_that_cannot_be_stored_are_reported() -> None:
    found = home(example(), with_row(exported(example()), "3", title="x" * 201, code="y" * 31))
    assert found.wishes == ()
    assert [where for where, _ in reported(found)] == ["Matrix!G10", "Matrix!F10"]
    assert "201 characters" in reported(found)[0][1]


# --- rows


def test_a_new_row_has_a_code_a_place_and_its_letters() -> None:
    matrix = example()
    rows = list(exported(matrix).rows)
    rows.insert(3, BroughtRow(0, "", "Vendors", "", "Meet the vendor", "A/R\tC\t"))
    found = home(matrix, with_rows(exported(matrix), rows))
    assert said(found) == [
        "New row VEN-4, “Meet the vendor”",
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
    assert said(found) == ["New row VEN-77, “VEN-77”", "New row VEN-78, “ven-1”"]
    assert reported(found) == [("Matrix!F14", "The code ven-1 is taken; the new row gets VEN-78.")]


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
    without = replace(part, columns=part.columns[:2], rows=tuple(_cut(row) for row in part.rows))
    assert home(matrix, without).wishes == ()


def _cut(row: BroughtRow) -> BroughtRow:
    return row._replace(letters=row.letters.rpartition("\t")[0])


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
    assert said(found) == ["New row VEN-4, “Drop the vendor”", "Drop the vendor, PM: empty → A"]
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


# --- columns


def test_a_role_that_was_renamed_comes_home() -> None:
    matrix = example()
    brought = exported(matrix)
    found = home(
        matrix, replace(brought, columns=(brought.columns[0]._replace(name="Project lead"), *brought.columns[1:]))
    )
    assert said(found) == ["Role PM is called Project lead"]
    assert after(matrix, found.wishes).roles["PM"].name == "Project lead"


def test_a_column_that_bears_the_name_of_another_role_is_reported() -> None:
    matrix = example()
    brought = exported(matrix)
    found = home(matrix, replace(brought, columns=(brought.columns[0]._replace(name="ITM"), *brought.columns[1:])))
    assert (found.wishes, reported(found)[0][0]) == ((), "Matrix!H")


def test_columns_that_were_moved_come_home() -> None:
    matrix = example()
    brought = exported(matrix)
    turned = replace(
        brought,
        columns=tuple(brought.columns[index] for index in (2, 0, 1)),
        rows=tuple(
            row._replace(letters="\t".join(row.letters.split("\t")[i] for i in (2, 0, 1))) for row in brought.rows
        ),
    )
    found = home(matrix, turned)
    assert said(found) == ["Columns in another order: FIN, PM, ITM"]
    assert after(matrix, found.wishes).column_keys == ("FIN", "PM", "ITM")


def _with_column(brought: BroughtBack, column: BroughtColumn, cells: list[str], at: int = 3) -> BroughtBack:
    rows = []
    for row, text in zip(brought.rows, cells, strict=True):
        parts = row.letters.split("\t")
        rows.append(row._replace(letters="\t".join([*parts[:at], text, *parts[at:]])))
    return replace(brought, columns=(*brought.columns[:at], column, *brought.columns[at:]), rows=tuple(rows))


def test_an_inserted_column_is_a_new_role_with_its_letters() -> None:
    matrix = example()
    brought = _with_column(exported(matrix), BroughtColumn("", "Legal counsel", "K"), ["", "C", "", "", "I"])
    found = home(matrix, brought)
    assert said(found) == [
        "New column Legal counsel",
        "Approve the budget, Legal counsel: empty → C",
        "Pay the invoice, Legal counsel: empty → I",
    ]
    made = after(matrix, found.wishes)
    role = made.column_keys[-1]
    assert (made.roles[role].name, made.roles[role].code) == ("Legal counsel", "LC")


def test_an_inserted_column_may_be_a_role_of_the_register() -> None:
    matrix = example()
    register = {**matrix.roles, "LEG": replace(matrix.roles["PM"], code="LEG", name="Legal")}
    matrix = replace(matrix, roles=register)
    brought = _with_column(exported(matrix), BroughtColumn("", "legal", "K"), ["", "C", "", "", ""])
    found = home(matrix, brought)
    assert after(matrix, found.wishes).roles == matrix.roles
    assert after(matrix, found.wishes).letters("2", "LEG") == "C"


def test_a_column_of_remarks_is_left() -> None:
    matrix = example()
    brought = _with_column(exported(matrix), BroughtColumn("", "Remarks", "K"), ["", "ask Ben", "", "", "I"])
    found = home(matrix, brought)
    assert (found.wishes, [problem.weight for problem in found.problems]) == ((), [Weight.NOTE])
    beside = _with_column(exported(matrix), BroughtColumn("", "Remarks", "T", inside=False), [""] * 5)
    assert home(matrix, beside).wishes == ()


def test_a_column_that_is_missing_is_offered_and_not_accepted() -> None:
    matrix = replace(example(), grey_areas={"g1": open_grey_area("4", interim="FIN")})
    brought = exported(matrix)
    found = home(matrix, replace(brought, columns=brought.columns[:2], rows=tuple(map(_cut, brought.rows))))
    (wish,) = found.wishes
    assert (wish.group, wish.offered, str(wish.about)) == (Group.MISSING_COLUMNS, False, "Column FIN is missing")
    made = after(matrix, found.wishes)
    assert "FIN" not in made.columns and made.grey_areas["g1"].interim == ""
    assert not any("FIN" in row for row in made.cells.values())


def test_a_column_of_which_only_the_hidden_key_is_left_is_missing() -> None:
    matrix = example()
    brought = exported(matrix)
    columns = (*brought.columns[:2], brought.columns[2]._replace(name=""))
    found = home(matrix, replace(brought, columns=columns, rows=tuple(
        row._replace(letters=row.letters.rpartition("\t")[0] + "\t") for row in brought.rows
    )))  # fmt: skip
    assert said(found) == ["Column FIN is missing"]


def test_copies_of_a_column_are_told_apart() -> None:
    matrix = example()
    brought = exported(matrix)
    same_cells = [row.letters.split("\t")[2] for row in brought.rows]
    alike = _with_column(brought, brought.columns[2]._replace(at="K"), same_cells)
    assert (home(matrix, alike).wishes, home(matrix, alike).problems[0].weight) == ((), Weight.NOTE)
    renamed = _with_column(brought, brought.columns[2]._replace(at="K", name="Legal"), ["A"] * 5)
    assert (home(matrix, renamed).wishes, len(home(matrix, renamed).problems)) == ((), 1)
    other = _with_column(brought, brought.columns[2]._replace(at="K"), ["A"] * 5)
    assert (home(matrix, other).wishes, len(home(matrix, other).problems)) == ((), 1)


def test_a_field_whose_column_is_gone_is_not_compared() -> None:
    matrix = example()
    brought = exported(matrix)
    found = home(matrix, replace(
        brought, fields={"key": "A", "title": "G"}, rows=tuple(row._replace(code="", area="") for row in brought.rows)
    ))  # fmt: skip
    assert (found.wishes, len(found.problems)) == ((), 2)


# --- grey areas


def _asked(owner: str = "", comment: str = "", key: str = "g1") -> BroughtBack:
    return replace(
        exported(example()), questions=(BroughtQuestion(key, owner, "Grey areas!N5", comment, "Grey areas!O5"),)
    )


def test_a_proposed_owner_is_a_claim_and_never_a_decision() -> None:
    matrix = example()
    found = home(matrix, _asked("itm"), by="Ann", at="2026-11-12T14:05:00.000000+00:00")
    (wish,) = found.wishes
    assert (wish.group, wish.where, str(wish.about)) == (
        Group.CLAIMS,
        "Grey areas!N5",
        "ITM is to own Sign the contract",
    )
    made = after(matrix, found.wishes)
    claim = made.claims["g1", "ITM"]
    assert (claim.letters, str(claim.made_on)) == ("A", "2026-11-12")
    assert (made.cells, made.decisions, made.grey_areas) == (matrix.cells, {}, matrix.grey_areas)


def test_several_owners_may_be_proposed_and_a_claim_that_stands_is_not_made_again() -> None:
    matrix = replace(example(), claims={("g1", "PM"): Claim("A", "mine"), ("g1", "FIN"): Claim("C")})
    found = home(matrix, _asked("PM; ITM\nFIN"))
    assert [wish.id for wish in found.wishes] == ["claim.g1.ITM", "claim.g1.FIN"]
    assert after(matrix, found.wishes).claims["g1", "FIN"].letters == "A"


def test_a_comment_beside_a_grey_area_is_one_on_its_row() -> None:
    found = home(example(), _asked(comment=" Ask legal first. "))
    (comment,) = after(example(), found.wishes).comments.values()
    assert (comment.duty, comment.role, comment.text) == ("4", "", "Ask legal first.")


@pytest.mark.parametrize(("owner", "key"), [("Nobody known", "g1"), ("PM", "g9"), ("PM", "")])
def test_a_proposal_that_nobody_understands_is_reported(owner: str, key: str) -> None:
    found = home(example(), _asked(owner, key=key))
    assert (found.wishes, reported(found)[0][0]) == ((), "Grey areas!N5")


def test_what_is_settled_cannot_be_claimed() -> None:
    matrix = replace(example(), grey_areas={"g1": open_grey_area("4", status=GreyAreaStatus.DECIDED)})
    assert (home(matrix, _asked("PM")).wishes, len(home(matrix, _asked("PM")).problems)) == ((), 1)


# --- keys and limits


def test_keys_follow_from_the_file_and_look_like_all_others() -> None:
    from raci.models import Duty, Role
    from raci.models.base import _ALPHABET, KEY_LENGTH

    assert (ALPHABET, LENGTH) == (_ALPHABET, KEY_LENGTH)
    assert key_of("e1", "duty", "x") == key_of("e1", "duty", "x") != key_of("e2", "duty", "x")
    assert Duty._meta.get_field("title").max_length == LONGEST_TITLE
    assert Role._meta.get_field("name").max_length == LONGEST_NAME


def test_a_proposal_survives_json() -> None:
    matrix = example()
    found = home(matrix, with_cells(exported(matrix), {("1", "PM"): "R", ("2", "PM"): "?"}))
    assert Proposal.from_data(json.loads(json.dumps(found.to_data()))) == found
