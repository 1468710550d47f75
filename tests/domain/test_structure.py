"""Plans for rows and columns: sections, codes, and what is taken out with what."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from raci.domain.applying import apply
from raci.domain.change import Address, in_order, invert
from raci.domain.records import Kind, to_fields
from raci.domain.structure import (
    Standing,
    next_code,
    placed,
    role_code,
    row_places,
    rows_in_order,
    section_of,
    section_rank,
    taken_out,
    without_owner,
)
from raci.domain.text import code_key
from tests.domain.strategies import codes, matrices


@given(matrices())
def test_sections_stand_together_in_the_order_of_their_areas(matrix):
    rows = rows_in_order(matrix)
    assert sorted(rows) == sorted(matrix.rows)
    ranks = [section_rank(matrix, section_of(matrix, duty)) for duty in rows]
    assert ranks == sorted(ranks)


@given(matrices(), st.data())
def test_what_is_moved_stands_right_behind_its_place_and_undo_brings_it_back(matrix, data):
    assume(len(matrix.rows) > 1)
    moved = data.draw(st.sampled_from(matrix.row_keys))
    same = [duty for duty in matrix.row_keys if duty != moved and section_of(matrix, duty) == section_of(matrix, moved)]
    after = data.draw(st.sampled_from(["", *same]))
    changes = placed(matrix, Kind.ROW, row_places(matrix, [moved], after))
    result = apply(matrix, in_order(changes))
    section = [duty for duty in rows_in_order(result) if section_of(result, duty) == section_of(result, moved)]
    before = section[section.index(moved) - 1] if section[0] != moved else ""
    assert before == after
    assert apply(result, invert(in_order(changes))) == matrix


@given(matrices(), st.data())
def test_rows_taken_out_leave_nothing_behind_and_come_back(matrix, data):
    assume(matrix.rows)
    gone = set(data.draw(st.lists(st.sampled_from(matrix.row_keys), min_size=1)))
    standing = Standing(
        lines={Address(Kind.ROW, matrix.key, duty): to_fields(matrix.rows[duty]) for duty in gone},
        cells={
            Address(Kind.CELL, matrix.key, duty, role): letters
            for duty in gone
            for role, letters in matrix.cells.get(duty, {}).items()
        },
        open={
            Address(Kind.GREY_AREA, matrix.key, key): to_fields(matrix.grey_areas[key])
            for duty, key in matrix.open_by_duty.items()
            if duty in gone
        },
    )
    changes = in_order(taken_out(standing, Kind.ROW))
    result = apply(matrix, changes)
    assert not gone & (result.rows.keys() | result.cells.keys() | result.open_by_duty.keys())
    assert result.decisions == matrix.decisions
    assert apply(result, invert(changes)) == matrix


@given(st.lists(codes(), unique_by=code_key), st.data())
def test_the_next_code_is_free_and_not_too_long(taken, data):
    siblings = data.draw(st.lists(st.sampled_from(taken), unique=True)) if taken else []
    assert code_key(next_code(taken, siblings, "D")) not in {code_key(code) for code in taken}


@pytest.mark.parametrize(
    ("taken", "siblings", "code"),
    [
        (["VEN-1", "VEN-10", "VEN-2"], ["VEN-1", "VEN-10", "VEN-2"], "VEN-11"),
        (["VEN-09"], ["VEN-09"], "VEN-10"),
        (["VEN-01"], ["VEN-01"], "VEN-02"),
        (["VEN-1", "ven-02"], ["VEN-1"], "VEN-3"),
        (["old 7", "VEN-1", "VEN-2"], ["old 7", "VEN-1", "VEN-2"], "VEN-3"),
        (["by hand"], ["by hand"], "FIN-1"),
        (["FIN-1"], [], "FIN-2"),
    ],
)
def test_codes_go_on_where_those_of_the_area_end(taken, siblings, code):
    assert next_code(taken, siblings, "FIN") == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("IT Manager", "ITM"),
        ("IT Project Manager", "ITPM"),
        ("Procurement", "PROC"),
        ("Chief Information Officer", "CIO2"),
        ("…", "R"),
    ],
)
def test_a_role_gets_the_initials_of_its_name(name, code):
    assert role_code(["cio"], name) == code


def test_a_duty_loses_its_owner_only_where_nobody_else_owns_it():
    def cell(matrix, duty, role):
        return Address(Kind.CELL, matrix, duty, role)

    letters = {cell("m", "d1", "r1"): "A/R", cell("m", "d1", "r2"): "R", cell("m", "d2", "r1"): "A"}
    letters |= {cell("m", "d2", "r2"): "A", cell("n", "d2", "r1"): "A", cell("m", "d3", "r1"): "C"}
    owners = {"m": frozenset("A"), "n": frozenset("A")}
    assert without_owner(letters, {"r1"}, owners) == {"d1", "d2"}
    assert without_owner(letters, {"r2"}, owners) == set()
