"""Findings carried from state to state are those of a matrix looked at for the first time, and cost one row."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from raci.domain.applying import apply
from raci.domain.change import Address, Change, cell_change
from raci.domain.diff import diff
from raci.domain.lint import DEFAULTS, Ledger, lint
from raci.domain.lint.ledger import touched_rows
from raci.domain.lint.view import View
from raci.domain.matrix import Matrix
from raci.domain.records import (
    Absence,
    Acknowledgement,
    Agreement,
    Claim,
    Decision,
    DecisionType,
    Holding,
    Kind,
    Line,
    Part,
    RoleKind,
)
from tests.domain.builders import TODAY, matrix_of, open_grey_area, overlap
from tests.domain.strategies import histories


def ledger(matrix: Matrix) -> Ledger:
    return Ledger.of(matrix, TODAY, DEFAULTS)


@settings(max_examples=150)
@given(histories(length=5), st.booleans())
def test_findings_carried_along_are_those_of_a_fresh_look_in_the_same_order(states: list[Matrix], made: bool) -> None:
    carried, current = ledger(states[0]), states[0]
    for state in [*states[1:], *states[::-2]]:
        # As the application has it, by changes that leave the rest as it is; or all read anew.
        current = apply(current, diff(current, state)) if made else state
        touched = touched_rows(carried.matrix, current)
        event("all rows" if touched is None else "some rows")
        carried, fresh = carried.after(current), ledger(current)
        assert carried.findings == fresh.findings == lint(current, today=TODAY)
        assert (carried.by_duty, dict(carried.counts)) == (fresh.by_duty, dict(fresh.counts))


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The duties whose rows were looked at, one by one."""
    seen: list[str] = []
    look = View._row

    def note(self: View, duty: str) -> Any:
        seen.append(duty)
        return look(self, duty)

    monkeypatch.setattr(View, "_row", note)
    return seen


def long_matrix(rows: int) -> Matrix:
    keys = [f"d{number}" for number in range(rows)]
    return matrix_of("PM ITM CIO", *["A R C"] * rows, duties=keys)


@pytest.mark.parametrize("rows", [20, 2000])
def test_a_keystroke_looks_at_one_row_whatever_the_size(looked_at: list[str], rows: int) -> None:
    matrix = long_matrix(rows)
    first = ledger(matrix)
    assert len(looked_at) == rows
    looked_at.clear()
    changed = apply(matrix, [cell_change("m", "d7", "CIO", "C", "A")])
    found = first.after(changed).findings
    assert looked_at == ["d7"]
    assert [finding.rule for finding in found if finding.subject.duty == "d7"] == ["R02", "R09"]


def test_what_no_rule_asks_about_makes_nobody_look(looked_at: list[str]) -> None:
    matrix = long_matrix(20)
    first = ledger(matrix)
    looked_at.clear()
    assert first.after(replace(matrix, sheet=replace(matrix.sheet, title="Other"))).findings == first.findings
    assert looked_at == []


def test_a_matrix_read_anew_makes_nobody_look_where_it_says_the_same(looked_at: list[str]) -> None:
    first = ledger(long_matrix(20))
    looked_at.clear()
    assert first.after(long_matrix(20)).findings == first.findings
    assert looked_at == []


def test_a_renamed_role_is_named_anew_in_every_row() -> None:
    matrix = matrix_of("PM ITM CIO", "A A C", "A R C")
    roles = {**matrix.roles, "PM": replace(matrix.roles["PM"], name="Project lead")}
    found = ledger(matrix).after(replace(matrix, roles=roles)).findings
    assert "Project lead" in found[0].text


def test_a_decision_that_replaces_one_about_another_duty_is_noticed_there() -> None:
    matrix = overlap(matrix_of("PM ITM CIO", "A A C", "A R C", "A R C"), "PM", "ITM")
    matrix = replace(matrix, decisions={"x": Decision("1", owner="PM")})
    first = ledger(matrix)
    later = replace(matrix, decisions={**matrix.decisions, "y": Decision("2", owner="PM", supersedes="x")})
    assert "S04" not in [finding.rule for finding in first.findings]
    assert first.after(later).findings == lint(later, today=TODAY)
    assert "S04" in [finding.rule for finding in first.after(later).findings]
    assert first.after(later).after(matrix).findings == first.findings


def test_a_claim_that_comes_and_goes_is_noticed() -> None:
    matrix = matrix_of("PM ITM", "A R", "A R", grey_areas={"g": open_grey_area("2")})
    first = ledger(matrix)
    claim = Change(Address(Kind.CLAIM, "m", "g", "PM"), "", None, {"letters": "A", "reason": "", "made_on": ""})
    later = apply(matrix, [claim])
    assert first.after(later).findings == lint(later, today=TODAY) != first.findings
    assert first.after(later).after(matrix).findings == first.findings


def test_an_area_that_becomes_an_overlap_is_noticed_in_all_its_rows() -> None:
    later = overlap(matrix_of("PM ITM CIO", "A A C", "A R C"), "PM", "ITM")
    alone = {"ovl": replace(later.areas["ovl"], second_role="")}
    first = ledger(replace(later, areas=alone))
    assert first.after(later).findings == lint(later, today=TODAY) != first.findings


def carried(matrix: Matrix, later: Matrix) -> None:
    """Assert that findings carried to another state and back are those of a fresh look, and that the two differ."""
    first = ledger(matrix)
    assert first.after(later).findings == lint(later, today=TODAY) != first.findings
    assert first.after(later).after(matrix).findings == first.findings


SPLIT = Decision("1", type=DecisionType.SPLIT_THRESHOLD, owner="PM")


@pytest.mark.parametrize(
    "part",
    [Part("PM", upper="5"), Part("ITM", lower="5"), Part("ITM", duty="2")],
    ids=["a top", "a bottom", "the owner of another duty"],
)
def test_a_part_that_comes_and_goes_is_noticed(part: Part) -> None:
    matrix = matrix_of("PM ITM CIO", "AR R I", "AR C I", decisions={"x": SPLIT}, parts={("x", "p"): Part("PM")})
    carried(matrix, replace(matrix, parts={("x", "p"): part}))


def test_a_split_that_is_withdrawn_or_replaced_is_noticed_where_it_made_a_duty() -> None:
    parts = {("x", "p"): Part("ITM", duty="2")}
    matrix = matrix_of("PM ITM CIO", "AR R I", "AR C I", decisions={"x": SPLIT}, parts=parts)
    carried(matrix, replace(matrix, decisions={"x": replace(SPLIT, withdrawn_on=TODAY)}))
    carried(matrix, replace(matrix, decisions={"x": SPLIT, "y": Decision("1", owner="PM", supersedes="x")}))


def test_another_owner_of_the_whole_is_noticed_in_its_parts() -> None:
    matrix = matrix_of("PM ITM CIO", "A R I", "R A C")
    duties = {**matrix.duties, "2": replace(matrix.duties["2"], parent="1")}
    matrix = replace(matrix, duties=duties)
    later = apply(matrix, [cell_change("m", "1", "ITM", "R", "C"), cell_change("m", "1", "CIO", "I", "R")])
    carried(matrix, later)
    assert "S03" in [finding.rule for finding in ledger(matrix).after(later).findings]


def test_a_reporting_line_is_noticed_wherever_it_is_asked_for() -> None:
    claims = {("g", "PM"): Claim("A"), ("g", "ITM"): Claim("A")}
    matrix = matrix_of("PM ITM", ". .", grey_areas={"g": open_grey_area("1", usual_decision="escalate")}, claims=claims)
    carried(matrix, replace(matrix, lines={("PM", "CIO"): Line(), ("ITM", "CIO"): Line()}))


def test_a_reporting_line_is_noticed_where_owners_rank_below() -> None:
    matrix = matrix_of("PM ITM CIO", "A R I", "R A I")
    carried(matrix, replace(matrix, lines={("PM", "ITM"): Line()}))


def test_an_owner_that_becomes_a_group_is_noticed() -> None:
    matrix = matrix_of("PM ITM CIO", "A R I")
    carried(matrix, replace(matrix, roles={**matrix.roles, "PM": replace(matrix.roles["PM"], kind=RoleKind.GROUP)}))


def test_an_agreement_that_comes_and_goes_is_noticed_and_makes_nobody_look_at_rows(looked_at: list[str]) -> None:
    lines = {("PM", "CIO"): Line(), ("ITM", "CTO"): Line()}
    matrix = matrix_of("PM ITM CIO", "A R I", "R A I", lines=lines)
    later = replace(matrix, agreements={"g": Agreement("PM", "ITM")})
    first = ledger(matrix)
    looked_at.clear()
    second = first.after(later)
    assert looked_at == []
    assert second.findings == lint(later, today=TODAY) != first.findings
    assert second.after(matrix).findings == first.findings


def test_an_answer_to_a_decision_makes_its_row_be_looked_at(looked_at: list[str]) -> None:
    matrix = replace(long_matrix(20), decisions={"x": Decision("d7", owner="PM")})
    first = ledger(matrix)
    looked_at.clear()
    later = replace(matrix, acknowledgements={("x", "a"): Acknowledgement("PM")})
    assert first.after(later).findings == first.findings
    assert looked_at == ["d7"]


def test_what_is_said_does_not_hang_on_the_order_in_which_a_record_holds_its_letters() -> None:
    letters = {"PM": "A", "ITM": "R"}
    found = [
        ledger(
            matrix_of(
                "PM ITM CIO",
                "R R A",
                decisions={"x": Decision("1", type=DecisionType.SHARED, owner="CIO", letters=one)},
            )
        )
        for one in (letters, dict(reversed(letters.items())))
    ]
    assert found[0].findings == found[1].findings
    assert "1 is shared by PM, ITM, and CIO" in " ".join(item.text for item in found[0].findings)


ADA, BOB = {("PM", "x"): Holding("ada")}, {("ITM", "y"): Holding("bob")}
AWAY = {"a": Absence("bob", TODAY, TODAY)}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ({"holdings": ADA}, {"holdings": {**ADA, **BOB}}),
        ({"holdings": {**ADA, **BOB}}, {"holdings": {**ADA, ("ITM", "y"): Holding("bob", ends_on=date(2025, 1, 1))}}),
        ({"holdings": ADA}, {}),
        ({"holdings": {**ADA, **BOB}}, {"holdings": {**ADA, **BOB}, "absences": AWAY}),
        (
            {"holdings": {**ADA, **BOB}, "absences": {"a": Absence("bob", TODAY, TODAY, "cyd")}},
            {
                "holdings": {**ADA, **BOB},
                "absences": {"a": Absence("bob", TODAY, TODAY, "cyd"), "b": Absence("cyd", TODAY)},
            },
        ),
    ],
    ids=["a holder", "a last day", "the first holding on record", "an absence", "cover that is away"],
)
def test_who_holds_a_role_and_is_there_is_noticed_in_its_rows(first: dict[str, Any], later: dict[str, Any]) -> None:
    matrix = matrix_of("PM ITM CIO", "A R I", "R A I")
    carried(replace(matrix, **first), replace(matrix, **later))


def test_an_absence_makes_the_rows_of_their_roles_alone_be_looked_at(looked_at: list[str]) -> None:
    matrix = matrix_of("PM ITM CIO", "A R .", ". A R", "R A .", holdings={**ADA, **BOB})
    first = ledger(matrix)
    looked_at.clear()
    first.after(replace(matrix, absences={"a": Absence("ada", TODAY, TODAY)}))
    assert sorted(looked_at) == ["1", "3"]
