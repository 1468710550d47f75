"""The boundary of two roles as a workbook and as Markdown says what the page says."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest

from raci.documents.boundary import words
from raci.documents.boundary.edition import BoundaryEdition
from raci.documents.boundary.markdown import write_markdown
from raci.documents.boundary.workbook import write_workbook
from raci.documents.held import CannotBeHeld
from raci.documents.speech import Language
from raci.domain.boundary import Boundary, Entry, Share, boundary
from raci.domain.records import Decision, Difference
from raci.domain.whole import Whole, register_of
from tests.domain.builders import TODAY, matrix_of, open_grey_area, overlap

CATALOGUE = (Entry("DIF-1", "Span", "one project", "=the department"),)


def whole() -> Whole:
    here = matrix_of(
        "PM ITM CIO", "AR C I", "A R I", "R R A",
        grey_areas={"g": open_grey_area("3", interim="PM")},
        decisions={"x": Decision("1", owner="PM")},
        differences={"d": Difference("PM", "ITM", "=1+1 | Pay", "hourly", "")},
    )  # fmt: skip
    here = replace(overlap(here, "PM", "ITM"), sheet=replace(here.sheet, title="Projects"))
    other = matrix_of("PM ITM CIO", "C AR I", ". . .", ". . .")
    there = replace(
        here, key="n", cells=other.cells, grey_areas={}, decisions={}, sheet=replace(here.sheet, title="IT")
    )
    return Whole(register_of(here), (here, there))


def edition(**options) -> BoundaryEdition:
    organisation = whole()
    pair = boundary(organisation, "PM", "ITM", today=TODAY, catalogue=CATALOGUE)
    narrowed: Boundary = pair.narrowed(**options)
    return BoundaryEdition(
        "Skerrow *Ferries*",
        organisation,
        pair,
        narrowed,
        {("m", "x"): "Sole owner: PM"},
        datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        "Ed",
        agreements=["OLA, until 2027"],
        catalogue=[("Early", "Settle it early.")],
        asked=[("Class", "Shared")] if options else [],
    )


def sheets(ready: BoundaryEdition):
    stream = BytesIO()
    write_workbook(ready, stream)
    return openpyxl.load_workbook(BytesIO(stream.getvalue()))


def values(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_has_a_summary_the_differences_and_every_line():
    book = sheets(edition())
    assert book.sheetnames == ["Summary", "Differences", "Lines"]
    assert values(book["Differences"])[1:] == [
        ["=1+1 | Pay", "hourly", None, None, None],
        ["Span", None, None, "one project", "=the department"],
    ]
    assert {cell.data_type for row in book["Differences"].iter_rows() for cell in row if cell.value} == {"s"}
    lines = values(book["Lines"])
    assert [row[5] for row in lines[1:]] == ["Only PM", "Shared", "Undecided", "Only ITM"]
    assert lines[1][2:4] == ["1", "Duty 1"]
    assert lines[1][11:] == ["PM answers for it in Projects, ITM in IT", "Sole owner: PM"]
    assert lines[2][11] == "ITM does it, PM answers for it in Projects"
    assert lines[3][8:11] == ["CIO", "PM", 0]


def test_the_summary_counts_the_pair_and_the_areas_that_are_written_down():
    rows = values(sheets(edition())["Summary"])
    assert rows[0][0] == "PM and ITM"
    assert [row[:2] for row in rows[4:10]] == [
        ["Coefficient of overlap", "1.00"], ["Undecided", 1], ["Shared", 1], ["Only PM", 1], ["Only ITM", 1],
        ["Hand-over points", 2],
    ]  # fmt: skip
    assert rows[12][0] == "Overlap" and rows[12][1] == 1
    assert ["Filters", "none"] in [row[:2] for row in rows]


def test_only_what_is_filtered_is_written_down_and_it_says_so():
    ready = edition(kinds=["shared"])
    book = sheets(ready)
    assert [row[5] for row in values(book["Lines"])[1:]] == ["Shared"]
    assert ["Class", "Shared"] in [row[:2] for row in values(book["Summary"])]
    text = write_markdown(ready)
    assert "- **Class:** Shared" in text
    assert "Only PM | A/R" not in text and "| Shared | A | R |" in text


def test_markdown_says_the_same_and_takes_no_sign_for_its_own():
    text = write_markdown(edition())
    assert text.startswith("# PM and ITM\n\n**Skerrow \\*Ferries\\*** · revision 0, 1 March 2026\n")
    assert "| =1+1 \\| Pay | hourly | blank |" in text
    assert "| Span | blank (catalogue: one project) | blank (catalogue: =the department) |" in text
    assert "| Projects | 3 | Duty 3 | Undecided | R | R | CIO | 0 days, until then PM |  |" in text
    assert "- 1: PM answers for it in Projects, ITM in IT" in text
    assert "Declared overlap of the two, coefficient 1.00" in text
    assert "- OLA, until 2027" in text and "- **Early.** Settle it early." in text


def test_it_speaks_the_language_of_the_edition():
    german = {"Undecided": "Offen", "Only {role}": "Nur {role}"}
    language = Language(lambda text: german.get(text, text), lambda number: f"{number}".replace(".", ","))
    text = write_markdown(replace(edition(), language=language))
    assert "Offen" in text and "Nur ITM" in text and "1,00" in text


def test_what_no_cell_holds_is_refused_with_its_place():
    ready = edition()
    long = replace(ready.found.differences[0], first="x" * 40_000)
    with pytest.raises(CannotBeHeld, match="Differences!B2"):
        sheets(replace(ready, found=replace(ready.found, differences=(long,))))


@pytest.mark.parametrize(
    ("share", "said"),
    [(Share(4, 3, 2), "0.67"), (Share(4, 0, 0), "–"), (Share(1, 2, 1), "1.00")],
)
def test_a_coefficient_has_two_decimals(share: Share, said: str):
    assert words.coefficient(share) == said


def test_the_summary_says_what_is_open_and_blank():
    ready = edition()
    assert words.summary(ready.pair, ready.names) == (
        "Of all duties PM works on 3 and ITM on 3; they have 3 in common, a coefficient of overlap of 1.00. "
        "Undecided between the two: 1, the oldest since 1 March 2026. Blank sides of their differences: 3."
    )
