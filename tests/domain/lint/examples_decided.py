"""For every rule on decisions, matrices on which it must speak and near ones on which it must not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from raci.domain.lint import LintSettings, Standing
from raci.domain.matrix import Matrix
from raci.domain.records import Claim, Decision, DecisionType, Duty, Line, Mode, Part, ScopeKind
from tests.domain.builders import TODAY, matrix_of, open_grey_area, overlap
from tests.domain.lint.examples import Example, Make

ROLES = "PM ITM CIO"
LINES = {("PM", "ITM"): Line(), ("ITM", "CIO"): Line()}
KINDS = DecisionType


def days(number: int) -> date:
    """Return the day so many days from today; below zero, before it."""
    return TODAY + timedelta(days=number)


def parts_of(*parts: Part, of: str = "x") -> Mapping[tuple[str, str], Part]:
    return {(of, f"p{at}"): replace(part, position=at) for at, part in enumerate(parts)}


def settled(
    kind: DecisionType, *parts: Part, lines: tuple[str, ...] = ("AR C I",), more: Any = None, **fields: Any
) -> Make:
    """Return a matrix of three roles with a decision “x” on row 1; ``more`` are further shelves."""
    decision = Decision("1", type=kind, **{"owner": "PM", **fields})

    def make() -> Matrix:
        shelves = {"lines": LINES, "decisions": {"x": decision}, "parts": parts_of(*parts), **(more or {})}
        return matrix_of(ROLES, *lines, **shelves)

    return make


def bands(*lines: tuple[str, str, str], mode: Mode = Mode.BANDS, **fields: Any) -> Make:
    """Return a matrix whose row 1 is split by threshold; lines are role, lower and upper end."""
    parts = [Part(role, lower=lower, upper=upper, unit="EUR") for role, lower, upper in lines]
    return settled(KINDS.SPLIT_THRESHOLD, *parts, mode=mode, **fields)


def scoped(*parts: tuple[str, str], **fields: Any) -> Make:
    """Return a matrix whose row 1 is split by scope; parts are value and role."""
    return settled(KINDS.SPLIT_SCOPE, *(Part(role, name=name) for name, role in parts), **{"terms": "phase", **fields})


def delegated(*parts: Part, own: tuple[str, str] | None = None, **fields: Any) -> Make:
    """Return a matrix whose row 1 is delegated; ``own`` are the ends of the band that the owner has by a split."""

    def make() -> Matrix:
        matrix = settled(KINDS.DELEGATE, *parts, **fields)()
        if own is None:
            return matrix
        split = Decision("2", type=KINDS.SPLIT_THRESHOLD, owner="CIO")
        band = Part("PM", lower=own[0], upper=own[1], unit="EUR", duty="1")
        duties = {**matrix.duties, "2": Duty("2", "Whole")}
        return replace(
            matrix,
            duties=duties,
            decisions={**matrix.decisions, "y": split},
            parts={**matrix.parts, **parts_of(band, of="y")},
        )

    return make


def family(*lines: str, child: str = "2", parent: str = "1", **shelves: Any) -> Make:
    """Return a matrix in which one duty is a part of another."""

    def make() -> Matrix:
        matrix = matrix_of(ROLES, *lines, **shelves)
        duties = {**matrix.duties, child: replace(matrix.duties[child], parent=parent)}
        return replace(matrix, duties=duties)

    return make


def in_family(kind: DecisionType, part: Part, duty: str = "1") -> Mapping[str, Any]:
    return {"decisions": {"x": Decision(duty, type=kind, owner="PM")}, "parts": parts_of(part)}


def going_up(usual: str = "escalate", lines: Mapping[tuple[str, str], Line] | None = None, **shelves: Any) -> Make:
    """Return a matrix with an open grey area that PM and ITM claim, usually settled in some way."""
    claims = {("g", "PM"): Claim("A"), ("g", "ITM"): Claim("A")}
    greys = {"g": open_grey_area("1", usual_decision=usual)}
    parts = {"grey_areas": greys, "claims": claims, "lines": lines or {}, **shelves}
    return lambda: matrix_of(ROLES, ". . .", **parts)


def collides(first: Mapping[str, Any], second: Mapping[str, Any]) -> Make:
    """Return a matrix whose row 1, owned by the PM, has two decisions in force."""
    decisions = {
        "x": Decision("1", **{"owner": "PM", **first}),
        "y": Decision("1", **{"owner": "PM", **second}),
    }
    return lambda: matrix_of(ROLES, "AR C I", decisions=decisions)


def child_of_split(line: str, *, own: Decision | None = None, **fields: Any) -> Make:
    """Return a matrix in which a split of row 1 made row 2 and gave it to the ITM."""
    decisions = {"x": Decision("1", **{"type": KINDS.SPLIT_THRESHOLD, "owner": "PM", **fields})}
    if own:
        decisions["y"] = own
    return lambda: matrix_of(
        ROLES, "AR R I", line, decisions=decisions, parts=parts_of(Part("ITM", duty="2"), Part("PM"))
    )


def elsewhere(owner: str, kind: ScopeKind = ScopeKind.PROJECTS, name: str = "", **fields: Any) -> Standing:
    return Standing("other", "Other sheet", kind, name, {"1": frozenset([owner])}, **fields)


def here(kind: ScopeKind = ScopeKind.PROJECT, name: str = "Apollo", **fields: Any) -> Make:
    def make() -> Matrix:
        matrix = matrix_of(ROLES, "AR C I", ". . .", **fields)
        return replace(matrix, sheet=replace(matrix.sheet, scope_kind=kind, scope_name=name))

    return make


ON_ROW = (":row:1:",)
SPLIT_HERE = {"decisions": {"x": Decision("1", type=KINDS.SPLIT_SCOPE)}}

EXAMPLES: dict[str, list[Example]] = {
    "A05": [
        Example("V1, a gap between bands", bands(("PM", "", "50000"), ("ITM", "60000", "")), ON_ROW),
        Example("V5, a gap at the bottom", bands(("PM", "10000", "50000"), ("ITM", "50000", "")), ON_ROW),
        Example("no band at all", bands(), ON_ROW),
        Example("V3, bands that touch", bands(("PM", "", "50000"), ("ITM", "50000", ""))),
        Example("limits", bands(("PM", "", "50000"), ("ITM", "", ""), mode=Mode.LIMITS)),
        Example("a split that was withdrawn", bands(("PM", "10000", ""), withdrawn_on=TODAY)),
        Example("another type", settled(KINDS.SHARED, Part("PM", lower="5", upper="4"))),
    ],
    "A06": [
        Example("V2, bands that overlap", bands(("PM", "", "50000"), ("ITM", "40000", "")), ON_ROW),
        Example("bands that touch", bands(("PM", "", "50000"), ("ITM", "50000", ""))),
        Example("two currencies", settled(
            KINDS.SPLIT_THRESHOLD, Part("PM", unit="EUR"), Part("ITM", unit="USD"), mode=Mode.BANDS)),
    ],
    "A07": [
        Example("V9, a band without a value", bands(("PM", "50000", "10000"), ("ITM", "", "")), ("invalid:row:1:",)),
        Example("V6, no top", bands(("PM", "", "50000"), ("ITM", "50000", "200000")), ("top:row:1:",)),
        Example("V10, a band that falls", bands(("CIO", "", "50000"), ("ITM", "50000", "")), ("falling:row:1:",)),
        Example("limits without a top", bands(("PM", "", "50000"), mode=Mode.LIMITS), ("top:row:1:",)),
        Example("limits that nobody has", bands(mode=Mode.LIMITS), ("top:row:1:",)),
        Example("limits that fall", bands(("CIO", "", "5"), ("ITM", "", ""), mode=Mode.LIMITS), ("falling:row:1:",)),
        Example("bands that rise with the ranks", bands(("PM", "", "50000"), ("ITM", "50000", "90000"),
                                                         ("CIO", "90000", ""))),
    ],
    "A08": [
        Example("more than the band of the owner",
                delegated(Part("ITM", upper="60000", unit="EUR"), own=("", "50000")), ("limit:row:1:",)),
        Example("more than the giver was given", delegated(
            Part("ITM", upper="50", unit="EUR", may_pass_on=True), Part("CIO", upper="60", unit="eur", giver="ITM")),
            ("limit:row:1:",)),
        Example("passed on without leave", delegated(Part("ITM"), Part("CIO", giver="ITM")), ("passed:row:1:",)),
        Example("passed on in a circle", delegated(
            Part("ITM", giver="CIO", may_pass_on=True), Part("CIO", giver="ITM", may_pass_on=True)),
            ("passed:row:1:",)),
        Example("for longer than the decision", delegated(Part("ITM", ends_on=days(9)), valid_until=days(8)),
                ("days:row:1:",)),
        Example("an end before the start", delegated(Part("ITM", starts_on=days(9), ends_on=days(8))),
                ("days:row:1:",)),
        Example("for days before the giver has it", delegated(
            Part("ITM", starts_on=days(5), may_pass_on=True), Part("CIO", starts_on=days(4), giver="ITM")),
            ("days:row:1:",)),
        Example("the same limit", delegated(Part("ITM", upper="50000", unit="EUR"), own=("", "50000"))),
        Example("another currency", delegated(Part("ITM", upper="60000", unit="USD"), own=("", "50000"))),
        Example("limits in words", delegated(Part("ITM", text="licences only"), own=("", "50000"))),
        Example("passed on with leave", delegated(
            Part("ITM", may_pass_on=True, ends_on=days(9)), Part("CIO", giver="ITM", ends_on=days(9)))),
        Example("by nobody", delegated(Part("ITM", starts_on=days(9), ends_on=days(8)), owner="")),
        Example("by the owner by name", delegated(Part("ITM", giver="PM"))),
    ],
    "S01": [
        Example("all projects and one of them", here(), ON_ROW, others=(elsewhere("ITM"),)),
        Example("the same project, written otherwise", here(), ON_ROW, others=(
            elsewhere("ITM", ScopeKind.PROJECT, "APOLLO"), elsewhere("CIO"))),
        Example("the same owner", here(), others=(elsewhere("PM"),)),
        Example("another project", here(), others=(elsewhere("ITM", ScopeKind.PROJECT, "Gemini"),)),
        Example("a department", here(), others=(elsewhere("ITM", ScopeKind.DEPARTMENT, "Apollo"),)),
        Example("a split there", here(), others=(elsewhere("ITM", split=frozenset("1")),)),
        Example("a split here", here(**SPLIT_HERE), others=(elsewhere("ITM"),)),
        Example("a row that does not apply", here(not_applying=["1"]), others=(elsewhere("ITM"),)),
        Example("itself", lambda: replace(here()(), key="other"), others=(elsewhere("ITM"),)),
    ],
    "S02": [
        Example("no otherwise", scoped(("design", "PM"), owner=""), ("rest:row:1:",)),
        Example("a value twice", scoped(("Design", "PM"), ("design", "ITM")), ("twice:row:1:",)),
        Example("otherwise twice", scoped(("", "PM"), ("", "ITM"), terms=""), ("twice:row:1:",)),
        Example("otherwise as a part", scoped(("design", "ITM"), ("", "PM"), owner="")),
        Example("otherwise as the owner", scoped(("design", "ITM"))),
        Example("a split that was replaced", scoped(
            ("design", "ITM"), owner="", more={"decisions": {
                "x": Decision("1", type=KINDS.SPLIT_SCOPE), "y": Decision("1", owner="PM", supersedes="x")}})),
    ],
    "S03": [
        Example("an owner from elsewhere", family("A R I", ". . AR"), (":row:2:",)),
        Example("the same owner", family("A R I", "AR . C")),
        Example("a doer of the whole", family("A R I", ". AR C")),
        Example("a delegation of the whole", family(
            "A R I", ". . AR", **in_family(KINDS.DELEGATE, Part("CIO")))),
        Example("a delegation of the part", family(
            "A R I", ". . AR", **in_family(KINDS.DELEGATE, Part("CIO"), "2"))),
        Example("a split that made it", family(
            "A R I", ". . AR", **in_family(KINDS.SPLIT_THRESHOLD, Part("CIO", duty="2")))),
        Example("a whole without an owner", family("I R I", ". . AR")),
        Example("a whole that does not apply", family("A R I", ". . AR", not_applying=["1"])),
        Example("its own part", family("A R I", child="1")),
    ],
    "S05": [
        Example("another owner", settled(KINDS.SOLE_OWNER, owner="ITM"), ON_ROW),
        Example("no owner", settled(KINDS.SOLE_OWNER, lines=("R C I",)), ON_ROW),
        Example("two owners", settled(KINDS.SHARED, lines=("AR A I",)), ON_ROW),
        Example("escalated, and not with the superior", settled(KINDS.ESCALATE, owner="CIO"), ON_ROW),
        Example("an owner that is no column", settled(KINDS.SOLE_OWNER, owner="ITM", lines=("AR C .",)), ON_ROW),
        Example("a part with another owner", child_of_split("AR C I"), (":row:2:",)),
        Example("a part without an owner", child_of_split("R C I"), (":row:2:",)),
        Example("a part that was decided otherwise", child_of_split("AR C I", own=Decision("2", owner="PM")),
                ("collide:row:2:",)),
        Example("two decisions at once", collides({}, {"decided_on": TODAY}), ("collide:row:1:",)),
        Example("put off, and decided as well", collides({"type": KINDS.DEFER, "owner": ""}, {}), ("collide:row:1:",)),
        Example("two from some day on", collides({}, {"valid_from": days(30)}), ("collide:row:1:",)),
        Example("a row that does not apply", settled(KINDS.SOLE_OWNER, more={
            "rows": matrix_of(ROLES, ". . .", not_applying=["1"]).rows}), ("unseen:matrix::",)),
        Example("this matrix as the sheet of a value", settled(
            KINDS.SPLIT_SCOPE, Part("ITM", name="design", sheet="m")), ON_ROW),
        Example("as decided", settled(KINDS.SOLE_OWNER)),
        Example("another matrix as the sheet of a value", settled(
            KINDS.SPLIT_SCOPE, Part("ITM", name="design", sheet="n"))),
        Example("a split by scope without a rest", settled(KINDS.SPLIT_SCOPE, owner="")),
        Example("put off", settled(KINDS.DEFER, owner="ITM")),
        Example("a part as decided", child_of_split("R A I")),
        Example("a part decided alike", child_of_split("R A I", own=Decision("2", owner="ITM"))),
        Example("a split that was withdrawn", child_of_split("A R I", withdrawn_on=TODAY)),
        Example("a delegation beside its owner", collides({}, {"type": KINDS.DELEGATE})),
        Example("one after the other", collides({"valid_until": days(5)}, {"valid_from": days(6)})),
        Example("two that collided once", collides({"valid_until": days(-5)}, {"valid_from": days(-6)})),
        Example("a decision to come", settled(KINDS.SOLE_OWNER, owner="ITM", valid_from=days(1))),
        Example("a decision that ran out", settled(KINDS.SOLE_OWNER, owner="ITM", valid_until=days(-1))),
        Example("a withdrawn one", settled(KINDS.SOLE_OWNER, owner="ITM", withdrawn_on=TODAY)),
    ],
    "S06": [
        Example("nobody", settled(KINDS.SHARED, Part("PM"), Part("ITM"), owner=""), ON_ROW),
        Example("somebody else", settled(KINDS.SHARED, Part("PM"), Part("ITM"), owner="CIO"), ("outside:row:1:",)),
        Example("one of them", settled(KINDS.SHARED, Part("PM"), Part("ITM"))),
        Example("one with a letter", settled(KINDS.SHARED, Part("ITM"), letters={"PM": "A", "ITM": "R"})),
        Example("another type", settled(KINDS.DELEGATE, Part("ITM"), owner="CIO")),
    ],
    "S07": [
        Example("an open grey area that goes up", going_up(), ON_ROW),
        Example("in an overlap that nobody claimed yet", lambda: overlap(
            replace(going_up()(), claims={}), "PM", "ITM"), ON_ROW),
        Example("an escalation", going_up("", decisions={
            "x": Decision("1", "g", KINDS.ESCALATE, owner="CIO")}), ON_ROW),
        Example("lines that end beside one another",
                going_up(lines={("PM", "CIO"): Line(), ("ITM", "PM"): Line()},
                         claims={("g", "PM"): Claim("A"), ("g", "CIO"): Claim("A")}), ON_ROW),
        Example("a shared superior", going_up(lines={("PM", "CIO"): Line(), ("ITM", "CIO"): Line(2)})),
        Example("settled in another way", going_up("sole owner")),
        Example("one claimant", going_up(claims={("g", "PM"): Claim("A")})),
    ],
    "T01": [
        Example("a decision that ran out", settled(KINDS.SOLE_OWNER, valid_until=days(-1)), ("expired:row:1:",)),
        Example("a delegation that ended", settled(KINDS.DELEGATE, Part("ITM", ends_on=days(-1))), ("ended:row:1:",)),
        Example("a review that is due", settled(KINDS.SOLE_OWNER, review_on=days(-90)), ("review:row:1:",)),
        Example("a review long overdue", settled(KINDS.SOLE_OWNER, review_on=days(-91)), ("review:row:1:",)),
        Example("put off until yesterday", settled(KINDS.DEFER, review_on=days(-1)), ("deferred:row:1:",)),
        Example("put off long ago", settled(KINDS.DEFER, review_on=days(-91)), ("deferred:row:1:",)),
        Example("fewer days allowed", settled(KINDS.SOLE_OWNER, review_on=days(-8)), ("review:row:1:",),
                LintSettings(overdue_review_days=7)),
        Example("today", settled(KINDS.DELEGATE, Part("ITM", ends_on=TODAY), valid_until=TODAY, review_on=TODAY)),
        Example("no day", settled(KINDS.SOLE_OWNER)),
        Example("a decision that was withdrawn", settled(
            KINDS.SOLE_OWNER, valid_until=days(-9), review_on=days(-9), withdrawn_on=TODAY)),
    ],
}  # fmt: skip
