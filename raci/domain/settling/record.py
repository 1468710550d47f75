"""The changes by which a decision goes on record in one matrix, beside those of its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.records import (
    Decision,
    DecisionType,
    Duty,
    GreyArea,
    GreyAreaStatus,
    Kind,
    Origin,
    Part,
    Row,
    encode,
    to_fields,
)
from raci.domain.settling.effects import owner_of, row_letters
from raci.domain.structure import created, placed, row_places


def decision_as_recorded(
    matrix: Matrix, decision: Decision, parts: Sequence[Part], *, today: date, raised: str
) -> Decision:
    """Return a decision with all that the matrix knows: its owner and letters, what it settles and what it replaces."""
    return replace(
        decision,
        owner=owner_of(matrix, decision, parts),
        letters=row_letters(matrix, decision, parts),
        grey_area=raised,
        decided_on=decision.decided_on or today,
        decided_by=decision.decided_by or "–",
        supersedes=matrix.decision_by_duty.get(decision.duty, ""),
        withdrawn_on=None,
    )


def record_of(matrix: Matrix, key: str, decision: Decision, parts: Mapping[str, Part]) -> list[Change]:
    """Return the changes that write a decision down with its parts, by their keys."""
    changes = [created(Kind.DECISION, key, decision, matrix.key)]
    for position, (name, part) in enumerate(parts.items()):
        address = Address(Kind.PART, matrix.key, key, name)
        changes.append(Change(address, "", None, to_fields(replace(part, position=position))))
    return changes


def raised_for(matrix: Matrix, duty: str) -> str:
    """Return the grey area that a decision on a duty is about: the open one, else that of the decision in force."""
    if duty in matrix.open_by_duty:
        return matrix.open_by_duty[duty]
    earlier = matrix.decision_by_duty.get(duty)
    return matrix.decisions[earlier].grey_area if earlier else ""


def grey_area_changes(matrix: Matrix, decision: Decision, new: str, today: date) -> tuple[str, list[Change]]:
    """Return the key of the grey area of a decision that was made, and what becomes of it.

    It is closed by a decision that settles. One that puts it off or takes it up leaves it open, with what is then
    known of it; where none is open, the earlier one is opened again, or one with the key ``new`` is raised.
    """
    raised = raised_for(matrix, decision.duty)
    known = _known_by(decision)
    if decision.type.settles:
        wanted = {"status": GreyAreaStatus.DECIDED} if decision.duty in matrix.open_by_duty else {}
        return raised, _edited(matrix, raised, wanted)
    if not raised:
        grey_area = GreyArea(
            decision.duty,
            question=decision.terms or decision.reason,
            origin=Origin.HAND,
            raised_on=today,
            raised_by=decision.decided_by,
        )
        return new, [created(Kind.GREY_AREA, new, replace(grey_area, **known), matrix.key)]
    if decision.duty not in matrix.open_by_duty:
        known |= {"status": GreyAreaStatus.OPEN, "reopened_on": today}
    return raised, _edited(matrix, raised, known)


def _known_by(decision: Decision) -> dict[str, Any]:
    if decision.type is DecisionType.ESCALATE:
        return {"decider": decision.owner, "interim": decision.owner, "due_on": decision.due_on}
    return {"due_on": decision.review_on}


def reopened(matrix: Matrix, grey_area: str, today: date) -> list[Change]:
    """Return the changes that open a grey area again; none where it, or another of its duty, is open."""
    found = matrix.grey_areas.get(grey_area)
    if found is None or found.duty in matrix.open_by_duty:
        return []
    return _edited(matrix, grey_area, {"status": GreyAreaStatus.OPEN, "reopened_on": today})


def _edited(matrix: Matrix, grey_area: str, wanted: Mapping[str, object]) -> list[Change]:
    if not wanted:
        return []
    found, address = matrix.grey_areas[grey_area], Address(Kind.GREY_AREA, matrix.key, grey_area)
    pairs = ((name, encode(getattr(found, name)), encode(value)) for name, value in wanted.items())
    return [Change(address, name, before, after) for name, before, after in pairs if before != after]


def child_changes(matrix: Matrix, parent: str, children: Mapping[str, Duty]) -> list[Change]:
    """Return the changes that make duties part of another, and put them right below it."""
    new = [key for key in children if key not in matrix.duties]
    changes = [created(Kind.DUTY, key, children[key]) for key in new]
    missing = [key for key in children if key not in matrix.rows]
    if missing:
        last = next((key for key in reversed(matrix.row_keys) if key in children), parent)
        sheet = replace(matrix, duties={**matrix.duties, **children})
        changes += placed(matrix, Kind.ROW, row_places(sheet, missing, last))
    return changes


def child_of(matrix: Matrix, parent: str, code: str, title: str) -> Duty:
    """Return the duty for one part of a split: a part of the one that was split, in its area."""
    whole = matrix.duties[parent]
    return Duty(code, title, area=whole.area, parent=parent, is_control=whole.is_control)


def next_child_code(matrix: Matrix, parent: str, taken: Sequence[str]) -> str:
    """Return the next free code below that of a duty: VEN-4.1, VEN-4.2."""
    stem = matrix.duties[parent].code
    known = {duty.code.casefold() for duty in matrix.duties.values()} | {code.casefold() for code in taken}
    number = 1
    while f"{stem}.{number}".casefold() in known:
        number += 1
    return f"{stem}.{number}"


def as_applying(matrix: Matrix, duties: Sequence[str]) -> list[Change]:
    """Return the changes by which rows that were left out apply again."""
    found = []
    for duty in duties:
        row: Row | None = matrix.rows.get(duty)
        if row and not row.applies:
            address = Address(Kind.ROW, matrix.key, duty)
            found += [Change(address, "applies", False, True), Change(address, "reason", row.reason, "")]
    return found
