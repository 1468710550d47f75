"""The XML of single cells and rows (ECMA-376 part 1, 18.3.1). Everything that is text goes through `text`.

A cell is made before its row is known: `ROW` stands for the row's number until `row` puts it in. No text
can hold that character, since XML cannot.
"""

import re
from collections.abc import Iterable
from datetime import date

from raci.documents.held import CannotBeHeld, check
from raci.documents.speech import gettext as _
from raci.documents.speech import number as shown

ROW = "\0"
LONGEST_FORMULA = 8_192
_LONGEST_LITERAL = 255  # characters of a text inside a formula

# What needs a second look: XML's own characters, what cannot be held, what might be "_x0041_".
_UNUSUAL = re.compile("[&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SHORT = 16_000
_EPOCH = date(1899, 12, 30)
_FIRST_SAFE_DAY = date(1900, 3, 1)  # before it, spreadsheet programs disagree about the calendar


def text(column: str, style: int, value: str) -> str:
    """Return a cell that holds a text and nothing but a text, whatever it looks like."""
    if not value:
        return f'<c r="{column}{ROW}" s="{style}"/>'
    if value[0] > " " and value[-1] > " " and len(value) < _SHORT and not _UNUSUAL.search(value):
        return f'<c r="{column}{ROW}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
    _refuse(column, value)
    keep = ' xml:space="preserve"' if value != value.strip() or "\n" in value or "\t" in value else ""
    return f'<c r="{column}{ROW}" s="{style}" t="inlineStr"><is><t{keep}>{escape(spelled(value))}</t></is></c>'


def number(column: str, style: int, value: float) -> str:
    return f'<c r="{column}{ROW}" s="{style}"><v>{value!r}</v></c>'


def day(column: str, style: int, value: date | None) -> str:
    """Return a cell that holds a date; one that the calendar of workbooks does not know is written as text."""
    if value is None:
        return text(column, style, "")
    if value < _FIRST_SAFE_DAY:
        return text(column, style, value.isoformat())
    return number(column, style, (value - _EPOCH).days)


def formula(column: str, style: int, expression: str, result: str | float) -> str:
    """Return a cell with a formula and its result, which previewers show without calculating."""
    return _formula(column, style, f"<f>{escape(_fitting(column, expression))}</f>", result)


def first_shared(column: str, style: int, expression: str, result: str | float, *, index: int, span: str) -> str:
    """Return the cell that holds a formula for all of a range; the others follow it with `shared`."""
    held = escape(_fitting(column, expression))
    return _formula(column, style, f'<f t="shared" ref="{span}" si="{index}">{held}</f>', result)


def shared(column: str, style: int, result: str | float, *, index: int) -> str:
    return _formula(column, style, f'<f t="shared" si="{index}"/>', result)


def row(number: int, cells: Iterable[str], *, height: float = 0, fitted: float = 0, hidden: bool = False) -> str:
    """Return a row. Heights are in points: ``height`` stays as it is, ``fitted`` follows the text when it is edited."""
    attributes = f' ht="{height}" customHeight="1"' if height else f' ht="{fitted}"' if fitted else ""
    if hidden:
        attributes += ' hidden="1"'
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'.replace(ROW, str(number))


def escape(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(value: str) -> str:
    """Return a text as it stands in a formula: in quotes, in pieces where it is long."""
    pieces = [value[start : start + _LONGEST_LITERAL] for start in range(0, len(value), _LONGEST_LITERAL)] or [""]
    quoted = "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
    return f"({quoted})" if len(pieces) > 1 else quoted


def spelled(value: str) -> str:
    """Return a text with what a workbook would read as an escape written out.

    Programs read ``_x0041_`` as A (ECMA-376 part 1, 22.9.2.19), so its first line becomes ``_x005F_``;
    a carriage return, which XML would turn into a line feed, has no other form than such an escape.
    """
    return _ESCAPE_LIKE.sub("_x005F_", value).replace("\r", "_x000D_")


def _refuse(column: str, value: str) -> None:
    try:
        check(value)
    except CannotBeHeld as refusal:
        raise CannotBeHeld(refusal.reason, cell=column) from None


def _fitting(column: str, expression: str) -> str:
    if len(expression) > LONGEST_FORMULA:
        text = _("needs a formula of {length} characters; {limit} fit")
        raise CannotBeHeld(text.format(length=shown(len(expression)), limit=shown(LONGEST_FORMULA)), cell=column)
    return expression


def _formula(column: str, style: int, expression: str, result: str | float) -> str:
    if isinstance(result, str):
        _refuse(column, result)
        return f'<c r="{column}{ROW}" s="{style}" t="str">{expression}<v>{escape(spelled(result))}</v></c>'
    return f'<c r="{column}{ROW}" s="{style}">{expression}<v>{result!r}</v></c>'
