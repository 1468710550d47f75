"""What one person is accountable for."""

from dataclasses import replace
from datetime import date, timedelta

from raci.domain.mandate import Charter
from raci.domain.matrix import Matrix
from raci.domain.mine import DayKind, mine_of
from raci.domain.records import Area, Claim, Decision, DecisionType, GreyArea, Part, Sheet
from raci.domain.staffing import Absence, Holding, Manner
from raci.domain.whole import Whole, register_of
from tests.domain.builders import TODAY, matrix_of

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def whole_of(*lines: str, holdings: dict[tuple[str, str], Holding], **shelves: object) -> Whole:
    matrix = matrix_of("PM ITM CIO", *lines, holdings=holdings, **shelves)
    return Whole(register_of(matrix), (replace(matrix, sheet=Sheet("Projects")),))


def with_another(whole: Whole, *lines: str) -> Whole:
    """Add a matrix with the same register and other letters."""
    (one,) = whole.matrices
    other: Matrix = replace(one, key="n", sheet=Sheet("Department"), cells=matrix_of("PM ITM CIO", *lines).cells)
    return replace(whole, matrices=(one, other))


def rows(whole: Whole, person: str = "zoe") -> list[tuple[str, str, str, str]]:
    return [(one.matrix.key, one.duty, one.role, one.letters) for one in mine_of(whole, person, TODAY).tasks]


ZOE = {("PM", "h"): Holding("zoe")}


def test_what_they_answer_for_comes_before_what_they_do_and_over_all_matrices() -> None:
    whole = with_another(whole_of("R A .", "A R .", "C . A", holdings=ZOE), ". A .", ". A .", "A/R . .")

    assert rows(whole) == [("m", "2", "PM", "A"), ("n", "3", "PM", "A/R"), ("m", "1", "PM", "R")]
    found = mine_of(whole, "zoe", TODAY)
    assert (found.owned, found.done) == (2, 2)


def test_only_roles_held_today_count_and_those_to_come_are_told() -> None:
    holdings = {
        ("PM", "a"): Holding("zoe", ends_on=YESTERDAY),
        ("ITM", "b"): Holding("zoe", Manner.ACTING, TODAY, TODAY),
        ("CIO", "c"): Holding("zoe", starts_on=TOMORROW),
        ("CIO", "d"): Holding("max"),
    }
    whole = whole_of("A R .", "R A .", ". R A", holdings=holdings)
    found = mine_of(whole, "zoe", TODAY)

    assert [(post.role, post.begun) for post in found.posts] == [("CIO", False), ("ITM", True)]
    assert found.roles == {"ITM"}
    assert {row[1] for row in rows(whole)} == {"1", "2", "3"}
    assert rows(whole, "nobody") == []


def test_deputies_are_marked_unless_they_hold_the_role_otherwise() -> None:
    deputy = {("PM", "a"): Holding("zoe", Manner.DEPUTY)}
    alone = mine_of(whole_of("A R .", holdings=deputy), "zoe", TODAY)
    both = mine_of(whole_of("A R .", holdings={**deputy, ("PM", "b"): Holding("zoe")}), "zoe", TODAY)

    assert [task.as_deputy for task in alone.tasks] == [True]
    assert [task.as_deputy for task in both.tasks] == [False]


def test_rows_that_do_not_apply_and_letters_for_advice_are_left_out() -> None:
    assert rows(whole_of("A R .", "C A .", "I A .", holdings=ZOE, not_applying=["1"])) == []


def test_duties_stand_by_area_in_the_order_of_these_and_those_without_one_last() -> None:
    areas = {"b": Area("B", "Budget", position=2), "v": Area("V", "Vendors", position=1)}
    whole = whole_of("A R .", "A R .", "A R .", holdings=ZOE, areas=areas)
    duties = {
        key: replace(duty, area={"1": "", "2": "b", "3": "v"}[key]) for key, duty in whole.matrices[0].duties.items()
    }
    whole = Whole(replace(whole.register, duties=duties), (replace(whole.matrices[0], duties=duties),))

    assert [area.name for area in mine_of(whole, "zoe", TODAY).areas] == ["Vendors", "Budget", ""]


def test_thresholds_and_limits_of_decisions_in_force_stand_at_the_row() -> None:
    decisions = {
        "old": Decision("1", type=DecisionType.SPLIT_THRESHOLD, withdrawn_on=TODAY),
        "now": Decision("1", type=DecisionType.SPLIT_THRESHOLD, review_on=TOMORROW),
    }
    parts = {("now", "a"): Part("PM", upper="50000", unit="EUR"), ("now", "b"): Part("ITM", lower="50000")}
    parts |= {("old", "c"): Part("PM", upper="9")}
    (task,) = mine_of(whole_of("R A .", holdings=ZOE, decisions=decisions, parts=parts), "zoe", TODAY).tasks

    assert [(term.decision, term.part.upper) for term in task.terms] == [("now", "50000")]
    assert (task.decision, task.review_on) == ("now", TOMORROW)


def test_interim_ownership_and_days_to_keep_in_mind() -> None:
    grey_areas = {
        "g": GreyArea("1", interim="PM", due_on=TODAY),
        "h": GreyArea("2", due_on=TOMORROW),
        "i": GreyArea("3", decider="CIO", due_on=TODAY),
    }
    whole = whole_of(
        ". . .", ". . .", ". . .", "A R .", "R A .",
        holdings={("PM", "h"): Holding("zoe", ends_on=TOMORROW)},
        grey_areas=grey_areas,
        claims={("h", "PM"): Claim("A")},
        decisions={"d": Decision("4", review_on=date(2026, 9, 1)), "e": Decision("5", review_on=date(2026, 9, 1))},
        charters={"PM": Charter(review_on=date(2026, 8, 1)), "ITM": Charter(review_on=date(2026, 8, 1))},
        absences={"w": Absence("zoe", TODAY, TOMORROW), "x": Absence("max", TODAY, TOMORROW),
                  "y": Absence("zoe", YESTERDAY, YESTERDAY)},
    )  # fmt: skip
    found = mine_of(whole, "zoe", TODAY)

    assert [(one.grey_area, one.role_name) for one in found.interims] == [("g", "PM")]
    assert [(one.day, one.kind, one.key) for one in found.days] == [
        (TODAY, DayKind.DUE, "g"),
        (TOMORROW, DayKind.ABSENCE, "w"),
        (TOMORROW, DayKind.DUE, "h"),
        (TOMORROW, DayKind.HOLDING, "PM-h"),
        (date(2026, 8, 1), DayKind.CHARTER, "PM"),
        (date(2026, 9, 1), DayKind.REVIEW, "d"),
    ]
