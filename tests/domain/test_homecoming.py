"""Our own workbooks come home: what was edited becomes a wish, what nobody can tell becomes a problem."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raci.domain.homecoming import BroughtBack, BroughtQuestion, BroughtRow
from raci.domain.homecoming.columns import LONGEST_NAME
from raci.domain.homecoming.edits import LONGEST_TITLE
from raci.domain.homecoming.keys import ALPHABET, LENGTH, key_of
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group, Proposal
from raci.domain.reading import Problem, Weight
from raci.domain.records import Area
from raci.domain.structure import rows_in_order
from raci.domain.text import Sentence
from tests.domain.returning import (
    after,
    example,
    exported,
    home,
    reported,
    said,
    with_cells,
    with_row,
    with_rows,
)
from tests.domain.strategies import letters, matrices

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
    chance.shuffle(rows)
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


@pytest.mark.parametrize("text", ["(" * 32_000, "R " * 16_000, "R" * 32_000, "A (" + ")" * 32_000, " - " * 10_000])
def test_long_texts_are_no_letters_and_cost_nothing(text: str) -> None:
    found = home(example(), with_cells(exported(example()), {("3", "ITM"): text}))
    assert found.wishes == ()
    assert reported(found)[0][1].startswith("A text of")


def test_a_remark_without_letters_empties_nothing() -> None:
    found = home(example(), with_cells(exported(example()), {("3", "ITM"): "(veto)"}))
    assert (found.wishes, len(found.problems)) == ((), 1)


def test_a_remark_may_hold_brackets_and_dashes() -> None:
    found = home(example(), with_cells(exported(example()), {("3", "ITM"): "R (veto) – for now"}))
    assert said(found)[-1] == "On Select the vendor, ITM: “(veto) – for now”"


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
