"""Duties that may be the same thing in other words: a hint from their wording, never more.

The measure is token Jaccard: words that two texts share, of all that either has. On 300 pairs of the two job
descriptions, 19 of which truly intersect, 0.5 found three and all three were right (`article-records.md` 1.6). So
what is listed is worth a look, and what is not listed may still be the same.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from raci.domain.records import Duty
from raci.domain.text import fold

NEAR_ENOUGH = 0.5

# Words that say nothing of what a duty is about, in the languages of the product.
_SMALL = frozenset(
    [
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "by",
            "for",
            "from",
            "in",
            "into",
            "it",
            "its",
            "of",
            "on",
            "or",
            "the",
            "their",
        ),
        *("to", "with", "within", "am", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine"),
        *("einen", "einer", "für", "im", "mit", "nach", "oder", "und", "vom", "von", "zu", "zum", "zur", "über"),
    ]
)
_WORD = re.compile(r"[^\W_]+")
# The longest first. What is left must still be a word.
_ENDINGS = (
    "ations", "ation", "ating", "ments", "ment", "ated", "ates", "ings", "ung", "ing", "ies", "ate", "als", "ers",
    "en", "es", "ed", "er", "al", "s", "e", "y",
)  # fmt: skip
_SHORTEST_STEM = 4


class Nearness(IntEnum):
    """How two duties are related, the nearest first."""

    SAME = 1  # the same text
    WORDING = 2  # near wording
    OBJECT = 3  # another verb on the same object, in the same area


@dataclass(frozen=True)
class Related:
    """A duty that may be the same as another one. ``share`` is how much of their words is common, 0 to 1."""

    duty: str
    nearness: Nearness
    share: float


def related(duties: Mapping[str, Duty], duty: str, most: int = 5) -> tuple[Related, ...]:
    """Return the duties in use that may be the same as one of them, the nearest first."""
    asked = duties[duty]
    found = [
        near
        for key, other in duties.items()
        if key != duty and not other.retired and (near := _nearness(key, asked, other))
    ]
    return tuple(sorted(found, key=lambda item: (item.nearness, -item.share, duties[item.duty].code, item.duty))[:most])


def _nearness(key: str, asked: Duty, other: Duty) -> Related | None:
    mine, theirs = stems(asked.title), stems(other.title)
    share = jaccard(frozenset(mine), frozenset(theirs))
    if mine and mine == theirs:
        return Related(key, Nearness.SAME, share)
    if share >= NEAR_ENOUGH:
        return Related(key, Nearness.WORDING, share)
    # A title is a verb and its object.
    if asked.area and asked.area == other.area and jaccard(frozenset(mine[1:]), frozenset(theirs[1:])) >= NEAR_ENOUGH:
        return Related(key, Nearness.OBJECT, share)
    return None


def jaccard(one: Set[str], other: Set[str]) -> float:
    """Return how many words two texts share, of all that either has; 0 where both have none."""
    every = len(one | other)
    return len(one & other) / every if every else 0.0


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, without case and endings, in their order."""
    return tuple(_stem(word) for word in _WORD.findall(fold(text)) if word not in _SMALL)


def _stem(word: str) -> str:
    for ending in () if word.endswith("ss") else _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
