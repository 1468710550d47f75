"""The figures of the measures page, against vectors worked out by hand and properties that hold for all."""

import statistics
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.measures import (
    Case,
    Facts,
    FirstDecision,
    Review,
    RowFact,
    Share,
    as_data,
    bucket,
    first_decisions,
    is_valid,
    measure,
    measure_areas,
    measure_matrices,
    oldest,
    percentile,
)

TODAY = date(2026, 3, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def opened(days: int, *, key: str = "g", area: str = "ven", matrix: str = "m", raised: int | None = None) -> Case:
    return Case(matrix, area, f"duty {key}", key, ago(days if raised is None else raised), open_since=ago(days))


def decided(raised: int, on: int, **more: bool) -> Case:
    return Case("m", "ven", "d", "g", ago(raised), decided_on=ago(on), **more)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        # Rank = percent/100 x (n - 1), counted from 0; between two ranks the part that is left over.
        ([7], 50, 7.0),
        ([7], 85, 7.0),
        ([1, 2], 50, 1.5),
        ([1, 2], 85, 1.85),
        ([1, 2, 3, 4], 50, 2.5),
        ([15, 20, 35, 40, 50], 50, 35.0),
        ([15, 20, 35, 40, 50], 85, 44.0),  # rank 3.4: 40 + 0.4 x 10
        ([50, 15, 40, 20, 35], 85, 44.0),
        (list(range(1, 22)), 85, 18.0),  # rank 17: a whole one
        ([0, 0, 0, 100], 85, 55.0),  # rank 2.55: 0 + 0.55 x 100
    ],
)
def test_a_percentile_lies_between_the_closest_ranks(values, percent, expected):
    assert percentile(values, percent) == pytest.approx(expected, abs=1e-12)


def test_nothing_has_no_percentile():
    assert percentile([], 50) is None


@pytest.mark.parametrize(("age", "place"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (4000, 3)])
def test_buckets_end_with_30_60_and_90_days(age, place):
    assert bucket(age) == place


@pytest.mark.parametrize(
    ("changed", "valid"),
    [
        ({}, True),
        ({"in_force": False}, False),
        ({"settles": False}, False),
        ({"valid_from": TODAY}, True),
        ({"valid_from": TODAY + timedelta(days=1)}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"valid_from": ago(2), "valid_until": TODAY + timedelta(days=2)}, True),
    ],
)
def test_a_decision_is_valid_while_it_is_in_force_settles_and_has_its_term(changed, valid):
    asked = {"in_force": True, "settles": True, "valid_from": None, "valid_until": None, "today": TODAY} | changed
    assert is_valid(**asked) is valid


def test_the_figures_of_a_small_matrix():
    facts = Facts(
        rows=[RowFact("m", "ven", "1", True), RowFact("m", "ven", "2"), RowFact("m", "fin", "3", True)],
        cases=[opened(10), opened(31), opened(95), decided(40, 10), decided(25, 5, reopened=True, escalated=True)],
        reviews=[Review("m", "ven", "1", "x", ago(1)), Review("m", "fin", "3", "y", TODAY)],
    )
    found = measure(facts, TODAY)
    assert (found.coverage, found.coverage.percent) == (Share(2, 3), 66)
    assert (found.open, found.buckets) == (3, (1, 1, 0, 1))
    assert (found.open_age.median, found.open_age.p85) == (31.0, pytest.approx(31 + 0.7 * 64))
    assert (found.time_to_decide.median, found.time_to_decide.p85) == (25.0, pytest.approx(20 + 0.85 * 10))
    assert (found.reopened, found.escalated) == (Share(1, 2), Share(1, 2))
    assert found.overdue_reviews == Share(1, 2)


def test_a_review_is_overdue_from_the_day_after_it():
    reviews = [Review("m", "", "1", "x", TODAY)]
    assert measure(Facts(reviews=reviews), TODAY).overdue_reviews.count == 0
    assert measure(Facts(reviews=reviews), TODAY + timedelta(days=1)).overdue_reviews.count == 1


def test_what_was_reopened_is_as_old_as_its_second_opening_and_still_counts_as_decided_once():
    again = Case("m", "ven", "d", "g", ago(200), open_since=ago(5), decided_on=ago(100), reopened=True)
    found = measure(Facts(cases=[again]), TODAY)
    assert (found.buckets, found.open_age.median) == ((1, 0, 0, 0), 5.0)
    assert (found.time_to_decide.median, found.reopened) == (100.0, Share(1, 1))


def test_nothing_is_no_percentage_and_no_days():
    found = measure(Facts(), TODAY)
    assert found.coverage.percent is None
    assert found.reopened.percent is None
    assert found.open_age.median is None
    assert as_data(found)["coverage"] == {"count": 0, "of": 0, "percent": None}
    assert as_data(found)["days_to_decide"] == {"count": 0, "median": None, "percentile_85": None}


def test_what_is_almost_all_is_not_all():
    assert Share(199, 200).percent == 99
    assert Share(200, 200).percent == 100


def test_the_oldest_come_first_and_only_ten():
    cases = [opened(age, key=str(age)) for age in (3, 50, 7, 12, 90, 1, 2, 4, 5, 6, 8, 9)] + [decided(400, 1)]
    found = oldest(Facts(cases=cases), TODAY)
    assert [case.age(TODAY) for case in found] == [90, 50, 12, 9, 8, 7, 6, 5, 4, 3]


def test_the_first_decision_of_an_area_is_counted_from_the_start():
    rows = [
        RowFact("m", "ven", "1", first_decided_on=ago(60)),
        RowFact("m", "ven", "2", first_decided_on=ago(80)),
        RowFact("m", "ven", "3"),
        RowFact("m", "fin", "4"),
        RowFact("m", "res", "5", first_decided_on=ago(120)),
    ]
    assert first_decisions(Facts(rows=rows), ago(100), TODAY) == {
        "ven": FirstDecision("ven", ago(100), ago(80), 20),
        "fin": FirstDecision("fin", ago(100), None, 100),
        "res": FirstDecision("res", ago(100), ago(120), 0),
    }


def _dates() -> st.SearchStrategy[date]:
    return st.integers(-5, 400).map(ago)


def _cases() -> st.SearchStrategy[Case]:
    places, areas = st.sampled_from(["m", "n"]), st.sampled_from(["", "ven", "fin"])
    maybe = st.one_of(st.none(), _dates())
    return st.builds(
        Case, places, areas, st.sampled_from("12"), st.text("abc", max_size=2), _dates(), maybe, maybe,
        st.booleans(), st.booleans(),
    )  # fmt: skip


def _facts() -> st.SearchStrategy[Facts]:
    places, areas, duty = st.sampled_from(["m", "n"]), st.sampled_from(["", "ven", "fin"]), st.sampled_from("123")
    rows = st.builds(RowFact, places, areas, duty, st.booleans(), st.one_of(st.none(), _dates()))
    reviews = st.builds(Review, places, areas, duty, duty, _dates())
    return st.builds(Facts, *(st.lists(part, max_size=8) for part in (rows, _cases(), reviews)))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_the_50th_percentile_is_the_median_and_none_leaves_the_range(values):
    assert percentile(values, 50) == statistics.median(values)
    assert min(values) <= percentile(values, 50) <= percentile(values, 85) <= max(values)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=40))
def test_percentiles_are_those_of_the_standard_library(values):
    assert percentile(values, 85) == pytest.approx(statistics.quantiles(values, n=20, method="inclusive")[16])


@given(_facts())
def test_areas_and_matrices_add_up_to_the_whole(facts):
    whole = measure(facts, TODAY)
    for parts in (measure_areas(facts, TODAY).values(), measure_matrices(facts, TODAY).values()):
        assert sum(part.open for part in parts) == whole.open
        for name in ("coverage", "reopened", "escalated", "overdue_reviews"):
            assert sum(getattr(part, name).count for part in parts) == getattr(whole, name).count
            assert sum(getattr(part, name).of for part in parts) == getattr(whole, name).of
        assert tuple(map(sum, zip(*(part.buckets for part in parts), strict=True))) == whole.buckets or not parts


@given(_facts())
def test_the_order_of_the_facts_does_not_matter(facts):
    turned = Facts(facts.rows[::-1], facts.cases[::-1], facts.reviews[::-1])
    assert measure(turned, TODAY) == measure(facts, TODAY)
    assert first_decisions(turned, ago(50), TODAY) == first_decisions(facts, ago(50), TODAY)
    ages = [[case.age(TODAY) for case in oldest(one, TODAY)] for one in (turned, facts)]
    assert ages[0] == ages[1] == sorted(ages[0], reverse=True)


@given(_facts(), st.integers(0, 300))
def test_time_alone_makes_nothing_younger_and_no_fewer_reviews_overdue(facts, days):
    now, later = measure(facts, TODAY), measure(facts, TODAY + timedelta(days=days))
    assert later.open == now.open
    assert later.buckets[0] <= now.buckets[0]
    assert later.buckets[3] >= now.buckets[3]
    assert later.overdue_reviews.count >= now.overdue_reviews.count


@given(_facts())
def test_no_share_is_more_than_all(facts):
    found = measure(facts, TODAY)
    for share in (found.coverage, found.reopened, found.escalated, found.overdue_reviews):
        assert 0 <= share.count <= share.of
        assert share.percent is None if not share.of else 0 <= share.percent <= 100


@given(_facts())
def test_several_matrices_together_are_what_each_brings(facts):
    parts = [facts.where(lambda fact, key=key: fact.matrix == key) for key in ("m", "n")]
    assert measure(Facts.of(parts), TODAY) == measure(facts, TODAY)
