"""Words that are a typing error or two away, found without comparing one word after the other.

The errors counted are those of optimal string alignment: a letter missing, a letter too many, a wrong
letter, two neighbours that changed places. They are counted by the bit-parallel automaton of Wu and
Manber ("Fast text searching allowing errors", 1992), extended by the changed places. It reads the words
in their sorted order, so that beginnings shared by many words are read once and hopeless ones are leapt over.
Before that, words that lack too many of the letters typed are left out: an error brings at most one.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
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
        self._lacking = [~_letters(name) for name in self._names]

    def find(self, typed: str) -> dict[str, int]:
        """Return the words near to what was typed, each with the number of errors between; not the word itself."""
        most = forgiven(typed)
        if not most:
            return {}
        names, reader, found, at = self._hopeful(typed, most), _Reader(typed, most), dict[str, int](), 0
        while at < len(names):
            name = names[at]
            errors, length = reader.read(name)
            after = at + 1 if length == len(name) else bisect_left(names, name[:length] + _AFTER_ALL, at)
            if errors <= most:
                found.update(dict.fromkeys(names[at:after], errors))
            at = after
        return {name: errors for name, errors in found.items() if errors}

    def _hopeful(self, typed: str, most: int) -> Sequence[str]:
        """Return the words that have all letters typed but as many as errors are forgiven, in order."""
        wanted, shortest = _letters(typed), len(typed) - most
        pairs = zip(self._names, self._lacking, strict=True)
        names = [name for name, lacks in pairs if (wanted & lacks).bit_count() <= most and len(name) >= shortest]
        for letter, count in Counter(typed).items():
            if count > _COUNTED:
                names = [name for name in names if name.count(letter) >= count - most]
        return names


# So many letters of a kind have bits of their own: with more, the numbers would be slow to compare.
_COUNTED = 2


def _letters(word: str) -> int:
    """Return the letters of a word as bits, the first and the second of a kind apart."""
    once = twice = 0
    for letter in word:
        bit = 1 << ord(letter) % 30
        twice |= once & bit
        once |= bit
    return once | twice << 30


class _State(NamedTuple):
    """What is known after some letters: bit i of ``none`` is set where they are the first i typed, without an error.

    ``one`` and ``two`` say the same with as many errors, the ``…_before`` what was so one letter before, of which
    ``mask`` has the places. ``fewest`` is the least number of errors at which all typed has been the beginning.
    """

    none: int
    one: int
    two: int
    none_before: int
    one_before: int
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
        self._states = [_State(1, 3, 7 if most > 1 else 0, 0, 0, 0, most + 1)]
        self._path = ""

    def read(self, name: str) -> tuple[int, int]:
        """Return the errors of a word, and after how many letters that was certain for all that begin so."""
        length = _shared(self._path, name)
        del self._states[length + 1 :]
        state, states, masks = self._states[-1], self._states, self._masks
        for letter in name[length:]:
            if not (state[0] or state[1] or state[2]):
                break
            state = self._next(state, masks.get(letter, 0))
            states.append(state)
            length += 1
        self._path = name[:length]
        return (state.fewest if self._beginning else self._errors(*state[:3])), length

    def _next(self, state: _State, mask: int) -> _State:
        none, one, two, none_before, one_before, before, fewest = state
        whole = 2 * self._last - 1
        now_none = (none & mask) << 1 & whole
        swapped = (none_before & mask) << 2 & before << 1
        now_one = ((one & mask) << 1 | none | (none | now_none) << 1 | swapped) & whole
        if self._most == 1:
            now_two = 0
        else:
            swapped = (one_before & mask) << 2 & before << 1
            now_two = ((two & mask) << 1 | one | (one | now_one) << 1 | swapped) & whole
        if fewest and (now_none | now_one | now_two) & self._last:
            fewest = min(fewest, self._errors(now_none, now_one, now_two))
        return _new_state((now_none, now_one, now_two, none, one, mask, fewest))

    def _errors(self, none: int, one: int, two: int) -> int:
        """Return the errors with which all typed has been read; one more than are forgiven where it has not."""
        rows = (none, one, two)
        return next((errors for errors, row in enumerate(rows) if row & self._last), self._most + 1)


# Without the names of the parts, which makes it twice as quick.
_new_state = partial(tuple.__new__, _State)


def _shared(first: str, second: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(first), len(second)))
