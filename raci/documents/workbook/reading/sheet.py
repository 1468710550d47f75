"""A sheet, row by row, with whatever it hides: formulas, errors, hidden rows and columns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Any

from raci.documents.workbook.reading.markup import Enough, feed, parser_of
from raci.documents.workbook.reading.strings import LONGEST, decoded

FORMULA, ERROR, NUMBER = "formula", "error", "number"
_MOST_RANGES = 16_384  # of hidden columns; more than a sheet has columns


@dataclass
class SheetRow:
    """A row: its number, its texts by the letters of their columns, and which of them are no plain text."""

    number: int
    cells: dict[str, str]
    odd: dict[str, str]
    hidden: bool = False


@dataclass
class Sight:
    """What is known of a sheet besides its rows: from which to which column, by number, it hides them."""

    hidden: list[tuple[int, int]] = field(default_factory=list)

    def hides(self, column: str) -> bool:
        number = column_number(column)
        return any(first <= number <= last for first, last in self.hidden)


def read_rows(stream: IO[bytes], strings: list[str], take: Callable[[SheetRow], None]) -> Sight:
    """Hand every row that holds something to ``take``, which raises `Enough` once it has seen all it wants.

    The extent that the sheet says of itself is not believed: what counts are its rows.
    """
    handlers = _Handlers(strings, take)
    handlers.parser = parser_of(handlers.begin, handlers.end, handlers.text)
    feed(handlers.parser, stream)
    return handlers.sight


class _Handlers:
    """What expat calls: nearly all of a hundred thousand cells are plain letters, so little is done for each."""

    __slots__ = (
        "aloud",
        "at",
        "attributes",
        "cells",
        "formula",
        "hidden",
        "names",
        "number",
        "odd",
        "of_cell",
        "of_data",
        "of_row",
        "of_texts",
        "parser",
        "sight",
        "strings",
        "take",
        "takes",
        "value",
    )  # fmt: skip

    parser: Any

    def __init__(self, strings: list[str], take: Callable[[SheetRow], None]) -> None:
        self.strings, self.take, self.sight = strings, take, Sight()
        self.number, self.at, self.value = 0, "", ""
        self.hidden = self.takes = self.aloud = self.formula = False
        self.cells: dict[str, str] = {}
        self.odd: dict[str, str] = {}
        self.attributes: dict[str, str] = {}

    def begin(self, tag: str, _attributes: dict[str, str]) -> None:
        """Learn how this file spells names: all elements of a sheet have the prefix of the first."""
        prefix = tag[: tag.rfind(":") + 1]
        self.of_cell, self.of_row, self.of_data = f"{prefix}c", f"{prefix}row", f"{prefix}sheetData"
        self.of_texts = (f"{prefix}v", f"{prefix}t")
        self.names = {f"{prefix}f": "f", f"{prefix}rPh": "rPh", f"{prefix}col": "col"}
        self.parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self.of_cell:
            self.attributes = attributes
            self.value = ""
            if "r" not in attributes:
                # Some programs leave out where a cell is: it is right of the one before.
                self.at = attributes["r"] = column_name(column_number(self.at) + 1)
        elif tag in self.of_texts:
            self.takes = not self.aloud
        elif tag == self.of_row:
            self._start_row(attributes)
        elif tag in self.names:
            self._start_rare(self.names[tag], attributes)

    def text(self, data: str) -> None:
        if self.takes:
            self.value += data
            if len(self.value) > LONGEST:
                raise ValueError("no cell holds so long a text")

    def end(self, tag: str) -> None:
        if tag in self.of_texts:
            self.takes = False
        elif tag == self.of_cell:
            if self.value or self.formula:
                self._keep()
        elif tag == self.of_row:
            if self.cells or self.odd:
                self.take(SheetRow(self.number, self.cells, self.odd, self.hidden))
        elif tag == self.of_data:
            raise Enough
        elif self.aloud and self.names.get(tag) == "rPh":
            self.aloud = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.number = int(attributes["r"]) if "r" in attributes else self.number + 1
        self.hidden = attributes.get("hidden", "0") in ("1", "true")
        self.at, self.cells, self.odd = "", {}, {}

    def _start_rare(self, name: str, attributes: dict[str, str]) -> None:
        if name == "f":
            self.formula = True
        elif name == "rPh":
            self.aloud = True
        else:
            _hide(self.sight, attributes)

    def _keep(self) -> None:
        attributes, value = self.attributes, self.value
        kind = attributes.get("t", "n")
        self.at = at = attributes["r"].rstrip("0123456789")
        if self.formula:
            self.odd[at] = FORMULA
        if kind == "s":
            self.cells[at] = self.strings[int(value)]
        elif kind in ("inlineStr", "str"):
            self.cells[at] = decoded(value) if "_x" in value else value
        elif value:
            self.cells[at], found = _other(kind, value)
            if found and not self.formula:
                self.odd[at] = found
        self.formula = False


def _hide(sight: Sight, attributes: dict[str, str]) -> None:
    if attributes.get("hidden", "0") in ("1", "true") and len(sight.hidden) < _MOST_RANGES:
        sight.hidden.append((int(attributes["min"]), int(attributes["max"])))


def _other(kind: str, value: str) -> tuple[str, str]:
    """Return what a cell shows that holds no text, and what is odd about it."""
    if kind == "e":
        return value, ERROR
    if kind == "b":
        return "TRUE" if value.strip() in ("1", "true") else "FALSE", ""
    if kind == "d":
        return value, NUMBER
    return _number(value), NUMBER


def _number(text: str) -> str:
    """Return a number as people see it where nothing else is said: 3.0 is 3."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


@lru_cache(maxsize=20_000)
def column_name(column: int) -> str:
    """Return the letters of a column: 1 is A."""
    letters, rest = "", column
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


@lru_cache(maxsize=20_000)
def column_number(name: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
