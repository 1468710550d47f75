"""A believable matrix: a project office and an IT department, some weeks into settling who owns what."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

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
    Line,
    Role,
    RoleKind,
    Row,
    ScopeKind,
    Sheet,
)
from raci.domain.scheme import Letter, LetterClass, Scheme

NOW = datetime(2026, 11, 12, 14, 5, tzinfo=UTC)

RACI = Scheme(
    code="raci",
    name="RACI",
    letters=(
        Letter("A", "Accountable", LetterClass.OWNER, 1, 1, frozenset("R")),
        Letter("R", "Responsible", LetterClass.DOER, 1, None, frozenset("A"), counts_for_load=True),
        Letter("C", "Consulted", LetterClass.INPUT),
        Letter("I", "Informed", LetterClass.NOTICE),
    ),
)

_ROLES = {
    "pm": ("IT project manager", "Delivers the project's result in time, scope and budget", "One project at a time"),
    "itm": ("IT manager", "Runs the department, its people, services and suppliers", "The IT department"),
    "exec": ("Project executive", "Owns the business case and speaks for the money", "One project"),
    "cio": ("Chief information officer", "Sets the direction of information technology", "The whole company"),
    "proc": ("Procurement", "Buys well and by the rules", "All purchases"),
    "legal": ("Legal counsel", "Keeps contracts sound", "All contracts"),
    "fin": ("Finance", "Keeps the books and the budget process", "The whole company"),
    "hr": ("Human resources", "Hires, pays and develops people", "The whole company"),
    "lead": ("Team lead", "Leads a team day by day", "One team"),
}
_LINES = {
    ("pm", "itm"): Line(option=1, note="where projects belong to IT"),
    ("pm", "exec"): Line(option=2, dotted=True, note="where there is a project office"),
    ("itm", "cio"): Line(),
    ("exec", "cio"): Line(dotted=True),
    ("lead", "itm"): Line(),
}
_AREAS = {
    "RES": ("Resource allocation", True),
    "VEN": ("Vendor management", True),
    "TEAM": ("Team leadership", True),
    "FIN": ("Financial management", True),
    "ROAD": ("Technology roadmap", False),
}

# Letters in the order of the roles: PM, IT manager, executive, CIO, procurement, legal, finance, HR, lead.
_DUTIES = """
RES|Forecast the demand for people and equipment|A/R C . . . . I . C
RES|Ask for named people for a project|A/R C . . . . . . I
RES|Promise named people to a project, with an end date|C A/R . . . . . I C
RES|Rank competing claims on the same people|C R . A . . . . .
RES|Hand out daily tasks to people on the project|A/R I . . . . . . C
RES|Call people back for an operational emergency|C A/R I . . . . . I
RES|Allocate shared equipment and test environments|R A . . . . . . C
RES|Buy in contractor capacity|R C A . C . I . .
RES|Record and report time used|A/R I . . . . I . R
RES|Hand people and equipment back at close|A/R C . . . . . . I
VEN|Specify what is to be bought|A/R C . . I . . . C
VEN|Select the vendor|R C A . R . . . .
VEN|Approve buying without competition|R C . . A C . . .
VEN|Sign the contract|R A . I C C . . .
VEN|Manage day-to-day vendor performance|A/R I . . . . . . I
VEN|Accept the deliverables of the vendor|R C A . . . . . C
VEN|Approve a contract variation|R C A . C I . . .
VEN|Hold the periodic account review|C A/R . . C . . . .
VEN|Renew or end the contract|R C A . C C . . .
VEN|Keep licence use within what was bought|R A . . C . . . .
VEN|Escalate a vendor failure|A/R C I . . . . . .
VEN|Give vendor staff access to systems|R A . . . . . . R
VEN|Hand vendor support over from project to operations|R A . . I . . . C
TEAM|Compose the team: skills and size|A/R C . . . . . . C
TEAM|Recruit permanent staff|C A/R . . . . . R C
TEAM|Set individual objectives|A A . . . . . C R
TEAM|Agree the working practices of the team|A/R C . . . . . . R
TEAM|Decide the technical method|C A/R . . . . . . C
TEAM|Appraise individual performance|R A . . . . . C C
TEAM|Approve leave during the project|C A/R . . . . . I I
TEAM|Settle a conflict inside the team|A/R C . . . . . C R
TEAM|Take disciplinary action|I A/R . . . C . C .
TEAM|Develop the skills of staff|C A/R . . . . . C C
TEAM|Reward and recognise good work|R A . . . . . C .
TEAM|Name a deputy for the lead|A/R C . . . . . . I
FIN|Prepare the project budget|A/R C . . . . C . .
FIN|Approve the project budget|R C A . . . C . .
FIN|Commit spending within the approved budget|A/R I . . I . . . .
FIN|Approve invoices|A/R C . . . . I . .
FIN|Release contingency|R C A . . . I . .
FIN|Track and forecast cost|A/R I . . . . I . .
FIN|Move money between projects|C R . A . . C . .
FIN|Pay for running cost after go-live|R A . . . . C . .
FIN|Classify cost as capital or expense|R C . . . . A . .
FIN|Keep the asset register|. . . . . . . . .
FIN|Charge staff time to projects|C R . . . . A . .
ROAD|Propose entries for the roadmap|A/R C . . . . . . C
ROAD|Draft and maintain the roadmap|C A/R . C . . . . C
ROAD|Set the technology vision|. . . A/R . . . . .
ROAD|Put the investments of the roadmap in order|C R C A . . C . .
ROAD|Assess current systems and recommend upgrades|C A . . . . . . C
ROAD|Approve a deviation from a technology standard|R A . I . . . . C
ROAD|Feed project results back into the roadmap|A/R C . . . . . . I
ROAD|Retire a system|R A . I . C C . R
""".strip()

# Duty, question, decider, interim owner, days since raised, days until due, claims.
_OPEN = (
    (
        "VEN-4",
        "Who signs below the department's limit?",
        "cio",
        "itm",
        41,
        18,
        {
            "pm": ("A", "The project carries the date; waiting for a department signature costs a week."),
            "itm": ("A", "Contracts outlive projects; renewals and licences land here."),
        },
    ),
    ("TEAM-3", "Two bosses set goals for the same person", "cio", "", 26, 4, {"pm": ("A", ""), "itm": ("A/R", "")}),
    ("FIN-4", "Invoices of a project that IT will run", "fin", "pm", 12, 30, {}),
)
_NOT_HERE = {"ROAD-3": "set once for the department"}


def sample() -> Edition:
    """Return the edition of the sample matrix."""
    keys = tuple(_ROLES)
    numbers = {area: count(1) for area in _AREAS}
    duties, cells = {}, {}
    for line in _DUTIES.splitlines():
        area, title, letters = line.split("|")
        code = f"{area}-{next(numbers[area])}"
        duties[code] = Duty(code, title, area)
        cells[code] = {role: held for role, held in zip(keys, letters.split(), strict=True) if held != "."}
    return _edition(duties, {code: row for code, row in cells.items() if row})


def _edition(duties: dict[str, Duty], cells: dict[str, dict[str, str]]) -> Edition:
    matrix = Matrix(
        key="m-projects",
        sheet=Sheet(
            "Who owns what in an IT project", ScopeKind.PROJECTS, description="Shared duties of project and line"
        ),
        scheme=RACI,
        areas={
            code: Area(code, name, "", position, *(("pm", "itm") if overlap else ()))
            for position, (code, (name, overlap)) in enumerate(_AREAS.items())
        },
        roles={
            key: Role(key.upper(), name, RoleKind.POST, purpose, scope)
            for key, (name, purpose, scope) in _ROLES.items()
        },
        lines=_LINES,
        duties=duties,
        rows={
            code: Row(position, code not in _NOT_HERE, _NOT_HERE.get(code, "")) for position, code in enumerate(duties)
        },
        columns={key: Column(position) for position, key in enumerate(_ROLES)},
        cells=cells,
        grey_areas=_grey_areas(),
        claims={
            (f"g-{duty}", role): Claim(letters, reason)
            for duty, *_, claims in _OPEN
            for role, (letters, reason) in claims.items()
        },
        decisions=_decisions(),
        revision=214,
    )
    return Edition(
        organisation="Example Rail",
        matrix=matrix,
        findings=lint(matrix, today=NOW.date()),
        revised_at=NOW - timedelta(days=1, hours=3),
        revised_by="Dana Ito",
        exported_at=NOW,
        exported_by="Robin Vale",
        export_id="3f0c9a52-6b1e-4b51-9d0e-1f0f8f3f7a10",
        version="0.1.0",
    )


def _grey_areas() -> dict[str, GreyArea]:
    raised = {
        f"g-{duty}": GreyArea(
            duty=duty,
            question=question,
            decider=decider,
            interim=interim,
            raised_on=NOW.date() - timedelta(days=days),
            raised_by="Dana Ito",
            due_on=NOW.date() + timedelta(days=due),
            proposed={"pm": "A/R", "itm": "C"},
            usual_decision="split by amount",
        )
        for duty, question, decider, interim, days, due, _ in _OPEN
    }
    settled = GreyArea("RES-3", "Who may promise people?", GreyAreaStatus.DECIDED, raised_on=date(2026, 9, 1))
    return raised | {"g-RES-3": settled}


def _decisions() -> dict[str, Decision]:
    return {
        "d-1": Decision(
            duty="RES-3",
            grey_area="g-RES-3",
            owner="itm",
            letters={"pm": "C", "itm": "A/R"},
            reason="Whoever carries the service must be able to say no. The project manager asks.",
            decided_on=date(2026, 10, 2),
            decided_by="Chief information officer",
            review_on=date(2027, 4, 1),
        ),
        "d-2": Decision(
            duty="VEN-5",
            owner="pm",
            letters={"pm": "A/R", "itm": "I"},
            reason="While the project runs, one person talks to the vendor.",
            decided_on=date(2026, 10, 9),
            decided_by="Project executive",
        ),
    }
