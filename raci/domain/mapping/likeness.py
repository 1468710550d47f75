"""How like two names are: other order, plural, abbreviations, initials, typing errors, what stands in brackets."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from raci.domain.find import words
from raci.domain.near import forgiven
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

# Words that say nothing of what is meant, without accents.
_LITTLE = frozenset(
    (
        "the", "of", "for", "and", "to", "in", "on", "at", "by", "an", "de", "la", "le", "les", "du", "des", "der",
        "die", "das", "dem", "den", "ein", "eine", "einer", "fur", "und", "von", "zum", "zur", "im", "el", "los", "las",
        "del", "para", "os", "dos", "di", "il", "gli", "della", "dello", "het", "een", "van", "voor", "en", "et", "ou",
        "or", "oder",
    )
)  # fmt: skip
_BRACKETS = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
_SHORT_FORMS = {"sr": "senior", "jr": "junior", "vp": "vicepresident"}
_MOST_VARIANTS = 8


class Likeness(NamedTuple):
    """How sure it is that two names mean the same, from 0 to 100, and the reason."""

    sureness: int
    why: Sentence


_SAME = Likeness(96, Sentence(_("only written a little differently")))
_ORDER = Likeness(92, Sentence(_("the same words in another order or number")))
_SHORT = Likeness(82, Sentence(_("an abbreviation of the same words")))
_TYPO = Likeness(80, Sentence(_("a typing error away")))
_INITIALS = Likeness(72, Sentence(_("the initials of the name")))
_PART = Sentence(_("the same but for what stands in brackets or beside a slash"))
_FOR_A_PART = 12


def core(text: str) -> tuple[str, ...]:
    """Return the words of a name that say something, folded; all of them where none does."""
    return _core(text)


@lru_cache(maxsize=8192)
def _core(text: str) -> tuple[str, ...]:
    found = words(text)
    return tuple(word for word in found if word not in _LITTLE) or tuple(found)


@lru_cache(maxsize=65536)
def likeness(said: str, name: str) -> Likeness | None:
    """Return how like a name of a document is to one of ours, None where they are not alike."""
    best: Likeness | None = None
    for first, first_whole in _variants(said):
        for second, second_whole in _variants(name):
            found = _compared(first, second)
            if found and not (first_whole and second_whole):
                found = Likeness(found.sureness - _FOR_A_PART, _PART)
            if found and (best is None or found.sureness > best.sureness):
                best = found
    return best


def same_words(said: str, name: str) -> bool:
    """Tell whether two texts differ in nothing but order, number, articles, signs, or one typing error."""
    found = _compared(core(said), core(name))
    return found is not None and (found.sureness >= _ORDER.sureness or (found is _TYPO and len(core(name)) > 1))


@lru_cache(maxsize=8192)
def _variants(text: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Return the words of a name, and those of its parts; true with the whole."""
    found = {core(text): True}
    for part in map(core, _parts(text)):
        if part:
            found.setdefault(part, False)
    return tuple(found.items())[:_MOST_VARIANTS]


def _parts(text: str) -> Iterator[str]:
    without = _BRACKETS.sub(" ", text)
    if without != text:
        yield without
        yield from _BRACKETS.findall(text)
    pieces = without.split("/")
    if len(pieces) > 1:
        yield from pieces


def _compared(said: Sequence[str], name: Sequence[str]) -> Likeness | None:
    if not said or not name:
        return None
    if said == name:
        return _SAME
    if sorted(map(singular, said)) == sorted(map(singular, name)):
        return _ORDER
    if _are_initials(said, name) or _are_initials(name, said):
        return _INITIALS
    return _word_by_word(said, name) if len(said) == len(name) else None


def _word_by_word(said: Sequence[str], name: Sequence[str]) -> Likeness | None:
    """Compare names of as many words: each must have its like, and not all may be guessed."""
    left, worst, same = list(name), _ORDER, 0
    for word in sorted(said, key=lambda one: one not in name):
        matches = [(found.sureness, other, found) for other in left if (found := _word(word, other))]
        if not matches:
            return None
        _, other, found = max(matches)
        left.remove(other)
        same += found is _ORDER
        worst = min(worst, found, key=lambda one: one.sureness)
    return worst if same or len(said) == 1 or worst is _SHORT else None


def _word(said: str, name: str) -> Likeness | None:
    if singular(said) == singular(name):
        return _ORDER
    if _abbreviates(said, name) or _abbreviates(name, said):
        return _SHORT
    most = min(forgiven(said), forgiven(name))
    return _TYPO if most and abs(len(said) - len(name)) <= most and errors(said, name) <= most else None


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """Return a word without the ending of a plural, as far as a rule of thumb goes."""
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether a word is cut off ("proj") or drawn together ("mgr") from a longer one."""
    if _SHORT_FORMS.get(short) == long:
        return True
    if not 3 <= len(short) <= len(long) - 2 or short[0] != long[0]:
        return False
    if long.startswith(short) or (short.endswith("s") and long.startswith(short[:-1])):
        return True
    letters = iter(long)
    return short[-1] == long[-1] and all(letter in letters for letter in short)


def _are_initials(short: Sequence[str], name: Sequence[str]) -> bool:
    if len(short) != 1 or not 2 <= len(short[0]) <= 6 or len(name) < 2:
        return False
    # A word that is an acronym itself may stand whole: ITPM for IT Project Manager.
    whole = "".join(word if len(word) <= 3 and index == 0 else word[0] for index, word in enumerate(name))
    return short[0] in ("".join(word[0] for word in name), whole)


def errors(first: str, second: str) -> int:
    """Count the typing errors between two words: a letter missing, too many or wrong, or two that changed places."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, start=1):
        after = [at]
        for place, other in enumerate(second, start=1):
            cost = min(row[place] + 1, after[-1] + 1, row[place - 1] + (letter != other))
            if before and place > 1 and letter == second[place - 2] and first[at - 2] == other:
                cost = min(cost, before[place - 2] + 1)
            after.append(cost)
        before, row = row, after
    return row[-1]
