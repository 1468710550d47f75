"""The algebra of changes: what property tests can say about apply, invert, diff and merge."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from raci.domain.applying import apply
from raci.domain.change import Change, in_order, invert
from raci.domain.diff import diff
from raci.domain.matrix import Matrix, records, value_at
from raci.domain.merge import Plan, merge
from raci.domain.records import from_fields, to_fields
from raci.domain.references import dangling, name_of
from tests.domain.strategies import follow_ups, histories, matrices

Triple = tuple[Matrix, Matrix, Matrix]

# A random matrix takes some hundred draws; merging deserves more of them than the rest.
QUICK, THOROUGH = settings(max_examples=40), settings(max_examples=200)


@st.composite
def triples(draw: st.DrawFn) -> Triple:
    """One state and two that follow it: what was seen, what is wanted, what is current."""
    seen = draw(matrices())
    return seen, draw(follow_ups(seen)), draw(follow_ups(seen))


def spots(changes: tuple[Change, ...]) -> set[tuple[object, str]]:
    return {(change.address, change.field) for change in changes}


@QUICK
@given(matrices(), matrices())
def test_applying_the_difference_of_two_matrices_gives_the_second(old: Matrix, new: Matrix) -> None:
    assert apply(old, diff(old, new)) == new


@QUICK
@given(matrices(), matrices())
def test_inverted_changes_take_everything_back(old: Matrix, new: Matrix) -> None:
    changes = diff(old, new)

    assert apply(apply(old, changes), invert(changes)) == old


@QUICK
@given(matrices())
def test_a_matrix_does_not_differ_from_itself(matrix: Matrix) -> None:
    assert diff(matrix, matrix) == ()


@QUICK
@given(matrices(), matrices())
def test_inverting_twice_changes_nothing(old: Matrix, new: Matrix) -> None:
    assert invert(invert(diff(old, new))) == diff(old, new)


@QUICK
@given(matrices(), matrices(), st.randoms(use_true_random=False))
def test_changes_can_be_put_in_order_however_they_were_shuffled(old: Matrix, new: Matrix, random: object) -> None:
    changes = list(diff(old, new))
    random.shuffle(changes)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random

    assert apply(old, in_order(changes)) == new


@QUICK
@given(histories())
def test_every_earlier_state_comes_back_by_inverting_later_changes(states: list[Matrix]) -> None:
    current = states[-1]
    for earlier, later in reversed(list(pairwise(states))):
        current = apply(current, invert(diff(earlier, later)))
        assert current == earlier


@QUICK
@given(matrices())
def test_every_record_survives_its_json_form(matrix: Matrix) -> None:
    for address, record in records(matrix):
        assert from_fields(address.kind, to_fields(record)) == record


@QUICK
@given(triples())
def test_merging_onto_what_was_seen_gives_what_is_wanted(three: Triple) -> None:
    seen, wanted, _ = three
    plan = merge(seen, wanted, seen)

    assert apply(seen, plan.changes) == wanted
    assert not plan.settled
    assert not plan.conflicts


@QUICK
@given(triples())
def test_merging_nothing_changes_nothing(three: Triple) -> None:
    seen, _, current = three

    assert merge(seen, seen, current) == Plan()


@QUICK
@given(triples())
def test_the_same_wish_twice_is_no_conflict(three: Triple) -> None:
    seen, wanted, _ = three
    plan = merge(seen, wanted, wanted)

    assert not plan.changes
    assert not plan.conflicts


@THOROUGH
@given(triples())
def test_a_plan_fits_overwrites_nothing_of_the_meantime_and_leaves_the_matrix_sound(three: Triple) -> None:
    seen, wanted, current = three

    merged = apply(current, merge(seen, wanted, current).changes)

    for change in diff(seen, current):
        assert value_at(merged, change.address, change.field) == change.after
    assert dangling(merged) == []
    names = [
        name
        for address, record in records(merged)
        if (name := name_of(address, lambda field, of=record: getattr(of, field)))
    ]
    assert len(names) == len(set(names))


@QUICK
@given(triples())
def test_every_change_is_made_or_settled_or_in_conflict_with_a_reason(three: Triple) -> None:
    seen, wanted, current = three
    plan = merge(seen, wanted, current)
    disputed = tuple(conflict.change for conflict in plan.conflicts)

    assert spots(plan.changes) | spots(plan.settled) | spots(disputed) == spots(diff(seen, wanted))
    assert len(plan.changes) + len(plan.settled) + len(disputed) == len(diff(seen, wanted))
    assert all(conflict.why for conflict in plan.conflicts)


@QUICK
@given(triples())
def test_where_nobody_disagrees_the_order_of_merging_does_not_matter(three: Triple) -> None:
    seen, one, other = three
    there, back = merge(seen, one, other), merge(seen, other, one)

    assert bool(there.conflicts) == bool(back.conflicts)
    if not there.conflicts:
        assert apply(other, there.changes) == apply(one, back.changes)
