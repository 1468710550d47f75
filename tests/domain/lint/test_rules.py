"""Every rule speaks where it should, is silent where it should be, and is documented."""

import re
from pathlib import Path
from string import Formatter

import pytest

from raci.domain.lint import RULES, Finding, Level, LintSettings, Rule, across, lint, merged, of_charters
from raci.domain.lint.handbook import as_markdown
from raci.domain.lint.registry import Documentation, Form, rule
from raci.domain.lint.settings import LintSettings as Settings
from tests.domain.builders import TODAY, matrix_of, open_grey_area
from tests.domain.lint.examples import EXAMPLES as FIRST_EXAMPLES
from tests.domain.lint.examples import Example, opened
from tests.domain.lint.examples_chartered import EXAMPLES as CHARTERED_EXAMPLES
from tests.domain.lint.examples_decided import EXAMPLES as DECIDED_EXAMPLES
from tests.domain.lint.examples_in_one_hand import EXAMPLES as ONE_HAND_EXAMPLES
from tests.domain.lint.examples_lines import EXAMPLES as LINE_EXAMPLES
from tests.domain.lint.examples_people import EXAMPLES as PEOPLE_EXAMPLES

EXAMPLES = FIRST_EXAMPLES | DECIDED_EXAMPLES | PEOPLE_EXAMPLES | LINE_EXAMPLES | CHARTERED_EXAMPLES | ONE_HAND_EXAMPLES
HANDBOOK = Path(__file__).parents[3] / "docs" / "rules.md"
CASES = [
    pytest.param(rule_id, example, id=f"{rule_id} {example.says}")
    for rule_id, examples in EXAMPLES.items()
    for example in examples
]


def found_in(example: Example) -> tuple[Finding, ...]:
    matrix = example.matrix()
    against = across(matrix, example.others, TODAY, example.settings)
    more = (*against, *of_charters(matrix, example.chartered))
    return merged(lint(matrix, today=TODAY, settings=example.settings), more)


@pytest.mark.parametrize(("rule_id", "example"), CASES)
def test_a_rule_speaks_where_it_should_and_nowhere_else(rule_id: str, example: Example) -> None:
    keys = [finding.key for finding in found_in(example) if finding.rule == rule_id]

    assert keys == [f"{rule_id}:{key}" for key in example.keys]


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_has_an_example_that_fires_and_one_that_does_not(rule_id: str) -> None:
    examples = EXAMPLES.get(rule_id, [])

    assert any(example.keys for example in examples)
    assert any(not example.keys for example in examples)


def test_every_rule_is_registered_and_no_example_is_left_over() -> None:
    expected = {"C01", "C02", "K01", "K02", "K03", "M01", "R01", "R02", "R03", "R08", "R09"}
    expected |= {
        "A01",
        "A02",
        "A03",
        "A04",
        "A05",
        "A06",
        "A07",
        "A08",
        "M02",
        "P01",
        "P02",
        "P03",
        "P04",
        "S01",
        "S02",
        "S03",
        "S04",
        "S05",
        "S06",
        "S07",
        "T01",
    }

    assert set(RULES) == expected == set(EXAMPLES)


def test_the_examples_show_every_form_in_which_a_rule_reports() -> None:
    findings = [finding for _, example in (case.values for case in CASES) for finding in found_in(example)]
    shown = {(finding.rule, finding.message) for finding in findings}
    possible = {(item.id, form.message) for item in RULES.values() for form in item.forms.values()}

    assert possible == shown


def test_most_rows_without_owner_and_doer_are_not_told_that_owners_may_do_the_work() -> None:
    (finding,) = [item for item in lint(matrix_of("PM ITM", "C I"), today=TODAY) if item.rule == "R03"]

    assert finding.text == "On 1 of 1 rows nobody does the work."


@pytest.mark.parametrize(("rule_id", "example"), CASES)
def test_every_place_in_a_text_is_filled(rule_id: str, example: Example) -> None:
    for finding in found_in(example):
        for text in (finding.text, finding.remedy):
            assert text
            assert not re.search(r"[{}]", text)


def test_a_brace_in_a_name_is_no_place_to_fill() -> None:
    findings = lint(matrix_of(["{0}", "{role}"], "A/R C/I"), today=TODAY)

    assert "1: {role} holds C/I, and one of these letters adds nothing." in [finding.text for finding in findings]


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("registered", RULES.values(), ids=RULES)
def test_a_hint_needs_no_fact_that_its_message_does_not_know(registered: Rule) -> None:
    known = {"C01": {"letters"}, "M01": {"role"}}.get(registered.id, set())
    for form in registered.forms.values():
        assert names_in(form.hint) <= names_in(form.message) | known


def test_an_empty_undecided_row_is_reported_once() -> None:
    findings = lint(opened(1)(), today=TODAY)

    assert [finding.rule for finding in findings if finding.subject.duty] == ["S04"]


@pytest.mark.parametrize(("days", "level"), [(0, Level.WARNING), (30, Level.WARNING), (31, Level.ERROR)])
def test_a_grey_area_becomes_an_error_when_it_has_been_open_too_long(days: int, level: Level) -> None:
    (finding,) = [item for item in lint(opened(days)(), today=TODAY) if item.rule == "S04"]

    assert finding.level is level


def test_the_days_allowed_for_a_grey_area_can_be_set() -> None:
    findings = lint(opened(10)(), today=TODAY, settings=LintSettings(sla_days=9))

    assert "S04" in [finding.rule for finding in findings if finding.level is Level.ERROR]


def test_findings_come_in_the_order_in_which_a_sheet_is_put_right() -> None:
    grey_areas = {"g": open_grey_area("3")}
    matrix = matrix_of("PM ITM CIO", "A A C/I", ". . .", ". . .", grey_areas=grey_areas)

    found = [finding.key for finding in lint(matrix, today=TODAY)]

    assert found == [
        "C01::cell:1:CIO", "R02::row:1:", "R03::row:1:", "R08::row:2:", "R09::row:2:", "K03:none:column::CIO",
        "S04::row:3:",
    ]  # fmt: skip


def test_the_handbook_is_what_the_rules_say() -> None:
    anew = (
        "python -c 'from raci.domain.lint.handbook import as_markdown; print(as_markdown(), end=\"\")' > docs/rules.md"
    )

    assert HANDBOOK.read_text("utf-8") == as_markdown(), f"write it anew: {anew}"


def test_the_handbook_has_every_rule_and_no_other() -> None:
    headings = re.findall(r"^## ([A-Z]\d\d) ", HANDBOOK.read_text("utf-8"), re.MULTILINE)

    assert sorted(headings) == sorted(RULES)


def test_every_setting_that_a_rule_names_exists() -> None:
    named = {name for item in RULES.values() for name in item.documentation.settings}

    assert named == set(vars(Settings()))


@pytest.mark.parametrize("rule_id", ["R01", "X1", "r77", "Z01"])
def test_a_rule_cannot_be_registered_under_a_taken_or_malformed_id(rule_id: str) -> None:
    nothing = Documentation("", "", "", "")
    with pytest.raises(ValueError, match=f"{rule_id} cannot be the id of a rule"):
        rule(rule_id, "name", nothing, plain=Form(Level.INFO, "", ""))
