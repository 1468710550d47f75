"""Charters as documents say the same in every kind, hold what people type, and open again."""

import io
import random
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.documents.charter.docx import write_docx
from raci.documents.charter.markdown import write_markdown
from raci.documents.charter.told import Edition, SignedBy, tell
from raci.documents.charter.xlsx import sheet_names, write_workbook
from raci.documents.held import CannotBeHeld
from raci.documents.speech import Language
from raci.documents.workbook.cells import spelled
from raci.domain.charter import draw_up
from raci.domain.text import fold
from tests.domain.builders import TODAY
from tests.domain.test_charter import full, whole

LEVELS = {"own": {4: "Leads others"}}


def edition(role: str = "PM", **more: Any) -> Edition:
    view = draw_up(whole(full()), role, TODAY)
    signed = [SignedBy("Ann", "permanent", signed_on=TODAY), SignedBy("", "deputy", date(2026, 1, 1))]
    return Edition("Example Rail", view, tuple(signed), LEVELS, TODAY, **more)


def named(name: str, **more: Any) -> Edition:
    made = edition(**more)
    return replace(made, view=replace(made.view, role=replace(made.view.role, name=name)))


def word(made: Edition) -> Any:
    stream = io.BytesIO()
    write_docx(made, stream)
    return docx.Document(io.BytesIO(stream.getvalue()))


def book(*made: Edition) -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_workbook(made, stream)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


def words_in(document: Any) -> set[str]:
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    return cells | {paragraph.text for paragraph in document.paragraphs}


def all_said(made: Edition) -> set[str]:
    """Return everything that a charter says in words."""
    told = tell(made)
    found = {told.title, *(value for _name, value in told.facts)}
    for section in told.sections:
        found |= {section.title, section.text, *section.items, section.empty if section.is_empty else ""}
        for table in (*section.tables, told.signing):
            found |= {table.title, *table.heads, *(cell for row in table.rows for cell in row.cells)}
    return found - {""}


def test_it_is_told_in_order() -> None:
    told = tell(edition())
    assert [section.id for section in told.sections] == [
        "purpose", "scope", "excludes", "main_duties", "duties", "domains", "policies", "authority", "skills",
        "reports_to", "dependencies", "measures",
    ]  # fmt: skip
    (duties,) = [section for section in told.sections if section.id == "duties"]
    assert [table.title for table in duties.tables] == [
        "Answers for (1)", "Acts in the interim, until it is decided (1)", "Does the work (1)",
    ]  # fmt: skip
    assert duties.tables[0].rows[1].cells == (
        "1 Duty 1", "Sheet", "A/R", "split by threshold: up to 50,000 EUR, until 5 April 2027",
    )  # fmt: skip
    (skills,) = [section for section in told.sections if section.id == "skills"]
    assert [row.cells for row in skills.tables[0].rows] == [
        ("Planning a project", "CMP-1 Planning", "4 · Leads others", "yes"),
        ("Tact", "no competency covers it", "", ""),
        ("Money", "CMP-2 Money", "2", ""),
    ]


def test_every_kind_says_all_of_it() -> None:
    said = all_said(edition())
    assert said <= words_in(word(edition()))
    values = {cell.value for row in book(edition()).worksheets[0].iter_rows() for cell in row}
    assert said <= values | {str(value).removeprefix("• ") for value in values}
    text = write_markdown(edition()).replace("\\", "")
    assert not [words for words in said if words not in text]


def test_an_empty_charter_says_that_it_is() -> None:
    assert "Not written yet." in words_in(word(edition("CIO")))
    assert "*Not written yet.*" in write_markdown(edition("CIO"))


@pytest.mark.parametrize("typed", ["=1+1", '=HYPERLINK("x")', "+1", "@x", "_x0041_", "<b>&", "|pipe|"])
def test_text_stays_text(typed: str) -> None:
    made = named(typed)
    sheet = book(made).worksheets[0]
    assert (sheet["A1"].value, sheet["A1"].data_type) == (spelled(typed), "s")
    assert word(made).paragraphs[0].text == typed


def test_what_no_document_can_hold_is_refused_before_anything_is_written() -> None:
    for write in (write_docx, lambda made, to: write_workbook([made], to)):
        stream = io.BytesIO()
        with pytest.raises(CannotBeHeld):
            write(named("a\x00b"), stream)
        assert stream.getvalue() == b""


def test_a_pipe_does_not_end_a_cell_of_markdown() -> None:
    lines = write_markdown(edition()).splitlines()
    assert "| Sign contracts | 1 Duty 1 | 60 % |" in lines
    assert r"# a\|b (PM)" in write_markdown(named("a|b")).splitlines()


def test_it_speaks_the_language_that_it_is_given() -> None:
    spoken = Language(lambda text: {"Purpose": "Zweck", "in force": "in Kraft"}.get(text, text), str, date.isoformat)
    told = tell(edition(language=spoken))
    assert told.sections[0].title == "Zweck"
    assert told.status == "in Kraft"
    assert ("Review on", "2027-04-05") in told.facts


# --- names of sheets


@given(st.lists(st.text(max_size=40), max_size=12))
def test_sheets_have_names_that_a_workbook_takes(wanted: list[str]) -> None:
    found = sheet_names(wanted)
    assert len(found) == len(wanted)
    assert len({fold(name) for name in found}) == len(found)
    for name in found:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'") and not name.endswith("'")


def test_long_and_equal_names_are_told_apart() -> None:
    long = "Head of the department of long names"
    assert sheet_names([long, long, "it manager", "IT Manager", "a/b", "", "History"]) == [
        "Head of the department of long", "Head of the department of l (2)", "it manager", "IT Manager (2)", "a b",
        "Role", "History (2)",
    ]  # fmt: skip


def test_each_role_has_its_sheet() -> None:
    made = [named(name) for name in ("One", "Two", "Three")]
    random.Random(1).shuffle(made)
    assert book(*made).sheetnames == [one.view.role.name for one in made]
    assert book().sheetnames == ["Charters"]


def test_a_sheet_prints_on_one_column_of_pages() -> None:
    sheet = book(edition()).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("portrait", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
