"""Gap arithmetic: the vectors of the reference, and what holds for any assessment."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.competence import Competency, Requirement
from raci.domain.gaps import Gap, Gaps, WrongLevel, level_trouble, measure, range_trouble

# As in the reference on charters, 5.4: required and assessed of CMP-1 to CMP-6.
REQUIRED = dict(zip("123456", (5, 5, 5, 5, 5, 6), strict=True))
ASSESSED = dict(zip("123456", (3, 4, 2, 4, 4, 5), strict=True))


def competency(key: str, lowest: int = 0, highest: int = 7) -> Competency:
    return Competency(f"CMP-{key}", f"Competency {key}", scale="sfia-9", lowest=lowest, highest=highest)


def vector(required: dict[str, int], assessed: dict[str, int], *, essential: bool = False) -> Gaps:
    requirements = {key: Requirement(level, essential) for key, level in required.items()}
    given_levels = {key: [level] for key, level in assessed.items()}
    return measure(requirements, {key: competency(key) for key in required}, given_levels)


def test_vector_g_1():
    found = vector(REQUIRED, ASSESSED, essential=True)
    assert [item.gap for item in found.items.values()] == [2, 1, 3, 1, 1, 1]
    assert found.total == 9
    assert found.readiness == Fraction(22, 31)
    assert round(float(found.readiness), 3) == 0.710
    assert found.coverage == 1
    assert found.blockers == ("1", "3")
    assert vector(REQUIRED, ASSESSED).blockers == ()


def test_vector_g_2():
    found = vector(REQUIRED, {key: level for key, level in ASSESSED.items() if key != "3"}, essential=True)
    assert found.readiness == Fraction(20, 26)
    assert round(float(found.readiness), 3) == 0.769
    assert found.coverage == Fraction(5, 6)
    assert found.items["3"].gap is None
    assert "3" in found.blockers


def test_vector_g_3():
    itsp = Competency("CMP-5", "Strategic planning", scale="sfia-9", lowest=4, highest=7, framework="ITSP")
    with pytest.raises(WrongLevel) as refused:
        measure({"5": Requirement(3)}, {"5": itsp}, {})
    assert str(refused.value) == "Strategic planning begins at level 4: level 3 cannot be required."


def test_vector_g_4():
    found = vector({"4": 4, "6": 6}, {"4": 6, "6": 4})
    assert [item.gap for item in found.items.values()] == [0, 2]
    assert found.readiness == Fraction(8, 10)


def test_a_level_above_the_highest_is_no_better_than_one_below_the_lowest():
    assert str(level_trouble(competency("1", 2, 4), 5)) == "Competency 1 ends at level 4: level 5 cannot be required."
    assert level_trouble(competency("1", 2, 4), 4) is None


def test_nothing_assessed_is_unknown_and_not_complete():
    found = vector(REQUIRED, {})
    assert (found.readiness, found.coverage, found.total) == (None, 0, 0)
    assert (Gaps({}).readiness, Gaps({}).coverage, Gaps({}).blockers) == (None, None, ())


def test_what_is_assessed_at_nothing_is_not_unassessed():
    assert vector({"1": 4}, {"1": 0}).readiness == 0
    assert vector({"1": 4}, {"1": 0}).coverage == 1


@pytest.mark.parametrize(("essential", "counts"), [(True, 2), (False, 3)])
def test_of_several_assessors_the_lowest_counts_for_essentials_and_the_mean_else(essential, counts):
    item = Gap(5, essential, levels=(2, 5, 4))
    assert (item.assessed, item.spread, item.disagrees) == (counts, 3, True)
    assert not Gap(5, essential, levels=(3, 4)).disagrees


def test_a_gap_of_one_in_something_essential_does_not_block_and_two_do():
    assert [Gap(4, True, levels=(level,)).blocks for level in (3, 2)] == [False, True]
    assert not Gap(4, False, levels=(0,)).blocks


@pytest.mark.parametrize(
    ("lowest", "highest", "says"),
    [
        (1, 7, ""),
        (4, 4, ""),
        (0, 5, "The scale has no level 0: it goes from 1 to 7."),
        (2, 8, "The scale has no level 8: it goes from 1 to 7."),
        (5, 4, "The lowest level lies above the highest."),
    ],
)
def test_a_competency_exists_at_levels_of_its_scale(lowest, highest, says):
    assert str(range_trouble(lowest, highest, range(1, 8)) or "") == says


def test_a_scale_without_levels_is_said_to_have_none():
    assert str(range_trouble(1, 1, [])) == "The scale has no levels."


items = st.builds(
    Gap, st.integers(1, 7), st.booleans(), st.integers(1, 4), st.lists(st.integers(0, 7), max_size=3).map(tuple)
)
many = st.lists(items, max_size=6).map(lambda found: Gaps({str(number): item for number, item in enumerate(found)}))


@given(many)
def test_readiness_and_coverage_are_shares(found):
    for share in (found.readiness, found.coverage):
        assert share is None or 0 <= share <= 1
    assert (found.readiness == 1) == (bool(found.known) and found.total == 0)


@given(many, st.integers(0, 7))
def test_more_than_enough_of_one_makes_up_for_nothing(found, more):
    met = {key: item for key, item in found.known.items() if item.gap == 0}
    risen = {key: replace(item, levels=(max(item.levels) + more,)) for key, item in met.items()}
    assert Gaps({**found.items, **risen}).readiness == found.readiness
    assert Gaps({**found.items, **risen}).total == found.total


@given(items, st.integers(0, 9))
def test_a_gain_is_never_more_than_it_says_nor_beyond_what_is_required(item, levels):
    after = item.raised(levels)
    if item.assessed is None:
        assert after == item
    else:
        assert item.assessed <= after.assessed <= max(item.assessed, min(item.required, item.assessed + levels))


@given(items)
def test_what_is_unknown_has_no_gap_and_blocks_where_it_is_essential(item):
    if not item.levels:
        assert (item.gap, item.reached, item.blocks) == (None, None, item.essential)
    else:
        assert item.gap == max(0, item.required - item.assessed)
