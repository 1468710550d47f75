"""Renaming, moving, and saying that a row does not apply."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.records import Kind, Value
from raci.domain.structure import column_places, edited, no_longer_asked, placed, row_places
from raci.services.structure.actions import EditDuty, EditMatrix, EditRole, MoveColumns, MoveRows, SetApplies
from raci.services.structure.scene import NotPossible, Planned, Scene, address, duties_said, roles_said


def edit_duty(scene: Scene, wanted: EditDuty) -> Planned:
    """Plan other fields of a duty."""
    (duty,) = scene.known_duties([wanted.duty]).values()
    changes = edited(address(Kind.DUTY, wanted.duty), wanted.seen, wanted.wanted)
    now = f"{wanted.wanted.get('code', duty.code)} {wanted.wanted.get('title', duty.title)}"
    return Planned(changes, _said(changes, f"{duty.code} {duty.title}", now), wanted.duty)


def edit_role(scene: Scene, wanted: EditRole) -> Planned:
    """Plan other fields of a role."""
    (role,) = scene.known_roles([wanted.role]).values()
    changes = edited(address(Kind.ROLE, wanted.role), wanted.seen, wanted.wanted)
    now = str(wanted.wanted.get("name", role.name))
    if now == role.name and any(change.field == "code" for change in changes):
        words = {"role": now, "code": wanted.wanted["code"]}
        return Planned(changes, _("%(role)s has the code %(code)s now.") % words, wanted.role)
    return Planned(changes, _said(changes, role.name, now), wanted.role)


def edit_matrix(scene: Scene, wanted: EditMatrix) -> Planned:
    """Plan another head of a matrix."""
    changes = edited(address(Kind.SHEET, scene.matrix.key), wanted.seen, wanted.wanted)
    now = str(wanted.wanted.get("title", scene.title))
    return Planned(changes, _said(changes, scene.title, now), scene.matrix.key)


def _said(changes: list[Change], before: str, now: str) -> str:
    if before != now:
        return _("Renamed %(before)s to %(now)s.") % {"before": before, "now": now}
    return _("Changed %(name)s.") % {"name": now}


def move_rows(scene: Scene, wanted: MoveRows) -> Planned:
    """Plan another place for rows, and another area where one is named."""
    duties = scene.known_duties(wanted.duties)
    matrix = scene.matrix
    if wanted.area and wanted.area not in matrix.areas:
        raise NotPossible(_("There is no such area here any more."), "area")
    _check_place(duties, matrix.rows, wanted.after)
    places = row_places(matrix, list(duties), wanted.after, wanted.area)
    changes = placed(matrix, Kind.ROW, places)
    going = {} if wanted.area is None else {key: duty for key, duty in duties.items() if duty.area != wanted.area}
    changes += [Change(address(Kind.DUTY, key), "area", duty.area, wanted.area) for key, duty in going.items()]
    if not going:
        return Planned(changes, _("Moved %(what)s.") % {"what": duties_said(duties)})
    area = matrix.areas[wanted.area].name if wanted.area else _("Other duties")
    return Planned(changes, _("Moved %(what)s to %(area)s.") % {"what": duties_said(duties), "area": area})


def move_columns(scene: Scene, wanted: MoveColumns) -> Planned:
    """Plan another place for columns."""
    roles = scene.known_roles(wanted.roles)
    _check_place(roles, scene.matrix.columns, wanted.after)
    places = column_places(scene.matrix, list(roles), wanted.after)
    return Planned(placed(scene.matrix, Kind.COLUMN, places), _("Moved %(what)s.") % {"what": roles_said(roles)})


def _check_place(moved: Mapping[str, object], shelf: Mapping[str, object], after: str) -> None:
    if not moved.keys() <= shelf.keys():
        raise NotPossible(_("What should move is not in this matrix any more."))
    if after in moved:
        raise NotPossible(_("Nothing can stand behind itself."), "after")
    if after and after not in shelf:
        raise NotPossible(_("What it should stand behind is not in this matrix any more."), "after")


def set_applies(scene: Scene, wanted: SetApplies) -> Planned:
    """Plan that a row does not apply in the scope of its matrix, or does again. Its letters stay.

    Its open grey area is withdrawn: nobody has to answer for what does not apply.
    """
    duties = scene.known_duties([wanted.duty])
    row = scene.matrix.rows.get(wanted.duty)
    if row is None:
        raise NotPossible(_("This duty is not in this matrix any more."), "duty")
    reason = "" if wanted.applies else wanted.reason.strip()
    if not wanted.applies and not reason:
        raise NotPossible(_("Say why it does not apply."), "reason")
    place = Address(Kind.ROW, scene.matrix.key, wanted.duty)
    seen: dict[str, Value] = {"applies": row.applies, "reason": row.reason}
    changes = edited(place, seen, {"applies": wanted.applies, "reason": reason})
    words = {"duty": duties_said(duties), "matrix": scene.title}
    opened = () if wanted.applies else no_longer_asked(scene.matrix, [wanted.duty])
    changes += opened
    if opened:
        text = _("%(duty)s does not apply in %(matrix)s any more, and its grey area is withdrawn.")
        return Planned(changes, text % words)
    if wanted.applies:
        return Planned(changes, _("%(duty)s applies in %(matrix)s again.") % words)
    return Planned(changes, _("%(duty)s does not apply in %(matrix)s any more.") % words)
