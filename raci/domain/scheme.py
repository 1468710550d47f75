"""The letters of a matrix: their classes, limits and one canonical order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from raci.domain.text import Fact, Sentence, fold
from raci.domain.text import gettext_noop as _

SEPARATOR = "/"

# What may stand between letters when a person types them. None of it can be part of a code.
_BETWEEN = r"[,;/+&|\n]+"


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


class WrongLetters(ValueError):
    """Letters cannot be read or cannot stand; ``sentence`` says why, without a full stop."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UnknownLetter(WrongLetters):
    """Text holds something that the scheme has no letter for."""


class IllegalCell(WrongLetters):
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

    def __hash__(self) -> int:
        # Two equal schemes have equal codes; hashing every letter for each cell that is parsed would be slow.
        return hash(self.code)

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

    @cached_property
    def pivot(self) -> LetterClass:
        """The class that answers for a row: owner, or lead in a scheme that has no owner letter."""
        return LetterClass.OWNER if self.codes_of(LetterClass.OWNER) else LetterClass.LEAD

    @cached_property
    def owner_limit(self) -> int | None:
        """How many roles may answer for one row, None where the scheme sets no limit."""
        limits = [letter.maximum for letter in self.letters if letter.letter_class is self.pivot]
        known = [limit for limit in limits if limit is not None]
        return max(known) if known and len(known) == len(limits) else None

    def problems(self) -> list[str]:
        """List what is wrong with the scheme itself, in words. An empty list means that it can be used.

        Checked are: at least one letter that answers (owner or lead); codes and labels that cannot be
        mistaken for one another; limits that can be kept; an *out* letter that stands alone; and that
        letters name only letters of the same scheme.
        """
        found = [f"{self.code}: “{name}” stands for two letters" for name in _repeated(self.letters)]
        if not self.codes_of(LetterClass.OWNER, LetterClass.LEAD):
            found.append(f"{self.code}: no letter of class owner or lead")
        for letter in self.letters:
            found += [f"{self.code}: {text}" for text in _letter_problems(self, letter)]
        return found

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Scheme":
        """Build a scheme from its stored form; the inverse of `to_data`.

        Raises `ValueError` where a field is missing, unknown or not of its form.
        """
        try:
            letters = tuple(_letter_from_data(item) for item in data["letters"])
            return cls(**{**data, "letters": letters})
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is not the definition of a scheme: {error}") from error

    def to_data(self) -> dict[str, Any]:
        """Return the scheme as JSON data."""
        return {
            "code": self.code,
            "name": self.name,
            "owner_may_do": self.owner_may_do,
            "empty_means": self.empty_means,
            "source": self.source,
            "letters": [_letter_to_data(letter) for letter in self.letters],
        }


@lru_cache(maxsize=4096)
def split_letters(letters: str) -> tuple[str, ...]:
    """Return the codes in a canonical cell: ``"A/R"`` gives ``("A", "R")``, ``""`` gives ``()``."""
    return tuple(letters.split(SEPARATOR)) if letters else ()


def format_letters(scheme: Scheme, codes: Iterable[str]) -> str:
    """Return the one canonical text of a set of letters: scheme order, joined by a slash.

    Raises `UnknownLetter` and `IllegalCell`.
    """
    wanted = set(codes)
    if unknown := sorted(wanted - scheme.by_code.keys()):
        text = _("{found} is not a letter of {scheme}; it has {letters}")
        raise _unknown(scheme, text, ", ".join(unknown))
    present = [letter for letter in scheme.letters if letter.code in wanted]
    for index, first in enumerate(present):
        for second in present[index + 1 :]:
            if not _may_share(first, second):
                facts: dict[str, Fact] = {"first": first.code, "second": second.code, "scheme": Sentence(scheme.name)}
                raise IllegalCell(Sentence(_("{first} and {second} cannot stand in one cell of {scheme}"), facts))
    return SEPARATOR.join(letter.code for letter in present)


@lru_cache(maxsize=4096)
def parse_letters(scheme: Scheme, text: str) -> str:
    """Read what a person typed ("r/a", "A, R", "Accountable", "RA") and return it in canonical form.

    Raises `UnknownLetter` and `IllegalCell`.
    """
    parts = (part.strip() for part in re.split(_BETWEEN, fold(text)))
    return format_letters(scheme, [code for part in parts if part for code in _codes(scheme, part)])


def _codes(scheme: Scheme, part: str) -> list[str]:
    """Return the codes in one part: a code, a label, several of them with blanks between, or letters in a run."""
    names = _names(scheme)
    if part in names:
        return [names[part]]
    words = part.split()
    if len(words) > 1:
        return [code for word in words for code in _codes(scheme, word)]
    if all(character in names for character in part):
        return [names[character] for character in part]
    raise _unknown(scheme, _("“{found}” is not a letter of {scheme}; it has {letters}"), part)


@lru_cache(maxsize=128)
def _names(scheme: Scheme) -> dict[str, str]:
    names = {fold(letter.label): letter.code for letter in scheme.letters}
    return names | {fold(letter.code): letter.code for letter in scheme.letters}


def _unknown(scheme: Scheme, text: str, found: str) -> UnknownLetter:
    listed = ", ".join(letter.code for letter in scheme.letters)
    facts: dict[str, Fact] = {"found": found, "scheme": Sentence(scheme.name), "letters": listed}
    return UnknownLetter(Sentence(text, facts))


def _may_share(first: Letter, second: Letter) -> bool:
    return second.code in first.combines_with or first.code in second.combines_with


def _repeated(letters: tuple[Letter, ...]) -> list[str]:
    names = [name for letter in letters for name in {fold(letter.code), fold(letter.label)}]
    return sorted({name for name in names if names.count(name) > 1})


def _letter_problems(scheme: Scheme, letter: Letter) -> list[str]:
    found = []
    if letter.minimum < 0 or (letter.maximum is not None and letter.maximum < 1):
        found.append(f"letter {letter.code}: the minimum is at least 0 and the maximum at least 1")
    if letter.maximum is not None and letter.minimum > letter.maximum:
        found.append(f"letter {letter.code}: minimum {letter.minimum} is above maximum {letter.maximum}")
    if letter.letter_class is LetterClass.OUT and any(_may_share(letter, other) for other in scheme.letters):
        found.append(f"letter {letter.code} means no part at all and cannot share a cell")
    if unknown := (letter.combines_with | letter.differs_from) - scheme.by_code.keys():
        found.append(f"letter {letter.code} names {', '.join(sorted(unknown))}, which the scheme does not have")
    if (
        not letter.code
        or re.search(rf"{_BETWEEN}|\s", fold(letter.code))
        or fold(letter.code) != letter.code.casefold()
    ):
        found.append(f"letter “{letter.code}”: a code is plain text without blanks and without , ; / + & |")
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
