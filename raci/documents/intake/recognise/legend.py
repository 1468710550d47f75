"""What a document says of its letters: "R = Responsible", a table of letters, or a title that names the scheme."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from raci.documents.intake.recognise.cells import core_of, tidy
from raci.documents.intake.recognise.vocabulary import (
    CORE,
    KNOWN,
    LOOK_ALIKES,
    family_named,
    is_called_matrix,
    letter_begun,
    letter_named,
    letters_spoken,
    says_nobody,
)
from raci.documents.intake.table import Table
from raci.domain.text import fold

LONGEST_MEANING = 300
# Legends are small; in a large table only what is short enough to be one is looked at.
LONGEST_CELL = 1_000
FEWEST_ENTRIES = 3
LONGEST_LETTER = 5
# Letters that nobody explains: how many there may be, how many of them are known ones, and those that are marks.
MOST_ASSUMED, KNOWN_SHARE, NO_PARTS = 6, 0.3, "XYN"
LONGEST_PARTS = 7
SHORTEST_MEANING = 4

_CODE = r"[^\W\d_]{1,2}"
_ENTRY = re.compile(
    rf"(?:^|(?<=[\s,;|•·/(]))[(\[]?({_CODE})[)\]]?\s*(?:[=:：→]|[-–—](?=\s)|(?<=\s)[-–—]|(?=\())\s*"
    rf"(.+?)(?=(?:[\s,;|•·/]+[(\[]?{_CODE}[)\]]?\s*(?:[=:：→]|\s[-–—]\s|[-–—]\s|\())|$)",
    re.DOTALL,
)

# Words, each with its letter in brackets behind it.
_BEFORE = re.compile(rf"([^\W\d_][\w '’/-]{{2,40}}?)\s*[(\[（]({_CODE})[)\]）]")
_PARTS = re.compile(r"\s*[,/;]\s*")
_SIGN = re.compile(r"[=:：→–—(（]|[\s)]-")
_STARTS = re.compile(rf"\W*{_CODE}\W{{0,3}}\s*[=:：→–—(（-]")


@dataclass(frozen=True)
class Entry:
    """One line of a legend, and where it stands: the table's number, the row and the column of the letter.

    A letter beside a text that does not explain it has no meaning. It counts where the same letter comes again.
    """

    letter: str
    meaning: str
    table: int
    row: int
    column: int
    beside: int = -1  # the column of its meaning, where that is another cell


@dataclass
class Legend:
    """All that a document says of letters. ``taken`` are the cells that it stands in, by table."""

    meanings: dict[str, str] = field(default_factory=dict)
    taken: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    family: str = ""
    is_called: bool = False  # something in it is called a matrix of responsibilities
    # Letters that a document without any legend uses, although it is called so.
    assumed: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()  # letters that it explains as nobody having a part

    @property
    def codes(self) -> frozenset[str]:
        """The letters that the document explains or names."""
        return frozenset((*self.meanings, *self.family, *self.assumed)) - self.nobody

    @property
    def is_of_parts(self) -> bool:
        """Whether the letters say who has which part: several are R, A, C or I, or are explained by their words."""
        if self.assumed:
            return True
        if len(self.meanings) < FEWEST_ENTRIES:
            return self.is_called and len(self.meanings) == FEWEST_ENTRIES - 1
        worded = {letter for meaning in self.meanings.values() for letter in letters_spoken(meaning)}
        return len(core_of(self.meanings)) >= FEWEST_ENTRIES or len(worded) >= FEWEST_ENTRIES - 1

    def explains(self, letters: Iterable[str], text: str) -> bool:
        """Whether a text is the meaning of one of some letters."""
        meaning = _meaning(text)
        return any(self.meanings.get(letter) == meaning for letter in letters)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in filter(lambda entry: entry.meaning, entries):
            self.meanings.setdefault(entry.letter, entry.meaning)
            taken = self.taken.setdefault(entry.table, set())
            taken |= {(entry.row, column) for column in (entry.column, entry.beside) if column >= 0}


def read_legend(tables: Iterable[Table], title: str = "") -> Legend:
    """Return what a document says of letters, its title and its tables. Only groups that are beyond doubt count."""
    tables = list(tables)
    legend = Legend(family=family_named(title), is_called=is_called_matrix(title) or any(map(_is_called, tables)))
    for number, table in enumerate(tables):
        legend.family = _wider(legend.family, _family(table))
        for group in _groups(table, number):
            if _is_legend(group, called=legend.is_called):
                legend.add(group)
    legend.nobody = frozenset(letter for letter, meaning in legend.meanings.items() if says_nobody(meaning))
    if legend.is_called and not legend.meanings and not legend.family:
        legend.assumed = frozenset(letter for table in tables for letter in _assumed(table))
    return legend


def _assumed(table: Table) -> frozenset[str]:
    """Return the letters that stand alone in cells again and again, where a good part of them are known ones."""
    texts = Counter(chain.from_iterable(table.rows))
    found: Counter[str] = Counter()
    for text, count in texts.items():
        letters = _PARTS.split(text.strip()) if 0 < len(text) <= LONGEST_PARTS else []
        if letters and all(len(letter) == 1 and letter.isalpha() and letter.isupper() for letter in letters):
            found.update({letter: count for letter in letters if letter not in NO_PARTS})
    known = sum(count for letter, count in found.items() if letter in KNOWN)
    if len(found) > MOST_ASSUMED or known < KNOWN_SHARE * found.total():
        return frozenset()
    return frozenset(letter for letter, count in found.items() if count >= FEWEST_ENTRIES)


def _family(table: Table) -> str:
    """Return the longest set of letters that the name, the heading or a title of a table names."""
    found = _wider(family_named(table.name), family_named(table.heading))
    for text in _titles(table):
        found = _wider(found, family_named(text))
    return found


def _is_called(table: Table) -> bool:
    return any(map(is_called_matrix, (table.name, table.heading, *_titles(table))))


def _titles(table: Table) -> Iterator[str]:
    """Yield the texts that stand alone, or with one other, in the first rows."""
    for row in table.rows[:12]:
        filled = [text for text in row if text]
        if len(filled) <= 2:
            yield from filled


def _wider(one: str, other: str) -> str:
    return other if len(set(other)) > len(set(one)) else one


def _is_letter(text: str) -> bool:
    """Whether a text is one or two letters and nothing else."""
    if not 0 < len(text) < LONGEST_LETTER:
        return False
    letter = text if text.isalpha() else tidy(text)
    return 0 < len(letter) <= 2 and letter.isalpha()


def _may_explain(text: str) -> bool:
    """Whether a text may hold entries of its own ("R = Responsible")."""
    if not LONGEST_LETTER <= len(text) <= LONGEST_CELL or not _SIGN.search(text):
        return False
    if _STARTS.match(text) or text.count("(") >= FEWEST_ENTRIES:
        return True
    return max(map(text.count, "=:-–—：")) >= FEWEST_ENTRIES - 1


def _hinted(row: tuple[str, ...], letters: set[str], explaining: set[str], meaning: set[str]) -> list[int]:
    """Return the columns of a row that may belong to a legend: entries, and letters with a text right of them.

    ``meaning`` are the texts that may be one. Nearly all rows hold none right of a letter.
    """
    if explaining.isdisjoint(row):
        last = max((_last(row, text) for text in meaning.intersection(row)), default=0)
        if not last or letters.isdisjoint(row[:last]):
            return []
    hinted: list[int] = []
    nearest = ""
    for column in range(len(row) - 1, -1, -1):
        text = row[column]
        if not text:
            continue
        if text in explaining or (len(nearest) >= SHORTEST_MEANING and text in letters):
            hinted.append(column)
        nearest = text
    return hinted[::-1]


def _last(row: tuple[str, ...], text: str) -> int:
    """Return the last column in which a text of a row stands."""
    return len(row) - 1 - row[::-1].index(text)


def _groups(table: Table, number: int) -> Iterator[list[Entry]]:
    """Yield entries that stand together: in one cell, in one row, or in neighbouring rows of a column."""
    columns: dict[int, list[Entry]] = {}
    texts = set(chain.from_iterable(table.rows))
    letters, explaining = set(filter(_is_letter, texts)), set(filter(_may_explain, texts))
    # What explains a letter stands right of the first column that holds any, as titles of duties seldom do.
    first = _first_column(table, letters)
    meaning = {text for text in _right_of(table, first) if len(text) >= SHORTEST_MEANING}
    for index, row in enumerate(table.rows):
        hinted = _hinted(row, letters, explaining, meaning)
        if not hinted:
            is_text = len(row) > 1 and len(row[-2]) >= SHORTEST_MEANING
            if is_text and (entry := _behind(row, letters, number, index)):
                columns.setdefault(-1 - entry.column, []).append(entry)
            continue
        in_row: list[Entry] = []
        for column in hinted:
            entries = _in_cell(row[column], number, index, column) or _beside(row, number, index, column)
            in_row += entries
            if len(entries) > 1:
                yield entries
                continue
            group = columns.setdefault(column, [])
            if group and index - group[-1].row > 2:
                yield group
                group = columns[column] = []
            group.append(entries[0] if entries else Entry(_code(tidy(row[column])), "", number, index, column))
        if len(in_row) > 1 and in_row[0].column != in_row[-1].column:
            yield in_row
    yield from columns.values()


def _first_column(table: Table, letters: set[str]) -> int:
    """Return the first column that holds one of some letters, the width of the table where none does."""
    first = table.width
    for row in table.rows:
        if not letters.isdisjoint(row[:first]):
            first = next(column for column, text in enumerate(row) if text in letters)
    return first


def _right_of(table: Table, column: int) -> set[str]:
    return set(chain.from_iterable(row[column + 1 :] for row in table.rows))


def _behind(row: tuple[str, ...], letters: set[str], number: int, index: int) -> Entry | None:
    """Return the entry of a row that ends with a text and a letter ("Lead | L"), nothing else near them."""
    if row[-1] not in letters or (len(row) > 2 and row[-3]):
        return None
    letter, meaning = _code(tidy(row[-1])), _meaning(tidy(row[-2]))
    explains = letter_begun(meaning) in ("", letter) and fold(meaning[:1]) == fold(letter)
    return Entry(letter, meaning if explains else "", number, index, len(row) - 1, len(row) - 2)


def _in_cell(text: str, number: int, row: int, column: int) -> list[Entry]:
    """Return the entries in a text such as "R = Responsible (does the work), A = Accountable"."""
    if len(text) < LONGEST_LETTER:
        return []
    plain = tidy(text).replace("\n", ", ")
    found = [
        Entry(_code(letter), _meaning(meaning), number, row, column)
        for letter, meaning in _ENTRY.findall(plain)
        if meaning
    ]
    return [entry for entry in found if len(entry.meaning) > 2] or _before_brackets(plain, number, row, column)


def _before_brackets(plain: str, number: int, row: int, column: int) -> list[Entry]:
    """Return the entries of a text such as "Responsible (R), Accountable (A)": words with their letters behind them."""
    found = [(_code(letter), _meaning(word)) for word, letter in _BEFORE.findall(plain)]
    worded = [Entry(letter, word, number, row, column) for letter, word in found if letter_begun(word) == letter]
    return worded if len(worded) >= FEWEST_ENTRIES else []


def _beside(row: tuple[str, ...], number: int, index: int, column: int) -> list[Entry]:
    """Return the entry of a cell that holds one letter and has its meaning as the next text to its right."""
    letter = tidy(row[column])
    if not 0 < len(letter) <= 2 or not letter.isalpha():
        return []
    beside = next((place for place in range(column + 1, min(column + 4, len(row))) if row[place].strip()), column)
    nearest = row[beside] if beside > column else ""
    before = row[column - 1] if column else ""
    if _code(letter) in CORE and letter_named(before) == _code(letter) and len(nearest) >= SHORTEST_MEANING:
        return [Entry(_code(letter), _meaning(nearest), number, index, column, beside)]
    if len(nearest) < SHORTEST_MEANING or letter_begun(nearest) not in ("", _code(letter)):
        return []
    is_spoken = _code(letter) in letters_spoken(nearest)  # "C", "has to be consulted"
    if not letter_begun(nearest) and fold(nearest[:1]) != fold(letter) and not is_spoken:
        return []
    return [Entry(_code(letter), _meaning(nearest), number, index, column, beside)]


def _is_legend(group: list[Entry], *, called: bool) -> bool:
    """Whether entries explain letters: each letter once, and most meanings begin with the letter or with its word.

    Two will do ("P = Primary, S = Support") where the document is ``called`` a matrix of responsibilities.
    """
    there = [entry.letter for entry in group]
    group = [entry for entry in group if entry.meaning]
    letters = [entry.letter for entry in group]
    if len(group) < FEWEST_ENTRIES - 1 or not set(letters).isdisjoint(_twice(there)):
        return False
    named = sum(letter_begun(entry.meaning) == entry.letter for entry in group)
    begun = sum(fold(entry.meaning[:1]) == fold(entry.letter) for entry in group)
    core = sum(letter in CORE for letter in letters)
    if (named >= 2 and core >= 2) or (called and begun == len(group)):
        return True
    spoken = sum(bool(letters_spoken(entry.meaning)) for entry in group)
    if len(group) > FEWEST_ENTRIES and named and core >= 2 and spoken * 3 >= len(group) * 2:
        return True  # "M = Must be consulted, S = May be consulted"
    return len(group) >= FEWEST_ENTRIES and (begun * 3 >= len(group) * 2 or (core >= 3 and named >= 1))


def _twice(letters: list[str]) -> set[str]:
    return {letter for letter, count in Counter(letters).items() if count > 1}


def _code(letter: str) -> str:
    """Return a letter in capitals; one that only looks like R, A, C or I is that letter."""
    upper = letter.upper()
    alike = upper.translate(LOOK_ALIKES)
    return alike if alike in CORE else upper


def _meaning(text: str) -> str:
    plain = " ".join(text.split()).strip(" ,;.|·•*")
    bare = plain[1:-1] if plain.startswith("(") and plain.find(")") == len(plain) - 1 else plain
    return bare[:LONGEST_MEANING]
