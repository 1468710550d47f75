"""What a document can hold. What it cannot is refused, never cut: a cut text comes home as somebody's edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from raci.documents.speech import gettext as _
from raci.documents.speech import number, said
from raci.domain.text import problem

LONGEST = 32_767  # UTF-16 units in one cell of a workbook

# XML 1.0, section 2.2.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CannotBeHeld(ValueError):
    """Something does not fit into the document; the message names the sheet, the cell and the record."""

    def __init__(self, reason: str, *, sheet: str = "", cell: str = "", record: str = "") -> None:
        self.reason, self.sheet, self.cell, self.record = reason, sheet, cell, record
        place = "!".join(part for part in (sheet, cell) if part)
        about = f" ({record})" if record else ""
        super().__init__(f"{place}{about}: {reason}" if place or about else reason)


def check(value: str) -> None:
    """Raise `CannotBeHeld` where a text does not fit into one cell."""
    if len(value) > LONGEST // 2 and (units := len(value) + sum(character > "\uffff" for character in value)) > LONGEST:
        text = _("is {length} characters long; a cell of a workbook holds {longest}")
        raise CannotBeHeld(text.format(length=number(units), longest=number(LONGEST)))
    if _IMPOSSIBLE.search(value) and (found := problem(value, longest=LONGEST)):
        raise CannotBeHeld(said(found))


@contextmanager
def place(sheet: str, row: int, record: str = "") -> Iterator[None]:
    """Add sheet, row and record to whatever is refused inside. The one who refuses knows the column."""
    try:
        yield
    except CannotBeHeld as refusal:
        raise placed(refusal, sheet, row, record) from None


def placed(refusal: CannotBeHeld, sheet: str, row: int, record: str = "") -> CannotBeHeld:
    """Return a refusal with its sheet, row and record; as it is where it has them already."""
    if refusal.sheet:
        return refusal
    return CannotBeHeld(refusal.reason, sheet=sheet, cell=f"{refusal.cell}{row}", record=record)
