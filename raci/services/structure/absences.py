"""Who is away, from when to when, and who stands in."""

from datetime import date

from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.records import Absence, Kind, from_fields, to_fields
from raci.domain.staffed import overlap
from raci.domain.structure import created, edited
from raci.models.base import new_key
from raci.services.structure.holdings import term_said
from raci.services.structure.scene import NotPossible, Planned, Scene
from raci.services.structure.staffing_actions import AddAbsence, EditAbsence, RemoveAbsence


def add_absence(scene: Scene, wanted: AddAbsence) -> Planned:
    """Plan that a person is away."""
    scene.known_person(wanted.person)
    absence = Absence(wanted.person, wanted.starts_on, wanted.ends_on, wanted.cover)
    _check(scene, absence)
    key = new_key()
    return Planned([created(Kind.ABSENCE, key, absence)], _said(scene, absence), key)


def edit_absence(scene: Scene, wanted: EditAbsence) -> Planned:
    """Plan other days of an absence, or that somebody else stands in."""
    before = _found(scene, wanted.absence)
    after = from_fields(Kind.ABSENCE, {**to_fields(before), **wanted.wanted})
    assert isinstance(after, Absence)
    _check(scene, after)
    changes = edited(Address(Kind.ABSENCE, "", wanted.absence), wanted.seen, wanted.wanted)
    return Planned(changes, _said(scene, after), wanted.absence)


def remove_absence(scene: Scene, wanted: RemoveAbsence) -> Planned:
    """Plan that an absence does not take place."""
    before = _found(scene, wanted.absence)
    change = Change(Address(Kind.ABSENCE, "", wanted.absence), "", to_fields(before), None)
    words = {"person": scene.person_said(before.person), "term": term_said(before.starts_on, before.ends_on)}
    return Planned([change], _("%(person)s is not away, %(term)s.") % words)


def _found(scene: Scene, key: str) -> Absence:
    absence = scene.absences.get(key)
    if absence is None:
        raise NotPossible(_("This is not on record any more."))
    return absence


def _check(scene: Scene, absence: Absence) -> None:
    if absence.ends_on and absence.ends_on < (absence.starts_on or date.min):
        raise NotPossible(_("The last day is before the first."), "ends_on")
    if absence.cover == absence.person:
        raise NotPossible(_("Nobody can stand in for themselves."), "cover")
    if absence.cover:
        scene.known_person(absence.cover, "cover")


def _said(scene: Scene, absence: Absence) -> str:
    words = {"person": scene.person_said(absence.person), "term": term_said(absence.starts_on, absence.ends_on)}
    if not absence.cover:
        return _("%(person)s is away, %(term)s.") % words
    words["cover"] = scene.person_said(absence.cover)
    said = _("%(person)s is away, %(term)s, and %(cover)s stands in.") % words
    away = any(one.person == absence.cover and overlap(one, absence) for one in scene.absences.values())
    return f"{said} " + _("But %(cover)s is away in a part of that time too.") % words if away else said
