"""Amounts as people type them, and as they are stored: exact decimals from zero on, of whatever unit.

Nothing is guessed: what could be read in two ways that differ by a factor of a thousand is refused.
"""

import re
import unicodedata
from decimal import Decimal

from raci.domain.text import Fact, Sentence
from raci.domain.text import gettext_noop as _

# Enough for any budget in any currency, and for a fraction of a day.
MOST_DIGITS = 15
MOST_DECIMALS = 4

_THOUSAND, _MILLION, _MILLIARD = Decimal(10**3), Decimal(10**6), Decimal(10**9)
_SUFFIXES = {
    "": Decimal(1),
    "k": _THOUSAND,
    "tsd": _THOUSAND,
    "m": _MILLION,
    "mn": _MILLION,
    "mio": _MILLION,
    "bn": _MILLIARD,
    "mrd": _MILLIARD,
}
_MARKS = ".,"
# Blanks and apostrophes only ever stand between thousands.
_SPACING = re.compile(r"(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))")
_SHAPE = re.compile(r"(?P<before>[^\d\s.,]*)\s*(?P<number>[0-9][0-9.,]*|[.,][0-9]+)\s*(?P<suffix>[^\d\s.,]*)\.?")
_STORED = re.compile(r"[0-9]+(\.[0-9]+)?")
# More than can be meant, and few enough to reckon with exactly.
_LONGEST_NUMBER = 24
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(\1[0-9]{3})*")


class NotAnAmount(ValueError):
    """Text cannot be read as an amount. ``sentence`` says why, and how to write it, to whoever typed it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def read_amount(typed: str, decimal_mark: str = ".") -> Decimal:
    """Return the amount that somebody typed: "50k", "1.5 M", "50,000", "50.000,00", "50 000".

    ``decimal_mark`` is that of the language, "." or ",". It decides what one mark before three digits
    means: where it is the mark between thousands, it is read so ("50,000" in English, "50.000" in
    German); where it is the decimal mark, the text is refused, since it may have been meant the other
    way. Every other text is read as it can only be meant, whatever the language.

    Raises `NotAnAmount` for text that is no amount, is below zero, or has more than `MOST_DIGITS` digits
    before or `MOST_DECIMALS` after the decimal mark.
    """
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in typed).strip()
    if re.match(r"[-−]\s*[0-9]", text):
        raise NotAnAmount(Sentence(_("“{typed}” is below zero; amounts start at 0."), {"typed": typed}))
    found = _SHAPE.fullmatch(_SPACING.sub("", text))
    if found is None:
        raise _unreadable(typed)
    suffix = found["suffix"].casefold()
    rest = found["before"] or ("" if suffix in _SUFFIXES else found["suffix"])
    if rest:
        facts = {"typed": typed, "rest": rest}
        raise NotAnAmount(
            Sentence(_("“{typed}”: write the number alone; “{rest}” belongs in the field for the unit."), facts)
        )
    return _allowed(typed, _number(typed, found["number"], decimal_mark) * _SUFFIXES[suffix])


def _number(typed: str, text: str, decimal_mark: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise _too_long(typed)
    marks = [sign for sign in text if sign in _MARKS]
    if not marks:
        return Decimal(text)
    if len(set(marks)) == 1 and _GROUPED.fullmatch(text):
        if len(marks) == 1 and marks[0] == decimal_mark:
            raise _ambiguous(typed, text)
        return Decimal(text.replace(marks[0], ""))
    whole, _mark, decimals = text.rpartition(marks[-1])
    if _is_grouped(whole, marks[-1]) and decimals:
        return Decimal(f"{re.sub('[.,]', '', whole) or 0}.{decimals}")
    raise _unreadable(typed)


def _is_grouped(whole: str, decimal_mark: str) -> bool:
    """Tell whether digits before a decimal mark are written with the other mark between thousands, or with none."""
    return decimal_mark not in whole and (whole == "" or whole.isdigit() or bool(_GROUPED.fullmatch(whole)))


def _allowed(typed: str, amount: Decimal) -> Decimal:
    plain = decimal_text(amount)
    whole, _mark, decimals = plain.partition(".")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise _too_long(typed)
    return Decimal(plain)


def _too_long(typed: str) -> NotAnAmount:
    facts: dict[str, Fact] = {"typed": typed, "digits": MOST_DIGITS, "decimals": MOST_DECIMALS}
    text = _("“{typed}” has too many digits: at most {digits} before the decimal mark and {decimals} after it.")
    return NotAnAmount(Sentence(text, facts))


def _unreadable(typed: str) -> NotAnAmount:
    return NotAnAmount(Sentence(_("“{typed}” is not an amount; write for example 50000 or 50k."), {"typed": typed}))


def _ambiguous(typed: str, text: str) -> NotAnAmount:
    digits = re.sub("[.,]", "", text)
    low = Decimal(text.replace(",", "."))
    facts: dict[str, Fact] = {"typed": typed, "high": digits, "low": f"{low.normalize():f}"}
    return NotAnAmount(
        Sentence(_("“{typed}” can be read in two ways: write {high} if you mean thousands, otherwise {low}."), facts)
    )


def decimal_text(amount: Decimal) -> str:
    """Return an amount as it is stored: digits and a point, no exponent, no zeros that say nothing."""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def stored_decimal(text: str) -> Decimal | None:
    """Return an amount from its stored form, None for "".

    Raises `ValueError` for what is not digits with or without a point between them.
    """
    if not text:
        return None
    if not _STORED.fullmatch(text):
        raise ValueError(f"{text[:50]!r} is no amount")
    return Decimal(text)


def amount_words(amount: Decimal, unit: str = "") -> Fact:
    """Return an amount with its unit, to be said in any language: "50,000 EUR"."""
    number = Decimal(decimal_text(amount))
    return Sentence(_("{amount} {unit}"), {"amount": number, "unit": unit}) if unit else number
