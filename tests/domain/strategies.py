"""Random matrices, and states that could follow them, for property tests of every room.

``matrices()`` gives sound matrices: every key names a record that exists, codes are unique, a duty has
at most one open grey area. ``follow_ups(matrix)`` gives what some edits made of one, sound again.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from raci.domain.matrix import Matrix
from raci.domain.records import (
    Acknowledgement,
    Area,
    Claim,
    Column,
    Comment,
    Decision,
    DecisionType,
    Duty,
    GreyArea,
    GreyAreaStatus,
    Line,
    Mode,
    Origin,
    Part,
    Role,
    RoleKind,
    Round,
    RoundStatus,
    Row,
    ScopeKind,
    Sheet,
)
from raci.domain.scheme import Scheme
from raci.domain.text import fold, normalise, problem
from tests.domain import defining
from tests.domain.builders import RACI

AWKWARD = [
    "=1+1", "+49 30 1", "-1", "@SUM(A1)", "'quoted", '"quoted"', "a,b;c|d", "two\nlines", "tab\there",
    "<b>&amp;</b>", "{placeholder} {0} %s", "NULL", "None", "0", "TRUE", "1e5", "A/R", "é", "Straße", "ﬁne",
    "\u202eright to left", "\u200bzero width", "👩🏽‍💻 at work", "漢字", "x" * 300, "",
]  # fmt: skip

ROLE_KEYS = ("r1", "r2", "r3", "r4")
AREA_KEYS = ("a1", "a2", "a3")
DUTY_KEYS = ("d1", "d2", "d3", "d4", "d5")
GREY_KEYS = ("g1", "g2", "g3")
DECISION_KEYS = ("x1", "x2", "x3")
COMMENT_KEYS = ("c1", "c2")
PART_KEYS = ("p1", "p2", "p3")
ROUND_KEYS = ("o1", "o2")
AMOUNTS = ("", "0", "50000", "50000.01", "200000")

MOMENTS = ("2026-02-01T09:30:00+01:00", "2026-03-01T18:00:00+01:00")

# Keys drawn more often than others, so that two people often edit the same record.
FIRST, FIRST_DUTIES = ("r1", "r1", "r2"), ("d1", "d1", "d2")

# What an edit is about, the frequent things more often.
_EDITS = (
    "cells", "cells", "cells", "cells", "sheet", "code", "code", "rows", "rows", "columns", "columns", "roles", "lines",
    "areas", "duties", "duties", "grey_areas", "grey_areas", "claims", "claims",
    "decisions", "decisions", "parts", "acknowledgements", "rounds", "comments",
    "charters", "accountabilities", "authorities", "needs", "agreements", "incompatibilities", "differences", "aliases",
    "competencies", "skills", "requirements", "routes", "gains", "holdings", "absences", "signatures", "baselines",
)  # fmt: skip


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    """Text as it is stored, awkward as often as not."""
    free = st.text(st.characters(codec="utf-8"), max_size=max_size)
    return st.one_of(st.sampled_from(AWKWARD), free).map(normalise).filter(lambda text: not problem(text))


def letters(scheme: Scheme = RACI) -> st.SearchStrategy[str]:
    """The content of a cell in canonical form, empty as often as any other."""
    return st.sampled_from(["", *scheme.combinations])


def codes() -> st.SearchStrategy[str]:
    """Codes that repeat now and then; some differ only in case."""
    known = [f"{area}-{number}" for area in ("VEN", "ven", "FIN", "RES") for number in (1, 2, 3, 4)]
    return st.one_of(st.sampled_from(known), texts(6).filter(bool))


def keys(pool: Iterable[str]) -> st.SearchStrategy[str]:
    """One of the keys, or "" for none."""
    return st.sampled_from(["", *pool])


def dates() -> st.SearchStrategy[date | None]:
    return st.sampled_from([None, date(2024, 2, 29), date(2025, 12, 31), date(2026, 3, 1)])


def letters_by_role(scheme: Scheme) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(ROLE_KEYS), letters(scheme), max_size=2)


@lru_cache
def _shelves(scheme: Scheme) -> dict[str, tuple[st.SearchStrategy[Any], st.SearchStrategy[Any]]]:
    """Return for each shelf of a matrix a strategy of its keys and one of its records."""
    text, number = st.sampled_from([normalise(text) for text in AWKWARD]), st.integers(0, 5)
    one_role, one_duty = st.sampled_from(FIRST + ROLE_KEYS), st.sampled_from(FIRST_DUTIES + DUTY_KEYS)
    role, duty, area, grey, decision = map(keys, (ROLE_KEYS, DUTY_KEYS, AREA_KEYS, GREY_KEYS, DECISION_KEYS))
    claim_keys = st.tuples(st.sampled_from(GREY_KEYS), one_role)
    grey_area = st.builds(
        GreyArea, one_duty, text, st.sampled_from(GreyAreaStatus), st.sampled_from(Origin), role, role, dates(), text,
        dates(), letters_by_role(scheme), text, dates(),
    )  # fmt: skip
    decided = st.builds(
        Decision, one_duty, grey, st.sampled_from(DecisionType), owner=role, letters=letters_by_role(scheme),
        reason=text, decided_on=dates(),
        decided_by=text, review_on=dates(), supersedes=decision, withdrawn_on=dates(),
        terms=text, mode=st.sampled_from(Mode), options=text, authority=text, degree=st.integers(0, 7),
        reversible=st.booleans(), valid_from=dates(), valid_until=dates(), due_on=dates(),
    )  # fmt: skip
    amount = st.sampled_from(AMOUNTS)
    part = st.builds(
        Part, one_role, number, text, text, st.sampled_from(("", "Licences")), st.sampled_from(("EUR", "USD")), amount,
        amount, duty, st.just(""), role, st.booleans(), dates(), dates(),
    )  # fmt: skip
    answer = st.builds(Acknowledgement, one_role, st.sampled_from(("1", "2")), text, st.booleans(), text, dates())
    blind = st.builds(
        Round, text, st.sampled_from(RoundStatus), st.dictionaries(one_duty, st.just(""), max_size=2),
        st.dictionaries(one_role, st.just(""), max_size=2), dates(), text, dates(), dates(),
    )  # fmt: skip
    of_decision = st.tuples(st.sampled_from(DECISION_KEYS), st.sampled_from(PART_KEYS))
    said = st.builds(Comment, one_duty, role, text, text, st.sampled_from(MOMENTS), st.booleans())
    base = st.builds(Role, codes(), texts(), st.sampled_from(RoleKind), text, text, text, st.booleans())
    return {
        "roles": (one_role, base),
        "lines": (st.tuples(one_role, one_role), st.builds(Line, st.integers(1, 3), st.booleans(), text)),
        "areas": (st.sampled_from(AREA_KEYS), st.builds(Area, codes(), texts(), text, number, role, role, text)),
        "duties": (
            one_duty,
            st.builds(Duty, codes(), texts(), area, duty, text, text, st.booleans(), st.booleans()),
        ),
        "rows": (one_duty, st.builds(Row, number, st.booleans(), text)),
        "columns": (one_role, st.builds(Column, number)),
        "grey_areas": (st.sampled_from(GREY_KEYS), grey_area),
        "claims": (claim_keys, st.builds(Claim, letters(scheme), text, dates())),
        "decisions": (st.sampled_from(DECISION_KEYS), decided),
        "parts": (of_decision, part),
        "acknowledgements": (of_decision, answer),
        "rounds": (st.sampled_from(ROUND_KEYS), blind),
        "comments": (st.sampled_from(COMMENT_KEYS), said),
        **defining.shelves(text, one_role, one_duty, area),
    }


@lru_cache
def sheets(scheme: Scheme = RACI) -> st.SearchStrategy[Sheet]:
    return st.builds(Sheet, texts(), st.sampled_from(ScopeKind), texts(), st.just(scheme.code), texts(), st.just(0))


def _core() -> dict[str, dict[Any, Any]]:
    """Records without which there is little to disagree about: a grid of three by three, an area, a grey area."""
    return {
        "roles": {key: Role(f"Role {key}", key) for key in ROLE_KEYS[:3]},
        "areas": {"a1": Area("Area a1", "a1")},
        "duties": {key: Duty(f"Duty {key}", key) for key in DUTY_KEYS[:3]},
        "rows": {key: Row() for key in DUTY_KEYS[:3]},
        "columns": {key: Column() for key in ROLE_KEYS[:3]},
        "grey_areas": {"g1": GreyArea("d1")},
    }


@st.composite
def matrices(draw: st.DrawFn, scheme: Scheme = RACI) -> Matrix:
    """A random sound matrix of the given scheme."""
    shelves = {name: draw(st.dictionaries(key, record, max_size=3)) for name, (key, record) in _shelves(scheme).items()}
    if draw(st.integers(0, 9)) < 9:
        shelves = {name: _core().get(name, {}) | shelf for name, shelf in shelves.items()}
    cells = draw(_cells(scheme))
    return _sound(Matrix(key="m", sheet=draw(sheets(scheme)), scheme=scheme, cells=cells, **shelves))


@st.composite
def follow_ups(draw: st.DrawFn, matrix: Matrix, max_edits: int = 8) -> Matrix:
    """A state that some edits of one matrix lead to: fields, records and cells set, added or taken away."""
    shelves = _shelves(matrix.scheme)
    for _ in range(draw(st.integers(min(3, max_edits), max_edits))):
        name = draw(st.sampled_from(_EDITS))
        if name == "cells":
            matrix = _with_cell(matrix, *draw(_one_cell(matrix.scheme)))
        elif name == "code":
            matrix = _with_code(matrix, draw(st.sampled_from(("roles", "areas", "duties"))), draw(_new_codes()))
        elif name == "sheet":
            matrix = replace(matrix, sheet=draw(sheets(matrix.scheme)))
        else:
            key, record = shelves[name]
            matrix = _with_record(
                matrix, name, draw(key), draw(record), draw(st.sampled_from(["set", "field", "drop"]))
            )
    return _sound(matrix)


def histories(scheme: Scheme = RACI, length: int = 4) -> st.SearchStrategy[list[Matrix]]:
    """Several states of one matrix, each following the one before."""

    @st.composite
    def build(draw: st.DrawFn) -> list[Matrix]:
        states = [draw(matrices(scheme))]
        for _ in range(length - 1):
            states.append(draw(follow_ups(states[-1])))
        return states

    return build()


@lru_cache
def _one_cell(scheme: Scheme) -> st.SearchStrategy[tuple[str, str, str]]:
    return st.tuples(st.sampled_from(FIRST_DUTIES + DUTY_KEYS), st.sampled_from(FIRST + ROLE_KEYS), letters(scheme))


@lru_cache
def _cells(scheme: Scheme) -> st.SearchStrategy[dict[str, dict[str, str]]]:
    row = st.dictionaries(st.sampled_from(FIRST + ROLE_KEYS), letters(scheme), min_size=1, max_size=4)
    return st.dictionaries(st.sampled_from(FIRST_DUTIES + DUTY_KEYS), row, min_size=2, max_size=5)


def _with_cell(matrix: Matrix, duty: str, role: str, text: str) -> Matrix:
    return replace(matrix, cells={**matrix.cells, duty: {**matrix.cells.get(duty, {}), role: text}})


def _new_codes() -> st.SearchStrategy[tuple[int, str]]:
    """Which record of a shelf gets a code that the first state did not have, and that code."""
    return st.tuples(st.integers(0, 2), st.sampled_from(("NEW", "new")))


def _with_code(matrix: Matrix, shelf: str, chosen: tuple[int, str]) -> Matrix:
    place, code = chosen
    found = dict(getattr(matrix, shelf))
    for key in list(found)[place : place + 1]:
        found[key] = replace(found[key], code=code)
    return replace(matrix, **{shelf: found})


def _with_record(matrix: Matrix, shelf: str, key: Any, record: Any, how: str) -> Matrix:
    """Set a record, take it away, or give it only one field of the new one."""
    found = dict(getattr(matrix, shelf))
    if how == "drop":
        found.pop(key, None)
    elif how == "field" and key in found:
        field = sorted(vars(record))[len(str(record)) % len(vars(record))]
        found[key] = replace(found[key], **{field: getattr(record, field)})
    else:
        found[key] = record
    return replace(matrix, **{shelf: found})


def _sound(matrix: Matrix) -> Matrix:
    """Take away what names a missing record, and every second bearer of one name."""
    roles = _unique(matrix.roles)
    areas = {
        key: replace(area, first_role=_if_in(roles, area.first_role), second_role=_if_in(roles, area.second_role))
        for key, area in _unique(matrix.areas).items()
    }
    duties = _unique(matrix.duties)
    duties = {
        key: replace(duty, area=_if_in(areas, duty.area), parent=_if_in(duties, duty.parent))
        for key, duty in duties.items()
    }
    rows = {key: row for key, row in matrix.rows.items() if key in duties}
    columns = {key: column for key, column in matrix.columns.items() if key in roles}
    matrix = replace(
        matrix, roles=roles, areas=areas, duties=duties, rows=rows, columns=columns,
        lines={key: line for key, line in matrix.lines.items() if key[0] in roles and key[1] in roles},
        cells=_sound_cells(matrix, rows, columns),
    )  # fmt: skip
    return _with_sound_grey_areas(matrix)


def _with_sound_grey_areas(matrix: Matrix) -> Matrix:
    roles = matrix.roles
    greys: dict[str, GreyArea] = {}
    for key, grey in matrix.grey_areas.items():
        taken = any(other.duty == grey.duty and other.status == grey.status == "open" for other in greys.values())
        if grey.duty in matrix.duties and not taken:
            proposed = {role: text for role, text in grey.proposed.items() if role in roles}
            named = {"decider": _if_in(roles, grey.decider), "interim": _if_in(roles, grey.interim)}
            greys[key] = replace(grey, proposed=proposed, **named)
    decisions = {key: one for key, one in matrix.decisions.items() if one.duty in matrix.duties}
    decisions = {
        key: replace(
            one,
            grey_area=_if_in(greys, one.grey_area),
            owner=_if_in(roles, one.owner),
            supersedes=_if_in(decisions, one.supersedes),
            letters={role: text for role, text in one.letters.items() if role in roles},
        )
        for key, one in decisions.items()
    }
    claims = {key: claim for key, claim in matrix.claims.items() if key[0] in greys and key[1] in roles}
    comments = {
        key: replace(one, role=_if_in(roles, one.role))
        for key, one in matrix.comments.items()
        if one.duty in matrix.duties
    }
    matrix = replace(matrix, grey_areas=greys, decisions=decisions, claims=claims, comments=comments)
    return _with_sound_parts(matrix)


def _with_sound_parts(matrix: Matrix) -> Matrix:
    roles, duties = matrix.roles, matrix.duties
    parts = {
        key: replace(one, duty=_if_in(duties, one.duty), giver=_if_in(roles, one.giver))
        for key, one in matrix.parts.items()
        if key[0] in matrix.decisions and one.role in roles
    }
    answers = {
        key: one for key, one in matrix.acknowledgements.items() if key[0] in matrix.decisions and one.role in roles
    }
    rounds = {
        key: replace(
            one,
            duties={duty: "" for duty in one.duties if duty in duties},
            roles={role: "" for role in one.roles if role in roles},
        )
        for key, one in matrix.rounds.items()
    }
    matrix = replace(matrix, parts=parts, acknowledgements=answers, rounds=rounds)
    return defining.with_sound_definitions(matrix)


def _sound_cells(matrix: Matrix, rows: dict[str, Row], columns: dict[str, Column]) -> dict[str, dict[str, str]]:
    kept = {
        duty: {role: text for role, text in row.items() if text and role in columns}
        for duty, row in matrix.cells.items()
        if duty in rows
    }
    return {duty: row for duty, row in kept.items() if row}


def _if_in(shelf: Iterable[str], key: str) -> str:
    return key if key in shelf else ""


def _unique(shelf: Any) -> dict[str, Any]:
    seen: set[str] = set()
    add: Callable[[str], None] = seen.add
    found = {}
    for key, record in shelf.items():
        if fold(record.code) not in seen:
            add(fold(record.code))
            found[key] = record
    return found
