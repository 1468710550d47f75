"""Records of binary workbooks: .xlsb inside its archive, and the stream of an old .xls.

Both are chains of records that say what they are and how long they are, so cells can be counted without reading them.
"""

from dataclasses import dataclass, field

from raci.documents.intake.guard import words
from raci.documents.intake.guard.cells import check_reach, check_rectangle
from raci.documents.intake.guard.limits import LARGEST_RECTANGLE, MOST_CELLS, MOST_RECORDS, MOST_ROWS, MOST_STRINGS
from raci.domain.text import Fact
from raci.domain.text import gettext_noop as _

# .xlsb: [MS-XLSB] section 2.3.1
_ROW_HEADER, _FIRST_VALUE, _LAST_VALUE, _BEGIN_STRINGS = 0, 2, 11, 159

# .xls: [MS-XLS] section 2.3. Cells start with their row and column.
_BEGIN, _FILE_PASS, _DIMENSIONS, _SHARED_STRINGS = 0x0809, 0x002F, 0x0200, 0x00FC
_VALUES = frozenset((0x0203, 0x0204, 0x0205, 0x0006, 0x0406, 0x0206, 0x027E, 0x00FD, 0x00BD, 0x00D6))


@dataclass
class Reach:
    """How many values there are, and how far they reach, counted from nought."""

    part: Fact
    values: int = 0
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    def add(self, row: int, column: int) -> None:
        self.values += 1
        self.rows.add(row)
        self.columns.add(column)

    def check(self) -> None:
        if self.values > MOST_CELLS:
            raise words.too_much(self.part, _("cells with a value"), MOST_CELLS)
        if len(self.rows) > MOST_ROWS:
            raise words.too_much(self.part, _("rows with a value"), MOST_ROWS)
        if self.rows:
            check_reach(self.part, max(self.rows) + 1, max(self.columns) + 1)
            height, width = max(self.rows) - min(self.rows) + 1, max(self.columns) - min(self.columns) + 1
            check_rectangle(self.part, height, width)


def check_xlsb_part(name: str, content: bytes) -> None:
    """Check the records of one part of an .xlsb."""
    at, end, row, count = 0, len(content), 0, 0
    reach = Reach(name)
    while at < end:
        kind, length, at = _xlsb_record(content, at)
        count += 1
        if count > MOST_RECORDS:
            raise words.too_much(name, _("records"), MOST_RECORDS)
        if at + length > end:
            raise words.damaged(name)
        if kind == _ROW_HEADER:
            row = int.from_bytes(content[at : at + 4], "little")
        elif _FIRST_VALUE <= kind <= _LAST_VALUE:
            reach.add(row, int.from_bytes(content[at : at + 4], "little"))
        elif kind == _BEGIN_STRINGS and int.from_bytes(content[at + 4 : at + 8], "little") > MOST_STRINGS:
            raise words.too_much(name, _("texts"), MOST_STRINGS)
        at += length
    reach.check()


def _xlsb_record(content: bytes, at: int) -> tuple[int, int, int]:
    """Return kind and length of a record, and where what it holds begins."""
    kind = content[at]
    at += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | ((content[at] if at < len(content) else 0) & 0x7F) << 7
        at += 1
    length = shift = 0
    for part in content[at : at + 4]:
        length |= (part & 0x7F) << shift
        shift += 7
        at += 1
        if not part & 0x80:
            break
    return kind, length, at


def check_xls_stream(part: Fact, content: bytes) -> None:
    """Check the records of the workbook inside an .xls."""
    at, end, count = 0, len(content), 0
    reach = Reach(part)
    while at + 4 <= end:
        kind, length = (
            int.from_bytes(content[at : at + 2], "little"),
            int.from_bytes(content[at + 2 : at + 4], "little"),
        )
        at += 4
        count += 1
        if count > MOST_RECORDS:
            raise words.too_much(part, _("records"), MOST_RECORDS)
        if kind in _VALUES:
            row, column = content[at : at + 2], content[at + 2 : at + 4]
            reach.add(int.from_bytes(row, "little"), int.from_bytes(column, "little"))
        elif kind == _BEGIN:
            # A sheet of its own begins: its cells make a rectangle of their own.
            reach.check()
            reach = Reach(part, values=reach.values)
        else:
            _check_xls_record(part, kind, content[at : at + length])
        at += length
    reach.check()


def _check_xls_record(part: Fact, kind: int, held: bytes) -> None:
    if kind == _FILE_PASS:
        raise words.protected()
    if kind == _SHARED_STRINGS and int.from_bytes(held[4:8], "little") > MOST_STRINGS:
        raise words.too_much(part, _("texts"), MOST_STRINGS)
    if kind == _DIMENSIONS:
        _check_dimensions(part, held)


def _check_dimensions(part: Fact, held: bytes) -> None:
    """Refuse a sheet that claims to be larger than any: readers make room for what it claims."""
    size = 4 if len(held) >= 14 else 2
    numbers = [int.from_bytes(held[at : at + size], "little") for at in (0, size)]
    columns = [int.from_bytes(held[at : at + 2], "little") for at in (2 * size, 2 * size + 2)]
    height, width = numbers[1] - numbers[0], columns[1] - columns[0]
    if height > 0 and width > 0 and height * width > 2 * LARGEST_RECTANGLE:
        check_rectangle(part, height, width)
