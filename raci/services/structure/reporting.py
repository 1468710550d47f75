"""Who reports to whom."""

from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.records import Kind, Line, to_fields
from raci.domain.reporting import Reporting
from raci.services.structure.actions import AddLine, RemoveLine
from raci.services.structure.scene import NotPossible, Planned, Scene
from raci.services.tables import TABLES


def add_line(scene: Scene, wanted: AddLine) -> Planned:
    """Plan that a role reports to another. What would make a role its own superior is not possible."""
    roles = scene.known_roles([wanted.role, wanted.superior])
    if len(roles) == 1:
        raise NotPossible(_("A role cannot report to itself."), "superior")
    lines, words = _lines(scene), _names(scene, wanted.role, wanted.superior)
    if (wanted.role, wanted.superior) in lines:
        raise NotPossible(_("%(role)s reports to %(superior)s already.") % words, "superior")
    if wanted.role in Reporting(lines).superiors(wanted.superior):
        raise NotPossible(_("%(superior)s reports to %(role)s, directly or not.") % words, "superior")
    line = Line(wanted.option, wanted.dotted)
    change = Change(Address(Kind.LINE, "", wanted.role, wanted.superior), "", None, to_fields(line))
    return Planned([change], _("%(role)s reports to %(superior)s.") % words, wanted.role)


def remove_line(scene: Scene, wanted: RemoveLine) -> Planned:
    """Plan that a role no longer reports to another."""
    line = _lines(scene).get((wanted.role, wanted.superior))
    if line is None:
        raise NotPossible(_("This line is not there any more."))
    change = Change(Address(Kind.LINE, "", wanted.role, wanted.superior), "", to_fields(line), None)
    words = _names(scene, wanted.role, wanted.superior)
    return Planned([change], _("%(role)s no longer reports to %(superior)s.") % words, wanted.role)


def _lines(scene: Scene) -> dict[tuple[str, str], Line]:
    found = TABLES[Kind.LINE].read(scene.organisation.pk)
    return {(address.subject, address.other): Line(**fields) for address, (_id, fields) in found.items()}


def _names(scene: Scene, role: str, superior: str) -> dict[str, str]:
    return {"role": scene.roles[role].name, "superior": scene.roles[superior].name}
