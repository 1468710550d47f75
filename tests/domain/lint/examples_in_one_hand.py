"""Examples of the rules on people: what meets in one hand, and how full it is."""

from dataclasses import replace
from datetime import timedelta

from raci.domain.lint import LintSettings, Standing
from raci.domain.matrix import Matrix
from raci.domain.records import Incompatibility, ScopeKind, Sheet
from raci.domain.staffing import Holding, Manner
from tests.domain.builders import TODAY, matrix_of
from tests.domain.lint.examples import Example, Make

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
APART = {("1", "2"): Incompatibility("Who orders does not pay")}


def held(**roles: str | Holding) -> dict[tuple[str, str], Holding]:
    """Return holdings: by role the person, or a holding."""
    return {(role, "h"): one if isinstance(one, Holding) else Holding(one) for role, one in roles.items()}


def staffed(*lines: str, holdings: dict[tuple[str, str], Holding], roles: str = "PM ITM CIO", **more: object) -> Make:
    def make() -> Matrix:
        matrix = matrix_of(roles, *lines, holdings=holdings, **more)
        return replace(matrix, sheet=Sheet("Here", ScopeKind.PROJECT, "Apollo"))

    return make


BOTH = held(PM="zoe", ITM="zoe", CIO="max")


def elsewhere(kind: ScopeKind = ScopeKind.PROJECTS, **rows: str) -> Standing:
    owners = {duty.lstrip("_"): frozenset([role]) for duty, role in rows.items()}
    return Standing("other", "Elsewhere", kind, "", owners)


def pair(item: Incompatibility) -> Make:
    return staffed("AR . .", ". AR .", holdings=BOTH, incompatibilities={("1", "2"): item})


def owned(count: int, *, rest: int = 0, holdings: dict[tuple[str, str], Holding] = BOTH) -> Make:
    """Return a matrix in which the PM owns some rows and a role that nobody holds the others."""
    return staffed(*(["A R . ."] * count), *([". R . A"] * rest), holdings=holdings, roles="PM ITM CIO OPS")


EXAMPLES: dict[str, list[Example]] = {
    "P02": [
        Example("two owners in one hand", pair(Incompatibility()), ("pair:row:1:", "pair:row:2:")),
        Example("an owner and a doer in one hand", staffed(
            "AR . .", ". R A", holdings=BOTH, incompatibilities=APART), ("pair:row:1:", "pair:row:2:")),
        Example("one role alone", staffed(
            "AR . .", "AR . .", holdings=BOTH, incompatibilities=APART), ("pair:row:1:", "pair:row:2:")),
        Example("another matrix whose scope intersects", staffed(
            "AR . .", holdings=BOTH, incompatibilities=APART), ("pair:row:1:",), others=(elsewhere(_2="ITM"),)),
        Example("a control that has ended", pair(Incompatibility("", "Twice", YESTERDAY)),
            ("pair:row:1:", "pair:row:2:")),
        Example("owner and doer of a control", staffed("A R .", holdings=BOTH, controls=["1"]), ("control:row:1:",)),
        Example("a control until tomorrow", pair(Incompatibility("", "Twice", TOMORROW))),
        Example("a control without an end", pair(Incompatibility("", "Twice"))),
        Example("another scope", staffed("AR . .", holdings=BOTH, incompatibilities=APART),
            others=(elsewhere(ScopeKind.DEPARTMENT, _2="ITM"),)),
        Example("only asked", staffed("AR . .", ". C AR", holdings=BOTH, incompatibilities=APART)),
        Example("two people", staffed(
            "AR . .", ". AR .", holdings=held(PM="zoe", ITM="max"), incompatibilities=APART)),
        Example("a deputy", staffed("AR . .", ". AR .", incompatibilities=APART, holdings=held(
            PM="zoe", ITM=Holding("zoe", Manner.DEPUTY)))),
        Example("no longer", staffed("AR . .", ". AR .", incompatibilities=APART, holdings=held(
            PM="zoe", ITM=Holding("zoe", ends_on=YESTERDAY)))),
        Example("not yet", staffed("A R .", controls=["1"], holdings=held(
            PM="zoe", ITM=Holding("zoe", starts_on=TOMORROW)))),
        Example("owner and doer of what is no control", staffed("A R .", holdings=BOTH)),
        Example("both by one role", staffed("AR . .", holdings=BOTH, controls=["1"])),
        Example("nobody on record", staffed("AR . .", ". AR .", holdings={}, incompatibilities=APART)),
        Example("a row that does not apply", staffed(
            "AR . .", ". AR .", holdings=BOTH, incompatibilities=APART, not_applying=["2"])),
    ],
    "P03": [
        Example("sixteen rows", owned(16, rest=30), (":column::PM",)),
        Example("fifteen rows", owned(15, rest=30)),
        Example("sixteen over two matrices", owned(10, rest=30), (":column::PM",),
            others=(elsewhere(**{f"_{at}": "ITM" for at in range(100, 106)}),)),
        Example("more than 40 %", owned(5, rest=5, holdings=held(PM="zoe", ITM="ann", CIO="max")), (":column::PM",)),
        Example("two people only", owned(5, rest=5)),
        Example("few rows", owned(3, rest=2, holdings=held(PM="zoe", ITM="ann", CIO="max"))),
        Example("forty per cent", owned(4, rest=4, holdings=held(PM="zoe", ITM="ann", CIO="max")),
            others=(elsewhere(_9="X", _10="X"),)),
        Example("a deputy", owned(16, rest=30, holdings=held(PM=Holding("zoe", Manner.DEPUTY)))),
        Example("set otherwise", owned(16, rest=30), settings=LintSettings(max_owned=16)),
        Example("itself", lambda: replace(owned(10, rest=30)(), key="other"),
            others=(elsewhere(**{f"_{at}": "ITM" for at in range(100, 106)}),)),
    ],
}  # fmt: skip
