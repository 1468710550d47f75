"""Finding by what somebody typed: ranked, and forgiving case, accents, punctuation and typing errors.

Nothing here asks the database, so SQLite and PostgreSQL give the same answers in the same order.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import groupby
from operator import itemgetter

from raci.domain.near import MOST_FORGIVEN, Near
from raci.domain.text import code_key, fold

# As `code_key` has it, VEN-04 is VEN-4.
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
# What Unicode does not take apart into a letter and its accent.
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_MOST_WORDS = 12


class Sort(StrEnum):
    """What can be found; where two fit equally well, in this order."""

    ROLE = "role"
    AREA = "area"
    DUTY = "duty"
    DECISION = "decision"


class Rank(IntEnum):
    """How well an entry fits, best first."""

    CODE = 0  # its code is what was typed
    START = 1  # its code or title begins so
    WORDS = 2  # everything typed begins a word of code or title
    WITHIN = 3  # everything typed stands somewhere in code or title
    BESIDE = 4  # some of it stands only in the text beside: the area, a note, a name
    NEARLY = 5  # some of it is a typing error away


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    ``beside`` is text that counts less; ``matrix`` is the key of its matrix, "" for what is in the register.
    """

    sort: Sort
    key: str
    code: str
    title: str
    beside: str = ""
    matrix: str = ""


@dataclass(frozen=True)
class Hit:
    """An entry that was found, and how well it fits."""

    entry: Entry
    rank: Rank


@dataclass(frozen=True)
class Hits:
    """The best hits, best first, and how many there are in all."""

    best: tuple[Hit, ...] = ()
    total: int = 0

    @property
    def is_near(self) -> bool:
        """Whether nothing has all the words as they were typed, so that these only come close."""
        return bool(self.best) and self.best[0].rank is Rank.NEARLY


class Index:
    """Entries, made ready to be found. Building takes some 0.3 s for 10,000 entries; finding, some 0.02 s."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        order = {sort: number for number, sort in enumerate(Sort)}
        self._entries = sorted(entries, key=lambda entry: (order[entry.sort], code_key(entry.code), entry.key))
        self._codes = [squeezed(entry.code) for entry in self._entries]
        self._titles = [" ".join(words(entry.title)) for entry in self._entries]
        self._named = _postings({code, *words(entry.code), *words(entry.title)} for code, entry in self._pairs())
        self._beside = _postings(set(words(entry.beside)) for entry in self._entries)
        self._vocabulary = sorted(self._named.keys() | self._beside.keys())
        self._near = Near(word for word in self._vocabulary if word.isalpha())

    def find(self, typed: str, limit: int = 50) -> Hits:
        """Return the entries that have every word typed; where there are none, those that nearly do."""
        asked = words(typed)[:_MOST_WORDS]
        if not asked:
            return Hits()
        written = [self._written(word) for word in asked]
        nearly = ({**self._nearly(word), **found} for word, found in zip(asked, written, strict=True))
        levels = _every(written) or _every(nearly)
        whole, code = " ".join(asked), squeezed(typed)
        # Level and number in one whole number: sorting 10,000 of them takes a third of the time of pairs.
        size = len(self._entries)
        ranked = sorted(self._best(number, level, whole, code) * size + number for number, level in levels.items())
        best = (divmod(both, size) for both in ranked[:limit])
        hits = (Hit(self._entries[number], Rank(min(level, Rank.NEARLY))) for level, number in best)
        return Hits(tuple(hits), len(ranked))

    def _pairs(self) -> Iterator[tuple[str, Entry]]:
        return zip(self._codes, self._entries, strict=True)

    def _best(self, number: int, level: int, whole: str, code: str) -> int:
        if self._codes[number] == code:
            return Rank.CODE
        if level <= Rank.WORDS and (self._titles[number].startswith(whole) or self._codes[number].startswith(code)):
            return Rank.START
        return level

    def _written(self, word: str) -> dict[int, int]:
        """Return the entries that have a word as it was typed, each with how well: a `Rank`."""
        found: dict[int, int] = {}
        self._mark(found, (name for name in self._vocabulary if name.find(word) > 0), Rank.WITHIN, Rank.BESIDE)
        self._mark(found, self._beginning(word), Rank.WORDS, Rank.BESIDE)
        return found

    def _nearly(self, word: str) -> dict[int, int]:
        """Return the entries that have something near to a word: `Rank.NEARLY`, and more by each further error.

        The text beside comes after everything that code or title nearly say.
        """
        found: dict[int, int] = {}
        near = sorted(self._near.find(word).items(), key=itemgetter(1), reverse=True)
        for errors, names in groupby(near, key=itemgetter(1)):
            level = Rank.NEARLY + errors - 1
            self._mark(found, (name for name, _ in names), level, level + MOST_FORGIVEN)
        return found

    def _beginning(self, word: str) -> Sequence[str]:
        first = bisect_left(self._vocabulary, word)
        return self._vocabulary[first : bisect_left(self._vocabulary, word + "\U0010ffff")]

    def _mark(self, found: dict[int, int], names: Iterable[str], named: int, beside: int) -> None:
        """Note the entries that have one of the words. Called from the worst level to the best."""
        chosen = list(names)
        for name in chosen:
            for number in self._beside.get(name, ()):
                found[number] = min(beside, found.get(number, beside))
        for name in chosen:
            for number in self._named.get(name, ()):
                found[number] = named


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: runs of letters and digits, folded, without accents."""
    plain = _LEADING_ZEROS.sub("", _plain(text))
    return "".join(letter if letter.isalnum() else " " for letter in plain).split()


def squeezed(text: str) -> str:
    """Return a text as codes are compared: “VEN-4”, “ven 4” and “Ven4” are one."""
    return "".join(words(text))


def _plain(text: str) -> str:
    folded = fold(text)
    if folded.isascii():
        return folded
    apart = unicodedata.normalize("NFD", folded.translate(_WHOLE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _postings(texts: Iterable[set[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, names in enumerate(texts):
        for name in names:
            found.setdefault(name, []).append(number)
    return found


def _every(each: Iterable[dict[int, int]]) -> dict[int, int]:
    """Return what has every word; an entry is as good as its worst."""
    first, *others = each
    for other in others:
        first = {number: max(level, other[number]) for number, level in first.items() if number in other}
    return first
