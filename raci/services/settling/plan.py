"""What a decision does, worked out before anything is written: to its own matrix, and to each other that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Address, Change, cell_change
from raci.domain.matrix import Matrix
from raci.domain.merge import Conflict
from raci.domain.records import Decision, DecisionType, Duty, Kind, Part
from raci.domain.settling import child_letters, problems
from raci.domain.settling import record as on_record
from raci.domain.structure import taken_out
from raci.models.base import new_key
from raci.services.loading import load_matrix
from raci.services.settling.words import child_title
from raci.services.structure.standing import standing_of
from raci.services.validation import Refusal
from raci.services.words import said

Seen = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Draft:
    """A decision as somebody wants it.

    ``decision.duty`` is what it is about; its owner may be left open where its parts name it, its letters where they
    follow from its type. ``seen`` holds the rows as they were shown, by the key of the matrix and then of the role;
    of a matrix that it leaves out, what stands there now is taken as seen.
    """

    matrix: models.Matrix
    decision: Decision
    parts: tuple[Part, ...] = ()
    seen: Seen = field(default_factory=dict)


@dataclass
class Plan:
    """What a decision does to one matrix. ``guards`` change nothing: the door sees that the rest is as it was."""

    matrix: Matrix
    changes: list[Change] = field(default_factory=list)
    guards: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


class NotValid(Exception):
    """A decision lacks something; ``refusals`` say what, at which field."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)


class _Share(NamedTuple):
    """A part under a key of its own, with the duty that stands for it alone where it has one."""

    part: Part
    duty: Duty | None


def plans_of(draft: Draft, today: date, by: str) -> list[Plan]:
    """Return what a decision does to its own matrix, and then to each other one in which a part of it stands.

    Raises `NotValid` where it lacks something.
    """
    loaded = load_matrix(draft.matrix)
    if found := problems(loaded, draft.decision, draft.parts, today):
        raise NotValid([Refusal(None, said(one.sentence), one.field) for one in found])
    sheets = _sheets(draft)
    planner = _Planner(draft, _shares(loaded, draft), today, by)
    return [planner.own(loaded), *(planner.other(sheet, part) for sheet, part in sheets.values())]


@dataclass(frozen=True)
class _Planner:
    """One decision on its way into several matrices, with what is the same in all of them."""

    draft: Draft
    shares: Mapping[str, _Share]
    today: date
    by: str

    def own(self, matrix: Matrix) -> Plan:
        """Return what happens to the matrix in which the decision is made."""
        plan, decision = self._row(matrix, self.draft.decision, self.shares), self.draft.decision
        children = {share.part.duty: share.duty for share in self.shares.values() if share.duty}
        plan.changes += on_record.child_changes(matrix, decision.duty, children)
        back = [duty for duty in children if duty in matrix.duties and matrix.duties[duty].retired]
        plan.changes += [Change(Address(Kind.DUTY, "", duty), "retired", True, False) for duty in back]
        plan.changes += on_record.as_applying(matrix, list(children))
        for share in self.shares.values():
            if share.duty:
                wanted = child_letters(matrix, decision, share.part)
                _set_cells(plan, share.part.duty, matrix.cells.get(share.part.duty, {}), wanted)
        gone = {part.duty for part in _earlier_parts(matrix, decision.duty) if part.duty} - children.keys()
        plan.changes += _without(self.draft.matrix.organisation_id, matrix, gone)
        return plan

    def other(self, sheet: Matrix, part: Part) -> Plan:
        """Return what happens to another matrix in which one value stands: the same decision, recorded there.

        The duties made for values without a sheet of their own stand in the first matrix only.
        """
        decision = replace(self.draft.decision, owner=part.role, letters={})
        return self._row(sheet, decision, {new_key(): share for share in self.shares.values()})

    def _row(self, matrix: Matrix, wanted: Decision, shares: Mapping[str, _Share]) -> Plan:
        """Return the cells of the row, the record and what becomes of the grey area, in one matrix."""
        plan, parts = Plan(matrix), {key: share.part for key, share in shares.items()}
        named = replace(wanted, decided_by=wanted.decided_by or self.by)
        raised, closing = on_record.grey_area_changes(matrix, named, new_key(), self.today)
        duty = wanted.duty
        current = matrix.cells.get(duty, {})
        seen = self.draft.seen.get(matrix.key, current)
        # Letters follow from what was shown, so that whoever decides gets what they were promised, or a conflict.
        shown = replace(matrix, cells={**matrix.cells, duty: seen})
        decision = on_record.decision_as_recorded(shown, named, list(parts.values()), today=self.today, raised=raised)
        for role in {**dict.fromkeys(matrix.column_keys), **decision.letters}:
            change = cell_change(matrix.key, duty, role, seen.get(role, ""), decision.letters.get(role, ""))
            if current.get(role, "") not in (change.before, change.after):
                plan.conflicts.append(Conflict(change, current.get(role, "")))
            else:
                (plan.changes if change.before != change.after else plan.guards).append(change)
        plan.changes += [*on_record.record_of(matrix, new_key(), decision, parts), *closing]
        return plan


def _sheets(draft: Draft) -> dict[str, tuple[Matrix, Part]]:
    """Return the other matrices in which values of a split stand, each with the part that stands there."""
    if draft.decision.type is not DecisionType.SPLIT_SCOPE:
        return {}
    wanted = {part.sheet: index for index, part in enumerate(draft.parts) if part.sheet not in ("", draft.matrix.key)}
    rows = models.Matrix.objects.filter(organisation=draft.matrix.organisation, key__in=wanted).select_related("scheme")
    found = {row.key: load_matrix(row) for row in rows}
    refusals = []
    for key, index in wanted.items():
        if message := _no_place(found.get(key), draft, draft.parts[index]):
            refusals.append(Refusal(None, message, f"parts-{index}-sheet"))
    if refusals:
        raise NotValid(refusals)
    return {key: (found[key], draft.parts[index]) for key, index in wanted.items()}


def _no_place(sheet: Matrix | None, draft: Draft, part: Part) -> str:
    if sheet is None:
        return _("There is no such matrix any more.")
    row = sheet.rows.get(draft.decision.duty)
    if row is None or not row.applies:
        return _("The duty does not stand there, or does not apply: put it into that matrix first.")
    if part.role not in sheet.columns:
        return _("The role has no column there: add it first, or choose another.")
    return ""


def _shares(matrix: Matrix, draft: Draft) -> dict[str, _Share]:
    """Return the parts under new keys, those of a split with the duty that stands for them alone.

    A duty that an earlier split made for the same value or band stands for it again.
    """
    decision, codes = draft.decision, list[str]()
    earlier = {_what(part): part.duty for part in _earlier_parts(matrix, decision.duty) if part.duty in matrix.duties}
    found: dict[str, _Share] = {}
    for part in draft.parts:
        if not _needs_duty(decision, part):
            found[new_key()] = _Share(replace(part, duty=""), None)
            continue
        key = earlier.get(_what(part), "")
        if key:
            duty = replace(matrix.duties[key], retired=False)
        else:
            codes.append(on_record.next_child_code(matrix, decision.duty, codes))
            title = child_title(matrix.duties[decision.duty].title, decision, part)
            key, duty = new_key(), on_record.child_of(matrix, decision.duty, codes[-1], title)
        found[new_key()] = _Share(replace(part, duty=key), duty)
    return found


def _needs_duty(decision: Decision, part: Part) -> bool:
    if decision.type is DecisionType.SPLIT_THRESHOLD:
        return True
    return decision.type is DecisionType.SPLIT_SCOPE and bool(part.name) and not part.sheet


def _what(part: Part) -> tuple[str, ...]:
    return (part.name, part.category, part.unit, part.lower, part.upper)


def _earlier_parts(matrix: Matrix, duty: str) -> tuple[Part, ...]:
    earlier = matrix.decision_by_duty.get(duty)
    return matrix.parts_of(earlier) if earlier else ()


def _without(organisation: int, matrix: Matrix, duties: set[str]) -> list[Change]:
    """Return the changes that take duties out of all matrices and retire them."""
    there = [duty for duty in sorted(duties) if duty in matrix.duties and not matrix.duties[duty].retired]
    if not there:
        return []
    changes = taken_out(standing_of(organisation, Kind.ROW, there), Kind.ROW)
    return [*changes, *(Change(Address(Kind.DUTY, "", duty), "retired", False, True) for duty in there)]


def _set_cells(plan: Plan, duty: str, current: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    for role in {**current, **wanted}:
        before, after = current.get(role, ""), wanted.get(role, "")
        if before != after:
            plan.changes.append(cell_change(plan.matrix.key, duty, role, before, after))
