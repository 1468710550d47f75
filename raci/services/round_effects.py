"""What follows from a revealed round: agreed rows become letters, the others grey areas with claims."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.agreed import agreed_letters, claimed_letters, owners_outside
from raci.domain.change import Address, Change
from raci.domain.claims import AGREEMENT, Verdict
from raci.domain.matrix import Matrix
from raci.domain.records import Claim, Decision, DecisionType, GreyArea, Kind, Origin, to_fields
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes
from raci.services.loading import load_matrix
from raci.services.overlaps import Choice
from raci.services.round_results import Line, Result

# What asks for somebody's decision most; the others can be raised as well.
CONTESTED = (Verdict.COLLISION, Verdict.ORPHAN)

_TRIES = 3

# Decisions that make nothing beside letters, so that another can take their place without a closer look.
_REPLACED = (DecisionType.SOLE_OWNER, DecisionType.ESCALATE, DecisionType.DEFER)


@dataclass(frozen=True)
class Agreed:
    """A row that is agreed, and what making it so would do.

    ``choice`` is None where it cannot be done: ``outside`` then names, by key, the roles that answer for the row
    without a part in the round, or ``replaces`` is a decision in force with parts of its own, or the row or the
    owner's column is gone. With a choice, ``replaces`` would be superseded. ``is_so`` where the row stands already as
    agreed, on record.
    """

    line: Line
    choice: Choice | None
    outside: tuple[str, ...] = ()
    replaces: Decision | None = None
    is_so: bool = False


def reason_of(blind: models.Round) -> str:
    """Return the reason with which agreed rows are decided."""
    return _("Agreed in the blind round %(title)s") % {"title": blind.title}


def agreed_rows(blind: models.Round, matrix: Matrix, result: Result) -> list[Agreed]:
    """Return the rows whose owner is agreed upon, with what would become of each."""
    reason = reason_of(blind)
    return [_agreed(blind, matrix, line, result.roles, reason) for line in result.lines if line.verdict in AGREEMENT]


def _agreed(blind: models.Round, matrix: Matrix, line: Line, roles: Collection[str], reason: str) -> Agreed:
    duty, owner = line.duty, line.reading.owner
    if duty not in matrix.applicable_rows or owner not in matrix.columns:
        return Agreed(line, None)
    if outside := owners_outside(matrix, duty, roles):
        return Agreed(line, None, outside)
    seen = dict(matrix.cells.get(duty, {}))
    letters = agreed_letters(matrix, duty, owner, roles)
    choice = Choice(matrix=blind.matrix, duty=duty, owner=owner, letters=letters, seen=seen, reason=reason)
    key = matrix.decision_by_duty.get(duty)
    decision = matrix.decisions[key] if key else None
    stands = all(seen.get(role, "") == wanted for role, wanted in letters.items())
    if decision and decision.owner == owner and stands and duty not in matrix.open_by_duty:
        return Agreed(line, None, is_so=True)
    if decision and decision.type not in _REPLACED:
        return Agreed(line, None, replaces=decision)
    return Agreed(line, choice, replaces=decision)


def other_rows(result: Result) -> list[Line]:
    """Return the rows on which there is no agreement."""
    return [line for line in result.lines if line.verdict not in AGREEMENT]


def raise_rows(*, blind: models.Round, result: Result, duties: Collection[str], author: Author) -> Outcome:
    """Raise rows of a round as grey areas with what each role claims, all in one revision.

    Where a row has an open grey area already, that one gets the claims of the roles that have made none in it yet.
    """
    for left in reversed(range(_TRIES)):
        matrix = load_matrix(blind.matrix)
        lines = [line for line in other_rows(result) if line.duty in duties and line.duty in matrix.applicable_rows]
        changes = [change for line in lines for change in _raised(blind, matrix, line, author)]
        outcome = apply_changes(organisation=blind.matrix.organisation, changes=changes, author=author)
        if outcome.ok or not left:
            break  # else somebody raised or claimed one meanwhile: theirs is found the next time
    return outcome


def _raised(blind: models.Round, matrix: Matrix, line: Line, author: Author) -> Iterable[Change]:
    today = timezone.localdate(author.at) if author.at else timezone.localdate()
    key = matrix.open_by_duty.get(line.duty)
    if key is None:
        key = new_key()
        wanted = GreyArea(
            duty=line.duty,
            question=question_of(blind, line),
            origin=Origin.ROUND,
            raised_on=today,
            raised_by=author.name,
        )
        yield Change(Address(Kind.GREY_AREA, matrix.key, key), "", None, to_fields(wanted))
    for role, letters in claims_of(matrix, line).items():
        if (key, role) not in matrix.claims:
            claim = Claim(letters=letters, reason=line.voices[role].reason, made_on=today)
            yield Change(Address(Kind.CLAIM, matrix.key, key, role), "", None, to_fields(claim))


def claims_of(matrix: Matrix, line: Line) -> dict[str, str]:
    """Return the letters that each role of the matrix claims by its mark; a role that claims nothing is left out."""
    found = {
        role: claimed_letters(matrix.scheme, voice.mark.value)
        for role, voice in line.voices.items()
        if role in matrix.columns
    }
    return {role: letters for role, letters in found.items() if letters}


def question_of(blind: models.Round, line: Line) -> str:
    """Return what is asked of whoever decides a row of a round."""
    asked = {
        Verdict.COLLISION: _("More than one role said in the blind round %(title)s that it is theirs. Whose is it?"),
        Verdict.ORPHAN: _("Nobody took it in the blind round %(title)s. Whose is it?"),
        Verdict.NAME_ONE: _("All share it, as they said in the blind round %(title)s. Which of them is accountable?"),
    }
    other = _("The roles did not agree in the blind round %(title)s. Whose is it?")
    return asked.get(line.verdict, other) % {"title": blind.title}
