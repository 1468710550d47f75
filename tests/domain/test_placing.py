"""Positions: the order that was wanted, with as little touched as can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.placing import LAST, STEP, at_end, place

KEYS = [f"k{number:02}" for number in range(30)]
SPOTS = st.one_of(st.integers(0, 8), st.sampled_from([LAST, LAST - 1, LAST - 3, 500, 1024, 2048]), st.integers(0, LAST))


def order(positions):
    return sorted(positions, key=lambda key: (positions[key], key))


@st.composite
def moves(draw):
    positions = draw(st.dictionaries(st.sampled_from(KEYS), SPOTS, min_size=1))
    new = [key for key in KEYS if key not in positions][:2]
    moved = draw(st.lists(st.sampled_from([*positions, *new]), min_size=1, max_size=6, unique=True))
    after = draw(st.sampled_from(["", *(key for key in positions if key not in moved)]))
    return positions, moved, after


@given(moves())
def test_the_order_is_what_was_wanted_and_positions_fit_the_database(move):
    positions, moved, after = move
    found = place(positions, moved, after)
    rest = [key for key in order(positions) if key not in moved]
    at = rest.index(after) + 1 if after else 0
    assert order({**positions, **found}) == [*rest[:at], *moved, *rest[at:]]
    assert all(0 <= position <= LAST for position in found.values())


@given(moves())
def test_only_what_gets_another_position_is_named(move):
    positions, moved, after = move
    found = place(positions, moved, after)
    assert all(positions.get(key) != position for key, position in found.items())
    assert place({**positions, **found}, moved, after) == {}


@given(st.lists(st.sampled_from(KEYS), min_size=2, unique=True), st.data())
def test_where_there_is_room_nothing_else_is_touched(keys, data):
    positions = {key: STEP * index for index, key in enumerate(keys, start=1)}
    moved = data.draw(st.sampled_from(keys))
    after = data.draw(st.sampled_from(["", *(key for key in keys if key != moved)]))
    assert set(place(positions, [moved], after)) <= {moved}


def dense(count):
    return {f"k{number:05}": number for number in range(count)}


@pytest.mark.parametrize("way", [("k00500", "k00501"), ("k00500", "k00498")])
def test_one_step_in_a_dense_matrix_changes_two_rows(way):
    moved, after = way
    assert len(place(dense(1000), [moved], after)) == 2


def test_a_second_move_into_the_same_gap_is_cheap():
    positions = dense(1000)
    first = place(positions, ["k00900"], "k00010")
    assert len(first) <= 1000
    positions |= first
    touched = []
    for number in range(20):
        found = place(positions, [f"k{number + 800:05}"], "k00010")
        touched.append(len(found))
        positions |= found
    assert touched[0] == 1
    assert sum(touched) <= 5 * len(touched)


def test_what_comes_last_stands_a_step_behind():
    assert at_end({"a": 7, "b": 9}, ["c", "d"]) == {"c": 9 + STEP, "d": 9 + 2 * STEP}


def test_what_comes_behind_the_last_position_of_all_makes_the_last_one_move():
    assert order({"a": LAST} | at_end({"a": LAST}, ["b"])) == ["a", "b"]


def test_nothing_stands_behind_what_is_not_there():
    with pytest.raises(ValueError, match="not in list"):
        place({"a": 1}, ["b"], "c")
