"""Taking rows and columns out, and retiring duties and roles."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci.domain.change import Change
from raci.domain.records import Kind
from raci.domain.staffed import runs_on
from raci.domain.structure import Standing, taken_out, without_owner
from raci.services.structure.actions import (
    RemoveColumns,
    RemoveRows,
    RestoreDuty,
    RestoreRole,
    RetireDuties,
    RetireRoles,
)
from raci.services.structure.scene import Planned, Scene, address, duties_said, matrices_said, roles_said
from raci.services.structure.standing import rows_shared_with, standing_of


def remove_rows(scene: Scene, wanted: RemoveRows) -> Planned:
    """Plan that duties no longer stand in a matrix."""
    duties = scene.known_duties(wanted.duties)
    standing = standing_of(scene.organisation.pk, Kind.ROW, duties, scene.here)
    said = _("Took %(what)s out of %(matrix)s.") % {"what": duties_said(duties), "matrix": scene.title}
    return Planned(taken_out(standing, Kind.ROW), " ".join([said, *_withdrawn(standing)]))


def remove_columns(scene: Scene, wanted: RemoveColumns) -> Planned:
    """Plan that roles no longer stand in a matrix."""
    roles, here = scene.known_roles(wanted.roles), scene.here
    standing = standing_of(scene.organisation.pk, Kind.COLUMN, roles, here)
    said = _("Took %(what)s out of %(matrix)s.") % {"what": roles_said(roles), "matrix": scene.title}
    return Planned(taken_out(standing, Kind.COLUMN), " ".join([said, *_orphaned(scene, standing, roles, here)]))


def retire_duties(scene: Scene, wanted: RetireDuties) -> Planned:
    """Plan that duties stand in no matrix and are marked as retired."""
    duties = scene.known_duties(wanted.duties)
    standing = standing_of(scene.organisation.pk, Kind.ROW, duties)
    changes = taken_out(standing, Kind.ROW)
    changes += [_retired(Kind.DUTY, key, True) for key, duty in duties.items() if not duty.retired]
    return Planned(changes, " ".join([_retired_said(duties_said(duties), standing), *_withdrawn(standing)]))


def retire_roles(scene: Scene, wanted: RetireRoles) -> Planned:
    """Plan that roles stand in no matrix and are marked as retired."""
    roles = scene.known_roles(wanted.roles)
    standing = standing_of(scene.organisation.pk, Kind.COLUMN, roles)
    changes = taken_out(standing, Kind.COLUMN)
    changes += [_retired(Kind.ROLE, key, True) for key, role in roles.items() if not role.retired]
    said = _retired_said(roles_said(roles), standing)
    return Planned(changes, " ".join([said, *_orphaned(scene, standing, roles, None), *_still_held(scene, roles)]))


def restore_duty(scene: Scene, wanted: RestoreDuty) -> Planned:
    """Plan that a retired duty is in use again."""
    duties = scene.known_duties([wanted.duty])
    changes = [_retired(Kind.DUTY, key, False) for key, duty in duties.items() if duty.retired]
    return Planned(changes, _("%(what)s is in use again.") % {"what": duties_said(duties)}, wanted.duty)


def restore_role(scene: Scene, wanted: RestoreRole) -> Planned:
    """Plan that a retired role is in use again."""
    roles = scene.known_roles([wanted.role])
    changes = [_retired(Kind.ROLE, key, False) for key, role in roles.items() if role.retired]
    return Planned(changes, _("%(what)s is in use again.") % {"what": roles_said(roles)}, wanted.role)


def _retired(kind: Kind, key: str, after: bool) -> Change:
    return Change(address(kind, key), "retired", not after, after)


def _retired_said(what: str, standing: Standing) -> str:
    if not standing.matrices:
        return _("Retired %(what)s.") % {"what": what}
    where = matrices_said(len(standing.matrices))
    return _("Retired %(what)s %(where)s.") % {"what": what, "where": where}


def _withdrawn(standing: Standing) -> list[str]:
    count = len(standing.open)
    text = ngettext("%(count)d open grey area is withdrawn.", "%(count)d open grey areas are withdrawn.", count)
    return [text % {"count": count}] if count else []


def _still_held(scene: Scene, roles: Collection[str]) -> list[str]:
    """Say who holds the roles today: that they are retired ends no holding."""
    today = timezone.localdate()
    held = {one.person for (role, _key), one in scene.holdings.items() if role in roles and runs_on(one, today)}
    names = sorted(map(scene.person_said, held))
    text = ngettext(
        "%(names)s still holds it on record: end that on its page.",
        "%(names)s still hold it on record: end that on its page.",
        len(names),
    )
    return [text % {"names": ", ".join(names)}] if names else []


def _orphaned(scene: Scene, standing: Standing, roles: Collection[str], matrix: int | None) -> list[str]:
    """Say how many duties have nobody accountable once the roles are gone."""
    if not standing.cells:
        return []
    letters = rows_shared_with(scene.organisation.pk, roles, matrix)
    schemes = {key: row.scheme.to_domain() for key, row in scene.matrices({one.matrix for one in letters}).items()}
    owners = {key: scheme.codes_of(scheme.pivot) for key, scheme in schemes.items()}
    count = len(without_owner(letters, roles, owners))
    text = ngettext(
        "%(count)d duty loses its accountable role.", "%(count)d duties lose their accountable role.", count
    )
    return [text % {"count": count}] if count else []
