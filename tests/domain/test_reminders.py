"""What a person is reminded of: what waits for the roles they stand for, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.reminders import InForce, Opened, OpenRound, Pending, Person, Row, Wait, waiting_for

TODAY = date(2026, 3, 1)
SOON, LATER, PAST = (TODAY + timedelta(days=days) for days in (7, 8, -1))
ROW = Row("m", "Projects", "d", "VEN-4", "Sign contracts")
ANN = Person("1", frozenset({"PM"}), may_answer=True)
COLUMNS = frozenset({("m", "PM"), ("m", "ITM")})


def told(person: Person = ANN, **pending) -> list[tuple[str, str]]:
    found = waiting_for(person, Pending(columns=COLUMNS, **pending), TODAY, 7)
    return [(item.wait.value, item.key) for item in found]


def test_what_their_role_decides_waits_whenever_it_is_due():
    opened = [Opened("g", ROW, decider="PM"), Opened("h", ROW, decider="PM", due_on=LATER), Opened("i", ROW, "ITM")]
    assert told(opened=opened) == [("decide", "h"), ("decide", "g")]


def test_what_lies_between_two_roles_waits_until_theirs_has_claimed():
    between = Opened("g", ROW, pair=frozenset({"PM", "ITM"}))
    assert told(opened=[between]) == [("claim", "g")]
    assert told(opened=[replace(between, claimants=frozenset({"ITM"}))]) == [("claim", "g")]
    assert told(opened=[replace(between, claimants=frozenset({"PM"}))]) == []
    assert told(replace(ANN, may_answer=False), opened=[between]) == []
    assert told(replace(ANN, roles=frozenset({"CIO"})), opened=[replace(between, pair=frozenset({"CIO"}))]) == []


@pytest.mark.parametrize(
    ("due", "expected"), [(PAST, True), (TODAY, True), (SOON, True), (LATER, False), (None, False)]
)
def test_what_they_claimed_waits_once_its_day_is_near(due, expected):
    claimed = Opened("g", ROW, decider="CIO", claimants=frozenset({"PM"}), due_on=due)
    covered = replace(claimed, claimants=frozenset(), interim="PM")
    assert told(opened=[claimed]) == told(opened=[covered]) == ([("due", "g")] if expected else [])


def test_a_decision_waits_until_they_have_answered_themselves_for_each_role():
    decided = InForce("x", ROW, concerned=frozenset({"PM", "ITM"}))
    assert told(in_force=[decided]) == [("acknowledge", "x")]
    assert told(in_force=[replace(decided, answered=frozenset({("PM", "2"), ("ITM", "1")}))]) == [("acknowledge", "x")]
    assert told(in_force=[replace(decided, answered=frozenset({("PM", "1")}))]) == []
    assert told(replace(ANN, may_answer=False), in_force=[decided]) == []


def test_reviews_and_ends_wait_for_those_who_watch_once_they_are_near():
    decided = InForce("x", ROW, watchers=frozenset({"PM"}), review_on=SOON, valid_until=SOON)
    assert told(in_force=[decided]) == [("review", "x"), ("end", "x")]
    assert told(in_force=[replace(decided, review_on=LATER, valid_until=LATER)]) == []
    assert told(replace(ANN, may_answer=False), in_force=[decided]) == [("review", "x"), ("end", "x")]
    assert told(replace(ANN, roles=frozenset({"ITM"})), in_force=[decided]) == []


def test_a_blind_round_waits_until_they_have_marked_every_row():
    opened = OpenRound(
        "r", "m", "Projects", "Spring", frozenset({"PM", "ITM"}), 3, marked={("PM", "1"): 2, ("ITM", "1"): 3}
    )
    assert told(rounds=[opened]) == [("mark", "r")]
    assert told(rounds=[replace(opened, marked={("PM", "1"): 3})]) == []
    assert told(rounds=[replace(opened, marked={("PM", "2"): 3})]) == [("mark", "r")]
    assert told(rounds=[replace(opened, roles=frozenset({"ITM"}))]) == []


def test_who_stands_for_no_role_is_reminded_of_nothing():
    nobody = replace(ANN, roles=frozenset())
    assert told(nobody, opened=[Opened("g", ROW, interim="", claimants=frozenset(), due_on=PAST)]) == []


def test_what_has_no_interim_owner_waits_for_nobody_because_of_it():
    assert told(opened=[Opened("g", ROW, due_on=PAST)]) == []


roles = st.frozensets(st.sampled_from(["PM", "ITM", "CIO"]))
role = st.sampled_from(["", "PM", "ITM", "CIO"])
days = st.one_of(st.none(), st.integers(-20, 20).map(lambda days: TODAY + timedelta(days=days)))
keys = st.text("abc", min_size=1, max_size=3)
pendings = st.builds(
    Pending,
    st.lists(st.builds(Opened, keys, st.just(ROW), role, role, roles, roles, days), max_size=5),
    st.lists(
        st.builds(
            InForce,
            keys,
            st.just(ROW),
            roles,
            roles,
            st.frozensets(st.tuples(role, st.sampled_from("12"))),
            days,
            days,
        ),
        max_size=5,
    ),
    st.just([]),
    st.just(COLUMNS),
)
people = st.builds(Person, st.sampled_from("12"), roles, st.booleans())


@given(people, pendings, st.integers(0, 30))
def test_nothing_waits_for_a_role_that_they_do_not_stand_for(person, pending, ahead):
    for item in waiting_for(person, pending, TODAY, ahead):
        assert item.roles
        assert item.roles <= person.roles


@given(people, pendings, st.integers(0, 30))
def test_looking_further_ahead_never_hides_anything(person, pending, ahead):
    near = waiting_for(person, pending, TODAY, ahead)
    assert set(near) <= set(waiting_for(person, pending, TODAY, ahead + 1))


@given(people, pendings)
def test_what_waits_is_told_in_the_order_of_its_reasons_and_days(person, pending):
    found = waiting_for(person, pending, TODAY, 7)
    places = [(list(Wait).index(item.wait), item.day or date.max) for item in found]
    assert places == sorted(places)


def test_what_has_no_day_is_told_by_code():
    codes = ["VEN-10", "VEN-2", "FIN-1"]
    opened = [Opened(code, replace(ROW, code=code), decider="PM") for code in codes]
    assert [key for _, key in told(opened=opened)] == ["FIN-1", "VEN-2", "VEN-10"]


def test_a_grey_area_keeps_its_identity_whoever_it_waits_for():
    opened = Opened("g", ROW, decider="CIO", claimants=frozenset({"PM"}), due_on=SOON)
    ours = waiting_for(ANN, Pending([opened]), TODAY, 7)[0]
    theirs = waiting_for(replace(ANN, roles=frozenset({"CIO"})), Pending([opened]), TODAY, 7)[0]
    assert ours.identity == theirs.identity == "due-m-g"
