"""Texts of a document as they can be kept: what no database holds taken out, what is too long cut, and said."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from raci.domain.structure import LONGEST_CODE, next_code
from raci.domain.text import LONGEST_TEXT, code_key, normalise, problem

LONGEST_ROLE = LONGEST_AREA = 120
LONGEST_DUTY = 200
# Of a stem, so that a number has room behind it.
_LONGEST_STEM = LONGEST_CODE - 8
_AREA_LETTERS = 4


class Kept(NamedTuple):
    """A text that can be stored, and the whole of it where it had to be cut, "" where not."""

    text: str
    whole: str = ""


def storable(text: str) -> str:
    """Return a text without the signs that no workbook can hold, blanks at its ends, and more than can be stored."""
    clean = normalise(text)
    if problem(clean) is not None:
        clean = normalise("".join(letter for letter in clean if problem(letter) is None)[:LONGEST_TEXT])
    return clean


def kept(text: str, longest: int) -> Kept:
    """Return a text in one line and no longer than a field, cut between words."""
    clean = " ".join(storable(text).split())
    if len(clean) <= longest:
        return Kept(clean)
    cut = clean[: longest - 2]
    return Kept(f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut} …", storable(text))


def area_name(section: str) -> Kept:
    """Return what an area is called that is made from a section: see `uncounted`."""
    return kept(uncounted(section), LONGEST_AREA)


def duty_title(text: str) -> Kept:
    """Return what a duty is called that is made from a line: see `uncounted`."""
    return kept(uncounted(text), LONGEST_DUTY)


def uncounted(text: str) -> str:
    """Return the text of a section or line without the number that counts it, which the next document has too.

    "1. Vendors", "2.3 Vendors" and "IV) Vendors" are Vendors; "3 lines of defence" and "24/7 desk" stay as they are.
    """
    return _COUNTED.sub("", storable(text), count=1)


_COUNTED = re.compile(r"\A\s*(?:\d+(?:\.\d+)*[.):]|\d+(?:\.\d+)+:?|[IVXLC]+[.)]|[A-Za-z][.)])\s+(?=\S)")


def area_code(taken: Iterable[str], name: str) -> str:
    """Return a free code for an area: the beginning of its name ("Vendor management": VEND)."""
    letters = "".join(letter for letter in name.upper() if letter.isalnum())
    short, known = letters[:_AREA_LETTERS] or "AREA", {code_key(code) for code in taken}
    number = 1
    while code_key(code := f"{short}{number if number > 1 else ''}") in known:
        number += 1
    return code


class Codes:
    """The codes of duties, from which new ones are given one after the other."""

    def __init__(self, codes_by_area: Iterable[tuple[str, str]]) -> None:
        """``codes_by_area`` are all codes of the organisation with the keys of their areas."""
        self._known: set[str] = set()
        self._siblings: dict[str, list[str]] = {}
        for code, area in codes_by_area:
            self._known.add(code_key(code))
            self._siblings.setdefault(area, []).append(code)
        self._running: dict[str, Iterator[str]] = {}

    def kept(self, code: str) -> str:
        """Return a code of the document where it is free, "" where it is taken or cannot be one.

        Plain numbers count the lines of one document. They are no names: the next document has them too.
        """
        clean = " ".join(storable(code).split())
        plain = not any(letter.isalpha() for letter in clean)
        if plain or len(clean) > LONGEST_CODE or code_key(clean) in self._known:
            return ""
        self._known.add(code_key(clean))
        return clean

    def next(self, area: str, stem: str) -> str:
        """Return the next free code of an area."""
        if area not in self._running:
            short = stem if 0 < len(stem) <= _LONGEST_STEM else "D"
            self._running[area] = _numbered(next_code((), self._siblings.get(area, ()), short))
        code = next(code for code in self._running[area] if code_key(code) not in self._known)
        self._known.add(code_key(code))
        return code


def _numbered(first: str) -> Iterator[str]:
    """Yield a code and those that follow it: VEN-11, VEN-12, …"""
    prefix = first.rstrip("0123456789")
    digits = first[len(prefix) :]
    number = int(digits)
    while True:
        yield f"{prefix}{str(number).zfill(len(digits))}"
        number += 1
