"""What a role may do, in words, and whether that is enough for what a duty needs."""

from collections.abc import Iterable

from raci.domain.amounts import amount_words, stored_decimal
from raci.domain.records import Authority, Need, Verb
from raci.domain.text import NOTHING, Sentence, fold
from raci.domain.text import gettext_noop as _

_SAID = {
    Verb.DECIDE: _("decide on {thing}"),
    Verb.APPROVE: _("approve {thing}"),
    Verb.SIGN: _("sign {thing}"),
    Verb.HIRE: _("hire {thing}"),
    Verb.SPEND: _("spend on {thing}"),
}


def power_words(verb: Verb, thing: str, amount: str, unit: str) -> Sentence:
    """Return what may be done, as the end of a sentence: "sign contracts up to 50,000 EUR"."""
    said = Sentence(_SAID[verb], {"thing": thing})
    limit = limit_words(amount, unit)
    return Sentence(_("{power} up to {amount}"), {"power": said, "amount": limit}) if limit else said


def limit_words(amount: str, unit: str) -> Sentence:
    """Return an amount from its stored form with its unit, nothing where there is none: "50,000 EUR"."""
    try:
        limit = stored_decimal(amount)
    except ValueError:
        limit = None
    return NOTHING if limit is None else Sentence("{amount}", {"amount": amount_words(limit, unit)})


def covers(powers: Iterable[Authority], need: Need, sheet: str) -> bool:
    """Tell whether one of some authorities is enough for a need in the scope of a matrix."""
    return any(_is_enough(one, need) for one in powers if one.sheet in ("", sheet))


def _is_enough(one: Authority, need: Need) -> bool:
    """Compare what, how and how much. Currencies are kept apart: nothing here knows what one is in another."""
    if one.verb is not need.verb or fold(one.thing) != fold(need.thing):
        return False
    if not need.amount:
        return True
    if not one.ceiling:
        return not one.unit or fold(one.unit) == fold(need.unit)
    try:
        ceiling, amount = stored_decimal(one.ceiling), stored_decimal(need.amount)
    except ValueError:
        return False
    return fold(one.unit) == fold(need.unit) and ceiling is not None and amount is not None and amount <= ceiling
