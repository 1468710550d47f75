"""Adding duties, roles, rows, columns and matrices."""

from collections.abc import Mapping, Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Change
from raci.domain.placing import LAST, STEP
from raci.domain.records import Column, Duty, Kind, Row, from_fields
from raci.domain.structure import column_places, created, next_code, placed, role_code, row_places
from raci.domain.text import fold, normalise
from raci.models.base import new_key
from raci.services.structure.actions import AddColumns, AddDuty, AddRole, AddRows, StartMatrix
from raci.services.structure.scene import NotPossible, Planned, Scene, duties_said, roles_said

LONGEST_STEM = 24


def add_duty(scene: Scene, wanted: AddDuty) -> Planned:
    """Plan a new duty and its rows."""
    title = normalise(wanted.title)
    if wanted.area and wanted.area not in scene.areas:
        raise NotPossible(_("There is no such area here any more."), "area")
    _refuse_same_title(scene, title)
    key = new_key()
    code = normalise(wanted.code) or _free_code(scene, wanted.area)
    duty = Duty(code, title, wanted.area, note=wanted.note, is_control=wanted.is_control)
    changes = [created(Kind.DUTY, key, duty)]
    if scene.sheet:
        after = _behind(scene.matrix.rows, wanted.after)
        places = row_places(scene.matrix, [key], after, wanted.area if wanted.area else "")
        changes += placed(scene.matrix, Kind.ROW, places)
    changes += _lines_at_ends(scene, Kind.ROW, key, wanted.matrices)
    return Planned(changes, _("Added %(duty)s.") % {"duty": f"{code} {title}"}, key)


def add_role(scene: Scene, wanted: AddRole) -> Planned:
    """Plan a new role and its columns."""
    name = normalise(wanted.name)
    _refuse_same_name(scene, name)
    key = new_key()
    code = normalise(wanted.code) or role_code([role.code for role in scene.roles.values()], name)
    fields = {"code": code, "name": name, "kind": wanted.kind, "purpose": wanted.purpose, "scope": wanted.scope}
    role = from_fields(Kind.ROLE, fields)
    changes = [created(Kind.ROLE, key, role)]
    if scene.sheet:
        places = column_places(scene.matrix, [key], _behind(scene.matrix.columns, wanted.after))
        changes += placed(scene.matrix, Kind.COLUMN, places)
    changes += _lines_at_ends(scene, Kind.COLUMN, key, wanted.matrices)
    return Planned(changes, _("Added %(role)s.") % {"role": name}, key)


def add_rows(scene: Scene, wanted: AddRows) -> Planned:
    """Plan rows for duties that exist."""
    duties = scene.known_duties(wanted.duties)
    _refuse_retired(duties_said({key: duty for key, duty in duties.items() if duty.retired}))
    new = {key: duty for key, duty in duties.items() if key not in scene.matrix.rows}
    sentence = _("Added %(what)s to %(matrix)s.") % {"what": duties_said(new or duties), "matrix": scene.title}
    if not new:
        return Planned((), sentence, next(iter(duties)))
    places = row_places(scene.matrix, list(new), _behind(scene.matrix.rows, wanted.after))
    return Planned(placed(scene.matrix, Kind.ROW, places), sentence, next(iter(duties)))


def add_columns(scene: Scene, wanted: AddColumns) -> Planned:
    """Plan columns for roles that exist."""
    roles = scene.known_roles(wanted.roles)
    _refuse_retired(roles_said({key: role for key, role in roles.items() if role.retired}))
    new = {key: role for key, role in roles.items() if key not in scene.matrix.columns}
    sentence = _("Added %(what)s to %(matrix)s.") % {"what": roles_said(new or roles), "matrix": scene.title}
    if not new:
        return Planned((), sentence, next(iter(roles)))
    places = column_places(scene.matrix, list(new), _behind(scene.matrix.columns, wanted.after))
    return Planned(placed(scene.matrix, Kind.COLUMN, places), sentence, next(iter(roles)))


def start_matrix(scene: Scene, wanted: StartMatrix) -> Planned:
    """Plan a new matrix behind the others, with its rows and columns."""
    key = new_key()
    last = models.Matrix.objects.filter(organisation=scene.organisation).aggregate(last=Max("position"))["last"]
    fields = {**wanted.fields, "position": min((last or 0) + 1, LAST)}
    changes = [created(Kind.SHEET, key, from_fields(Kind.SHEET, fields))]
    for kind, build, keys in ((Kind.ROW, Row, wanted.duties), (Kind.COLUMN, Column, wanted.roles)):
        changes += [created(kind, one, build(STEP * place), key) for place, one in enumerate(keys, start=1)]
    return Planned(changes, _("Added the matrix %(matrix)s.") % {"matrix": fields["title"]}, key)


def _behind(shelf: Mapping[str, object], after: str | None) -> str | None:
    if after and after not in shelf:
        raise NotPossible(_("What it should stand behind is not in this matrix any more."), "after")
    return after


def _refuse_same_title(scene: Scene, title: str) -> None:
    """A second duty of the same title would be a silent duplicate: one is meant."""
    key = next((key for key, duty in scene.duties.items() if fold(duty.title) == fold(title)), "")
    if not key:
        return
    duty = scene.duties[key]
    said = {"duty": f"{duty.code} {duty.title}"}
    if duty.retired:
        raise NotPossible(_("%(duty)s exists, but is retired. Bring it back on its page instead.") % said, "title")
    if scene.sheet is None:
        raise NotPossible(_("%(duty)s exists already. Add it to a matrix on its page instead.") % said, "title")
    if key in scene.matrix.rows:
        raise NotPossible(_("%(duty)s stands in this matrix already.") % said, "title")
    text = _("%(duty)s exists already. Add it to this matrix as a row instead.") % said
    raise NotPossible(text, "title", {"do": "add-row", "duty": key})


def _refuse_same_name(scene: Scene, name: str) -> None:
    key = next((key for key, role in scene.roles.items() if fold(role.name) == fold(name)), "")
    if not key:
        return
    role = scene.roles[key]
    said = {"role": f"{role.name} ({role.code})"}
    if role.retired:
        raise NotPossible(_("%(role)s exists, but is retired. Bring it back on its page instead.") % said, "name")
    if scene.sheet is None:
        raise NotPossible(_("%(role)s exists already. Add it to a matrix on its page instead.") % said, "name")
    if key in scene.matrix.columns:
        raise NotPossible(_("%(role)s stands in this matrix already.") % said, "name")
    text = _("%(role)s exists already. Add it to this matrix as a column instead.") % said
    raise NotPossible(text, "name", {"do": "add-column", "role": key})


def _refuse_retired(names: str) -> None:
    if names:
        raise NotPossible(_("%(names)s: retired. Bring it back on its page first.") % {"names": names})


def _free_code(scene: Scene, area: str) -> str:
    """Return the next code of an area; "D-1" and on for duties without one."""
    found = scene.areas.get(area)
    stem = found.code if found and len(found.code) <= LONGEST_STEM else "D"
    siblings = [duty.code for duty in scene.duties.values() if duty.area == area]
    return next_code([duty.code for duty in scene.duties.values()], siblings, stem)


def _lines_at_ends(scene: Scene, kind: Kind, key: str, matrices: Sequence[str]) -> list[Change]:
    """Return the rows or columns of something new at the ends of several matrices, with one query."""
    if not matrices:
        return []
    found = scene.matrices(matrices)
    if len(found) < len(set(matrices)):
        raise NotPossible(_("There is no such matrix here any more."), "matrices")
    model, build = (models.MatrixRow, Row) if kind is Kind.ROW else (models.MatrixColumn, Column)
    ends = model.objects.filter(matrix__in=[row.pk for row in found.values()]).order_by().values("matrix__key")
    last = {row["matrix__key"]: row["last"] for row in ends.annotate(last=Max("position"))}
    return [created(kind, key, build(min(last.get(one, 0) + STEP, LAST)), one) for one in found]
