"""Who holds a role: given, ended, taken off the record, and never left vacant by accident."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.records import Holding, Kind, Manner, encode, to_fields
from raci.domain.staffed import overlap, owners_by_row, runs_on
from raci.models.base import new_key
from raci.services.structure.scene import NotPossible, Planned, Scene
from raci.services.structure.staffing_actions import EndHolding, GiveRole, RemoveHolding
from raci.services.whole import load_whole


class Owned(NamedTuple):
    """A duty that a role answers for, and the matrix in which it does."""

    matrix: str
    matrix_title: str
    duty: str
    code: str
    title: str


class SuccessorWanted(NotPossible):
    """The role would have nobody from ``day`` on, and answers for ``duties``: a successor, or a confirmed vacancy."""

    def __init__(self, message: str, day: date, duties: tuple[Owned, ...]) -> None:
        super().__init__(message, "successor")
        self.day = day
        self.duties = duties


def give_role(scene: Scene, wanted: GiveRole) -> Planned:
    """Plan that a person holds a role. One person holds a role once at a time, in whatever manner."""
    (role,) = scene.known_roles([wanted.role]).values()
    if role.retired:
        raise NotPossible(_("%(role)s is retired: bring it back first.") % {"role": role.name}, "role")
    name = scene.known_person(wanted.person)
    holding = Holding(wanted.person, Manner(wanted.manner), wanted.starts_on, wanted.ends_on)
    _check(scene, wanted.role, holding)
    key = new_key()
    change = Change(Address(Kind.HOLDING, "", wanted.role, key), "", None, to_fields(holding))
    return Planned([change], _given_said(name, role.name, holding), key)


def end_holding(scene: Scene, wanted: EndHolding) -> Planned:
    """Plan another last day for a holding. Raises `SuccessorWanted` where that leaves duties with nobody."""
    holding, role = _found(scene, wanted.role, wanted.holding)
    ended = replace(holding, ends_on=wanted.ends_on)
    _check(scene, wanted.role, ended, wanted.holding)
    address = Address(Kind.HOLDING, "", wanted.role, wanted.holding)
    changes = []
    if ended != holding:
        changes.append(Change(address, "ends_on", encode(holding.ends_on), encode(wanted.ends_on)))
    name = scene.person_said(holding.person)
    words = {"person": name, "role": role, "day": _day(wanted.ends_on)}
    said = _("%(person)s holds %(role)s until %(day)s.") if wanted.ends_on else _("%(person)s holds %(role)s openly.")
    if wanted.ends_on:
        rest = _after(scene, wanted, {wanted.holding: ended}, wanted.ends_on + timedelta(days=1), None)
        return Planned([*changes, *rest.changes], " ".join(filter(None, [said % words, rest.sentence])), wanted.holding)
    return Planned(changes, said % words, wanted.holding)


def remove_holding(scene: Scene, wanted: RemoveHolding) -> Planned:
    """Plan that a holding is off the record. Raises `SuccessorWanted` where that leaves duties with nobody."""
    holding, role = _found(scene, wanted.role, wanted.holding)
    address = Address(Kind.HOLDING, "", wanted.role, wanted.holding)
    changes = [Change(address, "", to_fields(holding), None)]
    said = _("That %(person)s holds %(role)s is off the record.")
    sentence = said % {"person": scene.person_said(holding.person), "role": role}
    day = max(timezone.localdate(), holding.starts_on or date.min)
    if not runs_on(holding, day):
        return Planned(changes, sentence)
    rest = _after(scene, wanted, {wanted.holding: None}, day, holding.ends_on)
    return Planned([*changes, *rest.changes], " ".join(filter(None, [sentence, rest.sentence])))


def answers_for(scene: Scene, role: str) -> tuple[Owned, ...]:
    """Return the duties that a role answers for, in all matrices of the organisation, in their order."""
    found = []
    for matrix in load_whole(scene.organisation).matrices:
        mine = {duty for owners, rows in owners_by_row(matrix).items() if role in owners for duty in rows}
        for duty in matrix.applicable_rows:
            if duty in mine:
                record = matrix.duties[duty]
                found.append(Owned(matrix.key, matrix.sheet.title, duty, record.code, record.title))
    return tuple(found)


def _found(scene: Scene, role: str, key: str) -> tuple[Holding, str]:
    holding = scene.holdings.get((role, key))
    if holding is None:
        raise NotPossible(_("This is not on record any more."))
    return holding, scene.roles[role].name


def _check(scene: Scene, role: str, holding: Holding, key: str = "") -> None:
    """Refuse days in the wrong order, and that somebody holds a role twice at a time."""
    if holding.starts_on and holding.ends_on and holding.ends_on < holding.starts_on:
        raise NotPossible(_("The last day is before the first."), "ends_on")
    for (of, other), held in scene.holdings.items():
        if of == role and other != key and held.person == holding.person and overlap(held, holding):
            words = {"person": scene.person_said(held.person), "role": scene.roles[role].name, "term": _term(held)}
            text = _("%(person)s holds %(role)s already, %(term)s. End that first, or choose other days.")
            raise NotPossible(text % words, "person" if not key else "ends_on")


def _after(
    scene: Scene,
    wanted: EndHolding | RemoveHolding,
    altered: Mapping[str, Holding | None],
    day: date,
    last: date | None,
) -> Planned:
    """Plan who holds a role from a day on, where nobody else does and it answers for anything."""
    mine = {key: held for (role, key), held in scene.holdings.items() if role == wanted.role}
    others: dict[str, Holding | None] = {**mine, **altered}
    if wanted.successor:
        name, role = scene.known_person(wanted.successor, "successor"), scene.roles[wanted.role].name
        following = Holding(wanted.successor, Manner.PERMANENT, day, last)
        _refuse_overlap(following, others.values(), name, role)
        address = Address(Kind.HOLDING, "", wanted.role, new_key())
        return Planned([Change(address, "", None, to_fields(following))], _given_said(name, role, following))
    if wanted.leave_vacant or any(held and runs_on(held, day) for held in others.values()):
        return Planned([], "")
    duties = answers_for(scene, wanted.role)
    if not duties:
        return Planned([], "")
    words = {"role": scene.roles[wanted.role].name, "day": _day(day)}
    text = _("Nobody would hold %(role)s from %(day)s on. Name a successor, or say that it stays vacant.")
    raise SuccessorWanted(text % words, day, duties)


def _refuse_overlap(following: Holding, others: Iterable[Holding | None], name: str, role: str) -> None:
    for held in others:
        if held and held.person == following.person and overlap(held, following):
            words = {"person": name, "role": role, "term": _term(held)}
            raise NotPossible(_("%(person)s holds %(role)s already, %(term)s.") % words, "successor")


def _given_said(name: str, role: str, holding: Holding) -> str:
    texts = {
        Manner.PERMANENT: _("%(person)s holds %(role)s, %(term)s."),
        Manner.ACTING: _("%(person)s holds %(role)s acting, %(term)s."),
        Manner.DEPUTY: _("%(person)s is deputy for %(role)s, %(term)s."),
    }
    return texts[holding.manner] % {"person": name, "role": role, "term": _term(holding)}


def _term(holding: Holding) -> str:
    return term_said(holding.starts_on, holding.ends_on)


def term_said(first: date | None, last: date | None) -> str:
    """Say from when to when, both days included: "from 3 June 2026 to 17 June 2026"."""
    words = {"first": _day(first), "last": _day(last)}
    if first and last:
        return _("on %(first)s") % words if first == last else _("from %(first)s to %(last)s") % words
    if first:
        return _("from %(first)s on") % words
    return _("until %(last)s") % words if last else _("with no end on record")


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
