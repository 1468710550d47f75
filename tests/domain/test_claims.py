"""What blind marks amount to: the table, more than two roles, rates and kappa."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.claims import (
    UNKNOWN,
    Mark,
    MarkValue,
    Rates,
    Reading,
    Verdict,
    kappa,
    mark_of_role,
    mean_kappa,
    name_of,
    names_of,
    of_pair,
    pair_kappas,
    reading_of,
)

VALUES = ("mine", "theirs", "shared", "nobody", "unknown")
# decisions.md 4.2: a line for each mark of PM, a word for each of ITM; the name after an agreement is who owns it.
TABLE = {
    "mine": "collision agreed:PM partial confirm:PM open",
    "theirs": "agreed:ITM orphan partial orphan open",
    "shared": "partial partial name_one partial open",
    "nobody": "confirm:ITM orphan partial orphan orphan",
    "unknown": "open open open orphan open",
}
PAIR = ("PM", "ITM")
TRIO = ("PM", "ITM", "CIO")


def read(*said: str, roles: tuple[str, ...] = PAIR) -> Reading:
    """Read one row; “theirs:CIO” names whose."""
    marks = {role: mark(text) for role, text in zip(roles, said, strict=True)}
    return reading_of(names_of(marks, roles))


def mark(text: str) -> Mark:
    value, _colon, whose = text.partition(":")
    return Mark(MarkValue(value), whose)


@pytest.mark.parametrize(("first", "second"), list(product(VALUES, VALUES)))
def test_two_roles_come_to_what_the_table_says(first, second):
    verdict, _colon, owner = TABLE[first].split()[VALUES.index(second)].partition(":")
    assert read(first, second) == Reading(Verdict(verdict), owner)


@pytest.mark.parametrize(
    ("said", "verdict", "owner"),
    [
        ("mine theirs:PM theirs:PM", "agreed", "PM"),
        ("mine theirs:PM nobody", "confirm", "PM"),
        ("mine nobody nobody", "confirm", "PM"),
        ("mine mine unknown", "collision", ""),
        ("mine mine mine", "collision", ""),
        ("mine theirs:CIO theirs:PM", "partial", ""),
        ("mine shared theirs:PM", "partial", ""),
        ("mine theirs:PM unknown", "open", ""),
        ("shared shared shared", "name_one", ""),
        ("shared shared theirs:PM", "partial", ""),
        ("shared nobody unknown", "open", ""),
        ("theirs:ITM theirs:CIO theirs:PM", "orphan", ""),
        ("theirs:ITM nobody theirs:ITM", "orphan", ""),
        ("nobody nobody unknown", "orphan", ""),
        ("theirs:CIO nobody unknown", "open", ""),
        ("theirs:ITM nobody unknown", "orphan", ""),
        ("theirs:ITM theirs:PM unknown", "open", ""),
        ("unknown unknown unknown", "open", ""),
        ("mine theirs theirs", "open", ""),
    ],
)
def test_three_roles_are_asked_the_same_questions_in_the_same_order(said, verdict, owner):
    assert read(*said.split(), roles=TRIO) == Reading(Verdict(verdict), owner)


def test_a_role_that_has_not_answered_does_not_know():
    assert names_of({"PM": Mark(MarkValue.MINE)}, PAIR) == {"PM": "PM", "ITM": "unknown"}


def test_theirs_means_the_other_one_where_there_are_two_and_nobody_known_among_more():
    theirs = Mark(MarkValue.THEIRS)
    assert name_of(theirs, "PM", PAIR) == "ITM"
    assert name_of(theirs, "PM", TRIO) == "unknown"
    assert name_of(Mark(MarkValue.THEIRS, "LEG"), "PM", TRIO) == "nobody"


def test_people_of_one_role_who_differ_make_it_not_know():
    mine, theirs = Mark(MarkValue.MINE), Mark(MarkValue.THEIRS, "ITM")
    assert mark_of_role([mine, mine]) == mine
    assert mark_of_role([mine, theirs]) == UNKNOWN
    assert mark_of_role([theirs, Mark(MarkValue.THEIRS, "CIO")]) == UNKNOWN
    assert mark_of_role([]) == UNKNOWN


def test_for_a_pair_a_third_role_is_nobody_of_the_two():
    names = names_of({"PM": mark("mine"), "ITM": mark("theirs:CIO"), "CIO": mark("shared")}, TRIO)
    assert of_pair(names, "PM", "ITM") == {"PM": "PM", "ITM": "nobody"}
    assert reading_of(of_pair(names, "PM", "ITM")) == Reading(Verdict.CONFIRM, "PM")
    assert reading_of(of_pair(names, "ITM", "CIO")) == Reading(Verdict.PARTIAL)


# Po 0.7, pe 0.5 (30 of 50 against 25 of 50); po 0.6, pe 0.54; po 0.6, pe 0.46; all the same; the opposite throughout.
@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ({"yy": 20, "yn": 5, "ny": 10, "nn": 15}, 0.4),
        ({"yy": 45, "yn": 15, "ny": 25, "nn": 15}, 0.06 / 0.46),
        ({"yy": 25, "yn": 35, "ny": 5, "nn": 35}, 0.14 / 0.54),
        ({"yy": 3, "nn": 4}, 1.0),
        ({"yn": 5, "ny": 5}, -1.0),
        ({"yn": 5}, 0.0),
        # Three categories in 200 rows: po = .70; pe = .60 * .50 + .30 * .30 + .10 * .20 = .41.
        ({"aa": 88, "ab": 14, "ac": 18, "ba": 10, "bb": 40, "bc": 10, "ca": 2, "cb": 6, "cc": 12}, 0.29 / 0.59),
    ],
)
def test_kappa_is_what_it_is_by_hand(counts, wanted):
    pairs = [pair for pair, times in counts.items() for _ in range(times)]
    assert kappa([pair[0] for pair in pairs], [pair[1] for pair in pairs]) == pytest.approx(wanted)


def test_kappa_is_not_defined_without_rows_or_where_both_say_one_thing():
    assert kappa([], []) is None
    assert kappa(["PM"] * 4, ["PM"] * 4) is None


def test_kappa_of_more_than_two_is_the_mean_over_the_pairs_if_each_has_one():
    # PM and ITM agree on all, either of them with CIO on half, by chance half: (1 + 0 + 0) / 3.
    rows = [
        dict(zip(TRIO, row, strict=True))
        for row in (("PM", "PM", "PM"), ("PM", "PM", "ITM"), ("ITM", "ITM", "PM"), ("ITM", "ITM", "ITM"))
    ]
    pairs = pair_kappas(rows, TRIO)
    assert pairs == {("PM", "ITM"): 1.0, ("PM", "CIO"): 0.0, ("ITM", "CIO"): 0.0}
    assert mean_kappa(pairs.values()) == pytest.approx(1 / 3)
    assert mean_kappa([1.0, None]) is None
    assert mean_kappa([]) is None


def test_rates_are_shares_of_all_rows():
    rates = Rates.of([Verdict.AGREED, Verdict.CONFIRM, Verdict.COLLISION, Verdict.ORPHAN, Verdict.OPEN])
    shares = rates.agreed, rates.collision, rates.orphan, rates.unclear
    assert [float(share or 0) for share in shares] == [0.4, 0.2, 0.2, 0.2]
    assert Rates.of([]).agreed is None


def marks(roles: tuple[str, ...]) -> st.SearchStrategy[dict[str, Mark]]:
    one = {
        role: st.builds(Mark, st.sampled_from(MarkValue), st.sampled_from([other for other in roles if other != role]))
        for role in roles
    }
    return st.fixed_dictionaries(one)


@given(marks(TRIO), st.permutations(TRIO))
def test_it_does_not_matter_in_which_order_the_roles_stand(given_marks, order):
    assert reading_of(names_of(given_marks, TRIO)) == reading_of(names_of(given_marks, order))


@given(marks(PAIR))
def test_swapping_two_roles_swaps_the_owner_and_nothing_else(given_marks):
    other = {"PM": "ITM", "ITM": "PM", "": ""}
    swapped = {other[role]: Mark(one.value, other[one.whose]) for role, one in given_marks.items()}
    found, turned = reading_of(names_of(given_marks, PAIR)), reading_of(names_of(swapped, PAIR))
    assert (turned.verdict, turned.owner) == (found.verdict, other[found.owner])


@given(marks(TRIO))
def test_an_owner_is_agreed_upon_exactly_where_nobody_names_another(given_marks):
    names = names_of(given_marks, TRIO)
    found = reading_of(names)
    assert bool(found.owner) == (found.verdict in (Verdict.AGREED, Verdict.CONFIRM))
    if found.owner:
        assert names[found.owner] == found.owner
        assert set(names.values()) <= {found.owner, "nobody"}
        for pair in combinations(TRIO, 2):
            assert reading_of(of_pair(names, *pair)).owner in (found.owner, "")


@given(marks(TRIO))
def test_two_who_take_it_collide_overall_and_as_a_pair(given_marks):
    names = names_of(given_marks, TRIO)
    collides = [pair for pair in combinations(TRIO, 2) if reading_of(of_pair(names, *pair)).verdict == "collision"]
    assert (reading_of(names).verdict is Verdict.COLLISION) == bool(collides)


@given(st.lists(st.sampled_from(Verdict), min_size=1))
def test_the_rates_make_one_whole(verdicts):
    rates = Rates.of(verdicts)
    parts = (rates.agreed, rates.collision, rates.orphan, rates.unclear)
    assert sum(part for part in parts if part is not None) == 1


said = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=12)


@given(said)
def test_kappa_takes_no_sides_and_stays_in_bounds(rows):
    first, second = [one for one, _ in rows], [other for _, other in rows]
    found = kappa(first, second)
    assert found == kappa(second, first)
    assert found is None or -1 <= found <= 1
    if found == 1:
        assert first == second


@given(said)
def test_kappa_does_not_depend_on_the_order_of_the_rows(rows):
    turned = rows[::-1]
    assert kappa([a for a, _ in rows], [b for _, b in rows]) == kappa([a for a, _ in turned], [b for _, b in turned])
