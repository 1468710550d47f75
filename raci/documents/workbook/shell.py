"""The workbook without its rows: everything that openpyxl writes."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.writer.excel import ExcelWriter

from raci.documents.edition import Edition
from raci.documents.workbook import layout
from raci.documents.workbook.home import describe
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, Grid, letter
from raci.documents.workbook.legend import combinations_range
from raci.documents.workbook.parts import Part, Styles
from raci.documents.workbook.styles import register


def build(edition: Edition, grid: Grid, parts: Iterable[Part]) -> tuple[bytes, Styles]:
    """Return the file without rows, and the numbers of the cell styles that rows are to name."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    sheets = [(part, workbook.create_sheet(part.name)) for part in parts]
    styles = register(workbook)
    for part, sheet in sheets:
        part.set_up(sheet)
    workbook.defined_names[layout.LEGAL_LETTERS] = DefinedName(
        layout.LEGAL_LETTERS, attr_text=combinations_range(edition.matrix.scheme)
    )
    if grid.columns:
        span = f"${letter(FIRST_ROLE_COLUMN)}${FIRST_ROW}:${letter(grid.last_role_column)}${grid.last_row}"
        workbook.defined_names[layout.CELLS] = DefinedName(
            layout.CELLS, attr_text=f"{layout.sheet_reference(layout.MATRIX)}!{span}"
        )
    describe(workbook, edition)
    shell = BytesIO()
    ExcelWriter(workbook, ZipFile(shell, "w")).save()  # not compressed: it is unpacked at once
    return shell.getvalue(), styles
