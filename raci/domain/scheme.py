"""The letters of a matrix: their classes, limits and one canonical order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

SEPARATOR = "/"


class LetterClass(StrEnum):
    """What a letter means, whatever its name: rules are written on classes, never on letters."""

    OWNER = "owner"  # answers for the outcome
    DOER = "doer"  # does the work
    LEAD = "lead"  # drives or proposes
    HELP = "help"
    INPUT = "input"  # two-way advice
    VETO = "veto"
    VERIFY = "verify"
    SIGN = "sign"
    NOTICE = "notice"  # one-way information
    COACH = "coach"
    OUT = "out"  # stated to have no part


class UnknownLetter(ValueError):
    """Text holds something that the scheme has no letter for."""


class IllegalCell(ValueError):
    """The letters are known, but the scheme does not let them stand in one cell."""


@dataclass(frozen=True)
class Letter:
    """One letter of a scheme.

    ``minimum`` and ``maximum`` count cells per row (``None``: no limit). ``combines_with`` names the
    codes that may stand in the same cell; ``differs_from`` those that another person must hold.
    """

    code: str
    label: str
    letter_class: LetterClass
    minimum: int = 0
    maximum: int | None = None
    combines_with: frozenset[str] = frozenset()
    differs_from: frozenset[str] = frozenset()
    counts_for_load: bool = False


@dataclass(frozen=True)
class Scheme:
    """A family of letters. ``letters`` stand in canonical order: the order of weight, heaviest first."""

    code: str
    name: str
    letters: tuple[Letter, ...]
    owner_may_do: bool = False
    empty_means: str = "not involved"
    source: str = ""

    @cached_property
    def by_code(self) -> dict[str, Letter]:
        return {letter.code: letter for letter in self.letters}

    @cached_property
    def combinations(self) -> tuple[str, ...]:
        """Every legal non-empty content of a cell, in canonical form and order (pairs at most)."""
        singles = [letter.code for letter in self.letters]
        pairs = [
            SEPARATOR.join((first.code, second.code))
            for index, first in enumerate(self.letters)
            for second in self.letters[index + 1 :]
            if _may_share(first, second)
        ]
        return (*singles, *pairs)

    def codes_of(self, *classes: LetterClass) -> frozenset[str]:
        """Return the codes of the letters of the given classes."""
        return frozenset(letter.code for letter in self.letters if letter.letter_class in classes)

    def problems(self) -> list[str]:
        """List what is wrong with the scheme itself (`schemes.md`: checks per scheme)."""
        found = [f"{self.code}: letter {code} stands twice" for code in _repeated(self.letters)]
        if not self.codes_of(LetterClass.OWNER, LetterClass.LEAD):
            found.append(f"{self.code}: no letter of class owner or lead")
        for letter in self.letters:
            found += [f"{self.code}: {text}" for text in _letter_problems(self, letter)]
        return found

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Scheme":
        """Build a scheme from its stored form; the inverse of `to_data`."""
        letters = tuple(_letter_from_data(item) for item in data["letters"])
        rest = {name: data[name] for name in ("code", "name", "owner_may_do", "empty_means", "source") if name in data}
        return cls(letters=letters, **rest)

    def to_data(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "owner_may_do": self.owner_may_do,
            "empty_means": self.empty_means,
            "source": self.source,
            "letters": [_letter_to_data(letter) for letter in self.letters],
        }


def split_letters(letters: str) -> tuple[str, ...]:
    """Return the codes in a canonical cell: ``"A/R"`` gives ``("A", "R")``, ``""`` gives ``()``."""
    return tuple(letters.split(SEPARATOR)) if letters else ()


def format_letters(scheme: Scheme, codes: Iterable[str]) -> str:
    """Return the one canonical text of a set of letters: scheme order, joined by a slash.

    Raises `UnknownLetter` and `IllegalCell`.
    """
    wanted = set(codes)
    if unknown := sorted(wanted - scheme.by_code.keys()):
        raise UnknownLetter(f"{', '.join(unknown)} is not a letter of {scheme.name}; it has {_listed(scheme)}")
    present = [letter for letter in scheme.letters if letter.code in wanted]
    for index, first in enumerate(present):
        for second in present[index + 1 :]:
            if not _may_share(first, second):
                raise IllegalCell(f"{first.code} and {second.code} cannot stand in one cell of {scheme.name}")
    return SEPARATOR.join(letter.code for letter in present)


@lru_cache(maxsize=4096)
def parse_letters(scheme: Scheme, text: str) -> str:
    """Read what a person typed ("r/a", "A, R", "Accountable", "RA") and return it in canonical form.

    Raises `UnknownLetter` and `IllegalCell`.
    """
    typed = text.strip().casefold()
    if not typed:
        return ""
    names = _names(scheme)
    if typed in names:
        return names[typed]
    return format_letters(
        scheme, [code for part in re.split(r"[\s,;/+&]+", typed) if part for code in _codes(scheme, part)]
    )


def _codes(scheme: Scheme, part: str) -> list[str]:
    names = _names(scheme)
    if part in names:
        return [names[part]]
    if all(character in names for character in part):
        return [names[character] for character in part]
    raise UnknownLetter(f"“{part}” is not a letter of {scheme.name}; it has {_listed(scheme)}")


@lru_cache(maxsize=128)
def _names(scheme: Scheme) -> dict[str, str]:
    names = {letter.label.casefold(): letter.code for letter in scheme.letters}
    return names | {letter.code.casefold(): letter.code for letter in scheme.letters}


def _listed(scheme: Scheme) -> str:
    return ", ".join(letter.code for letter in scheme.letters)


def _may_share(first: Letter, second: Letter) -> bool:
    return second.code in first.combines_with or first.code in second.combines_with


def _repeated(letters: tuple[Letter, ...]) -> list[str]:
    codes = [letter.code.casefold() for letter in letters]
    return sorted({code.upper() for code in codes if codes.count(code) > 1})


def _letter_problems(scheme: Scheme, letter: Letter) -> list[str]:
    found = []
    if letter.maximum is not None and letter.minimum > letter.maximum:
        found.append(f"letter {letter.code}: minimum {letter.minimum} is above maximum {letter.maximum}")
    if letter.letter_class is LetterClass.OUT and any(_may_share(letter, other) for other in scheme.letters):
        found.append(f"letter {letter.code} means no part at all and cannot share a cell")
    if unknown := (letter.combines_with | letter.differs_from) - scheme.by_code.keys():
        found.append(f"letter {letter.code} names {', '.join(sorted(unknown))}, which the scheme does not have")
    if SEPARATOR in letter.code or letter.code != letter.code.strip() or not letter.code:
        found.append(f"letter {letter.code!r}: a code is short text without blanks at the ends or “{SEPARATOR}”")
    return found


def _letter_from_data(data: dict[str, Any]) -> Letter:
    return Letter(
        **{
            **data,
            "letter_class": LetterClass(data["letter_class"]),
            "combines_with": frozenset(data.get("combines_with", ())),
            "differs_from": frozenset(data.get("differs_from", ())),
        }
    )


def _letter_to_data(letter: Letter) -> dict[str, Any]:
    return {
        "code": letter.code,
        "label": letter.label,
        "letter_class": letter.letter_class.value,
        "minimum": letter.minimum,
        "maximum": letter.maximum,
        "combines_with": sorted(letter.combines_with),
        "differs_from": sorted(letter.differs_from),
        "counts_for_load": letter.counts_for_load,
    }
