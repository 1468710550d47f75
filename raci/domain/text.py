"""What text may hold, decided once for forms, imports, the API and the admin."""

import re
import unicodedata

# A cell of a workbook holds 32,767 characters; ten thousand leaves room for escapes.
LONGEST_TEXT = 10_000

# XML 1.0 section 2.2: everything else cannot be written to a workbook at all.
_ALLOWED_CONTROLS = frozenset("\t\n\r")


def normalise(text: str) -> str:
    """Return text as it is stored: NFC, line feeds only, no blanks at either end."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fold(text: str) -> str:
    """Return the key by which text is compared when letter case and width do not matter."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def code_key(code: str) -> str:
    """Return the key by which codes are told apart and sorted: folded, numbers by their value.

    "VEN-4" comes before "VEN-10", and "ven-04" is the same code as "VEN-4".
    """
    return re.sub(r"[0-9]+", lambda run: run.group().lstrip("0").zfill(8), fold(code))


def problem(text: str, *, longest: int = LONGEST_TEXT) -> str:
    """Say why text cannot be stored, or return "" where it can.

    The rule is that of XML 1.0, which is stricter than PostgreSQL (no NUL) and SQLite (anything):
    whatever passes can be held by both databases and by a workbook.
    """
    if len(text) > longest:
        return f"is {len(text):,} characters long; at most {longest:,} can be stored"
    for position, character in enumerate(text, start=1):
        if not _is_storable(character):
            where = f"U+{ord(character):04X} at position {position}"
            return f"has the character {where}, which no workbook can hold; delete it"
    return ""


def _is_storable(character: str) -> bool:
    code = ord(character)
    if code < 0x20:
        return character in _ALLOWED_CONTROLS
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))
