"""Examples for the rules on people: as in `examples`, but who holds the roles matters too."""

from datetime import timedelta
from typing import Any

from raci.domain.records import Absence, Holding, Manner
from tests.domain.builders import TODAY, matrix_of
from tests.domain.lint.examples import Example, Make

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
WEEK = TODAY + timedelta(days=6)


def held(**holdings: Holding) -> dict[tuple[str, str], Holding]:
    """Return holdings by the names of their roles; “PM_2” is a second one of PM."""
    return {(name.partition("_")[0], name): holding for name, holding in holdings.items()}


def staffed(*lines: str, holdings: dict[tuple[str, str], Holding], **shelves: Any) -> Make:
    return lambda: matrix_of("PM ITM CIO", *lines, holdings=holdings, **shelves)


ADA, BOB = Holding("ada"), Holding("bob")

EXAMPLES: dict[str, list[Example]] = {
    "P01": [
        Example("no holding on record at all", lambda: matrix_of("PM ITM", "A R")),
        Example("an owner without a holder", staffed("A R I", holdings=held(ITM=ADA)), ("owner:row:1:",)),
        Example("a doer without a holder", staffed("A R I", holdings=held(PM=ADA)), ("doer:row:1:",)),
        Example("an owner and a doer", staffed("A R I", holdings=held(CIO=ADA)), ("owner:row:1:", "doer:row:1:")),
        Example("one role that owns and does", staffed("AR . I", holdings=held(CIO=ADA)), ("owner:row:1:",)),
        Example("somebody for each", staffed("A R I", holdings=held(PM=ADA, ITM=BOB))),
        Example("the other doer is there", staffed("A R R", holdings=held(PM=ADA, CIO=BOB))),
        Example("advice alone", staffed("AR C I", holdings=held(PM=ADA))),
        Example("a row that does not apply", staffed("A R I", holdings=held(CIO=ADA), not_applying=["1"])),
        Example("a deputy", staffed("AR . I", holdings=held(PM=Holding("ada", Manner.DEPUTY)))),
        Example("a holding that ended yesterday",
                staffed("AR . I", holdings=held(PM=Holding("ada", ends_on=YESTERDAY))), ("owner:row:1:",)),
        Example("a holding that ends today", staffed("AR . I", holdings=held(PM=Holding("ada", ends_on=TODAY)))),
        Example("acting cover within its dates",
                staffed("AR . I", holdings=held(PM=Holding("ada", Manner.ACTING, TODAY, TODAY)))),
        Example("acting cover from tomorrow on",
                staffed("AR . I", holdings=held(PM=Holding("ada", Manner.ACTING, TOMORROW, WEEK))),
                ("owner:row:1:",)),
        Example("an absence without cover", staffed(
            "AR . I", holdings=held(PM=ADA), absences={"a": Absence("ada", TODAY, WEEK)}), ("owner:row:1:",)),
        Example("an absence that is over", staffed(
            "AR . I", holdings=held(PM=ADA), absences={"a": Absence("ada", None, YESTERDAY)})),
        Example("an absence with cover", staffed(
            "AR . I", holdings=held(PM=ADA), absences={"a": Absence("ada", TODAY, WEEK, "bob")})),
        Example("cover that is away too", staffed("AR . I", holdings=held(PM=ADA), absences={
            "a": Absence("ada", TODAY, WEEK, "bob"), "b": Absence("bob", TODAY, TODAY)}), ("owner:row:1:",)),
    ],
}  # fmt: skip
