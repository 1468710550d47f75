"""The decision log of an organisation: every field in words, and a diff that shows what was decided in between."""

import difflib
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci.domain.records import Acknowledgement, Decision, DecisionType, Duty, Kind, Mode, Part, Row
from raci.models.base import new_key
from raci.services.decision_log import write_decisions
from tests.factories import Small, create, write

DAY = date(2026, 2, 3)


def decide(small: Small, key: str, duty: str = "VEN-1", on: date = DAY, also=(), **fields) -> str:
    made = {"reason": "Contracts outlive projects.", "decided_by": "Olga", "owner": small.roles["ITM"], **fields}
    mine = {"matrix": small.matrix_key}
    more = [create(kind, record, key, other=f"{key}{number}", **mine) for number, (kind, record) in enumerate(also)]
    write(
        small.organisation,
        create(Kind.DECISION, Decision(small.duties[duty], decided_on=on, **made), key, **mine),
        *more,
    )
    return key


def log(small: Small, kind: str = "md", **options) -> str:
    stream = io.BytesIO()
    write_decisions(small.organisation, kind, stream, **options)
    return stream.getvalue().decode() if kind == "md" else stream


def test_a_split_by_threshold_says_its_measure_its_bands_and_their_duties(small):
    roles, child = small.roles, new_key()
    write(
        small.organisation,
        create(Kind.DUTY, Duty("VEN-1.1", "Sign small contracts", parent=small.duties["VEN-1"]), child),
        create(Kind.ROW, Row(9), child, matrix=small.matrix_key),
    )
    bands = [
        Part(roles["PM"], 0, unit="EUR", upper="50000", duty=child),
        Part(roles["ITM"], 1, unit="EUR", lower="50000"),
    ]
    decide(
        small,
        "k1",
        type=DecisionType.SPLIT_THRESHOLD,
        mode=Mode.BANDS,
        terms="Value of the contract",
        letters={roles["ITM"]: "A", roles["PM"]: "R"},
        options="All to one; split",
        authority="Board minute 7",
        degree=3,
        reversible=False,
        valid_from=DAY,
        valid_until=date(2027, 2, 3),
        review_on=date(2026, 8, 3),
        also=[(Kind.PART, part) for part in bands],
    )
    assert log(small) == (
        "# Decisions of Small\n\n"
        "## 2026-02-03 · VEN-1 Do what VEN-1 says\n\n"
        "- **Matrix:** Projects\n"
        "- **Kind:** Split by threshold\n"
        "- **Accountable:** IT Manager\n"
        "- **Letters:** IT Manager A · IT Project Manager R\n"
        "- **Terms:** Value of the contract\n"
        "- **Parts:** IT Project Manager: under 50,000 EUR; VEN-1.1\\\n"
        "  IT Manager: from 50,000 EUR upwards\n"
        "- **Level of delegation:** 3 · Consult: the first asks the second before it decides\n"
        "- **Reason:** Contracts outlive projects.\n"
        "- **Options weighed:** All to one; split\n"
        "- **By what authority:** Board minute 7\n"
        "- **Decided by:** Olga\n"
        "- **Reversible:** no\n"
        "- **Valid from:** 2026-02-03\n"
        "- **Valid until:** 2027-02-03\n"
        "- **Look again:** 2026-08-03\n"
        "- **Key:** k1\n"
    )


def test_a_delegation_says_within_what_limits_and_who_passed_it_on(small):
    roles = small.roles
    given = Part(
        roles["PM"], text="orders only", upper="5000", unit="EUR", giver=roles["CIO"], may_pass_on=True,
        starts_on=DAY, ends_on=date(2026, 12, 31),
    )  # fmt: skip
    decide(small, "k1", type=DecisionType.DELEGATE, also=[(Kind.PART, given)])
    assert (
        "- **Parts:** IT Project Manager: orders only (up to 5,000 EUR); passed on by Chief Information Officer; "
        "may pass it on; from 2026-02-03; until 2026-12-31\n"
    ) in log(small)


def test_a_split_by_scope_names_the_matrix_of_each_value(small):
    decide(
        small,
        "k1",
        type=DecisionType.SPLIT_SCOPE,
        owner="",
        terms="Site",
        also=[
            (Kind.PART, Part(small.roles["PM"], 0, name="Leeds", sheet=small.matrix_key)),
            (Kind.PART, Part(small.roles["ITM"], 1)),
        ],
    )
    text = log(small)
    assert "- **Parts:** IT Project Manager: Leeds; in Projects\\\n  IT Manager: otherwise\n" in text
    assert "Accountable" not in text


def test_answers_stand_in_the_order_in_which_they_were_given(small):
    said = [
        Acknowledgement(
            small.roles["PM"], "2", "Pia", agrees=False, reason="Not\nmine.", answered_on=DAY + timedelta(2)
        ),
        Acknowledgement(small.roles["ITM"], "1", "Ida", answered_on=DAY + timedelta(1)),
    ]
    decide(small, "k1", also=[(Kind.ACKNOWLEDGEMENT, one) for one in said])
    assert (
        "- **Answers:** 2026-02-04 Ida (IT Manager) acknowledged it\\\n"
        "  2026-02-05 Pia (IT Project Manager) disagrees: Not mine.\n"
    ) in log(small)


@pytest.mark.parametrize("on", [DAY - timedelta(1), DAY, DAY + timedelta(1)])
def test_one_more_decision_changes_only_its_own_lines(small, on):
    decide(small, "k1", "VEN-1")
    decide(small, "k3", "FIN-1", DAY + timedelta(1))
    before = log(small).splitlines()
    decide(small, "k2", "VEN-2", on, supersedes="", also=[(Kind.PART, Part(small.roles["PM"], text="advice"))])
    after = log(small).splitlines()
    told = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    assert not [line for line in told if line.startswith("-")]
    assert sum(line.startswith("+## ") for line in told) == 1
    assert "+- **Key:** k2" in told
    assert len([line for line in told if line.startswith("+")]) == len(after) - len(before)


def test_a_decision_that_replaces_another_leaves_the_lines_of_that_alone(small):
    decide(small, "k1")
    before = log(small).splitlines()
    decide(small, "k2", on=DAY + timedelta(9), supersedes="k1")
    after = log(small).splitlines()
    assert after[: len(before)] == before
    assert "- **Replaces:** 2026-02-03 (k1)" in after[len(before) :]


def test_the_day_of_the_export_does_not_show(small, monkeypatch):
    decide(small, "k1", valid_until=date(2026, 3, 1), review_on=date(2026, 3, 1))
    now = log(small)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2031, 1, 1))
    monkeypatch.setattr(timezone, "now", lambda: None)
    assert log(small) == now


def test_the_workbook_has_the_same_decisions_in_the_same_order_with_real_days(small):
    decide(small, "k1", "VEN-2")
    decide(small, "k2", "VEN-1", review_on=date(2026, 8, 3))
    decide(small, "k3", "FIN-1", DAY - timedelta(1))
    sheet = openpyxl.load_workbook(log(small, "xlsx")).worksheets[0]
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [row["Key"] for row in found] == ["k3", "k2", "k1"]
    assert found[1]["Look again"].date() == date(2026, 8, 3)
    assert (found[1]["Kind"], found[1]["Accountable"], found[1]["Reversible"]) == ("Sole owner", "IT Manager", "yes")


def test_the_number_of_queries_does_not_grow_with_the_decisions(small):
    counts, latest = [], ""
    for size in (2, 20):
        for number in range(size):
            advice = [(Kind.PART, Part(small.roles["PM"], text="advice"))]
            latest = decide(small, f"x{size}{number}", supersedes=latest, also=advice)
        log(small)
        with CaptureQueriesContext(connection) as captured:
            log(small)
        counts.append(len(captured))
    assert counts[0] == counts[1]
