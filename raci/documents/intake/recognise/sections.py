"""Sections of a grid: rows that head others, and columns that say where a row belongs."""

import re
from collections import Counter
from functools import cached_property

from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.cells import Kind
from raci.documents.intake.recognise.columns import Columns
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, is_said, letter_begun, said
from raci.documents.intake.table import Medium

LONGEST_SECTION = 160
_PARTS = re.compile(r"\s*[/|&,]\s*|\s+(?:or|and|ou|et|o|y|e|und|oder)\s+")
_NUMBER = re.compile(r"^\W*(?:[A-Za-z]{1,4}[-. ]?)?\d+(?:\.\d+)*")


class Sections:
    """Knows, row by row from the top, which section a row of a block belongs to."""

    def __init__(self, sight: Sight, block: Block, columns: Columns) -> None:
        self.sight = sight
        self.block = block
        self.columns = columns
        self._row_section = ""
        self._column_section = ""
        self._last_begun = -2
        self._roles = frozenset((*columns.roles, *columns.unheaded))

    @cached_property
    def before(self) -> list[int]:
        """The rows between the header and the first letters that are not blank."""
        return [row for row in range(self.block.header + 1, self.block.first) if self._has_own_text(row)]

    @cached_property
    def after(self) -> list[int]:
        """The rows right below the last letters that may be duties which nobody has."""
        found: list[int] = []
        for row in range(self.block.last + 1, self.block.below):
            if not self._may_follow(row):
                break
            found.append(row)
        return found

    def of(self, row: int) -> str:
        """Return the section of a row of letters."""
        if self.columns.section >= 0 and (text := self.sight.shown(row, self.columns.section)):
            self._column_section = text
        return self._column_section or self._row_section or self._first_corner

    def begins(self, row: int) -> bool:
        """Take a row as the beginning of a section, if it is one; return whether it is, or is a part of the header."""
        texts = self._texts(row)
        distinct = list(dict.fromkeys(texts.values()))
        if not distinct:
            return True
        if row < self.block.first and self._is_header_part(row, distinct):
            return True
        if row in self._corners:
            self._row_section, self._column_section = self._corners[row], ""
            return True
        if not self._is_section(row, texts, distinct):
            return False
        self._row_section = " – ".join((self._row_section, distinct[0])) if self._last_begun == row - 1 else distinct[0]
        self._column_section, self._last_begun = "", row
        return True

    @cached_property
    def _corners(self) -> dict[int, str]:
        """Rows that repeat the roles of the header under another corner: it is the section of what follows."""
        roles = self.columns.roles
        header = [self.sight.text(self.block.header, column) for column in roles]
        corner = self._corner(self.block.header)
        return {
            row: text
            for row in self.block.between
            if len(roles) > 1
            and (text := self._corner(row)) not in ("", corner)
            and [self.sight.text(row, column) for column in roles] == header
        }

    @cached_property
    def _first_corner(self) -> str:
        """The section of the first rows, where later ones have theirs in the corner of a repeated header."""
        return self._corner(self.block.header) if self._corners else ""

    def _corner(self, row: int) -> str:
        first = next(iter(self.sight.filled(row)), self.columns.roles[0])
        return self.sight.text(row, first) if first < self.columns.roles[0] else ""

    def continues(self, row: int) -> bool:
        """Whether a row goes on with the text of the row above: a merged range of another column covers both."""
        covered = (self.sight.merged_into.get((row, column)) for column in self._roles)
        return any(corner and corner[0] < row and corner[0] in self.block.data for corner in covered)

    def is_item(self, row: int) -> bool:
        """Whether a row without letters is a duty: its roles are empty or say that nobody has a part."""
        return all(self.sight.cell(row, column).kind <= Kind.NONE for column in self._roles)

    def _texts(self, row: int) -> dict[int, str]:
        beside = {*self.columns.unknown, *self.columns.aside}
        columns = [column for column in self.sight.filled(row) if column not in beside]
        return {column: text for column in columns if (text := self.sight.text(row, column))}

    def _is_header_part(self, row: int, distinct: list[str]) -> bool:
        """Whether a row below the header still belongs to it: groups or people of the roles, or headings of columns."""
        over_roles = [column for column in self._texts(row) if column in self._roles]
        if len(distinct) > 1 and len(over_roles) >= max(1, len(self.columns.roles) // 3):
            return True
        if over_roles and len(over_roles) < len(self._roles) and len(distinct) == len(over_roles):
            return True
        return len(distinct) == 1 and _names_duties(distinct[0])

    def _is_section(self, row: int, texts: dict[int, str], distinct: list[str]) -> bool:
        if len(distinct[0]) > LONGEST_SECTION or self.continues(row):
            return False
        if len(distinct) > 1:
            return self._heads_columns(row, texts)
        if len(texts) > 1:
            return True
        if any(self.sight.cell(row, column).kind is Kind.NONE for column in self._roles):
            return False
        return (
            self._is_followed(row)
            and not self._is_numbered_as_items(distinct[0])
            and said(distinct[0], Heading.TOTALS) != 2
        )

    def _heads_columns(self, row: int, texts: dict[int, str]) -> bool:
        """Whether a row with several texts is a section: a code before its title, or headings of the other columns."""
        if any(column in self._roles for column in texts):
            return False
        columns = list(texts)
        if columns[0] == self.columns.code and len(columns) == 2:
            return self._is_followed(row) and not self._is_numbered_as_items(texts[columns[0]], self.columns.code)
        return all(any(said(text, kind) for kind in Heading) for text in list(texts.values())[1:])

    def _is_followed(self, row: int) -> bool:
        """Whether letters come below a row, with nothing but other such rows between."""
        return row < self.block.last

    def _is_numbered_as_items(self, text: str, column: int = -1) -> bool:
        shape = _shape(text)
        return bool(shape) and shape == self._shapes.get(self.columns.title if column < 0 else column, "")

    @cached_property
    def _shapes(self) -> dict[int, str]:
        """How most items are numbered, by column: "9." for "12. Plan"."""
        found: dict[int, str] = {}
        for column in (self.columns.title, self.columns.code):
            if column >= 0:
                counts = Counter(_shape(self.sight.text(row, column)) for row in self.block.data[:200])
                shape, count = counts.most_common(1)[0]
                found[column] = shape if count * 10 >= 6 * counts.total() else ""
        return found

    def _has_own_text(self, row: int) -> bool:
        return bool(self.sight.filled(row)) and not self.sight.is_legend(row, self.columns.roles[-1])

    def _may_follow(self, row: int) -> bool:
        title = self.sight.text(row, self.columns.title) if self.columns.title >= 0 else ""
        if not title or not self.is_item(row) or self.sight.is_legend(row, self.columns.roles[-1]):
            return False
        if letter_begun(title) or said(title, Heading.LEGENDS) == 2 or title.startswith(("*", "†", "(")):
            return False
        return len(title) <= LONGEST_SECTION or self.sight.table.medium is not Medium.SHEET


def _names_duties(text: str) -> bool:
    """Whether a text is the heading of a column of duties ("Task / deliverable") and no section of its own."""
    return all(is_said(part, Heading.DUTIES) for part in _PARTS.split(text))


def _shape(text: str) -> str:
    found = _NUMBER.match(text)
    return re.sub(r"\d+", "9", found.group()).strip() if found else ""
