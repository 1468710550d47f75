"""Blind rounds: opened over some rows of a matrix for some of its roles, revealed, closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.records import Kind, Round, RoundStatus, encode, to_fields
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes
from raci.services.loading import load_matrix
from raci.services.marks import ANSWERING, counts
from raci.services.speaking import speakers
from raci.services.validation import Refusal
from raci.services.words import shown_number

# A form of so many rows still fits into one request, and nobody marks more in one sitting.
MOST_ROWS = 400
FEWEST_ROLES = 2


@dataclass(frozen=True)
class Person:
    """Somebody who is asked in a round: for which of its roles, by name, and how many rows they have marked."""

    user: int
    name: str
    roles: tuple[str, ...]
    answered: int
    asked: int

    @property
    def is_done(self) -> bool:
        return self.answered >= self.asked


@dataclass(frozen=True)
class Progress:
    """Who has answered how much of a round. ``silent`` names the roles for which nobody is asked."""

    people: tuple[Person, ...]
    silent: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        return sum(person.answered for person in self.people)

    @property
    def asked(self) -> int:
        return sum(person.asked for person in self.people)

    @property
    def missing(self) -> tuple[Person, ...]:
        """Those who have not marked every row."""
        return tuple(person for person in self.people if not person.is_done)

    @property
    def is_done(self) -> bool:
        return bool(self.people) and not self.missing and not self.silent


def rows_in_question(matrix: Matrix) -> tuple[str, ...]:
    """Return the rows with an open grey area, in order."""
    return tuple(duty for duty in matrix.applicable_rows if duty in matrix.open_by_duty)


def rows_of_overlaps(matrix: Matrix) -> tuple[str, ...]:
    """Return the rows of areas that are declared overlaps of two roles, in order."""
    overlaps = {key for key, area in matrix.areas.items() if area.is_overlap}
    return tuple(duty for duty in matrix.applicable_rows if matrix.duties[duty].area in overlaps)


def open_round(
    *,
    matrix: models.Matrix,
    title: str,
    duties: Collection[str],
    roles: Collection[str],
    due_on: date | None,
    author: Author,
    key: str = "",
) -> Outcome:
    """Open a round over rows of a matrix for roles of it, all given by key. ``key`` is its own, else a new one."""
    loaded = load_matrix(matrix)
    if refusals := list(_against(loaded, duties, roles)):
        return Outcome(refusals=tuple(refusals))
    wanted = Round(
        title=title,
        duties=dict.fromkeys(duties, ""),
        roles=dict.fromkeys(roles, ""),
        opened_on=timezone.localdate(author.at) if author.at else timezone.localdate(),
        opened_by=author.name,
        due_on=due_on,
    )
    change = Change(Address(Kind.ROUND, matrix.key, key or new_key()), "", None, to_fields(wanted))
    return apply_changes(organisation=matrix.organisation, changes=[change], author=author)


def _against(matrix: Matrix, duties: Collection[str], roles: Collection[str]) -> Sequence[Refusal]:
    found = []
    if len(set(roles)) < FEWEST_ROLES or not set(roles) <= matrix.columns.keys():
        found.append(Refusal(None, _("Choose two roles of the matrix or more."), "roles"))
    if not duties or not set(duties) <= set(matrix.applicable_rows):
        found.append(Refusal(None, _("Choose rows of the matrix that apply."), "duties"))
    if len(duties) > MOST_ROWS:
        text = _("A round takes at most %(most)s rows: choose fewer, and open another for the rest.")
        found.append(Refusal(None, text % {"most": shown_number(MOST_ROWS)}, "duties"))
    return found


def reveal(*, blind: models.Round, author: Author) -> Outcome:
    """Let everybody who reads the organisation see the marks. No more can be made, and it cannot be taken back."""
    today = timezone.localdate(author.at) if author.at else timezone.localdate()
    changes = [
        _status(blind, RoundStatus.OPEN, RoundStatus.REVEALED),
        Change(_address(blind), "revealed_on", encode(blind.revealed_on), encode(today)),
    ]
    return apply_changes(organisation=blind.matrix.organisation, changes=changes, author=author)


def close(*, blind: models.Round, author: Author) -> Outcome:
    """End a round. Where it was not revealed, its marks stay with those who made them."""
    change = _status(blind, RoundStatus(blind.status), RoundStatus.CLOSED)
    return apply_changes(organisation=blind.matrix.organisation, changes=[change], author=author)


def _address(blind: models.Round) -> Address:
    return Address(Kind.ROUND, blind.matrix.key, blind.key)


def _status(blind: models.Round, before: RoundStatus, after: RoundStatus) -> Change:
    return Change(_address(blind), "status", before.value, after.value)


def progress_of(rounds: Sequence[models.Round]) -> dict[int, Progress]:
    """Return who has answered how much, by the id of each round, in six queries for any number of them."""
    if not rounds:
        return {}
    counted = counts(item.pk for item in rounds)
    organisations = {item.matrix.organisation_id for item in rounds}
    roles = {key for item in rounds for key in item.roles}
    named = models.Role.objects.filter(organisation__in=organisations, key__in=roles)
    names = dict(named.values_list("key", "name"))
    members = _members(organisations, roles)
    return {item.pk: _progress(item, members, names, counted) for item in rounds}


@dataclass(frozen=True)
class _Member:
    organisation: int
    user: int
    name: str
    role: str


def _members(organisations: Collection[int], roles: Collection[str]) -> list[_Member]:
    """Return who speaks for which role and may answer; once for each role."""
    members = models.Membership.objects.filter(
        organisation__in=organisations, level__in=ANSWERING, user__is_active=True
    ).order_by("user__last_name", "user__username", "pk")
    return [
        _Member(one.member.organisation_id, one.member.user_id, str(one.member.user), one.role)
        for one in speakers(members, timezone.localdate(), roles)
    ]


def _progress(
    blind: models.Round,
    members: Sequence[_Member],
    names: Mapping[str, str],
    counted: Mapping[tuple[int, int, str], int],
) -> Progress:
    mine: dict[int, list[_Member]] = {}
    for member in members:
        if member.organisation == blind.matrix.organisation_id and member.role in blind.roles:
            mine.setdefault(member.user, []).append(member)
    people = tuple(
        Person(
            user=user,
            name=found[0].name,
            roles=tuple(names[one.role] for one in found),
            answered=sum(counted.get((blind.pk, user, one.role), 0) for one in found),
            asked=len(blind.duties) * len(found),
        )
        for user, found in mine.items()
    )
    spoken = {one.role for found in mine.values() for one in found}
    return Progress(people, tuple(names.get(key, key) for key in blind.roles if key not in spoken))
