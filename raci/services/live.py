"""A matrix while people work in it: what is newer than what somebody has seen, and their own steps back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Change, invert
from raci.domain.deeds import Deed, stacks
from raci.domain.matrix import Matrix, concerns
from raci.domain.records import Kind
from raci.domain.scheme import WrongLetters, parse_letters
from raci.services.describing import describe
from raci.services.door import CHANGE_PARTS, Author, Outcome, apply_changes, changes_of, to_change, undo
from raci.services.loading import changes_between
from raci.services.naming import names_for
from raci.services.validation import Refusal
from raci.services.words import said

# More changes than these are not told one by one: reading the matrix anew is quicker.
MOST_TOLD = 5_000
# How far back a person's own steps are looked for.
_STEPS = 500


@dataclass(frozen=True)
class Told:
    """A revision as far as it concerns a matrix: who made it, and what it changed there or in the register."""

    number: int
    name: str
    user: int | None
    changes: tuple[Change, ...]


def told_since(matrix: Matrix, organisation: int, since: int) -> list[Told] | None:
    """Return the revisions after one up to that of a loaded matrix, in order; None where they are too many to tell."""
    rows = changes_between(organisation, matrix.key, since, matrix.revision)
    who = ("revision__number", "revision__actor_name", "revision__actor_id")
    found = list(rows.values_list(*who, *CHANGE_PARTS)[: MOST_TOLD + 1])
    if len(found) > MOST_TOLD:
        return None
    told = []
    for (number, name, user), parts in groupby(found, key=lambda row: row[:3]):
        changes = tuple(change for row in parts if concerns(matrix, change := to_change(*row[3:])))
        if changes:
            told.append(Told(number, name, user, changes))
    return told


def write_cells(matrix: models.Matrix, typed: Sequence[Change], author: Author) -> Outcome:
    """Write cells as one revision; ``after`` of each may be as a person types it ("r/a").

    Where some of them cannot be, all of those are named and none is written.
    """
    scheme = matrix.scheme.to_domain()
    changes, refusals = [], []
    for change in typed:
        try:
            wanted = parse_letters(scheme, str(change.after))
            changes.append(Change(change.address, change.field, change.before, wanted))
        except WrongLetters as error:
            refusals.append(Refusal(change, f"{said(error.sentence)}."))
    if refusals:
        return Outcome(refusals=tuple(refusals))
    return apply_changes(organisation=matrix.organisation, changes=changes, author=author)


@dataclass(frozen=True)
class Step:
    """What became of a step back or forth: of which revision, what it did or would have done in words, and where."""

    number: int
    sentence: str
    changes: tuple[Change, ...]
    outcome: Outcome

    @property
    def by(self) -> str:
        """Who is in the way, "" where nobody is."""
        latest = max(self.outcome.touched.values(), key=lambda touched: touched.number, default=None)
        return latest.by if latest else ""


def step(matrix: models.Matrix, user: models.User, *, back: bool, skip: Collection[int] = ()) -> Step | None:
    """Take back the latest thing that a person did in a matrix or its register, or do again what they took back.

    Returns None where there is no such thing. ``skip`` are revisions to pass over.
    """
    found = stacks(_deeds(matrix, user), skip)
    numbers = found.done if back else found.undone
    if not numbers:
        return None
    number = numbers[-1]
    author = Author.of(user, "undo", _("Takes back revision %(number)d") % {"number": number})
    outcome = undo(organisation=matrix.organisation, number=number, author=author)
    made = outcome.revision or models.Revision.objects.get(organisation=matrix.organisation_id, number=number)
    changes = changes_of(made) if outcome.revision else invert(changes_of(made))
    return Step(number, _summary(changes), changes, outcome)


def _deeds(matrix: models.Matrix, user: models.User) -> list[Deed]:
    own = models.RevisionChange.objects.filter(
        Q(matrix=matrix.key) | Q(matrix="") & (~Q(kind=Kind.SHEET) | Q(subject=matrix.key)), revision=OuterRef("pk")
    )
    rows = models.Revision.objects.filter(organisation=matrix.organisation_id, actor=user).order_by("-number")
    # A round is no step in the grid: what people marked in it cannot be typed again.
    rounds = models.RevisionChange.objects.filter(kind=Kind.ROUND, revision=OuterRef("pk"))
    latest = rows.filter(~Exists(rounds)).annotate(here=Exists(own)).values_list("number", "undoes", "here")[:_STEPS]
    return [Deed(number, undoes) for number, undoes, here in reversed(latest) if here]


def _summary(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    first = describe(changes[0], names_for(changes[:1]))
    if len(changes) == 1:
        return first
    return f"{first} " + _("… and %(count)d more changes") % {"count": len(changes) - 1}
