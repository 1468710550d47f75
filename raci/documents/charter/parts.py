"""What documents of charters are made of: sections with text, lists and tables, whatever the kind of file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row of a table. ``kind`` is "row", "head" for a line over the rows of an area, or "foot" for a sum.

    ``about`` is the key of the duty that it is about, for pages that lead there.
    """

    cells: tuple[str, ...]
    kind: str = "row"
    about: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under heads. ``widths`` are shares of the width; ``title`` is "" where the section has but one table."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """A part of a charter under a heading: a text, a list, or tables. ``empty`` is said where it has none of them."""

    id: str
    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.items or self.tables)
