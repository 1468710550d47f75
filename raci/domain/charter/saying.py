"""Lines of a charter as sentences, to be said in any language: what was added and removed since somebody signed."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from raci.domain.bands import Band, Interval
from raci.domain.charter.held import BY_PART, INTERIM, Term
from raci.domain.charter.lines import Line
from raci.domain.charter.powers import power_words
from raci.domain.records import DecisionType, Mode, Verb
from raci.domain.text import Fact, Sentence
from raci.domain.text import gettext_noop as _

_OWN_SCALE = "own"  # what levels are meant on where nothing is said
SayDay = Callable[[date], str]

_DECIDED = {
    DecisionType.SOLE_OWNER: _("sole owner"),
    DecisionType.SPLIT_SCOPE: _("split by scope"),
    DecisionType.SPLIT_THRESHOLD: _("split by threshold"),
    DecisionType.SHARED: _("shared, one accountable"),
    DecisionType.DELEGATE: _("delegated"),
    DecisionType.ESCALATE: _("escalated"),
    DecisionType.DEFER: _("deferred"),
}


def say(line: Line, day: SayDay = date.isoformat) -> Sentence:
    """Return a line as a sentence without a full stop. ``day`` writes a date as people do."""
    if line.section in _TEXTS:
        return Sentence(_TEXTS[line.section], {"text": line.parts[0]})
    if line.section in ("valid_from", "review_on"):
        text = _("Valid from {day}") if line.section == "valid_from" else _("To be reviewed on {day}")
        return Sentence(text, {"day": day(date.fromisoformat(line.parts[0]))})
    if line.section == "decision":
        return _decision(line.parts, day)
    return _SAID[line.section](line.parts)


_TEXTS: Mapping[str, str] = {
    "name": _("Name: {text}"),
    "purpose": _("Purpose: {text}"),
    "scope": _("Scope: {text}"),
    "excludes": _("Does not own: {text}"),
    "domains": _("Controls alone: {text}"),
    "policies": _("Policy: {text}"),
    "escalation": _("Escalates to {text}"),
    "dependencies": _("Depends on: {text}"),
    "measures": _("Is measured by: {text}"),
}


def _main_duty(parts: tuple[str, ...]) -> Sentence:
    text, share, duty, area = parts
    facts: dict[str, Fact] = {"text": text}
    stands_for = duty or area
    if stands_for:
        facts = {"text": Sentence(_("{text} ({stands_for})"), {"text": text, "stands_for": stands_for})}
    if not share:
        return Sentence(_("Main duty: {text}"), facts)
    return Sentence(_("Main duty: {text}, {share} % of the time"), {**facts, "share": int(share)})


def _duty(parts: tuple[str, ...]) -> Sentence:
    kind, letters, code, title, matrix, contested = parts
    facts: dict[str, Fact] = {"letters": letters, "duty": f"{code} {title}", "matrix": matrix}
    if kind == INTERIM:
        text = _("Acts in the interim, with {letters}: {duty}, in “{matrix}”")
        return Sentence(text if letters else _("Acts in the interim: {duty}, in “{matrix}”"), facts)
    if kind == BY_PART:
        return Sentence(_("Has a part by decision: {duty}, in “{matrix}”"), facts)
    said = Sentence(_("{letters}: {duty}, in “{matrix}”"), facts)
    return Sentence(_("{duty} (contested)"), {"duty": said}) if contested else said


def _decision(parts: tuple[str, ...], day: SayDay) -> Sentence:
    code, title, matrix, kind, valid_from, valid_until = parts
    how: Fact = Sentence(_DECIDED[DecisionType(kind)])
    for text, value in ((_("{how}, from {day}"), valid_from), (_("{how}, until {day}"), valid_until)):
        if value:
            how = Sentence(text, {"how": how, "day": day(date.fromisoformat(value))})
    return Sentence(
        _("Decided on {duty}, in “{matrix}”: {how}"), {"duty": f"{code} {title}", "matrix": matrix, "how": how}
    )


def _term(parts: tuple[str, ...]) -> Sentence:
    code, title, matrix, name, text, category, lower, upper, unit, mode = parts
    term = Term(name, text, category, lower, upper, unit, Mode(mode))
    facts: dict[str, Fact] = {"duty": f"{code} {title}", "matrix": matrix, "term": term_words(term)}
    return Sentence(_("By decision on {duty}, in “{matrix}”: {term}"), facts)


def term_words(term: Term) -> Sentence:
    """Return what a role gets by a part of a decision: "contracts of a project", "up to 50,000 EUR", "the drafting"."""
    told: list[Sentence] = [Sentence("{text}", {"text": one}) for one in (term.name, term.text) if one]
    if term.mode or term.lower or term.upper:
        told.append(_values(term))
    if not told:
        return Sentence(_("everything else"))
    first, *rest = told
    for one in rest:
        first = Sentence(_("{first}, {rest}"), {"first": first, "rest": one})
    return first


def _values(term: Term) -> Sentence:
    band = Band.stored("", term.lower, term.upper)
    limits = term.mode is Mode.LIMITS
    said = Interval(band.low or Decimal(0), band.high, upto=limits).words(term.unit, term.category)
    return Sentence(_("consulted {values}"), {"values": said}) if limits and band.low is not None else said


def _authority(parts: tuple[str, ...]) -> Sentence:
    verb, thing, ceiling, unit, matrix, note = parts
    said = Sentence(_("May {power}"), {"power": power_words(Verb(verb), thing, ceiling, unit)})
    if matrix:
        said = Sentence(_("{power}, only in “{matrix}”"), {"power": said, "matrix": matrix})
    return Sentence(_("{power}: {note}"), {"power": said, "note": note}) if note else said


def _skill(parts: tuple[str, ...]) -> Sentence:
    skill, code, competency, scale, level, essential = parts
    named = " ".join(filter(None, (code, competency)))
    what = Sentence(_("{skill} ({competency})"), {"skill": skill, "competency": named}) if skill and named else None
    facts: dict[str, Fact] = {"skill": what or skill or named}
    if not level:
        return Sentence(_("Skill: {skill}"), facts)
    text = _("Skill: {skill}, level {level}, essential") if essential else _("Skill: {skill}, level {level}")
    said: Fact = int(level) if scale == _OWN_SCALE else f"{level} ({scale})"
    return Sentence(text, {**facts, "level": said})


def _above(parts: tuple[str, ...]) -> Sentence:
    name, option, dotted, note = parts
    text = _("Reports to {role} by a dotted line") if dotted else _("Reports to {role}")
    said = Sentence(text, {"role": name})
    if option != "1":
        said = Sentence(_("{line}, as alternative {option}"), {"line": said, "option": int(option)})
    return Sentence(_("{line}: {note}"), {"line": said, "note": note}) if note else said


_SAID: Mapping[str, Callable[[tuple[str, ...]], Sentence]] = {
    "main_duty": _main_duty,
    "duty": _duty,
    "term": _term,
    "authority": _authority,
    "skill": _skill,
    "reports_to": _above,
}
