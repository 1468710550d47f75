"""Sheets of a workbook as tables, read by python-calamine: xlsx and xlsm (Strict ones too), xlsb, xls, ods."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from raci.documents.intake.guard import Admitted, words
from raci.documents.intake.refused import Refused
from raci.documents.intake.sources.appearance import NOTHING, Appearance, appearances
from raci.documents.intake.sources.mending import mended
from raci.documents.intake.sources.values import text_of
from raci.documents.intake.table import Sheaf, Span, Table, trimmed
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_EXCEL = ("xlsx", "xlsm")


def read_workbook(content: bytes, admitted: Admitted, seen: Callable[[int, int], None]) -> Sheaf:
    """Return the sheets of a workbook, in its order. Raises `Refused` where it cannot be opened."""
    try:
        found = _read(content, admitted, seen)
    except Refused:
        if admitted.kind not in _EXCEL:
            raise
        return _read(mended(content), admitted, seen)
    if found.notes != admitted.notes and admitted.kind in _EXCEL:
        with suppress(Refused):
            return _read(mended(content), admitted, seen)
    return found


def _read(content: bytes, admitted: Admitted, seen: Callable[[int, int], None]) -> Sheaf:
    with _reading():
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    known = appearances(content) if admitted.kind in _EXCEL else {}
    tables, notes = [], list(admitted.notes)
    for number, sheet in enumerate(sheets):
        seen(number, len(sheets))
        try:
            with _reading():
                tables.append(_table(book.get_sheet_by_name(sheet.name), sheet, known.get(sheet.name, NOTHING)))
        except Refused:
            notes.append(_left_out(sheet.name))
    if sheets and not tables:
        raise words.unreadable()
    seen(len(sheets), len(sheets))
    return Sheaf(admitted.kind, tuple(tables), tuple(notes))


def _left_out(name: str) -> Sentence:
    return Sentence(_("The sheet “{name}” could not be read. It was left out."), {"name": name})


@contextmanager
def _reading() -> Iterator[None]:
    """Turn whatever the reader says of a file into a refusal, panics of its own language included."""
    try:
        yield
    except PasswordError:
        raise words.protected() from None
    except (CalamineError, OSError, ValueError, KeyError, OverflowError) as problem:
        raise words.unreadable() from problem
    except BaseException as panic:
        # It derives from BaseException and has no name that could be imported.
        if type(panic).__name__ == "PanicException":
            raise words.unreadable() from None
        raise


def _table(sheet: CalamineSheet, known: SheetMetadata, look: Appearance) -> Table:
    top, left = sheet.start or (0, 0)
    rows = [[text_of(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    for (row, column), error in look.errors.items():
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[row - top]):
            rows[row - top][column - left] = error
    width = max(map(len, rows), default=0)
    return Table(
        rows=trimmed(rows),
        name=known.name,
        first_row=top,
        first_column=left,
        merged=_spans(sheet, top, left, len(rows), width),
        hidden=known.visible != SheetVisibleEnum.Visible,
        hidden_rows=frozenset(row - top for row in look.hidden_rows if 0 <= row - top < len(rows)),
        hidden_columns=frozenset(
            column - left
            for first, last in look.hidden_columns
            for column in range(max(first, left), min(last, left + width - 1) + 1)
        ),
    )


def _spans(sheet: CalamineSheet, top: int, left: int, height: int, width: int) -> tuple[Span, ...]:
    """Return merged ranges as they lie in the table; those outside of it hold nothing."""
    spans = []
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        if first_row - top in range(height) and first_column - left in range(width):
            bottom, right = min(last_row - top, height - 1), min(last_column - left, width - 1)
            spans.append(Span(first_row - top, first_column - left, bottom, right))
    return tuple(spans)
