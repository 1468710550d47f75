"""The language in which a document is written. Letters, codes, keys and names of fields are the same in every one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from raci.domain.text import Number, Sentence, Translate


def _english_day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


@dataclass(frozen=True)
class Language:
    """How texts, whole numbers and days are said: ``translate`` knows the English text. English by default."""

    translate: Translate = str
    number: Callable[[Number], str] = "{:,}".format
    day: Callable[[date], str] = _english_day


ENGLISH = Language()
_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let everything that is written inside be in one language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def gettext(text: str) -> str:
    """Return a text in the language of the document; "" stays empty."""
    return _spoken.get().translate(text) if text else ""


def said(sentence: Sentence) -> str:
    """Return a sentence of the domain in the language of the document."""
    language = _spoken.get()
    return sentence.said(language.translate, language.number)


def number(value: Number) -> str:
    """Return a number as people write it in the language of the document: "10,000", "0.75"."""
    return _spoken.get().number(value)


def day(moment: date) -> str:
    """Return a date as people write it in the language of the document: "3 May 2026"."""
    return _spoken.get().day(moment)


def in_a_sentence(label: str) -> str:
    """Return the name of a letter as it stands within a sentence; only English writes it small whatever it is."""
    small = label.lower()
    said_small = gettext(small)
    if said_small != small:
        return said_small
    said_alone = gettext(label)
    return small if said_alone == label else said_alone
