"""The rows joined from text against the same sheet written by openpyxl, and against the matrix itself."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given, settings
from openpyxl import load_workbook

from raci.documents.edition import Edition
from raci.documents.workbook import layout
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, HEADER_ROW
from raci.domain.structure import rows_in_order
from tests.documents import reference
from tests.documents.opening import by_calamine, by_openpyxl, written
from tests.documents.sample import sample
from tests.documents.strategies import AWKWARD, editions


def understood(text: object) -> object:
    """Return what a program that reads escapes makes of a text of ours; openpyxl leaves them as they are written."""
    return text.replace("_x005F_", "_") if isinstance(text, str) else text


Cells = dict[tuple[int, int], tuple[object, str]]


def cells_of(sheet: object, read: Callable[[object], object] = lambda value: value) -> Cells:
    """Return every cell with something in it: its value and type by row and column."""
    return {
        (cell.row, cell.column): (read(cell.value), cell.data_type)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def differences(edition: Edition) -> dict[object, object]:
    """Return the cells in which our sheet and that of the slow writer differ."""
    ours = cells_of(by_openpyxl(written(edition))[layout.MATRIX], understood)
    stream = BytesIO()
    reference.write(edition).save(stream)
    theirs = cells_of(load_workbook(stream)[layout.MATRIX])
    edge = len(edition.matrix.columns) + FIRST_ROLE_COLUMN
    ignored = {
        (row, column) for row in (layout.KEY_ROW, HEADER_ROW) for column in (*range(1, 8), *range(edge, edge + 3))
    }
    return {
        place: (ours.get(place), theirs.get(place))
        for place in ours.keys() | theirs.keys()
        if ours.get(place) != theirs.get(place) and place[0] >= layout.KEY_ROW and place not in ignored
    }


@settings(max_examples=25, deadline=None)
@given(editions())
def test_every_cell_is_what_openpyxl_would_have_written(edition: Edition) -> None:
    assert differences(edition) == {}


def test_the_sample_is_what_openpyxl_would_have_written() -> None:
    assert differences(sample()) == {}


@settings(max_examples=25, deadline=None)
@given(editions())
def test_calamine_reads_every_text_and_letter_exactly(edition: Edition) -> None:
    matrix = edition.matrix
    rows = by_calamine(written(edition), layout.MATRIX)
    assert rows[layout.TITLE_ROW - 1][layout.AREA_COLUMN - 1] == matrix.sheet.title
    names = rows[HEADER_ROW - 1][FIRST_ROLE_COLUMN - 1 :]
    assert names[: len(matrix.columns)] == [matrix.roles[role].name for role in matrix.column_keys]
    for row, key in zip(rows[FIRST_ROW - 1 :], rows_in_order(matrix), strict=False):
        duty = matrix.duties[key]
        assert row[layout.KEY_COLUMN - 1] == key
        assert row[layout.CODE_COLUMN - 1 : FIRST_ROLE_COLUMN - 1] == [duty.code, duty.title]
        letters = row[FIRST_ROLE_COLUMN - 1 : FIRST_ROLE_COLUMN - 1 + len(matrix.columns)]
        assert letters == [matrix.letters(key, role) for role in matrix.column_keys]


@settings(max_examples=25, deadline=None)
@given(editions())
def test_only_our_own_formulas_are_formulas(edition: Edition) -> None:
    book = by_openpyxl(written(edition))
    found = {
        (sheet.title, cell.column)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    roles = range(FIRST_ROLE_COLUMN, FIRST_ROLE_COLUMN + len(edition.matrix.columns) + 3)
    figures = range(2, 2 + len(edition.matrix.scheme.letters) + 2)
    ours = {(layout.MATRIX, column) for column in (layout.AREA_COLUMN, *roles)}
    ours |= {(layout.WORKLOAD, column) for column in figures}
    assert found <= ours
    heads = {cell.value for cell in book[layout.MATRIX][layout.TITLE_ROW]} | {book[layout.MATRIX]["E2"].value}
    assert all(value is None or isinstance(value, str) for value in heads)


def test_the_awkward_texts_really_are_awkward() -> None:
    assert any(text.startswith("=") for text in AWKWARD)
    assert any("_x0041_" in text for text in AWKWARD)


def test_empty_crossings_have_no_cells() -> None:
    xml = ZipFile(BytesIO(written(sample()))).read("xl/worksheets/sheet1.xml").decode()
    row = xml[xml.index(f'<row r="{FIRST_ROW}"') :].split("</row>")[0]
    assert row.count("<c ") == 2 + 3 + 4 + 3  # key, overlap; area, code, duty; four letters; two counts and the words


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert written(sample()) == written(sample())
