"""Lint as a whole: its order of work, its sums, and that nothing random upsets it."""

from dataclasses import replace

from hypothesis import given

from raci.domain.lint import health, lint, touched_duties
from raci.domain.matrix import Matrix
from tests.domain.builders import TODAY, matrix_of, open_grey_area
from tests.domain.strategies import matrices


def test_a_matrix_without_rows_is_neither_healthy_nor_ill() -> None:
    matrix = matrix_of("PM ITM")
    result = health(matrix, lint(matrix, today=TODAY))

    assert (result.applicable, result.clean, result.percent) == (0, 0, None)


def test_rows_with_an_error_or_a_warning_are_not_clean() -> None:
    matrix = matrix_of("PM ITM", "AR I", "R C", "AR C/I", "AR C", grey_areas={"g": open_grey_area("4")})
    result = health(matrix, lint(matrix, today=TODAY))

    assert (result.clean, result.applicable, result.percent) == (1, 4, 25)
    assert (result.errors, result.warnings) == (1, 2)


def test_rows_that_a_collapsed_error_stands_for_are_not_clean() -> None:
    matrix = matrix_of("PM ITM", "A C", "A I", "A R")
    findings = lint(matrix, today=TODAY)

    assert [touched_duties(finding) for finding in findings if finding.rule == "R03"] == [("1", "2")]
    assert health(matrix, findings).clean == 1


def test_a_waived_finding_that_is_left_out_leaves_its_row_clean() -> None:
    matrix = matrix_of("PM ITM", "A C", "A R")
    findings = [finding for finding in lint(matrix, today=TODAY) if finding.key != "R03::row:1:"]

    assert health(matrix, findings).clean == 2


def test_rows_that_do_not_apply_count_nowhere() -> None:
    matrix = matrix_of("PM ITM", "A R", ". .", not_applying=["2"])

    assert health(matrix, lint(matrix, today=TODAY)).applicable == 1


@given(matrices())
def test_any_matrix_can_be_looked_at_and_says_every_thing_once(matrix: Matrix) -> None:
    findings = lint(matrix, today=TODAY)
    keys = [finding.key for finding in findings]

    assert len(keys) == len(set(keys))
    assert all(finding.text and finding.remedy for finding in findings)
    assert {duty for finding in findings for duty in touched_duties(finding)} <= set(matrix.applicable_rows)


@given(matrices())
def test_what_lies_in_rows_that_do_not_apply_is_never_looked_at(matrix: Matrix) -> None:
    applying = {duty: row for duty, row in matrix.rows.items() if row.applies}
    cells = {duty: row for duty, row in matrix.cells.items() if duty in applying}

    assert lint(matrix, today=TODAY) == lint(replace(matrix, rows=applying, cells=cells), today=TODAY)


@given(matrices())
def test_a_row_is_never_said_to_be_empty_and_without_owner_at_once(matrix: Matrix) -> None:
    spoken = {(finding.subject.duty, finding.rule) for finding in lint(matrix, today=TODAY)}
    silenced = {duty for duty, rule in spoken if rule == "R08"} | set(matrix.open_by_duty)

    assert not {(duty, rule) for duty in silenced for rule in ("R01", "R03")} & spoken
    assert not {(duty, rule) for duty in matrix.open_by_duty for rule in ("R08", "R09")} & spoken
