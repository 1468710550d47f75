"""For the rules on who stands where, matrices on which they must speak and near ones on which they must not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from raci.domain.matrix import Matrix
from raci.domain.records import Agreement, Line, RoleKind
from tests.domain.builders import TODAY, matrix_of
from tests.domain.lint.examples import Example, Make

ROLES = "PM ITM CIO"
UP = {("PM", "CIO"): Line(), ("ITM", "PM"): Line()}
APART = {("PM", "CIO"): Line(), ("ITM", "CTO"): Line()}


def below(row: str, lines: dict[tuple[str, str], Line], *more: str, **shelves: Any) -> Make:
    return lambda: matrix_of(ROLES, row, *more, lines=lines, **shelves)


def owned_by(kind: RoleKind, *rows: str) -> Make:
    def make() -> Matrix:
        matrix = matrix_of(ROLES, *(rows or ["A R ."]))
        return replace(matrix, roles={**matrix.roles, "PM": replace(matrix.roles["PM"], kind=kind)})

    return make


def agreed(until: date | None = None, sheet: str = "", pair: tuple[str, str] = ("ITM", "PM")) -> Make:
    return below("A R .", APART, agreements={"g": Agreement(*pair, sheet=sheet, valid_until=until)})


PAIR = (":column::PM:ITM",)

EXAMPLES: dict[str, list[Example]] = {
    "A02": [
        Example("its superior does the work", below("A . R", UP), (":cell:1:PM",)),
        Example("the superior of its superior does", below(". A R", UP), (":cell:1:ITM",)),
        Example("it does some of the work itself", below("AR . R", UP), (":cell:1:PM",)),
        Example("by an alternative", below("A . R", {("PM", "CIO"): Line(2), ("PM", "ITM"): Line()}),
                (":cell:1:PM",)),
        Example("by a dotted line", below("A . R", {("PM", "CIO"): Line(dotted=True)})),
        Example("in a circle", below("A . R", {("PM", "CIO"): Line(), ("CIO", "PM"): Line()})),
        Example("the superior is asked", below("AR . C", UP)),
        Example("a subordinate does the work", below("A R .", UP)),
        Example("no line on record", below("A . R", {})),
        Example("a row that does not apply", below("A . R", UP, not_applying=["1"])),
    ],
    "A03": [
        Example("a group", owned_by(RoleKind.GROUP), (":column::PM",)),
        Example("an external party", owned_by(RoleKind.EXTERNAL), ("external:column::PM",)),
        Example("once, whatever it owns", owned_by(RoleKind.GROUP, "A R .", "R A .", "A R C"), (":column::PM",)),
        Example("of more than six only how many", owned_by(RoleKind.GROUP, *["A R ."] * 8), (":column::PM",)),
        Example("a row that does not apply", lambda: replace(owned_by(RoleKind.GROUP)(), rows={})),
        Example("a post", owned_by(RoleKind.POST)),
        Example("a group that does the work", owned_by(RoleKind.GROUP, "R A .")),
    ],
    "A04": [
        Example("in two lines", below("A R .", APART), PAIR),
        Example("once for two roles, whoever works for whom", below("A R .", APART, "R A .", "A R ."), PAIR),
        Example("only one superior in common", below("A R .", {("PM", "CIO"): Line(), ("ITM", "CIO"): Line()}), PAIR),
        Example("for each pair of roles", below("A R R", {("PM", "X"): Line(), ("ITM", "Y"): Line(),
                ("CIO", "Z"): Line()}), (*PAIR, ":column::PM:CIO")),
        Example("an agreement that ran out", agreed(TODAY - timedelta(days=1)), PAIR),
        Example("an agreement for another matrix", agreed(sheet="n"), PAIR),
        Example("an agreement of another pair", agreed(pair=("ITM", "CIO")), PAIR),
        Example("an agreement", agreed()),
        Example("an agreement that ends today, for this matrix", agreed(TODAY, "m")),
        Example("one reports to the other", below("A R .", UP)),
        Example("a dotted line upwards", below("R A .", {("PM", "ITM"): Line(dotted=True)})),
        Example("by an alternative", below("A R .", APART | {("ITM", "PM"): Line(2)})),
        Example("nothing is known of one of them", below("A R .", {("PM", "CIO"): Line()})),
        Example("the owner does it", below("AR C .", APART)),
        Example("a row that does not apply", below("A R .", APART, not_applying=["1"])),
    ],
}  # fmt: skip
