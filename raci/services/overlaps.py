"""Grey areas: raised, claimed, and settled by naming one accountable role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.applying import apply
from raci.domain.change import Address, Change, cell_change, in_order
from raci.domain.lint import Finding
from raci.domain.matrix import Matrix
from raci.domain.merge import Conflict
from raci.domain.records import Claim, Decision, DecisionType, GreyAreaStatus, Kind, to_fields
from raci.domain.scheme import LetterClass, split_letters
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes, latest_touches
from raci.services.linting import findings_of
from raci.services.loading import load_matrix
from raci.services.validation import Refusal


@dataclass(frozen=True)
class Choice:
    """How one duty is settled in one matrix.

    ``owner`` is the key of the accountable role, ``letters`` the row as it is wanted and ``seen`` the
    row as it was shown, by role key; a role that ``letters`` leaves out keeps what it has.
    """

    matrix: models.Matrix
    duty: str
    owner: str
    letters: Mapping[str, str]
    seen: Mapping[str, str]
    reason: str
    review_on: date | None = None
    decided_by: str = ""


@dataclass(frozen=True)
class Preview:
    """What choices would do: the changes, and the findings that would go and come."""

    changes: tuple[Change, ...] = ()
    fixed: tuple[Finding, ...] = ()
    added: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass
class _Planned:
    """``guards`` change nothing: they let the door see that the rest of a row is still what it was."""

    changes: list[Change] = field(default_factory=list)
    guards: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def preview(choices: Iterable[Choice]) -> Preview:
    """Return what choices would change, cell by cell, and what lint would say then. Writes nothing."""
    today = timezone.localdate()
    changes: list[Change] = []
    fixed: list[Finding] = []
    added: list[Finding] = []
    refusals: list[Refusal] = []
    for matrix, mine in _by_matrix(choices):
        loaded = load_matrix(matrix)
        planned = _plan(loaded, mine, today, "")
        refusals += planned.refusals
        ordered = in_order(planned.changes)
        before = {item.key: item for item in findings_of(loaded, today)}
        after = {item.key: item for item in findings_of(apply(loaded, ordered), today)}
        changes += ordered
        fixed += [item for key, item in before.items() if key not in after]
        added += [item for key, item in after.items() if key not in before]
    return Preview(tuple(changes), tuple(fixed), tuple(added), tuple(refusals))


def assign(*, organisation: models.Organisation, choices: Iterable[Choice], author: Author) -> Outcome:
    """Settle duties: write their cells and decisions and close their grey areas, all in one revision."""
    planned = _Planned()
    at = author.at or timezone.now()
    for matrix, mine in _by_matrix(choices):
        part = _plan(load_matrix(matrix), mine, timezone.localdate(at), author.name)
        planned.changes += [*part.changes, *part.guards]
        planned.conflicts += part.conflicts
        planned.refusals += part.refusals
    if planned.conflicts or planned.refusals:
        touched = latest_touches(organisation, {conflict.change.address for conflict in planned.conflicts})
        return Outcome(conflicts=tuple(planned.conflicts), refusals=tuple(planned.refusals), touched=touched)
    return apply_changes(organisation=organisation, changes=planned.changes, author=author)


def _by_matrix(choices: Iterable[Choice]) -> list[tuple[models.Matrix, list[Choice]]]:
    grouped: dict[int, tuple[models.Matrix, list[Choice]]] = {}
    for choice in choices:
        grouped.setdefault(choice.matrix.pk, (choice.matrix, []))[1].append(choice)
    return list(grouped.values())


def _plan(matrix: Matrix, choices: Sequence[Choice], today: date, by: str) -> _Planned:
    planned = _Planned()
    for choice in choices:
        cells = _cell_changes(matrix, choice, planned)
        row = {**matrix.cells.get(choice.duty, {}), **choice.letters}
        row = {role: letters for role, letters in row.items() if letters}
        if message := _not_settled(matrix, choice, row):
            planned.refusals.append(Refusal(None, message, "letters"))
            continue
        planned.changes += [*cells, *_record(matrix, choice, row, today, by)]
    return planned


def _cell_changes(matrix: Matrix, choice: Choice, planned: _Planned) -> list[Change]:
    current = matrix.cells.get(choice.duty, {})
    wanted = {**{role: choice.seen.get(role, "") for role in matrix.column_keys}, **choice.letters}
    changes: list[Change] = []
    for role, after in wanted.items():
        seen = choice.seen.get(role, "")
        change = cell_change(matrix.key, choice.duty, role, seen, after)
        if current.get(role, "") not in (seen, after):
            planned.conflicts.append(Conflict(change, current.get(role, "")))
        else:
            (changes if seen != after else planned.guards).append(change)
    return changes


def _not_settled(matrix: Matrix, choice: Choice, row: Mapping[str, str]) -> str:
    """Say why a row is not settled by a choice: one role, and no other, must be accountable."""
    owners = matrix.scheme.codes_of(LetterClass.OWNER)
    holding = [role for role, letters in row.items() if not owners.isdisjoint(split_letters(letters))]
    duty = matrix.duties[choice.duty]
    if holding == [choice.owner]:
        return ""
    names = ", ".join(matrix.roles[role].name for role in holding if role != choice.owner)
    if names:
        text = _("%(duty)s: %(roles)s would be accountable as well; one role answers for a duty.")
        return text % {"duty": duty.code, "roles": names}
    text = _("%(duty)s: %(role)s must hold the letter of the accountable role.")
    return text % {"duty": duty.code, "role": matrix.roles[choice.owner].name}


def _record(matrix: Matrix, choice: Choice, row: Mapping[str, str], today: date, by: str) -> list[Change]:
    """Return the changes that put the decision on record and close the grey area."""
    raised = matrix.open_by_duty.get(choice.duty, "") or _latest_grey_area(matrix, choice.duty)
    decision = Decision(
        duty=choice.duty,
        grey_area=raised,
        type=DecisionType.SOLE_OWNER,
        owner=choice.owner,
        letters=dict(row),
        reason=choice.reason,
        decided_on=today,
        decided_by=choice.decided_by or by or "–",
        review_on=choice.review_on,
        supersedes=matrix.decision_by_duty.get(choice.duty, ""),
    )
    changes = [Change(Address(Kind.DECISION, matrix.key, new_key()), "", None, to_fields(decision))]
    if choice.duty in matrix.open_by_duty:
        address = Address(Kind.GREY_AREA, matrix.key, raised)
        changes.append(Change(address, "status", GreyAreaStatus.OPEN.value, GreyAreaStatus.DECIDED.value))
    return changes


def _latest_grey_area(matrix: Matrix, duty: str) -> str:
    earlier = matrix.decision_by_duty.get(duty)
    return matrix.decisions[earlier].grey_area if earlier else ""


def claim(
    *,
    organisation: models.Organisation,
    matrix: models.Matrix,
    grey_area: str,
    role: str,
    wanted: Claim,
    author: Author,
) -> Outcome:
    """Put on record what a role proposes for itself in a grey area; its earlier claim is replaced."""
    loaded = load_matrix(matrix)
    address = Address(Kind.CLAIM, matrix.key, grey_area, role)
    earlier = loaded.claims.get((grey_area, role))
    if earlier is None:
        changes = [Change(address, "", None, to_fields(wanted))]
    else:
        before, after = to_fields(earlier), to_fields(wanted)
        changes = [Change(address, name, before[name], after[name]) for name in before if before[name] != after[name]]
    return apply_changes(organisation=organisation, changes=changes, author=author)
