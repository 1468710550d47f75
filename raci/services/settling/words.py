"""What the parts of a decision are called."""

from django.utils.translation import gettext as _

from raci.domain.bands import Band, Interval
from raci.domain.records import Decision, DecisionType, Mode, Part
from raci.domain.text import Sentence
from raci.models import Duty
from raci.services.words import said


def part_in_words(decision: Decision, part: Part) -> str:
    """Return what a part of a decision is about: a band or limit with its unit, a value, or what is contributed."""
    if decision.type is DecisionType.SPLIT_THRESHOLD:
        return said(band_in_words(decision, part))
    if decision.type is DecisionType.SPLIT_SCOPE:
        return part.name or _("otherwise")
    if part.upper:
        upto = said(_interval(part, upto=True).words(part.unit, part.category))
        return f"{part.text} ({upto})" if part.text else upto
    return part.text


def band_in_words(decision: Decision, part: Part) -> Sentence:
    """Return the amounts of a part: “from 50,000 to under 60,000 EUR”, or “up to 50,000 EUR” of limits."""
    return _interval(part, upto=decision.mode is Mode.LIMITS).words(part.unit, part.category)


def _interval(part: Part, *, upto: bool) -> Interval:
    band = Band.stored(part.role, part.lower, part.upper)
    return Interval(band.start, band.high, upto)


def child_title(title: str, decision: Decision, part: Part) -> str:
    """Return the title of the duty that is made for one part of a split, cut where it would be too long to keep."""
    longest = Duty._meta.get_field("title").max_length or 0
    about = part_in_words(decision, part)
    about = about if len(about) < longest // 2 else about[: longest // 2 - 2].rstrip() + " …"
    room = longest - len(about) - 2
    return f"{title if len(title) <= room else title[: room - 2].rstrip() + ' …'}: {about}"
