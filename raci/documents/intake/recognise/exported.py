"""Tables that a program wrote which names columns without headings, and writes something into empty cells."""

import re
from dataclasses import replace

from raci.documents.intake.table import Table

# What pandas calls a column without a heading, and what it writes into an empty cell.
_UNNAMED = re.compile(r"Unnamed: ?\d+(?:_level_\d+)?")
_EMPTY = frozenset(["NaN", "nan", "NaT", "None", "<NA>"])


def exported(table: Table) -> Table:
    """Return a table with blanks for what stands for nothing, where its first row names columns without headings."""
    if not table.rows or not any(map(_UNNAMED.fullmatch, table.rows[0])):
        return table
    first = tuple("" if _UNNAMED.fullmatch(text) else text for text in table.rows[0])
    rest = (tuple("" if text in _EMPTY else text for text in row) for row in table.rows[1:])
    return replace(table, rows=(first, *rest))
