"""Whether a text names an activity with its verb first: as far as its first word can tell (`rules.md`, X01 to X03).

The verbs known are those of English that job descriptions use. A word that is not among them may still be a verb, of
English or of another language, so nothing is said of it; only what can hardly be one is named: an article, a
preposition, "responsible", or an English noun such as "management".
"""

import re
from enum import StrEnum

from raci.domain.text import fold


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS = _listed(
    """
    accept act adapt add administer advise agree align allocate allow analyse analyze announce answer appoint appraise
    approve arrange assess assign assist assure attend audit authorise authorize balance bring budget build buy
    calculate call cancel care carry certify chair challenge change check choose clarify close coach collect
    communicate compare compile complete conduct confirm connect consult contract control coordinate correct cover
    create cut deal decide define delegate deliver deploy design determine develop direct discuss distribute document
    draft draw drive employ enable encourage end enforce ensure escalate establish estimate evaluate examine execute
    explain file find fix follow forecast form formulate fund gather get give govern grant guide hand handle have help
    hire hold identify implement improve inform inspect install instruct integrate interview introduce invest invite
    issue join judge justify keep lead learn link list look maintain make manage map measure mediate meet mentor
    monitor motivate move name negotiate note obtain offer open operate order organise organize oversee own
    participate pass pay perform place plan predict prepare present prevent prioritise prioritize procure produce
    programme promote propose protect prove provide publish purchase put raise rank read receive recommend record
    recruit reduce refine refuse register reject release remove renew repair replace report represent request require
    research reserve resolve respond restore review revise run safeguard schedule secure select sell send serve set
    settle share show sign solve spend split staff start state steer stop store structure submit supervise supply
    support survey sustain take teach tell terminate test track train translate treat update uphold use validate
    verify vet watch weigh win withdraw work write
    """
)
# X02: they hide who does what.
_VAGUE = _listed("manage oversee handle ensure support assist coordinate participate")
# What no text about an activity begins with.
_NO_VERBS = _listed(
    """
    a an the all any our its his her their this that these those of for in on at to with by from under about and or
    responsible accountable responsibility accountability liable charge overall full
    der die das den dem ein eine einen für bei mit von zur zum
    """
)
_NOUN_ENDINGS = ("ment", "ship", "tion", "sion", "ance", "ence", "ness", "ity", "ung", "heit", "keit", "schaft")
_LONGEST_TITLE = 3  # words
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_JOINT = re.compile(r"(?:\s+and\s+|\s+or\s+|\s*,\s*(?:and\s+)?|\s*/\s*)([^\W\d_]+)", re.IGNORECASE)
# A full stop ends a sentence only where another one begins; "e.g. this" goes on.
_NEXT_SENTENCE = re.compile(r"[.!?…](?=\s+[^\W\d_a-zß-ÿ])|[.!?…]?\n")


class Fault(StrEnum):
    NO_VERB = "no_verb"  # X01
    NO_OBJECT = "no_object"  # X01
    VAGUE = "vague"  # X02
    COMPOUND = "compound"  # X03


def faults(text: str) -> tuple[Fault, ...]:
    """Return what is wrong with the wording of a duty, as far as can be told."""
    words = [fold(word) for word in _WORD.findall(text)]
    if not words:
        return ()
    first, verb = words[0], verb_of(words[0])
    if verb is None:
        return (Fault.NO_VERB,) if first in _NO_VERBS or _is_noun(first) or _is_title(words) else ()
    found = [] if len(words) > 1 else [Fault.NO_OBJECT]
    if verb in _VAGUE:
        found.append(Fault.VAGUE)
    if _joins_verbs(text):
        found.append(Fault.COMPOUND)
    return tuple(found)


def _joins_verbs(text: str) -> bool:
    first = _WORD.search(text)
    joined = _JOINT.match(text, first.end()) if first else None
    return joined is not None and verb_of(fold(joined[1])) is not None


def names_activity(text: str) -> bool:
    """Tell whether a text begins with what somebody does ("Managing …", "Oversee …") instead of what comes of it."""
    first = _WORD.search(text)
    if first is None:
        return False
    word = fold(first.group())
    verb = verb_of(word)
    return verb is not None and ((word.endswith("ing") and word != verb) or verb in _VAGUE)


def sentences(text: str) -> int:
    """Return how many sentences a text has, abbreviations aside."""
    return len([part for part in _NEXT_SENTENCE.split(text.strip()) if part.strip()])


def verb_of(word: str) -> str | None:
    """Return the base form of a folded word that is a known verb as such, with -s or with -ing; None else."""
    return next((base for base in _bases(word) if base in _VERBS), None)


def _bases(word: str) -> list[str]:
    found = [word]
    if word.endswith("s"):
        found += [word[:-1], word[:-2], word[:-3] + "y"]
    if word.endswith("ing"):
        stem = word[:-3]
        found += [stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem]
    return found


def _is_noun(word: str) -> bool:
    return any(word.endswith(ending) and len(word) > len(ending) + 2 for ending in _NOUN_ENDINGS)


def _is_title(words: list[str]) -> bool:
    """Tell whether a few words end in what is done as a noun: "vendor management", "team building"."""
    last = words[-1]
    return 1 < len(words) <= _LONGEST_TITLE and (_is_noun(last) or (last.endswith("ing") and verb_of(last) is not None))
