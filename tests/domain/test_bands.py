"""Tables of thresholds: the vectors of rules.md 2.4, published schedules, and what holds of every table."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.bands import Band, Flaw, FlawKind, Interval, approvers, consulted, flaws
from raci.domain.records import Mode

K = 1000
M = 1_000_000


def band(role: str, low: int | None, high: int | None, **more: str) -> Band:
    return Band(role, None if low is None else Decimal(low), None if high is None else Decimal(high), **more)


def limit(role: str, high: int | None, category: str = "") -> Band:
    return band(role, None, high, category=category)


def told(found: tuple[Flaw, ...]) -> list[str]:
    """Return flaws as one reads them: kind, values, and the roles that are concerned."""
    return [f"{flaw.kind} {flaw.words}: {' '.join(one.role for one in flaw.bands)}" for flaw in found]


def itm_ranks_below_cio(role: str, other: str) -> bool:
    return (role, other) == ("ITM", "CIO")


VECTORS: dict[str, tuple[list[Band], list[str]]] = {
    "V1": ([band("PM", 0, 50 * K), band("ITM", 60 * K, None)], ["gap from 50,000 to under 60,000: PM ITM"]),
    "V2": ([band("PM", 0, 50 * K), band("ITM", 40 * K, None)], ["overlap from 40,000 to under 50,000: PM ITM"]),
    "V3": ([band("PM", 0, 50 * K), band("ITM", 50 * K, None)], []),
    "V4": ([band("PM", 0, 50 * K), band("ITM", 50_001, None)], ["gap from 50,000 to under 50,001: PM ITM"]),
    "V5": ([band("PM", 10 * K, 50 * K), band("ITM", 50 * K, None)], ["gap under 10,000: PM"]),
    "V6": ([band("PM", 0, 50 * K), band("ITM", 50 * K, 200 * K)], ["no_top from 200,000 upwards: ITM"]),
    "V7": (
        [band("PM", 0, 100 * K), band("ITM", 20 * K, 50 * K)],
        ["overlap from 20,000 to under 50,000: PM ITM", "no_top from 100,000 upwards: PM"],
    ),
    "V8": (
        [band("PM", 0, 50 * K, unit="EUR"), band("ITM", 50 * K, None, unit="USD")],
        ["no_top from 50,000 EUR upwards: PM", "gap under 50,000 USD: ITM"],
    ),
    "V9": ([band("PM", 50 * K, 10 * K), band("ITM", 0, None)], ["invalid from 50,000 to under 10,000: PM"]),
    "V10": (
        [band("PM", 0, 50 * K), band("CIO", 50 * K, 200 * K), band("ITM", 200 * K, None)],
        ["not_rising from 200,000 upwards: ITM CIO"],
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_a_computed_vector_gives_exactly_its_flaws(name: str) -> None:
    bands, expected = VECTORS[name]

    assert told(flaws(Mode.BANDS, bands, below=itm_ranks_below_cio)) == expected
    assert told(flaws(Mode.BANDS, reversed(bands), below=itm_ranks_below_cio)) == expected


def test_where_only_whole_numbers_occur_bands_may_be_one_apart() -> None:
    bands, _expected = VECTORS["V4"]

    assert flaws(Mode.BANDS, bands, step=Decimal(1)) == ()
    assert told(flaws(Mode.BANDS, VECTORS["V1"][0], step=Decimal(1))) == VECTORS["V1"][1]


def test_a_table_that_rises_through_the_ranks_is_not_told_of() -> None:
    bands = [band("PM", 0, 50 * K), band("ITM", 50 * K, 200 * K), band("CIO", 200 * K, None)]

    assert flaws(Mode.BANDS, bands, below=itm_ranks_below_cio) == ()


def test_a_role_between_does_not_hide_that_a_table_falls() -> None:
    bands = [band("CIO", 0, 50 * K), band("FIN", 50 * K, 200 * K), band("ITM", 200 * K, None)]

    assert told(flaws(Mode.BANDS, bands, below=itm_ranks_below_cio)) == ["not_rising from 200,000 upwards: ITM CIO"]


def test_a_unit_is_the_same_however_it_is_written_and_a_line_without_a_role_has_nothing() -> None:
    bands = [band("PM", 0, 50 * K, unit="EUR"), band("ITM", 50 * K, None, unit="eur"), band("", 0, 9, unit="CHF")]

    assert flaws(Mode.BANDS, bands) == ()
    assert told(flaws(Mode.BANDS, [band("PM", 0, 5), band("", 5, 9), band("ITM", 9, None)])) == [
        "gap from 5 to under 9: PM ITM"
    ]


@pytest.mark.parametrize("text", ["x", "-5", "NaN", "1e999999"])
def test_an_end_that_cannot_be_read_makes_an_invalid_band(text: str) -> None:
    lines = [Band.stored("PM", "", text), Band.stored("ITM", "0", "")]
    found = flaws(Mode.BANDS, lines)

    assert told(found) == ["invalid under 0: PM"]


def test_a_band_comes_out_of_its_stored_form() -> None:
    assert Band.stored("PM", "50000.5", "", category="hardware", unit="EUR", key="p1") == Band(
        "PM", Decimal("50000.5"), None, "hardware", "EUR", "p1"
    )
    assert Band.stored("PM", "", "7") == band("PM", None, 7)


# University of the Pacific, computer purchases: limits, and two posts to be consulted (rules.md 2.4).
PACIFIC = [
    limit("director", 100 * K),
    limit("dean", 250 * K),
    limit("associate vice president", 250 * K),
    limit("vice president", 1 * M),
    limit("president", None),
    band("IT", 25 * K, None),
    band("legal", 250 * K, None),
    *(limit(role, to, "schools of three") for role, to in (("director", 100 * K), ("dean", 500 * K))),
    *(limit(role, to, "schools of three") for role, to in (("vice president", 1 * M), ("president", None))),
]


@pytest.mark.parametrize(
    ("value", "category", "who", "asked"),
    [
        (25 * K, "", ["director"], []),
        (30 * K, "", ["director"], ["IT"]),
        (100 * K, "", ["director"], ["IT"]),
        (100 * K + 1, "", ["dean", "associate vice president"], ["IT"]),
        (300 * K, "", ["vice president"], ["IT", "legal"]),
        (300 * K, "schools of three", ["dean"], ["IT", "legal"]),
        (600 * K, "", ["vice president"], ["IT", "legal"]),
        (2 * M, "", ["president"], ["IT", "legal"]),
    ],
)
def test_the_lowest_post_whose_limit_suffices_approves(
    value: int, category: str, who: list[str], asked: list[str]
) -> None:
    found = approvers(Mode.LIMITS, PACIFIC, Decimal(value), category=category)

    assert [one.role for one in found] == who
    assert [one.role for one in consulted(PACIFIC, Decimal(value), category=category)] == asked


def test_a_published_schedule_of_limits_is_clean() -> None:
    assert flaws(Mode.LIMITS, PACIFIC) == ()


# Furman University: all technology contracts to the CIO; of the rest, those from 25k to the vice president.
FURMAN = [
    band("CIO", None, None, category="technology"),
    band("department head", 0, 25 * K),
    band("vice president", 25 * K, None),
]


def test_a_category_has_a_table_of_its_own() -> None:
    assert flaws(Mode.BANDS, FURMAN) == ()
    for value, category, role in [(1, "technology", "CIO"), (1 * M, "Technology", "CIO"), (1, "", "department head"),
                                  (25 * K, "", "vice president"), (24 * K, "travel", "department head")]:  # fmt: skip
        (found,) = approvers(Mode.BANDS, FURMAN, Decimal(value), category=category)
        assert found.role == role


def test_a_hole_in_the_table_of_one_category_is_told_with_its_name() -> None:
    found = flaws(Mode.BANDS, [*FURMAN, band("PM", 0, 10 * K, category="hardware", unit="EUR")])

    assert told(found) == ["no_top from 10,000 EUR upwards (hardware): PM"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([limit("PM", 50 * K), limit("CIO", 200 * K)], ["no_top above 200,000: CIO"]),
        ([limit("PM", 0), limit("CIO", None)], ["invalid up to 0: PM"]),
        ([limit("CIO", 50 * K), limit("ITM", 200 * K), limit("board", None)],
         ["not_rising above 50,000 and up to 200,000: ITM CIO"]),
        ([limit("CIO", 50 * K), limit("ITM", 50 * K), limit("board", None)], []),
        ([limit("ITM", None), limit("CIO", None)], []),
        ([band("IT", 25 * K, None)], ["no_top of any size: IT"]),
        ([limit("CIO", None), band("IT", 25 * K, 10 * K)], ["invalid above 25,000 and up to 10,000: IT"]),
        ([limit("CIO", None), band("IT", 25 * K, None, category="hardware")], []),
    ],
)  # fmt: skip
def test_limits_have_no_gaps_but_can_lack_a_top_be_invalid_or_fall(lines: list[Band], expected: list[str]) -> None:
    assert told(flaws(Mode.LIMITS, lines, below=itm_ranks_below_cio)) == expected


AMOUNTS = st.none() | st.sampled_from([Decimal(text) for text in ("0", "0.5", "1", "10", "10.01", "50", "1e6")])
BANDS = st.lists(
    st.builds(
        Band, st.sampled_from(("PM", "ITM", "CIO")), AMOUNTS, AMOUNTS, st.sampled_from(("", "x")), st.just("EUR")
    ),
    max_size=6,
)


def probes(table: list[Band]) -> Iterator[Decimal]:
    """Every end of a band, a value in each piece between two ends, and one above all."""
    ends = sorted({Decimal(0)} | {end for one in table for end in (one.low, one.high) if end is not None})
    yield from ends
    yield from ((low + high) / 2 for low, high in pairwise(ends))
    yield ends[-1] + 1


def held_by(table: list[Band], value: Decimal) -> int:
    return sum((one.low or 0) <= value and (one.high is None or value < one.high) for one in table)


@given(BANDS)
def test_a_table_is_clean_just_where_every_value_has_exactly_one_band(lines: list[Band]) -> None:
    found = flaws(Mode.BANDS, lines)
    for category in {one.category for one in lines}:
        table = [one for one in lines if one.category == category]
        if all(one.high is not None and one.high <= (one.low or 0) for one in table):
            assert {flaw.kind for flaw in found if flaw.category == category} == {FlawKind.INVALID}
            continue
        wrong = [flaw.interval for flaw in found if flaw.category == category and flaw.kind is not FlawKind.INVALID]
        for value in probes(table):
            owners = held_by(table, value)
            assert (owners != 1) == any(within(value, interval) for interval in wrong), value
            assert len(approvers(Mode.BANDS, table, value, category=category, unit="EUR")) == owners


@given(BANDS)
def test_a_gap_is_where_nobody_and_an_overlap_where_several_have_a_value(lines: list[Band]) -> None:
    for flaw in flaws(Mode.BANDS, lines):
        table = [one for one in lines if one.category == flaw.category]
        owners = {held_by(table, value) for value in probes(table) if within(value, flaw.interval)}
        if flaw.kind in (FlawKind.GAP, FlawKind.NO_TOP):
            assert owners == {0}
        if flaw.kind is FlawKind.OVERLAP:
            assert min(owners) > 1
            assert all(within(flaw.interval.low, Interval(one.start, one.high)) for one in flaw.bands)


@given(BANDS.filter(bool))
def test_in_limits_the_approver_has_the_lowest_limit_that_suffices(lines: list[Band]) -> None:
    for value in probes(lines):
        found = approvers(Mode.LIMITS, lines, value, unit="EUR")
        fitting = [
            Decimal("Infinity") if one.high is None else one.high
            for one in lines
            if one.low is None and one.category == "" and one.high != 0 and (one.high is None or one.high >= value)
        ]
        assert {one.high for one in found} <= ({None} if fitting and min(fitting).is_infinite() else set(fitting))
        assert bool(found) == bool(fitting)
        assert all(one.high is None or one.high == min(fitting) for one in found)


@given(BANDS)
def test_limits_without_a_flaw_have_an_approver_for_every_value(lines: list[Band]) -> None:
    found = flaws(Mode.LIMITS, lines)
    assert not {flaw.kind for flaw in found} & {FlawKind.GAP, FlawKind.OVERLAP}
    if lines and not found:
        for category in {one.category for one in lines}:
            assert all(approvers(Mode.LIMITS, lines, value, category=category, unit="EUR") for value in probes(lines))


def within(value: Decimal, interval: Interval) -> bool:
    return interval.low <= value and (interval.high is None or value < interval.high)
