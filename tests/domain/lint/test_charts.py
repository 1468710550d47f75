"""Published charts, and the default positions of the catalogue, give exactly the findings that they should.

`tests/data/charts.json` holds letter grids, columns named K1, K2 and so on. Its lists are raw: they have
R01 and R03 where lint shows one finding for a passive row, and rules that lint does not have yet.
"""

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from raci.domain.lint import RULES, LintSettings, SubjectKind, lint
from raci.domain.matrix import Matrix
from raci.domain.records import RoleKind
from raci.domain.scheme import UnknownLetter, parse_letters
from tests.domain.builders import RACI, TODAY, matrix_of, scheme_named

DATA = Path(__file__).parents[2] / "data"
CHARTS: dict[str, Any] = json.loads((DATA / "charts.json").read_text("utf-8"))
POSITIONS: dict[str, Any] = json.loads((DATA / "positions.json").read_text("utf-8"))

Expected = dict[str, list[Any]]


def chart(name: str) -> Matrix:
    grid = CHARTS[name]["grid"]
    columns = [f"K{number}" for number in range(1, len(grid[0].split()) + 1)]
    made = matrix_of(columns, *grid, scheme=scheme_named(CHARTS[name]["scheme"]))
    groups = {key: replace(made.roles[key], kind=RoleKind.GROUP) for key in CHARTS[name].get("groups", ())}
    return replace(made, roles={**made.roles, **groups})


def raw(matrix: Matrix, **settings: Any) -> Expected:
    """Return findings as the published lists write them: by rule and form, rows as numbers."""
    found: Expected = defaultdict(list)
    for finding in lint(matrix, today=TODAY, settings=LintSettings(**settings)):
        subject, name = finding.subject, finding.rule
        if finding.variant == "passive":
            found["R01"].append(int(subject.duty))
            found["R03"].append(int(subject.duty))
        elif name == "M01" and subject.kind is SubjectKind.MATRIX:
            found["M01.matrix"].append(f"{finding.facts['share']}% filled")
        elif subject.kind is SubjectKind.MATRIX:
            # Published lists count findings before they were collapsed: a row can have two.
            found[f"{name}*"].append(f"matrix: {finding.facts['count']} of {finding.facts['rows']} rows")
        else:
            variant = f".{subject.kind}" if name == "M01" else finding.variant and f".{finding.variant}"
            found[name + variant].append(_place(subject.kind, subject.duty, subject.role))
    return {name: sorted(places) for name, places in found.items()}


def _place(kind: SubjectKind, duty: str, role: str) -> Any:
    if kind is SubjectKind.CELL:
        return [int(duty), role]
    return role if kind is SubjectKind.COLUMN else int(duty)


def implemented(published: Expected) -> Expected:
    return {name: sorted(places) for name, places in published.items() if name[:3] in RULES}


@pytest.mark.parametrize("name", CHARTS)
def test_a_published_chart_gives_its_published_findings(name: str) -> None:
    assert raw(chart(name), owner_may_do=False) == implemented(CHARTS[name]["expected"])


@pytest.mark.parametrize("name", [name for name in CHARTS if "expected_owner_may_do" in CHARTS[name]])
def test_a_chart_of_owners_only_gives_fewer_findings_where_owners_may_do_the_work(name: str) -> None:
    assert raw(chart(name), owner_may_do=True) == implemented(CHARTS[name]["expected_owner_may_do"])


def test_twelve_charts_are_compared() -> None:
    assert len(CHARTS) == 12
    assert sum(len(one["grid"]) for one in CHARTS.values()) == 114


def test_a_chart_read_in_the_wrong_scheme_has_letters_that_the_scheme_does_not_know() -> None:
    unknown = []
    for number, line in enumerate(CHARTS["T11"]["grid"], start=1):
        for column, text in enumerate(line.split(), start=1):
            try:
                parse_letters(RACI, text)
            except UnknownLetter:
                unknown.append([number, f"K{column}"])

    assert unknown == CHARTS["T11"]["unknown_under_raci"]


def test_a_row_against_its_own_rule_of_one_owner_is_found() -> None:
    matrix = matrix_of("K1 K2 K3 K4 K5 K6", "I C AR AC C I")

    found = raw(matrix)

    assert found["R02"] == [1]
    assert found["C01"] == [[1, "K4"]]
    assert "R03" not in found


def positions(sheet: str) -> Matrix:
    roles, rows = POSITIONS["roles"], POSITIONS[sheet]
    lines = [" ".join(row.get(role, ".") for role in roles) for row in rows.values()]
    return matrix_of(roles, *lines)


def summary(matrix: Matrix) -> Expected:
    """As `raw`, but only the number of rows where a rule speaks of rows."""
    found = raw(matrix)
    return {name: [len(places)] if isinstance(places[0], int) else places for name, places in found.items()}


def test_the_default_positions_of_a_project_give_the_findings_worked_out_for_them() -> None:
    assert summary(positions("project")) == {
        "R09": [7],
        "C02*": ["matrix: 31 of 54 rows"],
        "K02.doer": ["PM"],
        "K03.none": ["LEG"],
        "M01.column": ["ITM", "PM"],
    }


def test_the_default_positions_of_a_department_give_the_findings_worked_out_for_them() -> None:
    assert summary(positions("department")) == {
        "R09": [4],
        "C02*": ["matrix: 45 of 55 rows"],
        "K01": ["PEX"],
        "K02.owner": ["ITM"],
        "K02.doer": ["ITM"],
        "K03.none": ["LEG", "PM"],
        "M01.column": ["ITM"],
    }
