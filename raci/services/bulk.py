"""One thing done to many records: planned, foreseen in sentences, and done only while it is what was foreseen."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import GreyAreaStatus, Kind, encode
from raci.services.describing import tell
from raci.services.door import Author, Outcome, apply_changes
from raci.services.naming import names_for
from raci.services.raising import Terms
from raci.services.said import Said
from raci.services.structure import actions, plan
from raci.services.structure.scene import Scene
from raci.services.tables import TABLES

SHOWN = 40
Keys: TypeAlias = Sequence[str]
Changes: TypeAlias = Sequence[Change]

_ORDER = {kind: index for index, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Foreseen:
    """What would be done: the changes, the first sentences about them, and a mark that differs once they differ.

    ``touched`` counts those of the records in question that would change themselves. ``revision`` is where the
    organisation stood then.
    """

    changes: Changes
    told: tuple[Said, ...]
    mark: str
    touched: int
    revision: int

    @property
    def more(self) -> int:
        """How many changes there are beyond those that are told."""
        return len(self.changes) - len(self.told)


def foresee(organisation: models.Organisation, keys: Keys, planned: Callable[[], Changes]) -> Foreseen:
    """Return what a plan would do now, what weighs most first. Raises what the plan raises, such as `NotPossible`."""
    revision = models.Organisation.objects.values_list("revision", flat=True).get(pk=organisation.pk)
    changes = planned()
    names = names_for(changes)
    told = sorted(
        ((_ORDER[item.address.kind], str(said := tell(item, names)), said) for item in changes), key=_by_words
    )
    mark = hashlib.sha256("\n".join(words for _rank, words, _said in told).encode()).hexdigest()
    touched = len({item.address.subject for item in changes} & set(keys))
    return Foreseen(changes, tuple(said for _rank, _words, said in told[:SHOWN]), mark, touched, revision)


def _by_words(item: tuple[int, str, Said]) -> tuple[int, str]:
    return item[:2]


def do_foreseen(*, organisation: models.Organisation, foreseen: Foreseen, mark: str, author: Author) -> Outcome | None:
    """Make the changes in one revision if they are still what ``mark`` stood for; None where they are not."""
    if foreseen.mark != mark:
        return None
    return apply_changes(organisation=organisation, changes=foreseen.changes, author=author)


def meanwhile(organisation: models.Organisation, revision: int, limit: int = 5) -> list[models.Revision]:
    """Return the latest revisions that were made after one."""
    later = models.Revision.objects.filter(organisation=organisation, number__gt=revision)
    return list(later.order_by("-number")[:limit])


# --- Plans


def move_to_area(organisation: models.Organisation, duties: Keys, area: str) -> Changes:
    """Plan another area for duties, "" for none."""
    found = Scene(organisation).known_duties(duties)
    return [
        Change(Address(Kind.DUTY, "", key), "area", duty.area, area) for key, duty in found.items() if duty.area != area
    ]


def retire_duties(organisation: models.Organisation, duties: Keys) -> Changes:
    """Plan that duties are retired, and stand in no matrix any more."""
    return plan(organisation=organisation, action=actions.RetireDuties(tuple(duties))).changes


def retire_roles(organisation: models.Organisation, roles: Keys) -> Changes:
    """Plan that roles are retired, and stand in no matrix any more."""
    return plan(organisation=organisation, action=actions.RetireRoles(tuple(roles))).changes


def bring_back_duties(organisation: models.Organisation, duties: Keys) -> Changes:
    """Plan that retired duties are in use again."""
    found = Scene(organisation).known_duties(duties)
    return [_in_use(Kind.DUTY, key) for key, duty in found.items() if duty.retired]


def bring_back_roles(organisation: models.Organisation, roles: Keys) -> Changes:
    """Plan that retired roles are in use again."""
    found = Scene(organisation).known_roles(roles)
    return [_in_use(Kind.ROLE, key) for key, role in found.items() if role.retired]


def _in_use(kind: Kind, key: str) -> Change:
    return Change(Address(kind, "", key), "retired", True, False)


def put_duties_into(matrix: models.Matrix, duties: Keys) -> Changes:
    """Plan rows at the end of a matrix for duties that do not stand in it."""
    return plan(organisation=matrix.organisation, action=actions.AddRows(tuple(duties)), matrix=matrix).changes


def take_duties_out_of(matrix: models.Matrix, duties: Keys) -> Changes:
    """Plan that duties do not stand in a matrix any more."""
    return plan(organisation=matrix.organisation, action=actions.RemoveRows(tuple(duties)), matrix=matrix).changes


def put_roles_into(matrix: models.Matrix, roles: Keys) -> Changes:
    """Plan columns at the end of a matrix for roles that do not stand in it."""
    return plan(organisation=matrix.organisation, action=actions.AddColumns(tuple(roles)), matrix=matrix).changes


def take_roles_out_of(matrix: models.Matrix, roles: Keys) -> Changes:
    """Plan that roles do not stand in a matrix any more."""
    return plan(organisation=matrix.organisation, action=actions.RemoveColumns(tuple(roles)), matrix=matrix).changes


def set_terms(organisation: models.Organisation, grey_areas: Keys, terms: Terms) -> Changes:
    """Plan who decides on open grey areas, until when, and who owns them meanwhile; what is empty leaves what is there.

    An interim owner is set where the role has a column.
    """
    wanted = {"decider": terms.decider, "due_on": encode(terms.due_on)}
    columns = models.MatrixColumn.objects.filter(matrix__organisation=organisation, role__key=terms.interim)
    there = set(columns.values_list("matrix__key", flat=True)) if terms.interim else set()
    return [
        Change(address, name, fields[name], value)
        for address, fields in _open_ones(organisation, grey_areas)
        for name, value in {**wanted, "interim": terms.interim if address.matrix in there else ""}.items()
        if value and fields[name] != value
    ]


def withdraw_grey_areas(organisation: models.Organisation, grey_areas: Keys) -> Changes:
    """Plan that open grey areas are no question any more."""
    after = GreyAreaStatus.WITHDRAWN.value
    found = _open_ones(organisation, grey_areas)
    return [Change(address, "status", fields["status"], after) for address, fields in found]


def _open_ones(organisation: models.Organisation, keys: Keys) -> list[tuple[Address, dict[str, Any]]]:
    is_open = {"status": GreyAreaStatus.OPEN.value, "key__in": list(keys)}
    found = TABLES[Kind.GREY_AREA].read(organisation.pk, None, **is_open)
    return [(address, fields) for address, (_id, fields) in found.items()]
