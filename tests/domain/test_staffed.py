"""Who holds a role, who works for it, and when nobody does: looked at day by day it is the same."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.records import Absence, Holding, Manner
from raci.domain.staffed import Held, Lack, Staffed, Stretch, lacks, overlap
from tests.domain.builders import matrix_of

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
DAYS = [FIRST + timedelta(days=number) for number in range(30)]


def june(day: int) -> date:
    return date(2026, 6, day)


@st.composite
def spans(draw: st.DrawFn) -> tuple[date | None, date | None]:
    start, end = sorted([draw(st.integers(0, 31)), draw(st.integers(0, 31))])
    day = date(2026, 5, 31)
    return draw(st.sampled_from([None, day + timedelta(days=start)])), draw(
        st.sampled_from([None, day + timedelta(days=end)])
    )


PEOPLE, ROLES = st.sampled_from(["ada", "bob", "cyd"]), st.sampled_from(["PM", "ITM"])
HOLDINGS = st.dictionaries(
    st.tuples(ROLES, st.sampled_from("xyz")),
    st.builds(lambda who, how, span: Holding(who, how, *span), PEOPLE, st.sampled_from(Manner), spans()),
    max_size=4,
)
ABSENCES = st.dictionaries(
    st.sampled_from("abcd"),
    st.builds(lambda who, span, cover: Absence(who, *span, cover), PEOPLE, spans(), st.one_of(st.just(""), PEOPLE)),
    max_size=4,
)


def between(item: Holding | Absence, day: date) -> bool:
    return (item.starts_on is None or item.starts_on <= day) and (item.ends_on is None or day <= item.ends_on)


def works(known: Staffed, role: str, day: date) -> set[str]:
    """Return who works for a role on a day, in the words of the definition."""
    found = set()
    away = {one.person for one in known.absences.values() if between(one, day)}
    for (held, _key), holding in known.holdings.items():
        if held != role or not between(holding, day):
            continue
        if holding.person not in away:
            found.add(holding.person)
        for one in known.absences.values():
            if one.person == holding.person and between(one, day) and one.cover and one.cover not in away:
                found.add(one.cover)
    return found


def days_of(stretches: tuple[Stretch, ...]) -> list[date]:
    return [day for day in DAYS for one in stretches if one.first <= day <= (one.last or date.max)]


@given(HOLDINGS, ABSENCES)
def test_who_works_is_who_holds_it_and_is_there_or_stands_in(
    holdings: dict[tuple[str, str], Holding], absences: dict[str, Absence]
) -> None:
    known = Staffed(holdings, absences)
    for day in DAYS[::5]:
        assert set(known.working("PM", day)) == works(known, "PM", day)
        for person in ("ada", "bob", "cyd"):
            roles = {role for role in ("PM", "ITM") if person in works(known, role, day)}
            assert set(known.works_for(person, day)) == roles


@given(HOLDINGS, ABSENCES)
def test_gaps_are_the_days_on_which_nobody_works_and_are_as_long_as_can_be(
    holdings: dict[tuple[str, str], Holding], absences: dict[str, Absence]
) -> None:
    known = Staffed(holdings, absences)
    gaps = known.gaps("PM", FIRST, LAST)
    assert days_of(gaps) == [day for day in DAYS if not works(known, "PM", day)]
    for one, other in pairwise(gaps):
        assert one.last and (other.first - one.last).days > 1
    assert days_of(known.gaps("PM", FIRST)) == days_of(gaps)
    both = [day for day in DAYS if not works(known, "PM", day) and not works(known, "ITM", day)]
    assert days_of(known.idle(["PM", "ITM"], FIRST, LAST)) == both


@given(HOLDINGS, ABSENCES)
def test_duties_lack_an_owner_on_the_days_on_which_none_of_their_owners_works(
    holdings: dict[tuple[str, str], Holding], absences: dict[str, Absence]
) -> None:
    known = Staffed(holdings, absences)
    matrix = matrix_of("PM ITM", "A R", "R A", "A A", "C I", "A R", not_applying=["5"])
    found = lacks(matrix, FIRST, LAST, known)
    owners = {"1": ["PM"], "2": ["ITM"], "3": ["PM", "ITM"]}
    for duty, roles in owners.items():
        days = sorted(day for lack in found if duty in lack.duties for day in days_of((lack.stretch,)))
        idle = [day for day in DAYS if holdings and not any(works(known, role, day) for role in roles)]
        assert days == idle
    assert not {"4", "5"} & {duty for lack in found for duty in lack.duties}


def test_four_duties_have_no_working_owner_while_their_holder_is_away() -> None:
    holdings = {("PM", "x"): Holding("ada"), ("ITM", "y"): Holding("bob")}
    matrix = matrix_of(
        "PM ITM", *["A R"] * 4, "R A", holdings=holdings, absences={"a": Absence("ada", june(3), june(17))}
    )
    assert lacks(matrix, FIRST, LAST) == (Lack(Stretch(june(3), june(17)), ("1", "2", "3", "4"), ("PM",)),)
    assert lacks(matrix, june(10)) == (Lack(Stretch(june(10), june(17)), ("1", "2", "3", "4"), ("PM",)),)
    assert lacks(matrix, june(18)) == ()


def test_a_vacancy_without_an_end_has_no_last_day() -> None:
    known = Staffed({("PM", "x"): Holding("ada", ends_on=june(9))}, {})
    assert known.gaps("PM", FIRST) == (Stretch(june(10)),)
    assert known.gaps("PM", FIRST, june(12)) == (Stretch(june(10), june(12)),)


def test_nothing_is_vacant_where_nothing_was_said() -> None:
    assert lacks(matrix_of("PM ITM", "A R"), FIRST) == ()


def test_holders_come_permanent_first_and_say_who_stands_in() -> None:
    holdings = {
        ("PM", "a"): Holding("cyd", Manner.DEPUTY),
        ("PM", "b"): Holding("bob", Manner.ACTING, june(2), june(4)),
        ("PM", "c"): Holding("ada"),
    }
    known = Staffed(holdings, {"z": Absence("ada", june(3), None, "dan")})
    ada, bob, cyd = Held("ada", Manner.PERMANENT), Held("bob", Manner.ACTING), Held("cyd", Manner.DEPUTY)
    away = Held("ada", Manner.PERMANENT, True, ("dan",))
    assert known.holders("PM", june(1)) == (ada, cyd)
    assert known.holders("PM", june(4)) == (away, bob, cyd)
    assert known.holders("PM", june(5)) == (away, cyd)
    assert known.working("PM", june(4)) == ("dan", "bob", "cyd")


def test_a_hundred_years_are_no_longer_than_a_week() -> None:
    """Gaps are found from the ends of what is on record: the number of days does not matter."""
    asked: list[object] = []

    class Counting(dict[tuple[str, str], Holding]):
        def items(self):  # type: ignore[no-untyped-def, override]  # counts how often it is walked
            asked.append(self)
            return super().items()

    known = Staffed(Counting({("PM", "x"): Holding("ada", ends_on=june(9))}), {})
    assert known.gaps("PM", date(1, 1, 1), date.max) == (Stretch(june(10), None),)
    assert known.gaps("PM", FIRST, LAST) == (Stretch(june(10), LAST),)
    assert len(asked) == 1


@pytest.mark.parametrize(("first", "second", "both"), [(1, 2, True), (3, 4, False), (2, 2, True), (None, 1, True)])
def test_spans_overlap_where_they_have_a_day_in_common(first: int | None, second: int, both: bool) -> None:
    one = Holding("ada", starts_on=first and june(first), ends_on=june(second))
    assert overlap(one, Holding("ada", starts_on=june(1), ends_on=june(2))) is both
