"""Ways to open what was written."""

from io import BytesIO
from typing import Any

import openpyxl
import python_calamine

from raci.documents.edition import Edition
from raci.documents.workbook.writer import write_workbook


def written(edition: Edition) -> bytes:
    """Return the workbook of an edition."""
    stream = BytesIO()
    write_workbook(edition, stream)
    return stream.getvalue()


def by_openpyxl(workbook: bytes, *, results: bool = False) -> Any:
    """Return the workbook as openpyxl reads it; with ``results``, formulas show what they came to."""
    return openpyxl.load_workbook(BytesIO(workbook), data_only=results)


def by_calamine(workbook: bytes, sheet: str) -> list[list[Any]]:
    """Return the rows of a sheet as python-calamine reads them, from A1 on."""
    return python_calamine.load_workbook(BytesIO(workbook)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
