"""Duties that no person may hold both of."""

from typing import Any

from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.domain.structure import edited
from raci.domain.text import code_key
from raci.services.structure.actions import AllowTogether, AlterApart, KeepApart
from raci.services.structure.scene import NotPossible, Planned, Scene
from raci.services.tables import TABLES


def keep_apart(scene: Scene, wanted: KeepApart) -> Planned:
    """Plan that two duties must not meet in one person."""
    duty, other = _by_code(scene, wanted.duty, "duty"), _by_code(scene, wanted.other, "other")
    words = _words(scene, duty, other)
    if duty == other:
        raise NotPossible(_("A duty cannot be kept apart from itself."), "other")
    if _pairs(scene).keys() & {(duty, other), (other, duty)}:
        raise NotPossible(_("%(duty)s and %(other)s are kept apart already.") % words, "other")
    change = Change(_address(duty, other), "", None, dict(wanted.fields))
    return Planned([change], _("%(duty)s and %(other)s must be in different hands.") % words, duty)


def alter_apart(scene: Scene, wanted: AlterApart) -> Planned:
    """Plan another reason or control."""
    if (wanted.duty, wanted.other) not in _pairs(scene):
        raise NotPossible(_("This pair is not there any more."))
    changes = edited(_address(wanted.duty, wanted.other), wanted.seen, wanted.wanted)
    words = _words(scene, wanted.duty, wanted.other)
    return Planned(changes, _("Changed what keeps %(duty)s and %(other)s apart.") % words, wanted.duty)


def allow_together(scene: Scene, wanted: AllowTogether) -> Planned:
    """Plan that one person may hold both again."""
    fields = _pairs(scene).get((wanted.duty, wanted.other))
    if fields is None:
        raise NotPossible(_("This pair is not there any more."))
    words = _words(scene, wanted.duty, wanted.other)
    change = Change(_address(wanted.duty, wanted.other), "", fields, None)
    return Planned([change], _("%(duty)s and %(other)s may be in one hand again.") % words, wanted.duty)


def _pairs(scene: Scene) -> dict[tuple[str, str], dict[str, Any]]:
    found = TABLES[Kind.INCOMPATIBILITY].read(scene.organisation.pk)
    return {(address.subject, address.other): fields for address, (_id, fields) in found.items()}


def _address(duty: str, other: str) -> Address:
    return Address(Kind.INCOMPATIBILITY, "", duty, other)


def _by_code(scene: Scene, code: str, field: str) -> str:
    wanted = code_key(code)
    for key, duty in scene.duties.items():
        if code_key(duty.code) == wanted and not duty.retired:
            return key
    raise NotPossible(_("There is no duty with the code “%(code)s”.") % {"code": code}, field)


def _words(scene: Scene, duty: str, other: str) -> dict[str, str]:
    return {"duty": scene.duties[duty].code, "other": scene.duties[other].code}
