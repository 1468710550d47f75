"""Finding by what somebody typed: ranked, and forgiving case, accents, punctuation and typing errors.

Nothing here asks the database, so SQLite and PostgreSQL give the same answers in the same order.
"""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from raci.domain.text import fold

# What Unicode does not take apart into a letter and its accent.
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# From this length on a word may be the beginning of the one meant; shorter ones would be near to anything.
_MAY_BE_A_BEGINNING = 5
_LONGEST_WORD = 40
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
    """Entries, made ready to be found. Building takes seconds for 100,000 entries; finding, milliseconds."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        order = {sort: number for number, sort in enumerate(Sort)}
        self._entries = sorted(entries, key=lambda entry: (order[entry.sort], _counted(entry.code), entry.key))
        self._codes = [squeezed(entry.code) for entry in self._entries]
        self._titles = [" ".join(words(entry.title)) for entry in self._entries]
        self._named = _postings({code, *words(entry.code), *words(entry.title)} for code, entry in self._pairs())
        self._beside = _postings(set(words(entry.beside)) for entry in self._entries)
        self._vocabulary = sorted(self._named.keys() | self._beside.keys())
        self._near = _Near(word for word in self._vocabulary if word.isalpha())

    def find(self, typed: str, limit: int = 50) -> Hits:
        """Return the entries that have every word typed; where there are none, those that nearly do."""
        asked = words(typed)[:_MOST_WORDS]
        if not asked:
            return Hits()
        levels = _every(self._levels(word, forgiving=False) for word in asked)
        levels = levels or _every(self._levels(word, forgiving=True) for word in asked)
        whole, code = " ".join(asked), squeezed(typed)
        ranked = sorted((self._best(number, level, whole, code), number) for number, level in levels.items())
        best = (Hit(self._entries[number], Rank(min(level, Rank.NEARLY))) for level, number in ranked[:limit])
        return Hits(tuple(best), len(ranked))

    def _pairs(self) -> Iterator[tuple[str, Entry]]:
        return zip(self._codes, self._entries, strict=True)

    def _best(self, number: int, level: int, whole: str, code: str) -> int:
        if self._codes[number] == code:
            return Rank.CODE
        if level <= Rank.WORDS and (self._titles[number].startswith(whole) or self._codes[number].startswith(code)):
            return Rank.START
        return level

    def _levels(self, word: str, *, forgiving: bool) -> dict[int, int]:
        """Return the entries that have a word, each with how well: a `Rank`, beyond `Rank.NEARLY` by the errors."""
        found: dict[int, int] = {}
        near = self._near.find(word) if forgiving else {}
        for level, names in sorted(_by_level(near).items(), reverse=True):
            self._mark(found, names, level, level)
        self._mark(found, (name for name in self._vocabulary if word in name), Rank.WITHIN, Rank.BESIDE)
        self._mark(found, self._beginning(word), Rank.WORDS, Rank.BESIDE)
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
            found.update(dict.fromkeys(self._named.get(name, ()), named))


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: runs of letters and digits, folded, without accents."""
    plain = _plain(text)
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


def _counted(code: str) -> tuple[tuple[int, str], ...]:
    """Return the key by which VEN-2 stands before VEN-10."""
    return tuple((int(word), "") if word.isdecimal() else (-1, word) for word in words(code))


def _postings(texts: Iterable[set[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, names in enumerate(texts):
        for name in names:
            found.setdefault(name, []).append(number)
    return found


def _by_level(near: Mapping[str, int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for name, errors in near.items():
        found.setdefault(Rank.NEARLY + errors - 1, []).append(name)
    return found


def _every(each: Iterable[dict[int, int]]) -> dict[int, int]:
    """Return what has every word; an entry is as good as its worst."""
    first, *others = each
    for other in others:
        first = {number: max(level, other[number]) for number, level in first.items() if number in other}
    return first


class _Near:
    """Words that are a typing error or two away.

    Words that share too few pairs of letters are never compared: an error spoils at most three pairs
    (two letters that changed places).
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._by_pair = _postings(_letter_pairs(name) for name in self._names)

    def find(self, typed: str) -> dict[str, int]:
        """Return the words near to what was typed, each with the number of errors between."""
        most = _forgiven(typed)
        if not most:
            return {}
        shared: Counter[int] = Counter()
        for pair in _letter_pairs(typed):
            shared.update(self._by_pair.get(pair, ()))
        least = max(1, len(typed) - 3 * most)
        close = (self._names[number] for number, count in shared.items() if count >= least)
        return {name: errors for name in close if 0 < (errors := errors_between(typed, name, most)) <= most}


def _letter_pairs(word: str) -> set[str]:
    """Return the pairs of neighbours in a word, its first letter with what stands before it among them."""
    return {" " + word[0], *(word[at : at + 2] for at in range(len(word) - 1))}


def _forgiven(word: str) -> int:
    """Return how many errors a word may have: none in what is short or a number, two in what is long."""
    if len(word) < 3 or len(word) > _LONGEST_WORD or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def errors_between(typed: str, meant: str, most: int) -> int:
    """Return the typing errors between two words: a letter missing, too many, wrong, or two that changed places.

    What was typed may be the beginning of a longer word. Gives ``most + 1`` for everything beyond.
    """
    beginning = len(typed) >= _MAY_BE_A_BEGINNING
    if len(meant) < len(typed) - most or (not beginning and len(meant) > len(typed) + most):
        return most + 1
    meant = meant[: len(typed) + most]
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at in range(len(typed)):
        before, row = row, _next_row(before, row, at, typed, meant)
        if min(row) > most:
            return most + 1
    return min(min(row) if beginning else row[-1], most + 1)


def _next_row(before: list[int], row: list[int], at: int, typed: str, meant: str) -> list[int]:
    """Return one more row of the table of optimal string alignment (Damerau–Levenshtein, no edit twice)."""
    letter, following = typed[at], [at + 1]
    for column, other in enumerate(meant):
        cost = min(row[column] + (letter != other), row[column + 1] + 1, following[column] + 1)
        if at and column and letter == meant[column - 1] and other == typed[at - 1]:
            cost = min(cost, before[column - 1] + 1)
        following.append(cost)
    return following
