"""A charter as the lines that are signed: the same in every language, without holders, without the day.

A line has a section and parts of text. Two charters are the same where they have the same lines, whatever their
order: moving a row is no change of what somebody answers for. So what is signed is told by the digest of the lines.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from raci.domain.charter.held import Group, HeldDuty, Ruling
from raci.domain.charter.view import Ability, Above, CharterView, MainDuty, Power, items


class Line(NamedTuple):
    """One thing that a charter says. What the parts mean is for `say` to know."""

    section: str
    parts: tuple[str, ...]


class Difference(NamedTuple):
    """What came to a charter and what went, each in the order of its charter."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


UNCHANGED = Difference((), ())


def lines(view: CharterView) -> tuple[Line, ...]:
    """Return everything that a charter says and somebody signs."""
    return tuple(_lines(view))


def digest(found: Iterable[Line]) -> str:
    """Return the SHA-256 of lines in hexadecimal, whatever their order."""
    canonical = sorted([line.section, *line.parts] for line in found)
    return sha256(json.dumps(canonical, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def compare(then: Sequence[Line], now: Sequence[Line]) -> Difference:
    """Return which lines came and which went between two charters. A line that stands twice counts twice."""
    return Difference(_beyond(now, then), _beyond(then, now))


def _beyond(some: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    left = Counter(others)
    found = []
    for line in some:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return tuple(found)


def _lines(view: CharterView) -> Iterator[Line]:
    role, charter = view.role, view.charter
    yield Line("name", (role.name,))
    yield from _texts("purpose", role.purpose)
    yield from _texts("scope", role.scope)
    yield from _texts("excludes", charter.excludes)
    yield from map(_main_duty, view.main_duties)
    yield from _held(view.duties)
    yield from _texts("domains", charter.domains)
    yield from _texts("policies", charter.policies)
    yield from map(_authority, view.authorities)
    yield from map(_ability, view.abilities)
    yield from map(_above, view.above)
    if view.escalation:
        yield Line("escalation", (view.escalation_name,))
    yield from _texts("dependencies", charter.dependencies)
    yield from _texts("measures", charter.measures)
    yield from _day("valid_from", charter.valid_from)
    yield from _day("review_on", charter.review_on)


def _texts(section: str, text: str) -> Iterator[Line]:
    return (Line(section, (item,)) for item in items(text))


def _day(section: str, day: date | None) -> Iterator[Line]:
    if day:
        yield Line(section, (day.isoformat(),))


def _main_duty(item: MainDuty) -> Line:
    return Line("main_duty", (item.text, str(item.share or ""), item.duty_name, item.area_name))


def _held(groups: Iterable[Group]) -> Iterator[Line]:
    for group in groups:
        for area in group.areas:
            for item in area.duties:
                named = (item.code, item.title, item.matrix_title)
                contested = "contested" if item.contested else ""
                yield Line("duty", (group.kind, item.letters, *named, contested))
                for ruling in item.rulings:
                    yield from _decided(item, ruling)


def _decided(item: HeldDuty, ruling: Ruling) -> Iterator[Line]:
    named = (item.code, item.title, item.matrix_title)
    days = tuple(day.isoformat() if day else "" for day in (ruling.valid_from, ruling.valid_until))
    yield Line("decision", (*named, ruling.type.value, *days))
    for term in ruling.terms:
        told = (term.name, term.text, term.category, term.lower, term.upper, term.unit, term.mode.value)
        yield Line("term", (*named, *told))


def _authority(item: Power) -> Line:
    one = item.record
    return Line("authority", (one.verb.value, one.thing, one.ceiling, one.unit, item.sheet_title, one.note))


def _ability(item: Ability) -> Line:
    required = item.required
    level = str(required.level) if required else ""
    essential = "essential" if required and required.essential else ""
    return Line("skill", (item.skill, item.code, item.competency, item.scale, level, essential))


def _above(item: Above) -> Line:
    return Line("reports_to", (item.name, str(item.option), "dotted" if item.dotted else "", item.note))
