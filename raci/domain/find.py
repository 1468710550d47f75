"""Finding by what somebody typed: ranked, and forgiving case, accents, punctuation and typing errors.

Nothing here asks the database, so SQLite and PostgreSQL give the same answers in the same order.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

from raci.domain.near import MOST_FORGIVEN, Near
from raci.domain.text import code_key, fold

# As `code_key` has it, VEN-04 is VEN-4.
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
# What Unicode does not take apart into a letter and its accent.
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_MOST_WORDS = 12
# So many entries may have come or gone, besides a share of all, before an index is built anew.
_FEW = 64
_BEFORE = itemgetter(0, 1)


class Sort(StrEnum):
    """What can be found; where two fit equally well, in this order."""

    ROLE = "role"
    PERSON = "person"
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


class Where(NamedTuple):
    """What an entry stands for: ``matrix`` is the key of its matrix, "" for what belongs to none."""

    sort: Sort
    key: str
    matrix: str = ""


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

    @property
    def where(self) -> Where:
        return Where(self.sort, self.key, self.matrix)


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
    """Entries, made ready to be found. Building takes some 0.3 s for 10,000 entries; finding, some 0.01 s.

    It never changes: what is written gives another one, which shares nearly all with the one before.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._base = _Part(entries)
        self._gone: frozenset[int] = frozenset()
        self._recent = _Part(())

    def replaced(self, gone: Iterable[Where], new: Iterable[Entry]) -> "Index":
        """Return the index without some entries and with others, which may stand for what stood there before.

        Takes as long as there are entries that came or changed since the whole index was built; where these are
        many, it is built anew.
        """
        added = list(new)
        out = {*gone, *(entry.where for entry in added)}
        numbers = self._base.numbers
        missing = self._gone.union(numbers[where] for where in out if where in numbers)
        recent = [*(entry for entry in self._recent.entries if entry.where not in out), *added]
        if len(recent) + len(missing) > _FEW + len(numbers) // 16:
            return Index([*(entry for at, entry in enumerate(self._base.entries) if at not in missing), *recent])
        index = Index.__new__(Index)
        index._base, index._gone, index._recent = self._base, missing, _Part(recent)
        return index

    def find(self, typed: str, limit: int = 50) -> Hits:
        """Return the entries that have every word typed; where there are none, those that nearly do."""
        asked = words(typed)[:_MOST_WORDS]
        if not asked:
            return Hits()
        parts = ((self._base, self._gone, _Known()), (self._recent, frozenset[int](), _Known()))
        levels = [part.written(asked, gone, known) for part, gone, known in parts]
        if not any(levels):
            levels = [part.nearly(asked, gone, known) for part, gone, known in parts]
        whole, code = " ".join(asked), squeezed(typed)
        best = (part.best(found, whole, code, limit) for (part, *_), found in zip(parts, levels, strict=True))
        ranked = sorted(((level, order, entry) for found in best for level, order, entry in found), key=_BEFORE)
        hits = (Hit(entry, Rank(min(level, Rank.NEARLY))) for level, _, entry in ranked[:limit])
        return Hits(tuple(hits), sum(map(len, levels)))


# The entries that have a word as it was typed, each with how well, by words looked up already.
_Known = dict[str, dict[int, int]]


class _Part:
    """Some entries in their order, and where each word stands among them. Levels are a `Rank`, or worse."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.orders, self.entries = _in_order(entries)
        self.numbers = {entry.where: number for number, entry in enumerate(self.entries)}
        self._codes = [squeezed(entry.code) for entry in self.entries]
        self._coded = _postings({code} for code in self._codes)
        titles = [words(entry.title) for entry in self.entries]
        self._titles = [" ".join(title) for title in titles]
        self._named = _postings(
            {code, *words(entry.code), *title}
            for code, entry, title in zip(self._codes, self.entries, titles, strict=True)
        )
        self._beside = _postings(set(words(entry.beside)) for entry in self.entries)
        self._vocabulary = sorted(self._named.keys() | self._beside.keys())
        self._text = "".join(f"{name} " for name in self._vocabulary)
        self._starts = [0, *accumulate(len(name) + 1 for name in self._vocabulary)]
        self._near = Near(word for word in self._vocabulary if word.isalpha())

    def written(self, asked: Sequence[str], gone: frozenset[int], known: _Known) -> dict[int, int]:
        """Return the entries that have all words as they were typed, each with how well."""
        return _every((self._written(word, known) for word in asked), gone)

    def nearly(self, asked: Sequence[str], gone: frozenset[int], known: _Known) -> dict[int, int]:
        """Return the entries that have, for each word, itself or something near to it."""
        return _every(({**self._nearly(word), **self._written(word, known)} for word in asked), gone)

    def best(
        self, levels: dict[int, int], whole: str, code: str, limit: int
    ) -> list[tuple[int, tuple[int, str, str], Entry]]:
        """Return the best of some entries with their levels and orders, best first."""
        # Level and number in one whole number: sorting 10,000 of them takes a third of the time of pairs.
        size, exact, words_level = len(self.entries), frozenset(self._coded.get(code, ())), int(Rank.WORDS)
        ranked = sorted(
            (self._begun(number, level, whole, code) if level <= words_level else level) * size + number
            for number, level in levels.items()
            if number not in exact
        )
        first = [(int(Rank.CODE), number) for number in sorted(exact & levels.keys())]
        best = (*first, *(divmod(both, size) for both in ranked[:limit]))
        return [(level, self.orders[number], self.entries[number]) for level, number in best[:limit]]

    def _begun(self, number: int, level: int, whole: str, code: str) -> int:
        begins = self._titles[number].startswith(whole) or self._codes[number].startswith(code)
        return int(Rank.START) if begins else level

    def _written(self, word: str, known: _Known) -> dict[int, int]:
        if word not in known:
            steps = ((self._within(word), Rank.WITHIN, Rank.BESIDE), (self._beginning(word), Rank.WORDS, Rank.BESIDE))
            known[word] = self._levels(steps)
        return known[word]

    def _within(self, word: str) -> Iterator[str]:
        """Yield the words in which one stands after the beginning; a letter alone would stand in nearly all."""
        if len(word) == 1 and word.isascii():
            return
        at = self._text.find(word)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            if at > self._starts[number]:
                yield self._vocabulary[number]
                at = self._text.find(word, self._starts[number + 1])
            else:
                at = self._text.find(word, at + 1)

    def _nearly(self, word: str) -> dict[int, int]:
        """Return the entries that have something near to a word: `Rank.NEARLY`, and more by each further error.

        The text beside comes after everything that code or title nearly say.
        """
        near = sorted(self._near.find(word).items(), key=itemgetter(1), reverse=True)
        grouped = [(errors, [name for name, _ in names]) for errors, names in groupby(near, key=itemgetter(1))]
        level = Rank.NEARLY - 1
        return self._levels((names, level + errors, level + errors + MOST_FORGIVEN) for errors, names in grouped)

    def _beginning(self, word: str) -> Sequence[str]:
        first = bisect_left(self._vocabulary, word)
        return self._vocabulary[first : bisect_left(self._vocabulary, word + "\U0010ffff")]

    def _levels(self, steps: Iterable[tuple[Iterable[str], int, int]]) -> dict[int, int]:
        """Return how well entries fit that have one of some words: in code or title, or else beside.

        ``steps`` are words with their levels for the one and for the other, the worst first.
        """
        named: dict[int, int] = {}
        beside: dict[int, int] = {}
        for names, level, level_beside in steps:
            for name in names:
                named.update(dict.fromkeys(self._named.get(name, ()), int(level)))
                beside.update(dict.fromkeys(self._beside.get(name, ()), int(level_beside)))
        return beside | named


def _in_order(entries: Iterable[Entry]) -> tuple[list[tuple[int, str, str]], list[Entry]]:
    """Return entries as they stand where they fit equally well, with what they are sorted by."""
    ranks = {sort: number for number, sort in enumerate(Sort)}
    keyed = sorted(
        (((ranks[entry.sort], code_key(entry.code), entry.key), entry) for entry in entries), key=itemgetter(0)
    )
    return [order for order, _ in keyed], [entry for _, entry in keyed]


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


def _every(each: Iterable[dict[int, int]], gone: frozenset[int]) -> dict[int, int]:
    """Return what has every word; an entry is as good as its worst."""
    found: dict[int, int] | None = None
    for other in each:
        if found is None:
            found = other
            for number in gone:
                found.pop(number, None)
        else:
            found = {number: max(level, other[number]) for number, level in found.items() if number in other}
        if not found:
            break
    return found or {}
