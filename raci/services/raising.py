"""Grey areas from being raised to being withdrawn: every question is open once, whoever raises it and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.raising import unraised_overlaps
from raci.domain.records import Claim, Fields, GreyArea, GreyAreaStatus, Kind, Origin, Value, to_fields
from raci.domain.structure import edited
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes
from raci.services.loading import load_matrix
from raci.services.validation import Refusal

_TRIES = 3


@dataclass(frozen=True)
class Raised:
    """What became of raising one. ``key`` is the grey area that is open now; ``found`` where it was open before."""

    outcome: Outcome
    key: str = ""
    found: bool = False


@dataclass(frozen=True)
class Terms:
    """Who decides, until when, and who owns the duty meanwhile. ``decider`` and ``interim`` are role keys."""

    decider: str = ""
    due_on: date | None = None
    interim: str = ""


@dataclass(frozen=True)
class RaisedMany:
    """What became of raising many: how many were, and how many somebody had raised or decided meanwhile."""

    outcome: Outcome
    raised: int = 0
    passed: int = 0


@dataclass(frozen=True)
class Seen:
    """A grey area as it was shown when somebody began to do something about it."""

    matrix: models.Matrix
    key: str
    fields: Mapping[str, Value] = field(default_factory=dict)

    @property
    def address(self) -> Address:
        return Address(Kind.GREY_AREA, self.matrix.key, self.key)


def raise_grey_area(
    *, matrix: models.Matrix, wanted: GreyArea, author: Author, claims: Mapping[str, Claim] | None = None
) -> Raised:
    """Raise a grey area with the claims made for it, by role key. Where the row has an open one, that is found."""
    loaded = load_matrix(matrix)
    if key := loaded.open_by_duty.get(wanted.duty):
        return Raised(Outcome(), key, found=True)
    if trouble := _not_asked(loaded, wanted.duty):
        return Raised(Outcome(refusals=(Refusal(None, trouble, "duty"),)))
    key = new_key()
    changes = [
        _still_applies(matrix.key, wanted.duty),
        Change(Address(Kind.GREY_AREA, matrix.key, key), "", None, to_fields(wanted)),
        *(
            Change(Address(Kind.CLAIM, matrix.key, key, role), "", None, to_fields(claim))
            for role, claim in (claims or {}).items()
        ),
    ]
    outcome = apply_changes(organisation=matrix.organisation, changes=changes, author=author)
    if outcome.ok:
        return Raised(outcome, key)
    # The database lets one be open for each row: where somebody was faster, theirs is the one.
    if first := load_matrix(matrix).open_by_duty.get(wanted.duty):
        return Raised(Outcome(), first, found=True)
    return Raised(outcome)


def raise_overlaps(
    *,
    organisation: models.Organisation,
    picked: Mapping[models.Matrix, Sequence[str]],
    terms: Terms,
    author: Author,
) -> RaisedMany:
    """Raise the declared overlaps picked in each matrix, as one revision; what is no longer to be raised is passed."""
    asked = sum(map(len, picked.values()))
    for left in reversed(range(_TRIES)):
        changes: list[Change] = []
        for matrix, duties in picked.items():
            loaded = load_matrix(matrix)
            still = [duty for duty in unraised_overlaps(loaded) if duty in set(duties)]
            changes += [change for duty in still for change in _raising(loaded, duty, terms, author)]
        outcome = apply_changes(organisation=organisation, changes=changes, author=author)
        if outcome.ok or not left:
            break
    raised = sum(change.creates for change in changes) if outcome.ok else 0
    return RaisedMany(outcome, raised, asked - raised)


def _raising(matrix: Matrix, duty: str, terms: Terms, author: Author) -> list[Change]:
    wanted = GreyArea(
        duty,
        _("Who answers for “%(duty)s”?") % {"duty": matrix.duties[duty].title},
        origin=Origin.OVERLAP,
        decider=terms.decider,
        interim=terms.interim if terms.interim in matrix.columns else "",
        due_on=terms.due_on,
        raised_on=_day_of(author),
        raised_by=author.name,
    )
    created = Change(Address(Kind.GREY_AREA, matrix.key, new_key()), "", None, to_fields(wanted))
    return [_still_applies(matrix.key, duty), created]


def withdraw(*, seen: Seen, reason: str, author: Author) -> Outcome:
    """Say that a grey area is no question any more, and why; the reason stands in the history."""
    if not reason:
        return Outcome(refusals=(Refusal(None, _("Say why it is no question any more."), "reason"),))
    change = Change(seen.address, "status", GreyAreaStatus.OPEN.value, GreyAreaStatus.WITHDRAWN.value)
    return apply_changes(organisation=seen.matrix.organisation, changes=[change], author=author)


def change_terms(*, seen: Seen, wanted: Fields, author: Author) -> Outcome:
    """Change question, decider, due date or interim owner of an open grey area, where they are as they were seen."""
    changes = edited(seen.address, seen.fields, wanted)
    if not changes:
        return Outcome()
    still_open = Change(seen.address, "status", GreyAreaStatus.OPEN.value, GreyAreaStatus.OPEN.value)
    return apply_changes(organisation=seen.matrix.organisation, changes=[still_open, *changes], author=author)


def open_again(*, seen: Seen, reason: str, author: Author) -> Outcome:
    """Open a grey area again that was decided or withdrawn. Its age counts from today; a decision stays in force."""
    loaded = load_matrix(seen.matrix)
    found = loaded.grey_areas[seen.key]
    if not reason:
        return Outcome(refusals=(Refusal(None, _("Say why it is open again."), "reason"),))
    if trouble := _not_asked(loaded, found.duty) or _open_elsewhere(loaded, found.duty, seen.key):
        return Outcome(refusals=(Refusal(None, trouble),))
    before = found.reopened_on.isoformat() if found.reopened_on else ""
    changes = [
        _still_applies(seen.matrix.key, found.duty),
        Change(seen.address, "status", seen.fields["status"], GreyAreaStatus.OPEN.value),
        Change(seen.address, "reopened_on", before, _day_of(author).isoformat()),
    ]
    return apply_changes(organisation=seen.matrix.organisation, changes=changes, author=author)


def _day_of(author: Author) -> date:
    return timezone.localdate(author.at or timezone.now())


def _still_applies(matrix: str, duty: str) -> Change:
    """Change nothing, and let the door see that the row is still there and applies."""
    return Change(Address(Kind.ROW, matrix, duty), "applies", True, True)


def _not_asked(matrix: Matrix, duty: str) -> str:
    """Say why nobody can ask who answers for a duty, "" where one can."""
    if duty not in matrix.rows:
        return _("This duty is not in this matrix.")
    if matrix.rows[duty].applies:
        return ""
    text = _("%(duty)s does not apply in this matrix, so nobody has to answer for it.")
    return text % {"duty": matrix.duties[duty].code}


def _open_elsewhere(matrix: Matrix, duty: str, key: str) -> str:
    if matrix.open_by_duty.get(duty, key) == key:
        return ""
    return _("Another grey area of %(duty)s is open already.") % {"duty": matrix.duties[duty].code}
