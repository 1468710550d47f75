"""The slow writer: the same Matrix sheet as openpyxl alone writes it, a cell at a time.

It shares the layout and the look with the writer that it checks, not how rows are made.
"""

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.tally import Tally
from raci.documents.workbook import layout
from raci.documents.workbook.formulas import Formulas
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, HEADER_ROW, Grid
from raci.domain.structure import rows_in_order


def put(sheet: Worksheet, row: int, column: int, value: str | int) -> Cell:
    """Write one cell; a text is a text, whatever it looks like."""
    cell = sheet.cell(row, column)
    if isinstance(value, str) and value:
        cell.value = "x"
        cell._value = value
        cell.data_type = "s"
    elif value != "":
        cell.value = value
    return cell


def formula(sheet: Worksheet, row: int, column: int, expression: str) -> None:
    sheet.cell(row, column).value = f"={expression}"


def write(edition: Edition) -> Workbook:
    """Return the workbook with the Matrix sheet's table: keys, headers, rows, formulas, counts."""
    matrix = edition.matrix
    grid = Grid(len(matrix.rows), len(matrix.columns), len(matrix.scheme.letters))
    tally = Tally(matrix, edition.settings.owner_may_do)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = layout.MATRIX
    for column, role in enumerate(matrix.column_keys, start=FIRST_ROLE_COLUMN):
        put(sheet, layout.KEY_ROW, column, "role:" + role)
        put(sheet, HEADER_ROW, column, matrix.roles[role].name)
    for row, key in enumerate(rows_in_order(matrix), start=FIRST_ROW):
        _row(sheet, edition, tally, row, key)
        if matrix.rows[key].applies:
            formulas = Formulas(grid, tally.verdicts, row)
            for step, expression in enumerate((formulas.owners, formulas.doers, formulas.check)):
                formula(sheet, row, grid.owners_column + step, expression)
        else:
            reason = matrix.rows[key].reason
            put(sheet, row, grid.check_column, f"does not apply: {reason}" if reason else "does not apply")
    _counts(sheet, edition, grid, tally)
    return workbook


def _row(sheet: Worksheet, edition: Edition, tally: Tally, row: int, key: str) -> None:
    matrix = edition.matrix
    duty = matrix.duties[key]
    put(sheet, row, layout.KEY_COLUMN, key)
    if opened := matrix.open_by_duty.get(key):
        put(sheet, row, layout.CLAIM_COLUMN, words.claim(matrix, key))
        if matrix.grey_areas[opened].interim:
            put(sheet, row, layout.INTERIM_COLUMN, "role:" + matrix.grey_areas[opened].interim)
    elif key in tally.unsettled:
        claims = tally.claims.get(key, frozenset())
        known = [f"role:{role}/" for role in matrix.column_keys if role in claims]
        put(sheet, row, layout.OVERLAP_COLUMN, "|" * (len(claims) - len(known)) + "/" + "".join(known))
    if duty.area in matrix.areas:
        put(sheet, row, layout.AREA_COLUMN, matrix.areas[duty.area].name)
    put(sheet, row, layout.CODE_COLUMN, duty.code)
    put(sheet, row, layout.DUTY_COLUMN, duty.title)
    for column, role in enumerate(matrix.column_keys, start=FIRST_ROLE_COLUMN):
        if held := matrix.letters(key, role):
            put(sheet, row, column, held)


def _counts(sheet: Worksheet, edition: Edition, grid: Grid, tally: Tally) -> None:
    formulas = Formulas(grid, tally.verdicts, FIRST_ROW)
    for row, item in enumerate(edition.matrix.scheme.letters, start=grid.first_count_row):
        put(sheet, row, layout.KEY_COLUMN, f"count:{item.code}")
        put(sheet, row, layout.DUTY_COLUMN, f"{item.label} ({item.code})")
        for column in range(FIRST_ROLE_COLUMN, grid.owners_column):
            formula(sheet, row, column, formulas.count_in_column(item.code, layout.letter(column)))
