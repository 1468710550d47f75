"""The way from one role to another: in general, and for one person with what is private to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from raci.domain import transition
from raci.domain.amounts import amount_words, stored_decimal
from raci.domain.competence import Competency, Requirement, Route
from raci.domain.gaps import Gap, Gaps, WrongLevel, check_level, measure
from raci.domain.matrix import Matrix
from raci.domain.text import Sentence
from raci.domain.whole import Whole
from raci.services import private
from raci.services.private import Confidence, Opinion, Step
from raci.services.scales import Levels, scales
from raci.services.words import said, shown_number


@dataclass(frozen=True)
class Note:
    """A finding of these pages: how grave, what is so, and what to do."""

    severity: str
    says: str
    advises: str = ""


@dataclass(frozen=True)
class Demand:
    """What a role requires of one competency, and what the role that one comes from does; 0 where it does not."""

    key: str
    competency: Competency
    scale: Levels
    level: int = 0
    essential: bool = False
    weight: int = 1
    before: int = 0

    @property
    def more(self) -> int:
        """How many levels more than the role that one comes from."""
        return max(0, self.level - self.before)


@dataclass(frozen=True)
class Line:
    """One competency that the role requires, what was assessed, and what is expected after the plan."""

    key: str
    competency: Competency
    scale: Levels
    gap: Gap
    after: Gap
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True)
class Way:
    """A development route: where it leads, as it was said, and its place in the suggested order, 0 for none.

    ``closes`` are the levels that it is expected to close beyond what is planned, by competency; ``readiness`` is what
    is expected once it and those before it are done.
    """

    key: str
    route: Route
    gains: Mapping[str, int]
    closes: Mapping[str, int] = field(default_factory=dict)
    place: int = 0
    frees: tuple[str, ...] = ()
    readiness: Fraction | None = None


@dataclass(frozen=True)
class Towards:
    """One person on the way to a role: what is required and assessed, what is planned, and what could be."""

    register: Matrix
    role: str
    gaps: Gaps
    expected: Gaps
    lines: tuple[Line, ...]
    ways: tuple[Way, ...]
    steps: tuple[Step, ...]
    notes: tuple[Note, ...] = ()

    @cached_property
    def suggested(self) -> tuple[Way, ...]:
        return tuple(sorted((way for way in self.ways if way.place), key=lambda way: way.place))

    def way(self, route: str) -> Way | None:
        """Return a route by its key, None where it is gone."""
        return next((one for one in self.ways if one.key == route), None)


def look_towards(confidence: Confidence, whole: Whole, role: str) -> Towards:
    """Return how far a person is on the way to a role, for whoever they let see it: so many queries for any role."""
    register, named = whole.register, scales()
    opinions = private.opinions(confidence)
    # What was written while this was read is not there yet.
    steps = [step for step in private.steps(confidence, role) if step.route in register.routes]
    sound, notes = _sound(register, role)
    levels: dict[str, list[int]] = {}
    for one in opinions:
        levels.setdefault(one.competency, []).append(one.level)
    gaps = measure(sound, register.competencies, levels)
    open_steps = [step.route for step in steps if step.done_on is None]
    after = transition.expected(gaps, register.gains, open_steps)
    lines = tuple(
        Line(
            key,
            register.competencies[key],
            named[register.competencies[key].scale],
            item,
            after.items[key],
            tuple(one for one in opinions if one.competency == key),
        )
        for key, item in gaps.items.items()
    )
    ways = _ways(register, after, [step.route for step in steps])
    every = (*notes, *_notes_of(gaps, register), *hole_notes(register, role))
    return Towards(register, role, gaps, after, lines, ways, tuple(steps), every)


def routes_in_order(register: Matrix) -> list[str]:
    """Return the routes in their order."""
    return sorted(register.routes, key=lambda key: (register.routes[key].position, register.routes[key].name, key))


def _ways(register: Matrix, gaps: Gaps, planned: list[str]) -> tuple[Way, ...]:
    ordered = routes_in_order(register)
    found = transition.suggested(gaps, register.gains, ordered, left_out=planned)
    places = {one.route: (place, one) for place, one in enumerate(found, start=1)}
    ways = []
    for key in ordered:
        gains = gains_of(register, key)
        if key in places:
            place, one = places[key]
            ways.append(Way(key, register.routes[key], gains, one.closes, place, one.frees, one.readiness))
        else:
            ways.append(Way(key, register.routes[key], gains))
    return tuple(ways)


def gains_of(register: Matrix, route: str) -> dict[str, int]:
    """Return the levels that a route is said to bring, by competency in their order; none of nothing."""
    found = {key: gain.levels for (of, key), gain in register.gains.items() if of == route and gain.levels}
    return {key: found[key] for key in transition.in_order(register, found)}


def demands(register: Matrix, role: str, start: str = "") -> list[Demand]:
    """Return what a role requires, and beside it what another one does, in the order of the competencies."""
    named = scales()
    wanted, before = transition.required_of(register, role), transition.required_of(register, start)
    found = []
    for key in transition.in_order(register, {**wanted, **before}):
        asked, other = wanted.get(key, Requirement(0)), before.get(key, Requirement(0))
        competency = register.competencies[key]
        scale = named[competency.scale]
        found.append(Demand(key, competency, scale, asked.level, asked.essential, asked.weight, other.level))
    return found


def _sound(register: Matrix, role: str) -> tuple[dict[str, Requirement], list[Note]]:
    """Return the requirements that can be measured, and a note of each that cannot: it is an error of who set it."""
    sound, notes = {}, []
    for key, asked in transition.required_of(register, role).items():
        try:
            check_level(register.competencies[key], asked.level)
        except WrongLevel as wrong:
            notes.append(Note("error", said(wrong.sentence), _("Set a level at which it exists.")))
        else:
            sound[key] = asked
    return sound, notes


def _notes_of(gaps: Gaps, register: Matrix) -> list[Note]:
    found = []
    for key in gaps.blockers:
        item, name = gaps.items[key], register.competencies[key].name
        if item.gap is None:
            text, advice = _("%(name)s is essential, and nobody has assessed it."), _("Assess it, or ask for it.")
        else:
            text = _("%(name)s is essential, and %(gap)s levels are missing.")
            advice = _("Begin here: as long as it is so far away, the role is out of reach.")
        found.append(Note("error", text % {"name": name, "gap": shown_number(item.gap or 0)}, advice))
    for key in gaps.disagreements:
        facts = {"name": register.competencies[key].name, "spread": shown_number(gaps.items[key].spread)}
        text = _("Those who assessed %(name)s lie %(spread)s levels apart.") % facts
        found.append(Note("warning", text, _("Talk about what each of you saw, then assess it anew.")))
    return found


def hole_notes(register: Matrix, role: str) -> list[Note]:
    """Return a note of each skill of a role that no competency answers to, or that is not measured."""
    found = []
    for key in transition.uncovered_skills(register, role):
        text = _("No competency answers to the skill “%(name)s”: nobody who comes here is prepared for it.")
        advice = _("Match it to a competency, or write one down for it, and require a level.")
        found.append(Note("warning", text % {"name": register.skills[role, key].name}, advice))
    for key in transition.unrequired_skills(register, role):
        skill = register.skills[role, key]
        facts = {"name": skill.name, "competency": register.competencies[skill.competency].name}
        text = _("The skill “%(name)s” calls for %(competency)s, but no level of it is required.") % facts
        found.append(Note("info", text, _("Require a level, so that it can be measured.")))
    return found


def percent(share: Fraction | None) -> str:
    """Return a share as people read it, with one decimal; what is not all of it never reads as all of it."""
    if share is None:
        return "–"
    tenths = round(share * 1000)
    if share < 1:
        tenths = min(tenths, 999)
    whole, rest = divmod(tenths, 10)
    return f"{shown_number(whole)} %" if not rest else f"{_decimal(whole, rest)} %"


def _decimal(whole: int, rest: int) -> str:
    return shown_number(Decimal(f"{whole}.{rest}"))


def cost_said(cost: str, unit: str) -> str:
    """Return what a route costs as people write it, "" where nobody said."""
    try:
        amount = stored_decimal(cost)
    except ValueError:  # kept as it was told
        return f"{cost} {unit}".strip()
    if amount is None:
        return ""
    words = amount_words(amount, unit)
    return said(words) if isinstance(words, Sentence) else shown_number(amount)


def held_today(register: Matrix, person: str, today: date) -> list[str]:
    """Return the roles that a person holds on a day, in any manner, by key, permanent ones first."""
    order = ("permanent", "acting", "deputy")
    found = [
        (order.index(one.manner), role)
        for (role, _key), one in register.holdings.items()
        if one.person == person
        and (one.starts_on is None or one.starts_on <= today)
        and (one.ends_on is None or today <= one.ends_on)
    ]
    return list(dict.fromkeys(role for _rank, role in sorted(found)))
