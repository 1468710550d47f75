"""Tables of text: what every kind of foreign file becomes before anybody looks for a matrix in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from raci.domain.text import Sentence


class Medium(StrEnum):
    """What a table stood in; it decides how places in it are called."""

    SHEET = "sheet"  # Sheet1!D4
    TEXT = "text"  # line 12, column 3: comma or tab separated, pasted
    MARKUP = "markup"  # table 2, row 3, column 4: Markdown and HTML
    LIST = "list"  # line 12: headings and nested bullets; each row is depth by depth, the deepest text last


@dataclass(frozen=True)
class Span:
    """A merged range, from the first to the last row and column, all counted from nought in the table."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Table:
    """A rectangle of text, "" where nothing stands.

    ``first_row`` and ``first_column`` (from nought) say where its corner is in the sheet or file; ``name`` is the
    sheet's, ``heading`` the nearest heading above it in a text, ``lines`` the line of each row in a text (from one).
    ``hidden_rows`` and ``hidden_columns`` are counted from nought in the table. A whole number that a sheet stores
    as 3.0 reads "3".
    """

    rows: tuple[tuple[str, ...], ...]
    medium: Medium = Medium.SHEET
    name: str = ""
    heading: str = ""
    first_row: int = 0
    first_column: int = 0
    merged: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    lines: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return what stands somewhere, "" outside of the table."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def place(self, row: int, column: int) -> str:
        """Return the address of a cell as people find it: "Sheet1!D4", or "line 12, column 3"."""
        if self.medium is Medium.SHEET:
            return f"{self.name}!{column_letters(self.first_column + column)}{self.first_row + row + 1}"
        line = self.lines[row] if row < len(self.lines) else self.first_row + row + 1
        where = (
            f"line {line}" if self.medium is Medium.LIST else f"line {line}, column {self.first_column + column + 1}"
        )
        return f"{self.name}, {where}" if self.name else where

    def place_of_row(self, row: int) -> str:
        """Return the address of a whole row."""
        if self.medium is Medium.SHEET:
            return f"{self.name}!{self.first_row + row + 1}"
        line = self.lines[row] if row < len(self.lines) else self.first_row + row + 1
        return f"{self.name}, line {line}" if self.name else f"line {line}"


@dataclass(frozen=True)
class Sheaf:
    """All tables of one file in its order, the kind of file ("xlsx", "csv", "md", …), how it was read, and its name."""

    kind: str
    tables: tuple[Table, ...]
    notes: tuple[Sentence, ...] = ()
    name: str = ""


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column that is counted from nought: 0 is A, 26 is AA."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def trimmed(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return rows without blanks at their right ends and without empty rows at the bottom."""
    kept = []
    for row in rows:
        width = len(row)
        while width and not row[width - 1].strip():
            width -= 1
        kept.append(tuple(row[:width]))
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
