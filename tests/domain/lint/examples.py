"""For every rule, matrices on which it must speak and near ones on which it must not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from raci.domain.lint import DEFAULTS, Chartered, LintSettings, Standing
from raci.domain.matrix import Matrix
from raci.domain.records import Claim, Decision, GreyAreaStatus
from tests.domain.builders import TODAY, matrix_of, open_grey_area, overlap, scheme_named

Make = Callable[[], Matrix]

NO_CHARTERS = Chartered()


@dataclass(frozen=True)
class Example:
    """A matrix, and the keys of the findings of one rule on it, without the id of the rule. None: silent.

    ``others`` are the other matrices of its organisation, ``chartered`` what that says of charters.
    """

    says: str
    matrix: Make
    keys: tuple[str, ...] = ()
    settings: LintSettings = DEFAULTS
    others: tuple[Standing, ...] = ()
    chartered: Chartered = NO_CHARTERS


def opened(days: int | None, *lines: str, **fields: object) -> Make:
    """Return a matrix of three roles with a grey area on row 1 that has been open for so many days."""
    raised = None if days is None else TODAY - timedelta(days=days)
    return lambda: matrix_of(
        "PM ITM CIO", *(lines or (". . .",)), grey_areas={"g": open_grey_area("1", raised, **fields)}
    )


def claimed(letters: str, status: GreyAreaStatus) -> Matrix:
    """Return an overlap row that the PM owns and the ITM has claimed, in a grey area of the given status."""
    grey_area = replace(open_grey_area("1"), status=status)
    claims = {("g", "ITM"): Claim(letters=letters)}
    return overlap(matrix_of("PM ITM", "AR C", grey_areas={"g": grey_area}, claims=claims), "PM", "ITM")


def decided(withdrawn_on: date | None) -> Matrix:
    decision = Decision(duty="1", owner="PM", withdrawn_on=withdrawn_on)
    return overlap(matrix_of("PM ITM", "AR A", decisions={"x": decision}), "PM", "ITM")


def rows_of(first: str, *, rest: str = ". AR", count: int = 6, roles: str = "PM ITM CIO") -> Make:
    """Return a matrix whose first three rows are alike, and its other rows, with a third column of I."""
    return lambda: matrix_of(roles, *(f"{first if at < 3 else rest} I" for at in range(count)))


EXAMPLES: dict[str, list[Example]] = {
    "C01": [
        Example("advice and notice", lambda: matrix_of("PM ITM", "AR CI"), (":cell:1:ITM",)),
        Example("owning and advice", lambda: matrix_of("PM ITM", "AC R"), (":cell:1:PM",)),
        Example("owning and notice", lambda: matrix_of("PM ITM", "AI R"), (":cell:1:PM",)),
        Example("doing and notice", lambda: matrix_of("PM ITM", "RI A"), (":cell:1:PM",)),
        Example("owning and doing", lambda: matrix_of("PM ITM", "AR C")),
        Example("doing and advice", lambda: matrix_of("PM ITM", "RC A")),
        Example("a row that does not apply", lambda: matrix_of("PM ITM", "AR CI", not_applying=["1"])),
    ],
    "C02": [
        Example("one row of three", lambda: matrix_of("PM ITM", "AR C", "A R", "A R"), (":cell:1:PM",)),
        Example(
            "a control",
            lambda: matrix_of("PM ITM", "AR C", "A R", "A R", controls=["1"]),
            ("control:cell:1:PM",),
        ),
        Example("most rows", lambda: matrix_of("PM ITM", "AR C", "AR I", "A R"), (":matrix::",)),
        Example(
            "most rows and a control",
            lambda: matrix_of("PM ITM", "AR C", "AR I", "A R", controls=["2"]),
            (":matrix::", "control:cell:2:PM"),
        ),
        Example(
            "nothing but controls",
            lambda: matrix_of("PM ITM", "AR C", "AR I", controls=["1", "2"]),
            ("control:cell:1:PM", "control:cell:2:PM"),
        ),
        Example("exactly half of the rows", lambda: matrix_of("PM ITM", "AR C", "A R"), (":cell:1:PM",)),
        Example("a higher share asked for", lambda: matrix_of("PM ITM", "AR C", "AR I", "A R"),
                (":cell:1:PM", ":cell:2:PM"), LintSettings(collapse_above=70)),
        Example("owner and doer in two cells", lambda: matrix_of("PM ITM", "A R")),
    ],
    "R01": [
        Example("work without owner", lambda: matrix_of("PM ITM", "R C", "A R"), (":row:1:",)),
        Example("a passive row", lambda: matrix_of("PM ITM", "I C", "A R"), ("passive:row:1:",)),
        Example("passive rows among most rows without doer", lambda: matrix_of("PM ITM", "I C", "A C", "A R"),
                (":row:1:",)),
        Example("an empty row", lambda: matrix_of("PM ITM", ". .", "A R")),
        Example("an owner", lambda: matrix_of("PM ITM", "A R")),
        Example("an undecided row", opened(1, ". C R")),
        Example("a lead, in a scheme without owners", lambda: matrix_of("PM ITM", "O C", scheme=scheme_named("mocha"))),
        Example("no lead, in such a scheme", lambda: matrix_of("PM ITM", "H C", scheme=scheme_named("mocha")),
                (":row:1:",)),
    ],
    "R02": [
        Example("two owners", lambda: matrix_of("PM ITM", "AR A", "A R"), (":row:1:",)),
        Example("two owners on an undecided row", opened(1, "A A R"), (":row:1:",)),
        Example("one owner", lambda: matrix_of("PM ITM", "A R")),
        Example("a scheme that allows several", lambda: matrix_of("PM ITM", "D D", scheme=scheme_named("dare"))),
    ],
    "R03": [
        Example("an owner alone", lambda: matrix_of("PM ITM", "A C", "A R"), (":row:1:",)),
        Example("most rows", lambda: matrix_of("PM ITM", "A C", "A I", "A R"), (":matrix::",)),
        Example("most rows, none of which has an owner", lambda: matrix_of("PM ITM", "C I"), (":matrix::",)),
        Example("a passive row", lambda: matrix_of("PM ITM", "I C", "A R")),
        Example("an empty row", lambda: matrix_of("PM ITM", ". .", "A R")),
        Example("owners who may do the work", lambda: matrix_of("PM ITM", "A C"), (), LintSettings(owner_may_do=True)),
        Example("no owner either", lambda: matrix_of("PM ITM", "S C", "A R", scheme=scheme_named("rasci")),
                (":row:1:",), LintSettings(owner_may_do=True)),
        Example("a scheme without doers", lambda: matrix_of("PM ITM", "A C", scheme=scheme_named("daci"))),
        Example("an undecided row", opened(1, "A C I")),
    ],
    "R08": [
        Example("an empty row", lambda: matrix_of("PM ITM", ". .", "A R"), (":row:1:",)),
        Example("a row that does not apply", lambda: matrix_of("PM ITM", ". .", "A R", not_applying=["1"])),
        Example("a letter", lambda: matrix_of("PM ITM", "I .", "A R")),
        Example("an undecided row", opened(1, ". . .")),
    ],
    "R09": [
        Example("owner and doer only", lambda: matrix_of("PM ITM CIO", "A R ."), (":row:1:",)),
        Example("somebody told", lambda: matrix_of("PM ITM CIO", "A R I")),
        Example("somebody asked", lambda: matrix_of("PM ITM CIO", "A R C")),
        Example("two roles", lambda: matrix_of("PM ITM", "A R")),
        Example("a scheme without advice and notice",
                lambda: matrix_of("PM ITM CIO", "A R .", scheme=scheme_named("ra"))),
    ],
    "K01": [
        Example("an empty column", lambda: matrix_of("PM ITM", "AR ."), (":column::ITM",)),
        Example("letters only where the row does not apply",
                lambda: matrix_of("PM ITM", "AR .", ". AR", not_applying=["2"]), (":column::ITM",)),
        Example("a letter", lambda: matrix_of("PM ITM", "AR I")),
        Example("no row at all", lambda: matrix_of("PM ITM")),
        Example("a role with a proposal in an open grey area", opened(1, "A C .", proposed={"CIO": "A"})),
    ],
    "K02": [
        Example("four owner cells of six", rows_of("A R", rest="A R"), ("owner:column::PM", "doer:column::ITM")),
        Example("more than half of the doing", lambda: matrix_of(
            "PM ITM CIO", "R A I", "R A I", "R I A", "R I A", "I R A", "A I R"), ("doer:column::PM",)),
        Example("exactly half", rows_of("A R", rest="R A")),
        Example("five rows", rows_of("A R", rest="A R", count=5)),
        Example("two roles", lambda: matrix_of("PM ITM", *["A R"] * 6)),
        Example("a higher share allowed", rows_of("A R", rest="A R"), (), LintSettings(overload_above=100)),
    ],
    "K03": [
        Example("advice only", lambda: matrix_of("PM ITM", "AR C", "AR I"), ("none:column::ITM",)),
        Example("notice only", lambda: matrix_of("PM ITM", "AR I"), ("notice-only:column::ITM",)),
        Example("an empty column", lambda: matrix_of("PM ITM", "AR .")),
        Example("some work", lambda: matrix_of("PM ITM", "A R", "AR I")),
        Example("a role that claims an open grey area", lambda: matrix_of(
            "PM ITM", "AR I", ". .", grey_areas={"g": open_grey_area("2")}, claims={("g", "ITM"): Claim("A")})),
    ],
    "M01": [
        Example("a full row", lambda: matrix_of("A B C D E", "A R C I I", ". A R . ."), (":row:1:",)),
        Example("a full column", lambda: matrix_of("PM ITM", *["A R"] * 3, *["A ."] * 3), (":column::PM",)),
        Example("a full matrix", lambda: matrix_of("A B C D E", *["A R C I I"] * 6), (":matrix::",)),
        Example("nine cells of ten", lambda: matrix_of("A B C D E", *["A R C I I"] * 3, *["A R C I ."] * 3),
                (":matrix::",)),
        Example("less than nine of ten", lambda: matrix_of("A B C D E", "A R C I I", *["A R C I ."] * 5),
                (":row:1:", ":column::A", ":column::B", ":column::C", ":column::D")),
        Example("four roles and five rows", lambda: matrix_of("A B C D", *["A R C I"] * 5)),
        Example("no row at all", lambda: matrix_of("A B C D E")),
    ],
    "S04": [
        Example("an open grey area", opened(1), (":row:1:",)),
        Example("one that nobody dated", opened(None), (":row:1:",)),
        Example("one that is overdue", opened(31), (":row:1:",)),
        Example("one that is overdue and claimed", lambda: replace(
            opened(31)(), claims={("g", "ITM"): Claim("A")}), (":row:1:",)),
        Example("two owners in an overlap", lambda: overlap(matrix_of("PM ITM", "A AR"), "PM", "ITM"), (":row:1:",)),
        Example("an owner and another who claimed it", lambda: claimed("A", GreyAreaStatus.DECIDED), (":row:1:",)),
        Example("a decision that was withdrawn", lambda: decided(TODAY), (":row:1:",)),
        Example("a decision in force", lambda: decided(None)),
        Example("a claim in a withdrawn grey area", lambda: claimed("A", GreyAreaStatus.WITHDRAWN)),
        Example("a claim of something else", lambda: claimed("C", GreyAreaStatus.DECIDED)),
        Example("two owners outside any overlap", lambda: matrix_of("PM ITM", "A AR")),
        Example("a grey area on a row that does not apply", lambda: replace(
            opened(1, "A R I", ". . .")(), rows=matrix_of("PM ITM CIO", "A R I", ". . .", not_applying=["1"]).rows)),
    ],
}  # fmt: skip
