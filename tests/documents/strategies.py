"""Random matrices, with every text that ever broke a spreadsheet."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from raci.documents.edition import Edition
from raci.domain.lint import lint
from raci.domain.matrix import Matrix
from raci.domain.records import (
    Area,
    Claim,
    Column,
    Decision,
    Duty,
    GreyArea,
    GreyAreaStatus,
    Role,
    Row,
    ScopeKind,
    Sheet,
)
from raci.domain.scheme import Letter, LetterClass, Scheme
from tests.documents.sample import NOW, RACI

AWKWARD = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "'=1",
    "#REF!",
    "#N/A",
    "TRUE",
    "007",
    "1e5",
    "2026-11-12",
    "_x0041_",
    "_x005F_x0041_",
    "a_x000D_b",
    " leading",
    "trailing ",
    " both ",
    "two\nlines",
    "tab\tinside",
    "\n",
    "a & b < c > d \"quoted\" 'single'",
    "]]>",
    "<![CDATA[x]]>",
    "&amp;",
    "😀 𝔘nicode",
    "ß ẞ ﬁ İ",
    "العربية",
    "\u2028\u2029\u00a0\u200b",
    "\ufeffmark",
    "x" * 300,
)
# XML holds no other controls, and no halves of a pair.
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from(
    "\t\n"
)
TEXTS = st.sampled_from(AWKWARD) | st.text(_CHARACTERS, min_size=1, max_size=20)

CHARTING = Scheme(
    "charting",
    "Responsibility charting",
    (
        Letter("R", "Responsibility", LetterClass.LEAD, 1, 1, frozenset(("A-V",))),
        Letter("A-V", "Approve or veto", LetterClass.VETO, combines_with=frozenset("RS")),
        Letter("S", "Support", LetterClass.HELP),
        Letter("I", "Inform", LetterClass.NOTICE),
    ),
)
LOOSE = Scheme(
    "loose",
    "Loose",
    (
        Letter("A", "Owner", LetterClass.OWNER, 1, 2, frozenset(("AA", "a?b"))),
        Letter("AA", "Approver", LetterClass.OWNER, 0, 2, frozenset(("a?b",))),
        Letter("a?b", 'Do “it”, "now"', LetterClass.DOER),
        Letter("~*", "Star", LetterClass.DOER),
        Letter("É", "Écouté", LetterClass.INPUT),
    ),
    owner_may_do=True,
)
DCI = Scheme(
    "dci",
    "DCI",
    (
        Letter("D", "Decision maker", LetterClass.OWNER, 1, 1),
        Letter("C", "Consult", LetterClass.INPUT),
        Letter("I", "Inform", LetterClass.NOTICE),
    ),
)
# Nobody's, today, one that workbooks hold as text, the first that they hold as a number, one far ahead.
_DAYS = st.sampled_from((None, NOW.date(), date(1850, 1, 1), date(1900, 3, 1), date(2105, 7, 18)))
SCHEMES = (RACI, CHARTING, LOOSE, DCI)


@st.composite
def editions(draw: Any, texts: st.SearchStrategy[str] = TEXTS) -> Edition:
    """Draw an edition: any scheme, few rows and roles, open and settled overlaps, rows that do not apply."""
    scheme = draw(st.sampled_from(SCHEMES))
    columns = [f"r{number}" for number in range(draw(st.integers(0, 4)))]
    roles = [*columns, "off1", "off2"]
    duties = [f"d{number}" for number in range(draw(st.integers(0, 7)))]
    held = st.sampled_from(("", "", *scheme.combinations))
    cells = {duty: {role: letters for role in columns if (letters := draw(held))} for duty in duties}
    overlap = ("r0", "r1") if len(columns) > 1 else ("off1", "off2")
    matrix = Matrix(
        key=draw(texts),
        sheet=Sheet(draw(texts), draw(st.sampled_from(ScopeKind)), draw(texts), description=draw(texts)),
        scheme=scheme,
        areas={"a0": Area("A0", draw(texts)), "a1": Area("A1", draw(texts), "", 1, *overlap)},
        roles={role: Role(draw(texts), draw(texts), purpose=draw(texts)) for role in roles},
        duties={duty: Duty(draw(texts), draw(texts), draw(st.sampled_from(("a0", "a1", "")))) for duty in duties},
        rows={duty: Row(position, *draw(_applies(texts))) for position, duty in enumerate(duties)},
        columns={role: Column(position) for position, role in enumerate(columns)},
        cells={duty: row for duty, row in cells.items() if row},
        **draw(_overlaps(duties, roles, scheme, texts)),
        revision=draw(st.integers(0, 10**9)),
    )
    return Edition(
        organisation=draw(texts),
        matrix=matrix,
        findings=lint(matrix, today=NOW.date()),
        revised_at=NOW,
        revised_by=draw(texts),
        exported_at=NOW + timedelta(days=1),
        exported_by=draw(texts),
        export_id="e",
        version="0",
    )


def _applies(texts: st.SearchStrategy[str]) -> Any:
    return st.just((True, "")) | st.just((True, "")) | st.tuples(st.just(False), texts | st.just(""))


@st.composite
def _overlaps(
    draw: Any, duties: list[str], roles: list[str], scheme: Scheme, texts: st.SearchStrategy[str]
) -> dict[str, Any]:
    letters = st.sampled_from(("", *scheme.combinations))
    touched = [duty for duty in duties if draw(st.booleans())]
    grey_areas = {
        f"g{duty}": GreyArea(
            duty,
            draw(texts),
            draw(st.sampled_from(GreyAreaStatus)),
            interim=draw(st.sampled_from(["", *roles])),
            decider=draw(st.sampled_from(["", *roles])),
            raised_on=draw(_DAYS),
            raised_by=draw(texts),
            due_on=draw(_DAYS),
            proposed=draw(st.dictionaries(st.sampled_from(roles), letters, max_size=2)),
            usual_decision=draw(texts),
        )
        for duty in touched
    }
    claims = {
        (key, role): Claim(draw(letters), draw(texts)) for key in grey_areas for role in roles if draw(st.booleans())
    }
    decisions = {f"s{duty}": Decision(duty, reason=draw(texts)) for duty in duties if draw(st.integers(0, 3)) == 0}
    return {"grey_areas": grey_areas, "claims": claims, "decisions": decisions}
