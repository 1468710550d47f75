"""What matrices are made of: duties, roles, rows and columns are added, renamed, moved, taken out and retired.

And who is behind the roles: they are given to people, who may be away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from raci import models
from raci.services.door import Author, Outcome, apply_changes
from raci.services.structure import (
    absences,
    actions,
    adding,
    altering,
    apart,
    holdings,
    removing,
    reporting,
    staffing_actions,
)
from raci.services.structure.actions import Action
from raci.services.structure.scene import NotPossible, Planned, Scene

__all__ = ["Action", "Done", "NotPossible", "Planned", "Scene", "actions", "carry_out", "perform", "plan"]

_TRIES = 3

_PLANS: dict[type[Any], Callable[[Scene, Any], Planned]] = {
    actions.AddDuty: adding.add_duty,
    actions.AddRole: adding.add_role,
    actions.AddRows: adding.add_rows,
    actions.AddColumns: adding.add_columns,
    actions.StartMatrix: adding.start_matrix,
    actions.EditDuty: altering.edit_duty,
    actions.EditRole: altering.edit_role,
    actions.EditMatrix: altering.edit_matrix,
    actions.MoveRows: altering.move_rows,
    actions.MoveColumns: altering.move_columns,
    actions.AddLine: reporting.add_line,
    actions.RemoveLine: reporting.remove_line,
    actions.KeepApart: apart.keep_apart,
    actions.AlterApart: apart.alter_apart,
    actions.AllowTogether: apart.allow_together,
    actions.SetApplies: altering.set_applies,
    actions.RemoveRows: removing.remove_rows,
    actions.RemoveColumns: removing.remove_columns,
    actions.RetireDuties: removing.retire_duties,
    actions.RetireRoles: removing.retire_roles,
    actions.RestoreDuty: removing.restore_duty,
    actions.RestoreRole: removing.restore_role,
    staffing_actions.GiveRole: holdings.give_role,
    staffing_actions.EndHolding: holdings.end_holding,
    staffing_actions.RemoveHolding: holdings.remove_holding,
    staffing_actions.AddAbsence: absences.add_absence,
    staffing_actions.EditAbsence: absences.edit_absence,
    staffing_actions.RemoveAbsence: absences.remove_absence,
}
# What they ask of other records no seen value covers: nobody may write between the question and the answer.
_GUARDED = (staffing_actions.GiveRole, staffing_actions.EndHolding, staffing_actions.RemoveHolding)


@dataclass(frozen=True)
class Done:
    """What became of an action: the outcome, the revision that stands now, the key of what was made, a sentence."""

    outcome: Outcome
    revision: int
    key: str
    sentence: str


def plan(*, organisation: models.Organisation, action: Action, matrix: models.Matrix | None = None) -> Planned:
    """Return what an action would change, and write nothing. Raises `NotPossible`."""
    return _PLANS[type(action)](Scene(organisation, matrix), action)


def perform(
    *, organisation: models.Organisation, action: Action, author: Author, matrix: models.Matrix | None = None
) -> Done:
    """Do one thing, as one revision. ``matrix`` is where; what concerns the whole register needs none.

    What a person saw (`EditDuty.seen`) stays as it was seen, so a stale form is a conflict. Raises `NotPossible`.
    """
    if isinstance(action, _GUARDED):
        with transaction.atomic():
            models.Organisation.objects.select_for_update().get(pk=organisation.pk)
            return _perform(organisation, action, author, matrix)
    return _perform(organisation, action, author, matrix)


def _perform(organisation: models.Organisation, action: Action, author: Author, matrix: models.Matrix | None) -> Done:
    return carry_out(
        organisation=organisation,
        make=lambda scene: _PLANS[type(action)](scene, action),
        author=author,
        matrix=matrix,
    )


def carry_out(
    *,
    organisation: models.Organisation,
    make: Callable[[Scene], Planned],
    author: Author,
    matrix: models.Matrix | None = None,
) -> Done:
    """Make a plan and write it, as one revision. Raises `NotPossible`.

    A plan made of what somebody changed before it was written is made anew.
    """
    for left in reversed(range(_TRIES)):
        before = _revision(organisation)
        planned = make(Scene(organisation, matrix))
        outcome = apply_changes(organisation=organisation, changes=planned.changes, author=author)
        now = outcome.revision.number if outcome.revision else _revision(organisation)
        if outcome.ok or now == before or not left:
            break
    return Done(outcome, now, planned.key, planned.sentence)


def _revision(organisation: models.Organisation) -> int:
    return models.Organisation.objects.values_list("revision", flat=True).get(pk=organisation.pk)
