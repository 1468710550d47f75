"""Ranges exchanged with spreadsheets, by the very texts that these put on the clipboard and take from it."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.grid.test_ranges import put

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What LibreOffice Calc 7.4 (GTK 3, X11) had on the clipboard as UTF8_STRING after Ctrl+C, read with xclip. The sheet
# held A/R | R, A | (empty) | I, then A, line break, R | say "A" | "C" | A, tab, C, then an empty row, then
# Accountable | =1+1 | - | 3.5, then c. Line breaks and tabs within a cell became blanks, quotes were not doubled, and
# empty rows at the end were left out.
CALC_RANGE = 'A/R\tR, A\t\tI\nA R\tsay "A"\t"C"\tA C\n\t\t\t\nAccountable\t2\t-\t3.5\nc\t\t\t\n'
CALC_COLUMN = "A/R\nA R\n"
CALC_COLUMN_WITH_AN_EMPTY_END = "Accountable\nc\n"
CALC_CELL = "A/R"
# Only where one cell is copied alone does its line break stay, and it looks like two rows.
CALC_CELL_WITH_A_LINE_BREAK = "A\nR"

# What Excel writes: lines end with CR and LF, the last one too; a cell with a line break (LF), a tab or quotes at its
# start stands in quotes, and quotes within are doubled.
EXCEL_RANGE = 'A/R\tR, A\t\tI\r\n"A\nR"\tsay "A"\t"""C"""\t"A\tC"\r\n\t\t\t\r\nc\t2\t-\t3.5\r\n'
EXCEL_CELL = "A/R\r\n"


def parsed(page: Page, text: str) -> list[list[str]]:
    reading = "text => import('/static/raci/js/grid/clipboard.js').then(({ parse }) => parse(text))"
    found: list[list[str]] = page.evaluate(reading, text)
    return found


def test_what_spreadsheets_write_is_read_cell_by_cell(sight, page):
    assert parsed(page, CALC_RANGE) == [
        ["A/R", "R, A", "", "I"],
        ["A R", 'say "A"', "C", "A C"],
        ["", "", "", ""],
        ["Accountable", "2", "-", "3.5"],
        ["c", "", "", ""],
    ]
    assert parsed(page, CALC_COLUMN) == [["A/R"], ["A R"]]
    assert parsed(page, CALC_COLUMN_WITH_AN_EMPTY_END) == [["Accountable"], ["c"]]
    assert parsed(page, CALC_CELL) == parsed(page, EXCEL_CELL) == [["A/R"]]
    assert parsed(page, CALC_CELL_WITH_A_LINE_BREAK) == [["A"], ["R"]]
    assert parsed(page, EXCEL_RANGE) == [
        ["A/R", "R, A", "", "I"],
        ["A\nR", 'say "A"', '"C"', "A\tC"],
        ["", "", "", ""],
        ["c", "2", "-", "3.5"],
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", [[""]]),
        ("A\t", [["A", ""]]),
        ("\t\n\t", [["", ""], ["", ""]]),
        ("A\r\rR\r", [["A"], [""], ["R"]]),
        ('"A\tR\nC\tI\n', [['"A', "R"], ["C", "I"]]),  # a quote that nothing closes is a character like any other
        ('"A" or "R"\tC', [['"A" or "R"', "C"]]),
        ('""\t"A""R"', [["", 'A"R']]),
    ],
)
def test_quotes_count_only_around_a_whole_cell(sight, page, text, cells):
    assert parsed(page, text) == cells


@pytest.mark.parametrize("text", [CALC_RANGE, EXCEL_RANGE])
def test_a_range_of_a_spreadsheet_is_pasted(sight, page, held, text):
    put(page, text)
    sight.cell("VEN-1", 0).click()
    sight.press("Control+v")
    dialog = page.get_by_role("dialog", name="Paste")
    expect(dialog).to_contain_text("VEN-1, IT Project Manager: empty → A/R")
    expect(dialog).to_contain_text("VEN-2, IT Project Manager: empty → A/R")
    expect(dialog).to_contain_text('VEN-2, IT Manager: “say "A"”')
    dialog.get_by_role("button", name="Paste").click()
    sight.says("Saved.")
    assert [held("VEN-1", role) for role in ("PM", "ITM", "CIO")] == ["A/R", "A/R", ""]
    assert (held("VEN-2", "PM"), held("VEN-2", "ITM")) == ("A/R", "")
    assert [held("FIN-1", role) for role in ("PM", "ITM", "CIO")] == ["", "", ""]


@pytest.mark.parametrize("text", [CALC_CELL, EXCEL_CELL])
def test_one_cell_of_a_spreadsheet_is_pasted_at_once(sight, page, held, text):
    put(page, text)
    sight.cell("FIN-1", 1).click()
    sight.press("Control+v")
    sight.says("Saved. Do what FIN-1 says, IT Manager: Accountable and Responsible")
    assert held("FIN-1", "ITM") == "A/R"


def test_what_is_copied_is_what_calc_takes(sight, page):
    """Both forms, put on the clipboard by Chromium, gave these very cells in Calc: the table after its question about
    numbers, the text after its import dialog with tabs as separators."""
    cells = [["A/R", "", "I"], ["", "C", "R"], ["A", "", ""]]
    writing = (
        "cells => import('/static/raci/js/grid/clipboard.js').then((own) => [own.format(cells), own.asTable(cells)])"
    )
    text, table = page.evaluate(writing, cells)
    assert text == "A/R\t\tI\n\tC\tR\nA\t\t"
    assert table == (
        "<table><tr><td>A/R</td><td></td><td>I</td></tr>"
        "<tr><td></td><td>C</td><td>R</td></tr>"
        "<tr><td>A</td><td></td><td></td></tr></table>"
    )
    assert parsed(page, text) == cells
