"""Random records of the kinds that define roles, and what makes them sound within a matrix."""

from dataclasses import replace
from datetime import date
from typing import Any

import hypothesis.strategies as st

from raci.domain.matrix import Matrix
from raci.domain.records import (
    Absence,
    Accountability,
    Agreement,
    AgreementType,
    Alias,
    Authority,
    Baseline,
    Charter,
    Competency,
    Difference,
    Gain,
    Holding,
    Incompatibility,
    Manner,
    Need,
    Requirement,
    Route,
    RouteType,
    Signature,
    Skill,
    Verb,
)

PEOPLE = ("p1", "p2", "p3")
COMPETENCIES, ROUTES = ("c1", "c2", "c3"), ("w1", "w2")
OWN = ("x1", "x2", "x3")
DAYS = st.sampled_from([None, date(2025, 12, 31), date(2026, 3, 1), date(2026, 12, 24)])

Strategy = st.SearchStrategy[Any]


def shelves(text: Strategy, role: Strategy, duty: Strategy, area: Strategy) -> dict[str, tuple[Strategy, Strategy]]:
    """Return for each shelf a strategy of its keys and one of its records, from those of what they refer to."""
    number, own, word = st.integers(0, 5), st.sampled_from(OWN), st.sampled_from(("Words", "Öl", "=1+1"))
    competency, person = st.sampled_from(COMPETENCIES), st.sampled_from(PEOPLE)
    how = st.sampled_from(RouteType)
    amount, unit = st.sampled_from(("", "50000", "0.5")), st.sampled_from(("", "EUR", "USD"))
    of_role = st.tuples(role, own)
    verb = st.sampled_from(Verb)
    maybe_duty = st.one_of(st.just(""), duty)
    return {
        "charters": (role, st.builds(Charter, text, text, text, text, text, DAYS, DAYS)),
        "aliases": (of_role, st.builds(Alias, st.sampled_from(("ITPM", "Delivery lead", "itpm")), text)),
        "accountabilities": (of_role, st.builds(Accountability, word, area, maybe_duty, st.integers(0, 100), number)),
        "authorities": (of_role, st.builds(Authority, word, verb, unit, amount, st.just(""), text, number)),
        "needs": (st.tuples(duty, own), st.builds(Need, word, verb, unit, amount)),
        "agreements": (own, st.builds(Agreement, role, role, st.sampled_from(AgreementType), st.just(""), text, DAYS)),
        "incompatibilities": (st.tuples(duty, duty), st.builds(Incompatibility, text, text, DAYS)),
        "differences": (own, st.builds(Difference, role, role, word, text, text, text, number)),
        "competencies": (
            competency,
            st.builds(Competency, st.sampled_from(("CMP-1", "CMP-2", "cmp-1")), word, text, st.just("own")),
        ),
        "skills": (of_role, st.builds(Skill, word, st.one_of(st.just(""), competency), text, number)),
        "requirements": (st.tuples(role, competency), st.builds(Requirement, number, st.booleans(), st.integers(1, 3))),
        "routes": (st.sampled_from(ROUTES), st.builds(Route, word, how, text, text, amount, unit)),
        "gains": (st.tuples(st.sampled_from(ROUTES), competency), st.builds(Gain, st.integers(0, 3))),
        "holdings": (of_role, st.builds(Holding, person, st.sampled_from(Manner), DAYS, DAYS)),
        "absences": (own, st.builds(Absence, person, DAYS, DAYS, st.one_of(st.just(""), person))),
        "signatures": (of_role, st.builds(Signature, person, number, st.just("0" * 64), DAYS)),
        "baselines": (own, st.builds(Baseline, word, number, DAYS, text)),
    }  # fmt: skip


def _same(one: Alias, other: Alias) -> bool:
    return one.name.casefold() == other.name.casefold()


def with_sound_definitions(matrix: Matrix) -> Matrix:
    """Take away what names a missing record, and every second bearer of one code."""
    roles, duties, areas = matrix.roles, matrix.duties, matrix.areas
    competencies: dict[str, Competency] = {}
    for key, one in matrix.competencies.items():
        if one.code.casefold() not in {other.code.casefold() for other in competencies.values()}:
            competencies[key] = one
    of_roles = {
        shelf: {key: one for key, one in getattr(matrix, shelf).items() if key[0] in roles}
        for shelf in ("accountabilities", "authorities", "skills", "requirements", "holdings", "signatures")
    }
    of_roles["aliases"] = {
        key: one
        for key, one in matrix.aliases.items()
        if key[0] in roles and key == min(other for other, two in matrix.aliases.items() if _same(one, two))
    }
    of_roles["accountabilities"] = {
        key: replace(one, area=one.area if one.area in areas else "", duty=one.duty if one.duty in duties else "")
        for key, one in of_roles["accountabilities"].items()
    }
    of_roles["skills"] = {
        key: replace(one, competency=one.competency if one.competency in competencies else "")
        for key, one in of_roles["skills"].items()
    }
    of_roles["requirements"] = {key: one for key, one in of_roles["requirements"].items() if key[1] in competencies}
    pairs = {
        shelf: {
            key: one
            for key, one in getattr(matrix, shelf).items()
            if one.first_role in roles and one.second_role in roles
        }
        for shelf in ("agreements", "differences")
    }
    incompatible = matrix.incompatibilities.items()
    return replace(
        matrix,
        competencies=competencies,
        charters={key: one for key, one in matrix.charters.items() if key in roles},
        needs={key: one for key, one in matrix.needs.items() if key[0] in duties},
        incompatibilities={key: one for key, one in incompatible if key[0] in duties and key[1] in duties},
        gains={key: one for key, one in matrix.gains.items() if key[0] in matrix.routes and key[1] in competencies},
        **of_roles,
        **pairs,
    )
