"""How decisions follow one another: whatever was replaced comes first, and each stands somewhere."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.decision_chain import Standing, chain, replacements, standing
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, Sheet
from raci.domain.scheme import Letter, LetterClass, Scheme

TODAY = date(2026, 11, 25)
SCHEME = Scheme("raci", "RACI", (Letter("A", "Accountable", LetterClass.OWNER),))


def matrix(**decisions: Decision) -> Matrix:
    return Matrix("m", Sheet("Projects"), SCHEME, decisions=decisions)


def made(day: int = 0, supersedes: str = "", **more: date) -> Decision:
    return Decision("d", decided_on=TODAY - timedelta(days=day), supersedes=supersedes, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (made(), Standing.IN_FORCE),
        (made(valid_until=TODAY), Standing.IN_FORCE),
        (made(valid_until=TODAY - timedelta(days=1)), Standing.EXPIRED),
        (made(valid_from=TODAY + timedelta(days=1)), Standing.COMING),
        (made(withdrawn_on=TODAY, valid_until=TODAY - timedelta(days=1)), Standing.WITHDRAWN),
    ],
)
def test_where_a_decision_stands(decision: Decision, expected: Standing) -> None:
    assert standing(matrix(one=decision), "one", TODAY) is expected


def test_what_was_replaced_stays_so_although_its_successor_was_withdrawn() -> None:
    both = matrix(old=made(3), new=made(1, "old", withdrawn_on=TODAY))
    assert standing(both, "old", TODAY) is Standing.REPLACED
    assert standing(both, "new", TODAY) is Standing.WITHDRAWN
    assert replacements(both, "d") == {"old": "new"}


def test_decisions_of_one_day_stand_in_the_order_in_which_they_replace_one_another() -> None:
    assert chain(matrix(a=made(0, "b"), b=made(0, "c"), c=made(0)), "d") == ("c", "b", "a")


def test_those_on_other_duties_are_left_out() -> None:
    assert chain(matrix(a=made(), b=Decision("other", decided_on=TODAY)), "d") == ("a",)


KEYS = "abcdef"


@given(st.dictionaries(st.sampled_from(KEYS), st.tuples(st.integers(0, 3), st.sampled_from(["", *KEYS])), min_size=1))
def test_each_stands_in_the_chain_once_and_after_what_it_replaces_unless_they_run_in_a_circle(
    drawn: dict[str, tuple[int, str]],
) -> None:
    decisions = {key: made(day, supersedes) for key, (day, supersedes) in drawn.items()}
    found = chain(matrix(**decisions), "d")
    assert sorted(found) == sorted(decisions)
    for key, decision in decisions.items():
        if decision.supersedes in decisions and not _circular(decisions, key):
            assert found.index(decision.supersedes) < found.index(key)


def _circular(decisions: dict[str, Decision], key: str) -> bool:
    seen = [key]
    while (key := decisions[key].supersedes) in decisions:
        if key in seen:
            return True
        seen.append(key)
    return False
