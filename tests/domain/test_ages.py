"""Ages and their buckets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.ages import BUCKETS, bucket, opened_within

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("age", "number"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (4000, 3), (-1, 0)]
)
def test_each_age_has_its_bucket(age, number):
    assert bucket(age) == number


@given(st.integers(-400, 4000))
def test_days_of_a_bucket_are_those_whose_age_falls_into_it(age):
    day = TODAY - timedelta(days=age)
    within = [
        number
        for number in range(len(BUCKETS) + 1)
        for first, last in [opened_within(number, TODAY)]
        if (first is None or first <= day) and (last is None or day <= last)
    ]
    assert within == [bucket(age)]
