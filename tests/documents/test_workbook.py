"""The workbook as people and programs find it, feature by feature."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from raci.documents.held import CannotBeHeld
from raci.documents.workbook import layout
from raci.documents.workbook.home import facts
from raci.documents.workbook.layout import Grid
from raci.documents.workbook.parts import fitted
from raci.documents.workbook.writer import write_workbook
from raci.domain.lint.finding import Finding, Level, Subject, SubjectKind
from raci.domain.matrix import Matrix, narrowed
from raci.domain.measured import facts_of
from raci.domain.measures import measure
from raci.domain.records import Duty, GreyArea, Sheet
from tests.documents.opening import by_calamine, by_openpyxl, written
from tests.documents.sample import RACI, sample


@pytest.fixture(scope="module")
def book() -> Any:
    return by_openpyxl(written(sample()))


@pytest.fixture(scope="module")
def matrix(book: Any) -> Any:
    return book[layout.MATRIX]


def test_it_has_nine_sheets_and_the_last_is_very_hidden(book: Any) -> None:
    assert book.sheetnames == [
        "Matrix", "Grey areas", "Decisions", "Roles", "Workload", "Measures", "Findings", "Legend", "orgroles",
    ]  # fmt: skip
    assert [sheet.sheet_state for sheet in book][-2:] == ["visible", "veryHidden"]


def test_what_it_is_stands_above_the_matrix(matrix: Any) -> None:
    assert matrix["E1"].value == "Who owns what in an IT project"
    assert matrix["E2"].value == "Example Rail · Scope: every single project · Letters: RACI"
    assert matrix["E3"].value == (
        "Revision 214 of 11 November 2026, 11:05 UTC by Dana Ito · prepared by Robin Vale, 12 November 2026"
    )


def test_a_part_says_so_on_its_front_in_print_and_among_its_facts() -> None:
    edition = sample()
    part = replace(
        edition, matrix=narrowed(edition.matrix, ["RES-1", "VEN-4"]), narrowed_to="2 of 54 rows: text “=x”", findings=()
    )
    book = by_openpyxl(written(part))
    front = book[layout.MATRIX]
    assert front["E2"].value.startswith("A part of the matrix: 2 of 54 rows: text “=x” · Example Rail")
    assert front["E2"].font.b
    assert "(a part)" in front.oddFooter.left.text
    assert [front.cell(row, layout.KEY_COLUMN).value for row in (8, 9, 10)] == ["RES-1", "VEN-4", None]
    assert facts(part)[layout.NARROWED] == "2 of 54 rows: text “=x”"
    assert {item.name: item.value for item in book.custom_doc_props.props}["orgroles.narrowed_to"]


def test_headers_and_texts_stay_in_sight_while_scrolling(matrix: Any) -> None:
    assert matrix.freeze_panes == "H8"


def test_sorting_takes_the_hidden_keys_along(matrix: Any) -> None:
    assert matrix.auto_filter.ref == "A7:S61"
    assert [matrix.column_dimensions[name].hidden for name in "ABCDE"] == [True, True, True, True, False]


def test_rows_and_columns_carry_their_keys(matrix: Any) -> None:
    assert matrix["A8"].value == "RES-1"
    assert [matrix.cell(layout.KEY_ROW, column).value for column in (1, 7, 8, 9, 19)] == [
        "key", "title", "role:pm", "role:itm", "check",
    ]  # fmt: skip
    assert matrix.row_dimensions[layout.KEY_ROW].hidden


def test_role_names_are_turned_and_the_pair_in_question_is_bold(matrix: Any) -> None:
    heads = [matrix.cell(layout.HEADER_ROW, column) for column in (8, 9, 10)]
    assert [head.alignment.text_rotation for head in heads] == [90, 90, 90]
    assert [bool(head.font.bold) for head in heads] == [True, True, False]


def test_each_crossing_offers_the_legal_letters(book: Any, matrix: Any) -> None:
    [choice] = matrix.data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref), choice.showErrorMessage) == (
        "list", "orgroles_letters", "H8:P61", True,
    )  # fmt: skip
    sheet, span = book.defined_names["orgroles_letters"].attr_text.split("!")
    assert [row[0].value for row in book[sheet][span.replace("$", "")]] == ["A", "R", "C", "I", "A/R"]


def test_letters_are_dressed_by_what_they_are(matrix: Any) -> None:
    rules = {str(item.sqref): item.rules for item in matrix.conditional_formatting}["H8:P61"]
    formulas = [rule.formula[0] for rule in rules]
    assert formulas[0].startswith("LEFT($S8,14)")
    assert formulas[1] == 'AND($C8<>"",H$6=$C8)'
    assert formulas[2].startswith("AND(") and '"/A/"' in formulas[2] and '"/R/"' in formulas[2]
    assert [rule.dxf.fill.bgColor.rgb for rule in rules[2:5]] == ["FF1F3A78", "FF1F3A78", "FFC6D6F5"]
    assert formulas[5] == '$B8<>""'
    assert rules[5].dxf.fill.patternType == "lightUp"
    assert rules[1].dxf.border.left.style == "dashed"


def test_weight_survives_grey() -> None:
    """The grounds of A, A with R, R and the rest lie far enough apart in brightness; so does ink on each."""
    from raci.documents.workbook import styles

    def brightness(colour: str) -> float:
        red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (2, 4, 6))
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((brightness(one), brightness(other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    assert contrast(styles.NAVY, styles.TINT) > 4.5
    assert contrast(styles.TINT, styles.WHITE) > 1.2
    for ink, ground in (
        (styles.WHITE, styles.NAVY),
        (styles.PALE, styles.NAVY),
        (styles.NAVY, styles.TINT),
        (styles.QUIET, styles.WHITE),
        (styles.AMBER, styles.HATCH_GROUND),
        (styles.RED, styles.WHITE),
        (styles.GREEN, styles.WHITE),
    ):
        assert contrast(ink, ground) >= 4.5, (ink, ground)


def test_rows_that_do_not_apply_say_why(matrix: Any) -> None:
    row = next(row for row in range(8, 62) if matrix.cell(row, 1).value == "ROAD-3")
    assert matrix.cell(row, 19).value == "does not apply: set once for the department"


def test_letters_are_counted_under_each_role(matrix: Any) -> None:
    results = by_openpyxl(written(sample()), results=True)[layout.MATRIX]
    assert [matrix.cell(row, 7).value for row in range(63, 67)] == [
        "Accountable (A)", "Responsible (R)", "Consulted (C)", "Informed (I)",
    ]  # fmt: skip
    assert [results.cell(row, 8).value for row in range(63, 67)] == [19, 37, 13, 1]
    assert matrix["A62"].value is None


def test_it_prints_landscape_on_one_page_width_with_repeated_headers(matrix: Any) -> None:
    assert (matrix.page_setup.orientation, matrix.page_setup.fitToWidth, matrix.page_setup.fitToHeight) == (
        "landscape", 1, 0,
    )  # fmt: skip
    assert matrix.sheet_properties.pageSetUpPr.fitToPage
    assert matrix.print_title_rows == "$7:$7"
    assert matrix.print_area == "'Matrix'!$E$1:$S$66"
    assert matrix.oddFooter.right.text == "Page &P of &N"
    assert "Revision 214" in matrix.oddFooter.left.text


def test_a_footer_reads_an_ampersand_as_itself() -> None:
    edition = replace(sample(), organisation="Salt & Pepper")
    assert "Salt && Pepper" in by_openpyxl(written(edition))[layout.MATRIX].oddFooter.left.text


def test_what_is_hidden_makes_no_row_of_the_grey_areas_higher(book: Any) -> None:
    sheet = book["Grey areas"]
    hidden = {at for at, column in sheet.column_dimensions.items() if column.hidden}
    assert {"P", "Q"} <= hidden
    for row in sheet.iter_rows(min_row=5):
        shown = [cell for cell in row if cell.column_letter not in hidden and isinstance(cell.value, str)]
        texts = [(cell.value, sheet.column_dimensions[cell.column_letter].width) for cell in shown]
        assert (sheet.row_dimensions[row[0].row].height or 0) == pytest.approx(fitted(*texts))


def test_grey_areas_say_who_claims_what_and_why(book: Any) -> None:
    row = next(row for row in book["Grey areas"].iter_rows(min_row=5, values_only=True) if row[0] == "VEN-4")
    assert row[4].splitlines()[0] == (
        "IT project manager wants A: The project carries the date; waiting for a department signature costs a week."
    )
    assert (row[2], row[6], row[7], row[11]) == ("open", "Chief information officer", "IT manager", 41)


def test_decisions_say_who_owns_and_why(book: Any) -> None:
    row = next(row for row in book["Decisions"].iter_rows(min_row=5, values_only=True) if row[0] == "RES-3")
    assert row[2:6] == ("in force", "sole owner", "IT manager", "IT project manager C · IT manager A/R")
    assert row[7].date().isoformat() == "2026-10-02"


def test_roles_have_every_reporting_line_and_their_duties(book: Any) -> None:
    row = next(row for row in book["Roles"].iter_rows(min_row=5, values_only=True) if row[0] == "PM")
    assert row[5].splitlines() == [
        "Option 1: IT manager, where projects belong to IT",
        "Option 2: Project executive (dotted line), where there is a project office",
    ]
    assert row[6].startswith("19: RES-1, RES-2")


def test_the_workload_is_live_and_charted(book: Any) -> None:
    sheet = book["Workload"]
    assert sheet["B5"].value == "=Matrix!H63"
    [chart] = sheet._charts
    assert chart.series[0].val.numRef.f == "'Workload'!$B$5:$B$13"


def test_findings_stand_in_words(book: Any) -> None:
    rows = list(book["Findings"].iter_rows(min_row=5, values_only=True))
    assert len(rows) == len(sample().findings)
    assert any(row[1] == "R08" and row[2] == "FIN-10 Keep the asset register" for row in rows)


def test_the_way_home_is_written_twice(book: Any) -> None:
    known = facts(sample())
    assert known["revision"] == "214" and known["matrix"] == "m-projects" and tuple(known) == layout.FACTS
    assert dict(book["orgroles"].iter_rows(values_only=True)) == known
    assert {item.name.removeprefix("orgroles."): item.value for item in book.custom_doc_props} == known


def test_the_document_says_what_it_is(book: Any) -> None:
    properties = book.properties
    assert (properties.title, properties.creator) == ("Who owns what in an IT project", "Robin Vale")
    assert "RACI" in properties.keywords and "revision 214" in properties.subject
    assert properties.created.isoformat() == properties.modified.isoformat() == "2026-11-12T14:05:00"


def _with_duty(**fields: str) -> Any:
    edition = sample()
    duties = dict(edition.matrix.duties) | {"VEN-4": replace(edition.matrix.duties["VEN-4"], **fields)}
    return replace(edition, matrix=replace(edition.matrix, duties=duties))


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("x" * 32_768, "32,768 characters long"),
        ("😀" * 16_384, "32,768 characters long"),
        ("bell \a rings", "U+0007"),
        ("half \ud800 pair", "U+D800"),
        ("no \uffff such", "U+FFFF"),
        ("nul \0", "U+0000"),
    ],
)
def test_what_no_cell_can_hold_is_refused_with_its_place(title: str, said: str) -> None:
    stream = BytesIO()
    with pytest.raises(CannotBeHeld) as refusal:
        write_workbook(_with_duty(title=title), stream)
    assert str(refusal.value).startswith("Matrix!G21 (duty VEN-4): ")
    assert said in str(refusal.value)
    assert stream.getvalue() == b""


def test_the_longest_text_is_kept_whole() -> None:
    rows = by_calamine(written(_with_duty(title="x" * 32_767)), layout.MATRIX)
    assert rows[20][6] == "x" * 32_767


def test_a_refusal_on_another_sheet_names_it() -> None:
    edition = sample()
    grey = dict(edition.matrix.grey_areas) | {"g-RES-3": GreyArea("RES-3", "bad \x01")}
    with pytest.raises(CannotBeHeld, match=r"^Grey areas!D\d+ \(grey area of duty RES-3\): "):
        written(replace(edition, matrix=replace(edition.matrix, grey_areas=grey)))


def test_more_roles_or_duties_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(CannotBeHeld, match="16,384"):
        Grid(1, 16_375, 4)
    with pytest.raises(CannotBeHeld, match="1,048,576"):
        Grid(1_048_565, 1, 4)
    assert Grid(1_048_564, 16_374, 4).check == "XFD"


def test_an_empty_matrix_is_a_workbook_too() -> None:
    empty = replace(sample(), matrix=Matrix("m", Sheet("Nothing yet"), RACI), findings=())
    book = by_openpyxl(written(empty), results=True)
    assert book[layout.MATRIX]["E4"].value == "0 rows, 0 clean, 0 to settle"


def test_many_findings_are_all_there() -> None:
    one = Finding("R01", "n", Level.ERROR, Subject(SubjectKind.ROW, "VEN-4"), "Message {n}.", "Hint.", facts={"n": 1})
    edition = replace(sample(), findings=(one,) * 2_000)
    assert len(by_calamine(written(edition), "Findings")) == 2_004


def test_two_thousand_duties_of_one_role_are_summed_up_not_cut() -> None:
    edition = sample()
    extra = {f"x{number}": Duty(f"X-{number}", "More") for number in range(300)}
    matrix = replace(
        edition.matrix,
        duties={**edition.matrix.duties, **extra},
        rows={**edition.matrix.rows, **dict.fromkeys(extra, edition.matrix.rows["RES-1"])},
        cells={**edition.matrix.cells, **{key: {"legal": "C"} for key in extra}},
    )
    rows = by_calamine(written(replace(edition, matrix=matrix)), "Roles")
    row = next(row for row in rows if row[0] == "LEGAL")
    assert row[8].startswith("305: ") and row[8].endswith(" … and 205 more")


def test_measures_stand_by_area_and_in_all_with_a_chart_of_ages(book: Any) -> None:
    sheet = book["Measures"]
    heads = [cell.value for cell in sheet[4]]
    rows = {
        row[0].value: dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=5)
    }
    assert list(rows)[-1] == "All"
    found = measure(facts_of(sample().matrix, sample().today), sample().today)
    whole = rows.pop("All")
    assert (whole["Rows"], whole["With a valid decision"]) == (found.coverage.of, found.coverage.count)
    assert whole["Covered"] == found.coverage.percent / 100
    assert whole["Open"] == found.open == sum(row["Open"] for row in rows.values())
    assert whole["Median age, days"] == found.open_age.median
    assert [whole[name] for name in ("up to 30 days", "31–60", "61–90", "over 90")] == list(found.buckets)
    assert sheet["D5"].number_format == "0%"
    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f == f"'Measures'!$F$5:$F${4 + len(rows)}"


def test_measures_of_an_empty_matrix_share_nothing() -> None:
    matrix = Matrix(key="m", sheet=Sheet("Bare"), scheme=RACI)
    sheet = by_openpyxl(written(replace(sample(), matrix=matrix, findings=())))["Measures"]
    assert [cell.value for cell in sheet[5]][:5] == ["All", 0, 0, None, 0]
    assert sheet._charts == []


def test_days_to_the_first_decision_are_told_where_the_start_is_known() -> None:
    edition = sample()
    started = edition.today - timedelta(days=400)
    sheet = by_openpyxl(written(replace(edition, started_on=started)))["Measures"]
    assert sheet["A2"].value.endswith("Days to the first decision are counted from 8 October 2025.")
    days = [(row[18].value, row[19].value) for row in sheet.iter_rows(min_row=5)]
    assert days[-1] == (None, None)
    assert all(one == 400 if first is None else one == (first.date() - started).days for one, first in days[:-1])
    assert any(first for _, first in days)
