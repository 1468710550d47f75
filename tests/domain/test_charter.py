"""A charter says what the records say, shows exactly what touches it, and nothing that happens elsewhere."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from raci.domain.applying import apply
from raci.domain.change import Address, Change, cell_change
from raci.domain.charter import Line, Status, compare, digest, draw_up, lines, say, written_roles
from raci.domain.matrix import Matrix
from raci.domain.records import (
    Accountability,
    Area,
    Authority,
    Charter,
    Competency,
    Decision,
    DecisionType,
    Duty,
    Holding,
    Kind,
    Manner,
    Mode,
    Part,
    Requirement,
    Role,
    Skill,
    Verb,
    to_fields,
)
from raci.domain.records import Line as ReportingLine
from raci.domain.scheme import split_letters
from raci.domain.whole import Whole, register_of
from tests.domain.builders import TODAY, matrix_of, open_grey_area
from tests.domain.strategies import matrices

LATER = TODAY + timedelta(days=400)


def whole(*found: Matrix) -> Whole:
    return Whole(register_of(found[0]), found)


def signed(matrix: Matrix, role: str = "PM") -> tuple[Line, ...]:
    return lines(draw_up(whole(matrix), role, TODAY))


def shown(found: tuple[Line, ...]) -> list[str]:
    return [str(say(line)) for line in found]


def full() -> Matrix:
    """Return a matrix in which the charter of the PM has something of everything."""
    decision = Decision("1", type=DecisionType.SPLIT_THRESHOLD, owner="CIO", mode=Mode.LIMITS, valid_until=LATER)
    roles = {
        "PM": Role("PM", "Project manager", purpose="Projects end as agreed.", scope="One project"),
        "ITM": Role("ITM", "IT manager"),
        "CIO": Role("CIO", "Chief"),
    }
    made = matrix_of(
        "PM ITM CIO",
        "AR C I",
        ". A I",
        "R A I",
        ". . .",
        lines={("PM", "CIO"): ReportingLine(), ("PM", "ITM"): ReportingLine(2, True, "for methods")},
        areas={"ven": Area("VEN", "Vendors")},
        charters={"PM": Charter("The budget\n\nThe team", "The plan", "", "Finance", "Days late", TODAY, LATER)},
        accountabilities={("PM", "m"): Accountability("Sign contracts", duty="1", share=60)},
        authorities={("PM", "a"): Authority("contracts", Verb.SIGN, "EUR", "50000", "m", "two hands")},
        competencies={"c": Competency("CMP-1", "Planning"), "d": Competency("CMP-2", "Money")},
        skills={("PM", "s"): Skill("Planning a project", "c"), ("PM", "t"): Skill("Tact")},
        requirements={("PM", "c"): Requirement(4, essential=True), ("PM", "d"): Requirement(2)},
        holdings={("PM", "h"): Holding("ann"), ("PM", "i"): Holding("bob", Manner.DEPUTY)},
        decisions={"x": decision},
        parts={("x", "p"): Part("PM", upper="50000", unit="EUR"), ("x", "q"): Part("CIO", position=1)},
        grey_areas={"g": open_grey_area("4", interim="PM")},
    )
    return replace(made, roles=roles)


@pytest.fixture
def matrix() -> Matrix:
    return full()


def test_a_charter_says_everything_in_its_order(matrix: Matrix) -> None:
    assert shown(signed(matrix)) == [
        "Name: Project manager",
        "Purpose: Projects end as agreed.",
        "Scope: One project",
        "Does not own: The budget",
        "Does not own: The team",
        "Main duty: Sign contracts (1 Duty 1), 60 % of the time",
        "A/R: 1 Duty 1, in “Sheet”",
        "Decided on 1 Duty 1, in “Sheet”: split by threshold, until 2027-04-05",
        "By decision on 1 Duty 1, in “Sheet”: up to 50,000 EUR",
        "Acts in the interim: 4 Duty 4, in “Sheet”",
        "R: 3 Duty 3, in “Sheet”",
        "Controls alone: The plan",
        "May sign contracts up to 50,000 EUR, only in “Sheet”: two hands",
        "Skill: Planning a project (CMP-1 Planning), level 4, essential",
        "Skill: Tact",
        "Skill: CMP-2 Money, level 2",
        "Reports to Chief",
        "Reports to IT manager by a dotted line, as alternative 2: for methods",
        "Escalates to Chief",
        "Depends on: Finance",
        "Is measured by: Days late",
        "Valid from 2026-03-01",
        "To be reviewed on 2027-04-05",
    ]


Alter = Callable[[Matrix], Matrix]


def cells(matrix: Matrix, duty: str, role: str, letters: str) -> Matrix:
    return apply(matrix, [cell_change("m", duty, role, matrix.letters(duty, role), letters)])


# What is done, and what it takes from the charter of the PM and gives to it.
TOUCHING: dict[str, tuple[Alter, list[str], list[str]]] = {
    "a letter": (
        lambda m: cells(m, "1", "PM", "R"),
        ["A/R: 1 Duty 1, in “Sheet”"],
        ["R: 1 Duty 1, in “Sheet”"],
    ),
    "a letter more": (lambda m: cells(m, "2", "PM", "C"), [], ["C: 2 Duty 2, in “Sheet”"]),
    "the name of a duty": (
        lambda m: replace(m, duties={**m.duties, "3": Duty("3", "Other")}),
        ["R: 3 Duty 3, in “Sheet”"],
        ["R: 3 Other, in “Sheet”"],
    ),
    "a line of a list": (
        lambda m: replace(m, charters={"PM": replace(m.charters["PM"], excludes="The team\nThe line")}),
        ["Does not own: The budget"],
        ["Does not own: The line"],
    ),
    "a band": (
        lambda m: replace(m, parts={**m.parts, ("x", "p"): Part("PM", upper="60000", unit="EUR")}),
        ["By decision on 1 Duty 1, in “Sheet”: up to 50,000 EUR"],
        ["By decision on 1 Duty 1, in “Sheet”: up to 60,000 EUR"],
    ),
    "a level": (
        lambda m: replace(m, requirements={**m.requirements, ("PM", "d"): Requirement(3)}),
        ["Skill: CMP-2 Money, level 2"],
        ["Skill: CMP-2 Money, level 3"],
    ),
    "a limit": (
        lambda m: replace(m, authorities={("PM", "a"): replace(m.authorities["PM", "a"], ceiling="")}),
        ["May sign contracts up to 50,000 EUR, only in “Sheet”: two hands"],
        ["May sign contracts, only in “Sheet”: two hands"],
    ),
    "a reporting line": (
        lambda m: replace(m, lines={("PM", "ITM"): m.lines["PM", "ITM"]}),
        ["Reports to Chief", "Escalates to Chief"],
        ["Escalates to IT manager"],
    ),
    "an open question": (
        lambda m: replace(m, grey_areas={**m.grey_areas, "h": open_grey_area("3")}),
        ["R: 3 Duty 3, in “Sheet”"],
        ["R: 3 Duty 3, in “Sheet” (contested)"],
    ),
    "the end of a review": (
        lambda m: replace(m, charters={"PM": replace(m.charters["PM"], review_on=None)}),
        ["To be reviewed on 2027-04-05"],
        [],
    ),
}


@pytest.mark.parametrize("what", TOUCHING)
def test_what_touches_a_charter_shows_exactly_its_lines(matrix: Matrix, what: str) -> None:
    alter, removed, added = TOUCHING[what]
    difference = compare(signed(matrix), signed(alter(matrix)))

    assert (shown(difference.removed), shown(difference.added)) == (removed, added)
    assert digest(signed(matrix)) != digest(signed(alter(matrix)))


ELSEWHERE: dict[str, Alter] = {
    "the letters of somebody else": lambda m: cells(m, "2", "ITM", "R"),
    "who holds it": lambda m: replace(m, holdings={("PM", "z"): Holding("eve")}),
    "the reason of a decision": lambda m: replace(
        m, decisions={"x": replace(m.decisions["x"], reason="So", decided_by="Bo")}
    ),
    "the order of the rows": lambda m: replace(
        m, rows={key: replace(row, position=9 - row.position) for key, row in m.rows.items()}
    ),
    "the area of a duty": lambda m: replace(m, duties={**m.duties, "1": replace(m.duties["1"], area="ven")}),
    "the charter of somebody else": lambda m: replace(m, charters={**m.charters, "ITM": Charter("Projects")}),
    "what somebody else may do": lambda m: replace(
        m, authorities={**m.authorities, ("ITM", "b"): Authority("budgets")}
    ),
    "the lines of somebody else": lambda m: replace(m, lines={**m.lines, ("CIO", "ITM"): ReportingLine(1, True)}),
    "a baseline, a signature": lambda m: replace(m, signatures={}, baselines={}),
}  # fmt: skip


@pytest.mark.parametrize("what", ELSEWHERE)
def test_what_happens_elsewhere_shows_nothing(matrix: Matrix, what: str) -> None:
    altered = ELSEWHERE[what](matrix)
    assert altered != matrix or what.startswith("a baseline")

    assert not compare(signed(matrix), signed(altered))
    assert digest(signed(matrix)) == digest(signed(altered))


@settings(max_examples=60)
@given(matrices(), matrices())
def test_two_charters_are_the_same_where_their_digests_are(one: Matrix, other: Matrix) -> None:
    for role in one.roles.keys() & other.roles.keys():
        then, now = signed(one, role), signed(other, role)
        difference = compare(then, now)
        event("the same" if not difference else "different")
        assert (digest(then) == digest(now)) == (not difference)
        # What is taken away and what is put to it makes the one of the other.
        left = list(then)
        for line in difference.removed:
            left.remove(line)
        assert sorted([*left, *difference.added]) == sorted(now)
        assert compare(now, then) == (difference.removed, difference.added)


@settings(max_examples=60)
@given(matrices(), st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.data())
def test_the_lines_depend_neither_on_the_day_nor_on_holders_nor_on_other_roles(
    matrix: Matrix, day: date, data: st.DataObject
) -> None:
    bare = replace(matrix, holdings={}, absences={}, signatures={}, baselines={}, differences={})
    for role in matrix.roles:
        assert lines(draw_up(whole(bare), role, day)) == signed(matrix, role)
        elsewhere = {
            duty: {other: letters for other, letters in row.items() if other == role}
            for duty, row in matrix.cells.items()
        }
        assert signed(replace(matrix, cells=elsewhere), role) == signed(matrix, role)


@settings(max_examples=60)
@given(matrices(), st.data())
def test_a_letter_shows_in_the_charter_of_its_role_and_in_no_other(matrix: Matrix, data: st.DataObject) -> None:
    rows = list(matrix.applicable_rows)
    if not rows or not matrix.columns:
        return
    duty, role = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(matrix.column_keys))
    before = matrix.letters(duty, role)
    after = data.draw(st.sampled_from(["", *matrix.scheme.combinations]))
    changed = apply(matrix, [cell_change(matrix.key, duty, role, before, after)])
    for other in matrix.roles:
        difference = compare(signed(matrix, other), signed(changed, other))
        touched = {line.section for line in (*difference.added, *difference.removed)}
        # Where a role loses its last letter by which the row was listed, what was decided on the row goes with it.
        assert touched <= ({"duty", "decision", "term"} if other == role else set())
        if other == role and before != after:
            assert "duty" in touched
            told = [line.parts[1] for line in difference.added if line.section == "duty"]
            assert told in ([after], [])


@given(matrices())
def test_every_duty_that_a_role_holds_stands_in_its_charter_once(matrix: Matrix) -> None:
    for role in matrix.roles:
        view = draw_up(whole(matrix), role, TODAY)
        held = [item for group in view.duties for area in group.areas for item in area.duties]
        assert len({item.duty for item in held}) == len(held)
        with_letters = {item.duty: item.letters for item in held if item.letters}
        assert with_letters == {
            duty: matrix.letters(duty, role) for duty in matrix.applicable_rows if matrix.letters(duty, role)
        }
        owned = {
            item.duty for group in view.duties if group.kind == "owner" for area in group.areas for item in area.duties
        }
        codes = matrix.scheme.codes_of(matrix.scheme.pivot)
        acting = {one.duty for one in matrix.grey_areas.values() if one.interim == role}
        assert owned - acting == {
            duty for duty, letters in with_letters.items() if codes & set(split_letters(letters)) and duty not in acting
        }


@settings(max_examples=60)
@given(matrices())
def test_every_line_can_be_said_and_two_lines_are_never_said_alike(matrix: Matrix) -> None:
    for role in matrix.roles:
        sentences: dict[str, set[Line]] = {}
        for line in signed(matrix, role):
            assert str(say(line))
            sentences.setdefault(str(say(line)), set()).add(line)
        assert [found for found in sentences.values() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("valid_from", "review_on", "status"),
    [
        (None, None, Status.DRAFT),
        (TODAY + timedelta(days=1), TODAY - timedelta(days=1), Status.DRAFT),
        (TODAY, TODAY, Status.IN_FORCE),
        (TODAY, None, Status.IN_FORCE),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), Status.OVERDUE),
    ],
)
def test_how_a_charter_stands(valid_from: date | None, review_on: date | None, status: Status) -> None:
    matrix = matrix_of("PM", "A", charters={"PM": Charter(valid_from=valid_from, review_on=review_on)})

    assert draw_up(whole(matrix), "PM", TODAY).status is status


def test_a_role_is_written_once_somebody_wrote_a_part(matrix: Matrix) -> None:
    assert written_roles(matrix) == {"PM"}
    only_duties = replace(matrix, charters={}, accountabilities={("ITM", "m"): Accountability("Lead")})
    assert written_roles(only_duties) == {"ITM"}
    assert not draw_up(whole(matrix), "CIO", TODAY).written


def test_holders_of_the_day_come_in_the_order_of_their_manner(matrix: Matrix) -> None:
    gone = Holding("cid", ends_on=TODAY - timedelta(days=1))
    acting = Holding("dan", Manner.ACTING, TODAY, TODAY)
    held = {**matrix.holdings, ("PM", "j"): gone, ("PM", "k"): acting, ("ITM", "l"): Holding("eve")}
    view = draw_up(whole(replace(matrix, holdings=held)), "PM", TODAY)

    assert [one.person for one in view.holdings] == ["ann", "dan", "bob"]


def test_two_matrices_stand_side_by_side(matrix: Matrix) -> None:
    other = replace(matrix, key="n", sheet=replace(matrix.sheet, title="Other"), grey_areas={}, decisions={}, parts={})
    view = draw_up(whole(matrix, other), "PM", TODAY)
    (owns,) = [group for group in view.duties if group.kind == "owner"]

    assert [(item.code, item.matrix_title) for area in owns.areas for item in area.duties] == [
        ("1", "Sheet"),
        ("1", "Other"),
    ]


def test_every_field_of_the_written_part_is_signed() -> None:
    """A field that is added to a charter later must not be forgotten in its lines."""
    for item in fields(Charter):
        value: Any = date(2026, 5, 1) if item.name in ("valid_from", "review_on") else "Something"
        address = Address(Kind.CHARTER, "", "PM")
        bare = matrix_of("PM", "A")
        created = apply(bare, [Change(address, "", None, to_fields(Charter(**{item.name: value})))])
        assert len(compare(signed(bare), signed(created)).added) == 1, item.name
