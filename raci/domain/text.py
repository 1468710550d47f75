"""What text may hold, decided once for forms, imports, the API and the admin."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

Translate: TypeAlias = Callable[[str], str]
Number: TypeAlias = int | Decimal


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogues of messages, and return it as it is: whoever shows it translates it."""
    return text


@dataclass(frozen=True)
class Sentence:
    """Words for people: an English ``text`` with ``{name}`` places, and the facts that fill them.

    The text is what catalogues know, so another language can fill it in its own order. A fact may be a
    sentence itself.
    """

    text: str
    facts: Mapping[str, "Fact"] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.said(str, "{:,}".format)

    def said(self, translate: Translate, number: Callable[[Number], str]) -> str:
        """Return the sentence in another language, and its numbers as people there write them."""
        if not self.facts:
            return translate(self.text)  # as it is: it may be a name, with whatever signs
        return translate(self.text).format_map(
            {name: _fact(value, translate, number) for name, value in self.facts.items()}
        )


NOTHING = Sentence("")
Fact: TypeAlias = str | Number | Sentence


def listed(items: Sequence[Sentence]) -> Sentence:
    """Return several sentences, at least one, as one: "from 5 to under 9 EUR; from 20 EUR upwards"."""
    first, *rest = items
    return Sentence(gettext_noop("{first}; {rest}"), {"first": first, "rest": listed(rest)}) if rest else first


def _fact(value: Fact, translate: Translate, number: Callable[[Number], str]) -> str:
    if isinstance(value, Sentence):
        return value.said(translate, number)
    return number(value) if isinstance(value, Number) else value


# A cell of a workbook holds 32,767 characters; ten thousand leaves room for escapes.
LONGEST_TEXT = 10_000

# XML 1.0 section 2.2: everything else cannot be written to a workbook at all.
_ALLOWED_CONTROLS = frozenset("\t\n\r")

_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")


def normalise(text: str) -> str:
    """Return text as it is stored: NFC, line feeds only, no blanks at either end."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def as_saved(text: str) -> str:
    """Return what a text and the same text in a workbook that LibreOffice saved have in common.

    That program writes ``_x005F_x0041_`` as it is, which stands for ``_x0041_`` in a workbook (ECMA-376 part 1,
    22.9.2.19): the ``_x005F_`` is lost.
    """
    return _ESCAPED.sub("_", normalise(text))


def fold(text: str) -> str:
    """Return the key by which text is compared when letter case and width do not matter."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def code_key(code: str) -> str:
    """Return the key by which codes are told apart and sorted: folded, numbers by their value.

    "VEN-4" comes before "VEN-10", and "ven-04" is the same code as "VEN-4".
    """
    return re.sub(r"[0-9]+", lambda run: run.group().lstrip("0").zfill(8), fold(code))


def problem(text: str, *, longest: int = LONGEST_TEXT) -> Sentence | None:
    """Say why text cannot be stored, as the end of a sentence; None where it can.

    The rule is that of XML 1.0, which is stricter than PostgreSQL (no NUL) and SQLite (anything):
    whatever passes can be held by both databases and by a workbook.
    """
    if len(text) > longest:
        return Sentence(
            gettext_noop("is {length} characters long; at most {longest} can be stored"),
            {"length": len(text), "longest": longest},
        )
    for position, character in enumerate(text, start=1):
        if not _is_storable(character):
            return Sentence(
                gettext_noop("has the character {code} at position {position}, which no workbook can hold; delete it"),
                {"code": f"U+{ord(character):04X}", "position": position},
            )
    return None


def _is_storable(character: str) -> bool:
    code = ord(character)
    if code < 0x20:
        return character in _ALLOWED_CONTROLS
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))
