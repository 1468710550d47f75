"""From one role to another: what is asked for, what changes in the matrices, and the order of routes."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.competence import Competency, Gain, Requirement, Skill
from raci.domain.gaps import Gap, Gaps
from raci.domain.transition import (
    Turn,
    closed_by,
    expected,
    in_order,
    required_of,
    shifts,
    skills_of,
    suggested,
    uncovered_skills,
    unrequired_skills,
)
from raci.domain.whole import Whole, register_of
from tests.domain.builders import matrix_of, scheme_named

COMPETENCIES = {
    "c1": Competency("CMP-1", "Technology", position=2),
    "c10": Competency("CMP-10", "Ten", position=1),
    "c2": Competency("CMP-2", "Two", position=1),
}


def register(**shelves):
    return register_of(matrix_of("PM ITM", "A C", competencies=COMPETENCIES, **shelves))


def test_requirements_are_those_of_the_role_in_the_order_of_the_competencies():
    wanted = {("ITM", key): Requirement(3) for key in COMPETENCIES} | {("PM", "c1"): Requirement(1)}
    found = register(requirements=wanted)
    assert list(required_of(found, "ITM")) == ["c2", "c10", "c1"] == in_order(found, COMPETENCIES)
    assert required_of(found, "PM") == {"c1": Requirement(1)}


def test_a_skill_without_a_competency_is_a_hole_and_one_that_is_not_required_is_not_measured():
    skills = {
        ("ITM", "k1"): Skill("Operations", "c1", position=3),
        ("ITM", "k2"): Skill("Vendors, contracts and licences", position=2),
        ("ITM", "k3"): Skill("Money", "c2", position=1),
        ("PM", "k4"): Skill("Vendors"),
    }
    found = register(skills=skills, requirements={("ITM", "c1"): Requirement(4)})
    assert skills_of(found, "ITM") == ["k3", "k2", "k1"]
    assert uncovered_skills(found, "ITM") == ["k2"]
    assert unrequired_skills(found, "ITM") == ["k3"]


def whole_of(*matrices):
    return Whole(register_of(matrices[0]), matrices)


def test_what_is_gained_and_lost_is_computed_row_by_row():
    matrix = matrix_of("PM ITM CIO", "AR C .", "R A .", ". A I", "R . A", "C C A", ". . A")
    (found,) = shifts(whole_of(matrix), "PM", "ITM")
    assert [(row.duty, row.turn.value) for row in found.rows] == [
        ("1", "other"),
        ("2", "other"),
        ("3", "gained"),
        ("4", "lost"),
        ("5", "same"),
    ]
    assert (found.to_answer_for, found.to_let_go) == (2, 1)
    assert [row.duty for row in found.of(Turn.GAINED)] == ["3"]


def test_rows_that_do_not_apply_and_matrices_without_either_role_are_left_out():
    matrix = matrix_of("PM ITM", "A C", "A C", not_applying=["2"])
    other = replace(matrix_of("PM ITM CIO", ". . A"), key="other")
    (found,) = shifts(whole_of(matrix, other), "PM", "ITM")
    assert [row.duty for row in found.rows] == ["1"]


def test_who_answers_is_what_the_scheme_says():
    scheme = scheme_named("rasci")
    owner = min(scheme.codes_of(scheme.pivot))
    (found,) = shifts(whole_of(matrix_of("PM ITM", f"{owner} .", scheme=scheme)), "PM", "ITM")
    assert (found.to_answer_for, found.to_let_go) == (0, 1)


def gaps_of(**items: str) -> Gaps:
    """“5/3!2” is required 5, assessed 3, essential, weight 2; a dot is unassessed."""
    found = {}
    for key, text in items.items():
        head, _mark, weight = text.partition("*")
        required, assessed = head.rstrip("!").split("/")
        levels = () if assessed == "." else (int(assessed),)
        found[key] = Gap(int(required), head.endswith("!"), int(weight or 1), levels)
    return Gaps(found)


GAINS = {
    ("study", "c1"): Gain(1),
    ("study", "c2"): Gain(1),
    ("lead", "c3"): Gain(2),
    ("degree", "c1"): Gain(3),
    ("idle", "c4"): Gain(3),
}


def test_routes_that_close_blockers_come_first_and_those_that_close_nothing_not_at_all():
    gaps = gaps_of(c1="5/2", c2="5/4", c3="5/3!", c4="3/4")
    found = suggested(gaps, GAINS, ["study", "lead", "degree", "idle"])
    assert [one.route for one in found] == ["lead", "degree", "study"]
    assert [dict(one.closes) for one in found] == [{"c3": 2}, {"c1": 3}, {"c2": 1}]
    assert found[0].frees == ("c3",)
    assert [one.readiness for one in found] == [Fraction(14, 18), Fraction(17, 18), 1]


def test_weight_counts_and_the_given_order_decides_between_equals():
    assert [one.route for one in suggested(gaps_of(c1="5/4", c2="5/4", c3="5/4*3"), GAINS, ["study", "lead"])] == [
        "lead",
        "study",
    ]
    twins = {("a", "c1"): Gain(1), ("b", "c1"): Gain(1)}
    assert [one.route for one in suggested(gaps_of(c1="5/2"), twins, ["b", "a"])] == ["b", "a"]
    assert [one.route for one in suggested(gaps_of(c1="5/2"), twins, ["b", "a"], left_out=["b"])] == ["a"]


def test_nothing_can_be_added_to_what_is_unknown():
    gaps = gaps_of(c1="5/.!", c2="5/4")
    after = expected(gaps, GAINS, ["degree", "study"])
    assert after.items["c1"] == gaps.items["c1"]
    assert after.blockers == ("c1",)
    assert closed_by(gaps, GAINS, "degree") == {}


KEYS = ("c1", "c2", "c3")
levels = st.lists(st.integers(0, 6), max_size=2).map(tuple)
some = st.fixed_dictionaries(
    {key: st.builds(Gap, st.integers(1, 6), st.booleans(), st.integers(1, 3), levels) for key in KEYS}
)
gains = st.dictionaries(
    st.tuples(st.sampled_from(("w1", "w2", "w3")), st.sampled_from(KEYS)), st.builds(Gain, st.integers(0, 4))
)
ROUTES = ["w1", "w2", "w3"]


@given(some.map(Gaps), gains)
def test_what_is_expected_is_never_worse_and_never_more_than_the_gains_say(gaps, of_routes):
    after = expected(gaps, of_routes, ROUTES)
    assert gaps.readiness is None or gaps.readiness <= after.readiness <= 1
    assert set(after.blockers) <= set(gaps.blockers)
    for key, item in gaps.items.items():
        said = sum(gain.levels for (_route, of), gain in of_routes.items() if of == key)
        if item.assessed is not None:
            assert after.items[key].assessed <= max(item.assessed, min(item.required, item.assessed + said))


@given(some.map(Gaps), gains)
def test_the_suggested_order_closes_what_all_routes_together_close(gaps, of_routes):
    found = suggested(gaps, of_routes, ROUTES)
    assert sum(one.weighted for one in found) == gaps.weighted - expected(gaps, of_routes, ROUTES).weighted
    if found:
        assert found[-1].readiness == expected(gaps, of_routes, ROUTES).readiness
    assert found == suggested(gaps, dict(reversed(of_routes.items())), ROUTES)


@given(some.map(Gaps), gains)
def test_no_other_route_would_have_closed_more_at_its_turn(gaps, of_routes):
    now, left = gaps, set(ROUTES)
    for one in suggested(gaps, of_routes, ROUTES):
        weight = {key: now.items[key].weight for key in now.items}
        for other in left:
            closed = closed_by(now, of_routes, other)
            mine = closed_by(now, of_routes, one.route)
            blocking = [sum(part.get(key, 0) * weight[key] for key in now.blockers) for part in (mine, closed)]
            assert blocking[0] >= blocking[1]
            if blocking[0] == blocking[1]:
                assert one.weighted >= sum(weight[key] * levels for key, levels in closed.items())
        now = expected(now, of_routes, [one.route])
        left.remove(one.route)


@pytest.mark.parametrize("start", ["PM", "ITM"])
def test_the_way_back_is_the_way_there_turned_round(start):
    matrix = matrix_of("PM ITM", "AR C", "R A", ". A", "R .")
    other = "ITM" if start == "PM" else "PM"
    (there,), (back,) = shifts(whole_of(matrix), start, other), shifts(whole_of(matrix), other, start)
    assert [row.duty for row in there.of(Turn.GAINED)] == [row.duty for row in back.of(Turn.LOST)]
    assert there.to_answer_for == back.to_let_go
