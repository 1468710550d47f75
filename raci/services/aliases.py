"""What else roles are called: plans for `raci.services.structure.carry_out`."""

from typing import cast

from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.records import Alias, Kind, from_fields, to_fields
from raci.domain.text import fold, normalise
from raci.models.base import new_key
from raci.services.structure import NotPossible, Planned, Scene
from raci.services.tables import TABLES


def add_alias(scene: Scene, role: str, name: str, source: str = "") -> Planned:
    """Plan another name of a role. What is the name of a role already leads nobody to another one."""
    (known,) = scene.known_roles([role]).values()
    new = Alias(normalise(name), source)
    for other in scene.roles.values():
        if fold(other.name) == fold(new.name):
            raise NotPossible(_("“%(name)s” is the name of a role itself.") % {"name": other.name}, "name")
    key = new_key()
    change = Change(Address(Kind.ALIAS, "", role, key), "", None, to_fields(new))
    told = {"role": known.name, "name": new.name}
    return Planned([change], _("%(role)s is also called “%(name)s”.") % told, key)


def remove_alias(scene: Scene, role: str, key: str) -> Planned:
    """Plan that a role is not called something any more."""
    address = Address(Kind.ALIAS, "", role, key)
    found = TABLES[Kind.ALIAS].read(scene.organisation.pk, [address]).get(address)
    if found is None:
        raise NotPossible(_("This name is not there any more."))
    alias = cast(Alias, from_fields(Kind.ALIAS, found[1]))
    change = Change(address, "", to_fields(alias), None)
    return Planned([change], _("Took away the name “%(name)s”.") % {"name": alias.name}, role)
