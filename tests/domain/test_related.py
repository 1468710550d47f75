"""Duties that may be the same in other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.records import Duty
from raci.domain.related import Nearness, jaccard, related, stems

WORDS = st.frozensets(st.sampled_from(["sign", "contract", "vendor", "budget", "team", "review", "plan"]))


def found(*titles: str, areas: str = "", retired: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    """What is related to the first of some duties, whose areas are named letter by letter."""
    duties = {
        str(number): Duty(f"X-{number}", title, areas[number : number + 1], retired=number in retired)
        for number, title in enumerate(titles)
    }
    return [(item.duty, item.nearness.name) for item in related(duties, "0")]


def test_the_same_words_are_found_whatever_their_case_and_endings():
    assert found("Manage vendor contracts", "managing the Vendor's contract", "Plan capacity") == [("1", "WORDING")]
    assert found("Review budgets", "Reviewing the budget") == [("1", "SAME")]


def test_half_of_the_words_in_common_is_near_and_less_is_not():
    assert found("Approve project budget", "Approve project plan") == [("1", "WORDING")]  # 2 of 4
    assert found("Approve project budget", "Approve invoices") == []  # 1 of 4


def test_another_verb_on_the_same_object_counts_within_one_area_only():
    titles = ("Negotiate the contract", "Terminate the contract")
    assert found(*titles, areas="VV") == [("1", "OBJECT")]
    assert found(*titles, areas="VF") == []
    assert found(*titles) == []


def test_a_retired_duty_is_no_hint():
    assert found("Sign contracts", "Sign contracts", retired=(1,)) == []


def test_the_nearest_stand_first_and_no_more_than_asked_for():
    titles = [
        "Approve project budget",
        "Approve project plan",
        "Approve the project's budget",
        "Approve project budget",
    ]
    assert [key for key, _ in found(*titles)][:2] == ["3", "2"]
    many = {str(number): Duty(f"X-{number}", "Sign it") for number in range(9)}
    assert len(related(many, "0", most=4)) == 4


def test_a_title_of_small_words_alone_is_like_nothing():
    assert found("of the", "of the") == []


@pytest.mark.parametrize("title", ["process", "Prozess", "策略 评审", "", "—"])
def test_any_text_has_stems(title):
    assert isinstance(stems(title), tuple)


@given(WORDS, WORDS)
def test_what_is_shared_lies_between_nothing_and_all_and_is_the_same_both_ways(one, other):
    assert 0 <= jaccard(one, other) == jaccard(other, one) <= 1
    assert (jaccard(one, other) == 1) == (bool(one) and one == other)


@given(st.lists(st.text(max_size=30), min_size=2, max_size=6))
def test_being_related_by_wording_goes_both_ways(titles):
    duties = {str(number): Duty(f"X-{number}", title) for number, title in enumerate(titles)}
    pairs = {(key, item.duty) for key in duties for item in related(duties, key, most=9)}
    assert pairs == {(other, key) for key, other in pairs}
    assert all(Nearness.OBJECT is not item.nearness for key in duties for item in related(duties, key))
