"""For every rule on charters and authority, matrices on which it must speak and near ones on which it must not."""

from typing import Any

from raci.domain.lint import Chartered, Unsigned
from raci.domain.matrix import Matrix
from raci.domain.records import Accountability, Area, Authority, Charter, Duty, Need, Verb
from raci.domain.whole import Whole, register_of
from tests.domain.builders import matrix_of
from tests.domain.lint.examples import Example, Make

SIGN = Need("Contracts", Verb.SIGN, "EUR", "50000")
OWNER = (":cell:1:PM",)


def needing(need: Need, *powers: Authority, lines: tuple[str, ...] = ("AR C",)) -> Make:
    """Return a matrix whose first row needs an authority, and of which the PM has some."""
    have = {("PM", f"a{at}"): power for at, power in enumerate(powers)}
    return lambda: matrix_of("PM ITM", *lines, needs={("1", "n"): need}, authorities=have)


def may(thing: str = "contracts", **fields: Any) -> Authority:
    return Authority(thing, **{"verb": Verb.SIGN, "unit": "EUR", "ceiling": "50000", **fields})


def claiming(*main: Accountability, lines: tuple[str, ...] = ("AR C", "C A"), **shelves: Any) -> Make:
    """Return a matrix of two duties, the second of which has a part, and the main duties of the PM."""
    duties = {
        "1": Duty("1", "Sign contracts", "ven"),
        "2": Duty("2", "Pay invoices", "fin"),
        "3": Duty("3", "Check invoices", "fin", parent="2"),
    }
    areas = {"ven": Area("VEN", "Vendors"), "fin": Area("FIN", "Budgets")}
    mine = {("PM", f"m{at}"): one for at, one in enumerate(main)}
    more = {"duties": duties, "areas": areas, "accountabilities": mine, **shelves}

    def make() -> Matrix:
        made = matrix_of("PM ITM", *lines)
        return Matrix(**{**{name: getattr(made, name) for name in vars(made) if name != "accountabilities"}, **more})

    return make


def chartered(make: Make) -> Chartered:
    matrix = make()
    return Chartered.of(Whole(register_of(matrix), (matrix,)))


def held_against(says: str, make: Make, *keys: str) -> Example:
    return Example(says, make, keys, chartered=chartered(make))


CLAIMED, UNNAMED = "claimed:column::PM", "unnamed:column::PM"
BOTH = Accountability("Sign contracts", duty="1")
LATE = Chartered(unsigned={"PM": Unsigned(never=2)})
CHANGED = Chartered(unsigned={"PM": Unsigned(changed=1)})

EXAMPLES: dict[str, list[Example]] = {
    "A01": [
        Example("none at all", needing(SIGN), OWNER),
        Example("another thing", needing(SIGN, may("invoices")), OWNER),
        Example("another verb", needing(SIGN, may(verb=Verb.APPROVE)), OWNER),
        Example("too low a limit", needing(SIGN, may(ceiling="49999.99")), OWNER),
        Example("another currency", needing(SIGN, may(unit="USD")), OWNER),
        Example("no limit in another currency", needing(SIGN, may(unit="USD", ceiling="")), OWNER),
        Example("only in another matrix", needing(SIGN, may(sheet="other")), OWNER),
        Example("two halves are no whole", needing(SIGN, may(ceiling="25000"), may(ceiling="25000")), OWNER),
        Example("enough", needing(SIGN, may())),
        Example("in this matrix", needing(SIGN, may(sheet="m", unit="eur"))),
        Example("without a limit", needing(SIGN, may(ceiling="", unit=""))),
        Example("where no amount matters", needing(Need("CONTRACTS", Verb.SIGN), may(ceiling="1"))),
        Example("somebody else owns it", needing(SIGN, lines=("R A",)), (":cell:1:ITM",)),
        Example("nobody owns it", needing(SIGN, lines=("R C",))),
        Example("a duty that needs nothing", lambda: matrix_of("PM ITM", "AR C")),
    ],
    "M02": [
        held_against("a duty of somebody else", claiming(BOTH, Accountability("Pay", duty="2")), CLAIMED),
        held_against("an area of somebody else", claiming(BOTH, Accountability("Pay", area="fin")), CLAIMED),
        held_against("a duty that no main duty names", claiming(Accountability("Lead the team")), UNNAMED),
        held_against("six of them", claiming(Accountability("Lead"), lines=("A C", "A C")), UNNAMED),
        held_against("named by the duty", claiming(BOTH)),
        held_against("named by the area", claiming(Accountability("Look after vendors", area="ven"))),
        held_against("a part of what is named", claiming(BOTH, Accountability("Pay", duty="2"), lines=("A C", "R A"))),
        held_against("no main duties", claiming(charters={"PM": Charter("Budgets")})),
        held_against("nothing written", claiming()),
        held_against("what nobody owns yet", claiming(BOTH, Accountability("Pay", duty="2"), lines=("A C", ". R"))),
        held_against("only words", claiming(BOTH, Accountability("Lead the team"))),
    ],
    "P04": [
        Example("two never signed", lambda: matrix_of("PM ITM", "A R"), ("never:column::PM",), chartered=LATE),
        Example("one signed before", lambda: matrix_of("PM ITM", "A R"), ("changed:column::PM",), chartered=CHANGED),
        Example("a role without a column", lambda: matrix_of("ITM", "A"), chartered=LATE),
        Example("all signed", lambda: matrix_of("PM ITM", "A R")),
    ],
}
