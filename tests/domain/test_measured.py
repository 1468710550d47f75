"""What is measured in a matrix."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given

from raci.domain.matrix import Matrix
from raci.domain.measured import facts_of
from raci.domain.measures import Review, measure
from raci.domain.records import Area, Decision, DecisionType, GreyArea, GreyAreaStatus, Part
from tests.domain.builders import TODAY, matrix_of, open_grey_area
from tests.domain.strategies import matrices


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def decision(duty: str = "1", on: int = 10, **fields) -> Decision:
    return Decision(duty, decided_on=ago(on), reason="So it is.", **fields)


def sheet(**shelves) -> Matrix:
    """Three rows, the last of which does not apply; the first belongs to an area."""
    made = matrix_of(
        "PM ITM", "A R", ". .", ". .", not_applying=["3"], areas={"ven": Area("VEN", "Vendors")}, **shelves
    )
    return replace(made, duties={**made.duties, "1": replace(made.duties["1"], area="ven")})


def covered(**shelves) -> list[str]:
    return [row.duty for row in facts_of(sheet(**shelves), TODAY).rows if row.covered]


def test_rows_that_apply_are_covered_by_a_decision_in_force_and_in_its_term():
    assert [(row.duty, row.area) for row in facts_of(sheet(), TODAY).rows] == [("1", "ven"), ("2", "")]
    assert covered(decisions={"x": decision()}) == ["1"]
    assert covered(decisions={"x": decision(withdrawn_on=TODAY)}) == []
    assert covered(decisions={"x": decision(valid_until=ago(1))}) == []
    assert covered(decisions={"x": decision(valid_from=TODAY + timedelta(days=1))}) == []
    assert covered(decisions={"x": decision("3")}) == []


def test_what_was_passed_up_or_put_off_covers_nothing():
    assert (
        covered(decisions={"x": decision(type=DecisionType.ESCALATE), "y": decision("2", type=DecisionType.DEFER)})
        == []
    )


def test_a_successor_that_settles_nothing_leaves_the_row_open():
    assert covered(decisions={"x": decision(), "y": decision(type=DecisionType.DEFER, supersedes="x")}) == []


def test_a_split_covers_the_duties_that_it_made():
    split = {"x": decision(type=DecisionType.SPLIT_THRESHOLD)}
    assert covered(decisions=split, parts={("x", "p"): Part("PM", duty="2"), ("x", "q"): Part("ITM")}) == ["1", "2"]


def test_the_first_decision_counts_even_where_it_was_replaced_since():
    found = facts_of(sheet(decisions={"x": decision(on=50), "y": decision(on=5, supersedes="x")}), TODAY)
    assert [row.first_decided_on for row in found.rows] == [ago(50), None]


def test_a_grey_area_is_a_case_from_the_day_it_was_raised():
    decisions = {
        "up": decision(on=30, grey_area="g", type=DecisionType.ESCALATE),
        "x": decision(on=20, grey_area="g"),
        "y": decision(on=3, grey_area="g", supersedes="x"),
    }
    areas = {
        "g": GreyArea("1", status=GreyAreaStatus.DECIDED, raised_on=ago(60)),
        "h": open_grey_area("2", ago(40)),
        "i": GreyArea("2", status=GreyAreaStatus.WITHDRAWN, raised_on=ago(90)),
        "j": GreyArea("2", raised_on=None),
    }
    found = facts_of(sheet(grey_areas=areas, decisions=decisions), TODAY)
    told = {case.key: (case.open_since, case.decided_on, case.escalated, case.reopened) for case in found.cases}
    assert told == {
        "g": (None, ago(20), True, False),
        "h": (ago(40), None, False, False),
        "i": (None, None, False, False),
    }
    assert measure(found, TODAY).time_to_decide.median == 40.0


def test_what_was_passed_up_only_after_it_was_settled_is_not_decided_after_an_escalation():
    decisions = {
        "x": decision(on=20, grey_area="g"),
        "up": decision(on=3, grey_area="g", supersedes="x", type=DecisionType.ESCALATE),
    }
    areas = {"g": open_grey_area("1", ago(60), reopened_on=ago(4))}
    (case,) = facts_of(sheet(grey_areas=areas, decisions=decisions), TODAY).cases
    assert (case.escalated, case.reopened, case.open_since) == (False, True, ago(4))


def test_reviews_are_those_of_decisions_in_force():
    decisions = {
        "x": decision(review_on=ago(1)),
        "y": decision("2", review_on=TODAY, withdrawn_on=TODAY),
        "z": decision("2"),
    }
    assert facts_of(sheet(decisions=decisions), TODAY).reviews == (Review("m", "ven", "1", "x", ago(1)),)


@given(matrices())
def test_every_matrix_can_be_measured_and_counts_what_its_shelves_hold(matrix):
    found = measure(facts_of(matrix, TODAY), TODAY)
    assert found.coverage.of == len(matrix.applicable_rows)
    assert found.open == sum(
        item.status is GreyAreaStatus.OPEN and item.raised_on is not None for item in matrix.grey_areas.values()
    )
    assert found.overdue_reviews.of <= len(matrix.decisions)
