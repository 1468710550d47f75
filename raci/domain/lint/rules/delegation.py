"""Rules on delegations: nobody passes on what they do not hold."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from raci.domain.bands import Band, Interval
from raci.domain.lint.decided import bands_of, in_force
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.records import Decision, DecisionType, Part
from raci.domain.text import Sentence, fold, listed
from raci.domain.text import gettext_noop as _


@row_rule(
    "A08",
    "delegation-exceeds",
    Documentation(
        title=_("More is passed on than is held"),
        check=_(
            "In a delegation a role gets values that its giver does not have: by the band of the owner where the duty "
            "is split by threshold, or by what the giver was given itself. Or a role passes the right to decide on "
            "that was not given it, or may not be passed on. Or the right is given for days on which the giver does "
            "not have it. Limits are compared within one category and unit."
        ),
        why=_("Nobody can give what they do not hold, and the responsibility stays with the giver."),
        fix=_("Lower the limit, shorten the time, or let whoever is above give the right."),
    ),
    limit=Form(
        Level.ERROR,
        _("{duty}: more is passed on than is held: {cases}."),
        _("Delegate {duty} anew, within the limits of the giver, or let whoever is above give the right."),
        variant="limit",
    ),
    passed=Form(
        Level.ERROR,
        _("{duty}: roles pass on the right to decide that they may not pass on: {cases}."),
        _("Delegate {duty} anew: let the owner give the right, or allow the giver to pass it on."),
        variant="passed",
    ),
    days=Form(
        Level.ERROR,
        _("{duty}: the right to decide is given for days on which its giver does not have it: {cases}."),
        _("Delegate {duty} anew, for days within those of the giver."),
        variant="days",
    ),
)
def exceeds(view: View, item: RowView) -> Iterator[Hit]:
    grants = [
        grant
        for key, one in in_force(view.matrix, item.duty, DecisionType.DELEGATE)
        for grant in _grants(view, key, one)
    ]
    yield from _hits(view, item, [case for grant in grants for case in _beyond_limits(view, item.duty, grant)], "limit")
    yield from _hits(view, item, [_way(view, one) for one in grants if not _may_be_given(one)], "passed")
    yield from _hits(view, item, [_way(view, one) for one in grants if _is_out_of_time(one)], "days")


def _hits(view: View, item: RowView, cases: Sequence[Sentence], form: str) -> Iterator[Hit]:
    if cases:
        yield Hit(row(item.duty), {"duty": view.code(item.duty), "cases": listed(cases)}, form)


class _Grant(NamedTuple):
    """One line of a delegation, with the whole. ``giver`` is "" where the owner gives."""

    part: Part
    giver: str
    decision: Decision
    parts: tuple[Part, ...]


def _grants(view: View, key: str, decision: Decision) -> Iterator[_Grant]:
    parts = tuple(part for part in view.matrix.parts_of(key) if part.role)
    for part in parts if decision.owner else ():
        yield _Grant(part, "" if part.giver == decision.owner else part.giver, decision, parts)


def _received(grant: _Grant) -> list[Part]:
    """Return the lines by which a giver that is not the owner was given the right itself."""
    return [part for part in grant.parts if part.role == grant.giver and part is not grant.part]


def _beyond_limits(view: View, duty: str, grant: _Grant) -> Iterator[Sentence]:
    if not (grant.part.lower or grant.part.upper):
        return  # limits in words, or none: what is given is what the giver has
    (given,) = bands_of([grant.part])
    held = bands_of(_received(grant)) if grant.giver else _of_owner(view, duty, grant.decision.owner)
    same = [band for band in held if _table(band) == _table(given)]
    if same and not any(_lies_in(given, band) for band in same):
        facts: Facts = {
            "role": view.name(given.role),
            "values": _words(given),
            "giver": view.name(grant.giver or grant.decision.owner),
            "held": listed([_words(band) for band in same]),
        }
        yield Sentence(_("{role} gets values {values}, {giver} has those {held}"), facts)


def _of_owner(view: View, duty: str, owner: str) -> tuple[Band, ...]:
    """Return the values that splits by threshold give the owner of a duty: one of it, or one that made it."""
    matrix = view.matrix
    own = [
        part for key, _one in in_force(view.matrix, duty, DecisionType.SPLIT_THRESHOLD) for part in matrix.parts_of(key)
    ]
    for key, part in matrix.parts_by_duty.get(duty, ()):
        decision = matrix.decisions.get(key)
        if decision and any(
            key == other for other, _one in in_force(view.matrix, decision.duty, DecisionType.SPLIT_THRESHOLD)
        ):
            own.append(matrix.parts[key, part])
    return bands_of(part for part in own if part.role == owner)


def _table(band: Band) -> tuple[str, str]:
    return fold(band.category), fold(band.unit)


def _lies_in(given: Band, held: Band) -> bool:
    tops = held.high is None or (given.high is not None and given.high <= held.high)
    return held.start <= given.start and tops


def _words(band: Band) -> Sentence:
    return Interval(band.start, band.high).words(band.unit, band.category)


def _may_be_given(grant: _Grant) -> bool:
    """Tell whether the right came down to the giver from the owner, allowed to be passed on at every step."""
    may = {"", grant.decision.owner}
    while more := {part.role for part in grant.parts if part.may_pass_on and part.giver in may} - may:
        may |= more
    return grant.giver in may


def _is_out_of_time(grant: _Grant) -> bool:
    starts, ends = grant.part.starts_on, grant.part.ends_on
    if starts and ends and ends < starts:
        return True
    whole = (grant.decision.valid_from, grant.decision.valid_until)
    held = (
        [(part.starts_on or whole[0], part.ends_on or whole[1]) for part in _received(grant)]
        if grant.giver
        else [whole]
    )
    return bool(held) and not any(_within(starts, ends, *one) for one in held)


def _within(starts: date | None, ends: date | None, first: date | None, last: date | None) -> bool:
    """Tell whether days lie within those of a giver; an end that is not given is that of the giver."""
    begins, stops = first or date.min, last or date.max
    return begins <= (starts or begins) <= stops and begins <= (ends or stops) <= stops


def _way(view: View, grant: _Grant) -> Sentence:
    facts = {"giver": view.name(grant.giver or grant.decision.owner), "role": view.name(grant.part.role)}
    return Sentence(_("{giver} to {role}"), facts)
