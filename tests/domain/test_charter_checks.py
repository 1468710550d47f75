"""What the written parts of a charter lack is said at the field that lacks it."""

from dataclasses import replace
from typing import Any

import pytest

from raci.domain.charter import checks
from raci.domain.charter.wording import Fault, faults, names_activity, sentences, verb_of
from raci.domain.matrix import Matrix
from raci.domain.records import Accountability, Charter, Line, Role, RoleKind
from tests.domain.builders import TODAY, matrix_of

MAIN = ("Sign contracts", "Pay invoices", "Plan the project", "Report on progress")


def complete(**shelves: Any) -> Matrix:
    """Return a matrix in which the charter of the PM lacks nothing."""
    matrix = matrix_of("PM ITM", "A R")
    pm = replace(matrix.roles["PM"], purpose="Each project ends as agreed.", scope="One project")
    parts: dict[str, Any] = {
        "roles": {**matrix.roles, "PM": pm},
        "lines": {("PM", "ITM"): Line()},
        "charters": {"PM": Charter(excludes="Budgets", domains="The plan", review_on=TODAY)},
        "accountabilities": mains(*MAIN),
    }
    return replace(matrix, **(parts | shelves))


def mains(*texts: str, share: int = 0) -> dict[tuple[str, str], Accountability]:
    return {("PM", f"m{at}"): Accountability(text, share=share, position=at) for at, text in enumerate(texts)}


def lacks(matrix: Matrix) -> list[tuple[str, str]]:
    return [(problem.field, problem.key) for problem in checks(matrix, "PM")]


def role(**fields: Any) -> dict[str, Role]:
    made = complete()
    return {**made.roles, "PM": replace(made.roles["PM"], **fields)}


def test_nothing_is_said_of_a_complete_charter() -> None:
    assert checks(complete(), "PM") == ()


@pytest.mark.parametrize(
    ("shelves", "field"),
    [
        ({"roles": role(purpose="")}, "purpose"),
        ({"roles": role(purpose="It ends well. It costs little.")}, "purpose"),
        ({"roles": role(purpose="Managing projects.")}, "purpose"),
        ({"roles": role(scope=" ")}, "scope"),
        ({"charters": {"PM": Charter(excludes="\n", review_on=TODAY)}}, "excludes"),
        ({"charters": {"PM": Charter(excludes="Budgets")}}, "review_on"),
        ({"lines": {("ITM", "PM"): Line()}}, "lines"),
        ({"accountabilities": mains(*MAIN[:3])}, "accountabilities"),
        ({"accountabilities": mains(*MAIN, *MAIN, "Lead people")}, "accountabilities"),
        ({"accountabilities": mains(*MAIN, share=20)}, "accountabilities"),
    ],
)
def test_what_is_missing_is_said_at_its_field(shelves: dict[str, Any], field: str) -> None:
    assert lacks(complete(**shelves)) == [(field, "")]


def test_shares_of_a_hundred_and_eight_duties_are_enough() -> None:
    assert checks(complete(accountabilities=mains(*MAIN, share=25)), "PM") == ()
    assert checks(complete(accountabilities=mains(*MAIN, *MAIN)), "PM") == ()


def test_the_sum_is_said() -> None:
    (problem,) = checks(complete(accountabilities=mains(*MAIN, share=20)), "PM")
    assert str(problem.sentence) == "The shares of time make 80 %, and should make 100 %."


def test_an_external_party_reports_to_nobody() -> None:
    assert checks(complete(roles=role(kind=RoleKind.EXTERNAL), lines={}), "PM") == ()


def test_a_main_duty_is_judged_by_its_own_words() -> None:
    assert lacks(complete(accountabilities=mains(*MAIN[:3], "Vendor management"))) == [("accountability", "m3")]


def test_two_roles_of_one_scope_cannot_control_the_same_alone() -> None:
    both = {"PM": Charter("Budgets", "The plan", review_on=TODAY), "ITM": Charter(domains="the PLAN\nStaff")}
    matrix = complete(charters=both)
    assert checks(matrix, "PM") == ()  # another scope
    same = replace(matrix, roles={**matrix.roles, "ITM": replace(matrix.roles["ITM"], scope="one project")})
    assert [str(one.sentence) for one in checks(same, "PM")] == [
        "“The plan” is controlled by ITM too: only one role of a scope can control it alone."
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sign vendor contracts", ()),
        ("Signs vendor contracts", ()),
        ("Signing vendor contracts", ()),
        ("Planning the year", ()),
        ("Verträge unterschreiben", ()),
        ("Frobnicate the widgets", ()),
        ("", ()),
        ("Vendor management", (Fault.NO_VERB,)),
        ("The budget", (Fault.NO_VERB,)),
        ("Responsible for the budget", (Fault.NO_VERB,)),
        ("Leadership of the team", (Fault.NO_VERB,)),
        ("Leitung des Teams", (Fault.NO_VERB,)),
        ("Sign", (Fault.NO_OBJECT,)),
        ("Manages the budget", (Fault.VAGUE,)),
        ("Plan and approve the budget", (Fault.COMPOUND,)),
        ("Plan/approve the budget", (Fault.COMPOUND,)),
        ("Plan time and budget", ()),
    ],
)
def test_the_first_word_tells(text: str, found: tuple[Fault, ...]) -> None:
    assert faults(text) == found


def test_forms_of_a_verb_are_known_by_their_base() -> None:
    words = ("signs", "signing", "carries", "planning", "approving", "assesses", "get")
    assert [verb_of(word) for word in words] == ["sign", "sign", "carry", "plan", "approve", "assess", "get"]
    assert verb_of("vendor") is None


def test_purposes_and_activities() -> None:
    assert [sentences(text) for text in ("A. B", "One, e.g. this.", "One", "One.\nTwo")] == [2, 1, 1, 2]
    assert [names_activity(text) for text in ("Managing IT", "Oversee IT", "IT serves all", "Bring IT on")] == [
        True, True, False, False,
    ]  # fmt: skip
