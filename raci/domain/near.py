"""Words that are a typing error or two away, found without comparing one word after the other.

The errors counted are those of optimal string alignment: a letter missing, a letter too many, a wrong
letter, two neighbours that changed places. They are counted by the bit-parallel automaton of Wu and
Manber ("Fast text searching allowing errors", 1992), extended by the changed places. It reads the words
in their sorted order, so that beginnings shared by many words are read once and hopeless ones are leapt over.
"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

# From this length on a word may be the beginning of the one meant; shorter ones would be near to anything.
_MAY_BE_A_BEGINNING = 5
_LONGEST_WORD = 40
MOST_FORGIVEN = 2
_AFTER_ALL = "\U0010ffff"


def forgiven(word: str) -> int:
    """Return how many errors a word may have: none in what is short or a number, two in what is long."""
    if len(word) < 3 or len(word) > _LONGEST_WORD or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else MOST_FORGIVEN


class Near:
    """A vocabulary in which words are found by what is nearly written like them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names)

    def find(self, typed: str) -> dict[str, int]:
        """Return the words near to what was typed, each with the number of errors between; not the word itself."""
        most = forgiven(typed)
        if not most:
            return {}
        reader, found, at = _Reader(typed, most), dict[str, int](), 0
        while at < len(self._names):
            name = self._names[at]
            errors, length = reader.read(name)
            after = at + 1 if length == len(name) else bisect_left(self._names, name[:length] + _AFTER_ALL, at)
            if errors <= most:
                found.update(dict.fromkeys(self._names[at:after], errors))
            at = after
        return {name: errors for name, errors in found.items() if errors}


class _State(NamedTuple):
    """What is known after some letters: ``rows[e]`` has bit i set where they are the first i typed, with e errors.

    ``fewest`` is the least number of errors at which all that was typed has been the beginning.
    """

    rows: tuple[int, ...]
    before: tuple[int, ...]
    mask: int
    fewest: int


class _Reader:
    """Reads words letter by letter; what the latest word shares with the one before is not read again."""

    def __init__(self, typed: str, most: int) -> None:
        self._masks: dict[str, int] = {}
        for at, letter in enumerate(typed):
            self._masks[letter] = self._masks.get(letter, 0) | 1 << at
        self._most, self._last = most, 1 << len(typed)
        self._beginning = len(typed) >= _MAY_BE_A_BEGINNING
        rows = tuple((1 << (errors + 1)) - 1 for errors in range(most + 1))
        self._states = [_State(rows, (0,) * (most + 1), 0, most + 1)]
        self._path = ""

    def read(self, name: str) -> tuple[int, int]:
        """Return the errors of a word, and after how many letters that was certain for all that begin so."""
        length = _shared(self._path, name)
        del self._states[length + 1 :]
        while length < len(name) and any(self._states[-1].rows):
            self._states.append(self._next(self._states[-1], self._masks.get(name[length], 0)))
            length += 1
        self._path = name[:length]
        state = self._states[-1]
        return (state.fewest if self._beginning else self._errors(state.rows)), length

    def _next(self, state: _State, mask: int) -> _State:
        whole = 2 * self._last - 1
        rows = [state.rows[0] << 1 & mask << 1 & whole]
        for errors in range(1, self._most + 1):
            fewer = state.rows[errors - 1]
            right = state.rows[errors] << 1 & mask << 1
            swapped = state.before[errors - 1] << 2 & mask << 2 & state.mask << 1
            rows.append((right | fewer | fewer << 1 | rows[-1] << 1 | swapped) & whole)
        return _State(tuple(rows), state.rows, mask, min(state.fewest, self._errors(rows)))

    def _errors(self, rows: Iterable[int]) -> int:
        return next((errors for errors, row in enumerate(rows) if row & self._last), self._most + 1)


def _shared(first: str, second: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(first), len(second)))
