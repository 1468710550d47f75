"""Deciding who owns what: previewed, written as one revision with the letters that it makes, answered, withdrawn."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.applying import apply
from raci.domain.change import Address, Change, in_order
from raci.domain.lint import Finding
from raci.domain.matrix import Matrix
from raci.domain.records import Acknowledgement, GreyArea, Kind, Origin, encode, to_fields
from raci.domain.settling import record as on_record
from raci.domain.structure import created
from raci.domain.text import normalise
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes, latest_touches
from raci.services.linting import findings_of
from raci.services.loading import load_matrix
from raci.services.overlaps import Preview
from raci.services.settling.plan import Draft, NotValid, plans_of
from raci.services.validation import Refusal

__all__ = ["Draft", "acknowledge", "concerned", "decide", "preview", "set_review", "withdraw_decision", "withdrawal"]


def preview(draft: Draft) -> Preview:
    """Return what a decision would change in every matrix, and what lint would say then. Writes nothing."""
    today = timezone.localdate()
    try:
        plans = plans_of(draft, today, "")
    except NotValid as error:
        return Preview(refusals=error.refusals)
    changes: list[Change] = []
    fixed: list[Finding] = []
    added: list[Finding] = []
    for plan in plans:
        ordered = in_order(plan.changes)
        before = {item.key: item for item in findings_of(plan.matrix, today)}
        after = {item.key: item for item in findings_of(apply(plan.matrix, ordered), today)}
        changes += ordered
        fixed += [item for key, item in before.items() if key not in after]
        added += [item for key, item in after.items() if key not in before]
    return Preview(tuple(changes), tuple(fixed), tuple(added))


def decide(*, draft: Draft, author: Author) -> Outcome:
    """Put a decision on record with the letters that it makes in every matrix, all in one revision."""
    today = timezone.localdate(author.at or timezone.now())
    organisation = draft.matrix.organisation
    try:
        plans = plans_of(draft, today, author.name)
    except NotValid as error:
        return Outcome(refusals=error.refusals)
    conflicts = tuple(conflict for plan in plans for conflict in plan.conflicts)
    if conflicts:
        touched = latest_touches(organisation, {conflict.change.address for conflict in conflicts})
        return Outcome(conflicts=conflicts, touched=touched)
    changes = [change for plan in plans for change in (*plan.changes, *plan.guards)]
    return apply_changes(organisation=organisation, changes=changes, author=author)


def withdraw_decision(*, matrix: models.Matrix, key: str, author: Author) -> Outcome:
    """End a decision without another: its letters stay, and its question is open again. ``author.reason`` says why."""
    loaded = load_matrix(matrix)
    if loaded.decision_by_duty.get(_duty_of(loaded, key)) != key:
        return Outcome(refusals=(Refusal(None, _("This decision is not in force any more.")),))
    changes = withdrawal(loaded, [key], timezone.localdate(author.at or timezone.now()))
    return apply_changes(organisation=matrix.organisation, changes=changes, author=author)


def withdrawal(matrix: Matrix, decisions: Iterable[str], today: date) -> list[Change]:
    """Return the changes that withdraw decisions of a matrix, and open their questions again."""
    changes: list[Change] = []
    for key in decisions:
        changes.append(Change(Address(Kind.DECISION, matrix.key, key), "withdrawn_on", "", today.isoformat()))
        changes += on_record.reopened(matrix, matrix.decisions[key].grey_area, today)
    return changes


def _duty_of(matrix: Matrix, decision: str) -> str:
    return matrix.decisions[decision].duty if decision in matrix.decisions else ""


def acknowledge(
    *, matrix: models.Matrix, decision: str, role: str, agrees: bool, reason: str, author: Author
) -> Outcome:
    """Say for a role that a decision is known, or why it is wrong: that opens its question again.

    The decision stays in force until another takes its place. An earlier answer of the same person is replaced.
    """
    loaded, today = load_matrix(matrix), timezone.localdate(author.at or timezone.now())
    if message := _no_answer(loaded, decision, role, agrees, reason):
        return Outcome(refusals=(Refusal(None, message, "reason"),))
    person = str(author.user.pk) if author.user else ""
    answer = Acknowledgement(role, person, author.name, agrees, normalise(reason) if not agrees else "", today)
    key = next(
        (
            key
            for (of, key), given in loaded.acknowledgements.items()
            if (of, given.role, given.person) == (decision, role, person)
        ),
        "",
    )
    address = Address(Kind.ACKNOWLEDGEMENT, loaded.key, decision, key or new_key())
    if key:
        before, after = to_fields(loaded.acknowledgements[decision, key]), to_fields(answer)
        changes = [Change(address, name, before[name], after[name]) for name in before if before[name] != after[name]]
    else:
        changes = [Change(address, "", None, to_fields(answer))]
    if not agrees:
        changes += _opened_by_disagreement(loaded, decision, answer, today)
    return apply_changes(organisation=matrix.organisation, changes=changes, author=author)


def _no_answer(matrix: Matrix, decision: str, role: str, agrees: bool, reason: str) -> str:
    if matrix.decision_by_duty.get(_duty_of(matrix, decision)) != decision:
        return _("This decision is not in force any more: answer the one that is.")
    if role not in concerned(matrix, decision):
        return _("This decision does not concern that role.")
    if not agrees and not reason.strip():
        return _("Say why you disagree, so that the others can weigh it.")
    return ""


def concerned(matrix: Matrix, decision: str) -> tuple[str, ...]:
    """Return the roles that a decision concerns: they hold letters or have a part by it, in column order."""
    found = matrix.decisions[decision]
    roles = {found.owner, *found.letters, *(part.role for part in matrix.parts_of(decision))}
    return tuple(role for role in matrix.column_keys if role in roles)


def _opened_by_disagreement(matrix: Matrix, decision: str, answer: Acknowledgement, today: date) -> list[Change]:
    made = matrix.decisions[decision]
    if made.duty in matrix.open_by_duty:
        return []
    if made.grey_area:
        return on_record.reopened(matrix, made.grey_area, today)
    question = _("%(name)s disagrees with the decision: %(reason)s") % {"name": answer.name, "reason": answer.reason}
    raised = GreyArea(
        made.duty, question, origin=Origin.DISAGREEMENT, raised_on=today, raised_by=answer.name, interim=made.owner
    )
    return [created(Kind.GREY_AREA, new_key(), raised, matrix.key)]


def set_review(*, matrix: models.Matrix, key: str, review_on: date | None, author: Author) -> Outcome:
    """Say when a decision is to be looked at again."""
    before = encode(load_matrix(matrix).decisions[key].review_on)
    change = Change(Address(Kind.DECISION, matrix.key, key), "review_on", before, encode(review_on))
    return apply_changes(organisation=matrix.organisation, changes=[change], author=author)
