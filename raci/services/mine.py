"""What somebody is accountable for over all matrices, and what changed there since they last looked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from raci import models
from raci.domain.change import Change
from raci.domain.lint import DEFAULTS, Finding, across, merged
from raci.domain.mine import Mine, mine_of
from raci.domain.records import Kind
from raci.domain.whole import Whole
from raci.services.across import standings
from raci.services.describing import tell
from raci.services.door import CHANGE_PARTS, from_microseconds, to_change
from raci.services.linting import findings_of
from raci.services.naming import names_for
from raci.services.said import Said
from raci.services.whole import load_whole

# More than this of one person's changes nobody reads; the history has all of them.
_MOST_TOLD = 100
# How many changes of everybody are looked through for them.
_MOST_READ = 20_000


@dataclass(frozen=True)
class Told:
    """A revision as far as it touches somebody's roles and rows."""

    number: int
    by: str
    at: datetime
    reason: str
    sentences: tuple[Said, ...]


@dataclass(frozen=True)
class Since:
    """What changed for somebody after a revision; ``at`` is when they looked, None where only a number was asked for.

    ``is_cut`` where there was more than is told.
    """

    number: int
    at: datetime | None
    told: tuple[Told, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True)
class Accountable:
    """What a person is accountable for, and how many findings are about it."""

    whole: Whole
    mine: Mine
    findings: int = 0
    since: Since | None = None


def accountable(organisation: models.Organisation, person: models.Person, today: date) -> Accountable:
    """Return what a person is accountable for today. The number of queries does not grow with duties and holdings."""
    whole = load_whole(organisation)
    mine = mine_of(whole, person.key, today)
    return Accountable(whole, mine, len(_findings(organisation, whole, mine, today)))


def last_look(organisation: models.Organisation, user: models.User) -> models.Look | None:
    """Return when somebody last looked at what they are accountable for, None before the first time."""
    return models.Look.objects.filter(organisation=organisation, user=user).first()


def note_look(organisation: models.Organisation, user: models.User, number: int) -> None:
    """Note that somebody has what they are accountable for before them, as of a revision."""
    models.Look.objects.update_or_create(organisation=organisation, user=user, defaults={"number": number})


def _findings(organisation: models.Organisation, whole: Whole, mine: Mine, today: date) -> list[Finding]:
    """Return the findings on rows that they answer for or do, and on their columns."""
    head = models.Organisation.objects.values_list("head", flat=True).get(pk=organisation.pk)
    rows: dict[str, set[str]] = {}
    for task in mine.tasks:
        rows.setdefault(task.matrix.key, set()).add(task.duty)
    found: list[Finding] = []
    for matrix in whole.matrices:
        if mine.roles.isdisjoint(matrix.columns):
            continue
        against = across(matrix, standings(organisation.pk, head), today, DEFAULTS)
        for one in merged(findings_of(matrix, today), against):
            about = one.subject
            if about.duty in rows.get(matrix.key, ()) if about.duty else about.role in mine.roles:
                found.append(one)
    return found


@dataclass(frozen=True)
class _Reach:
    """What belongs to a person: their roles, their rows by matrix, and the keys of their holdings and absences.

    ``duty_of`` says which duty a grey area, a decision or a comment is about.
    """

    person: str
    roles: frozenset[str]
    rows: frozenset[tuple[str, str]]
    own: frozenset[str]
    duty_of: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, whole: Whole, mine: Mine, person: str) -> "_Reach":
        rows = {(task.matrix.key, task.duty) for task in mine.tasks}
        rows |= {(one.matrix.key, one.duty) for one in mine.interims}
        duty_of: dict[tuple[str, str], str] = {}
        for matrix in whole.matrices:
            for shelf in (matrix.grey_areas, matrix.decisions, matrix.comments):
                duty_of |= {(matrix.key, key): record.duty for key, record in shelf.items()}
        register = whole.register
        own = {key for (_role, key), one in register.holdings.items() if one.person == person}
        own |= {key for key, one in register.absences.items() if person in (one.person, one.cover)}
        return cls(person, frozenset(post.role for post in mine.posts), frozenset(rows), frozenset(own), duty_of)

    def touches(self, change: Change) -> bool:
        """Tell whether a change is about the roles or the rows of the person, or about themselves."""
        address = change.address
        sides = [side for side in (change.before, change.after) if isinstance(side, Mapping)]
        if address.kind in (Kind.HOLDING, Kind.ABSENCE, Kind.SIGNATURE):
            named = any(self.person in (side.get("person"), side.get("cover")) for side in sides)
            about = {address.subject, address.other}
            return named or not about.isdisjoint(self.roles | self.own) or self.person in (change.before, change.after)
        if address.subject in self.roles or address.other in self.roles:
            return True
        if address.matrix:
            duties = {address.subject, self.duty_of.get((address.matrix, address.subject), "")}
            duties |= {str(side["duty"]) for side in sides if "duty" in side}
            return any((address.matrix, duty) in self.rows for duty in duties)
        about = {address.subject, address.other, *(str(side.get(name, "")) for side in sides for name in _ROLE_FIELDS)}
        return not about.isdisjoint(self.roles) or any(duty in about for _matrix, duty in self.rows)


_ROLE_FIELDS = ("first_role", "second_role")


def changed_since(
    organisation: models.Organisation, found: Accountable, person: models.Person, number: int, at: datetime | None
) -> Since:
    """Return what changed after a revision for a person, latest first, in a constant number of queries."""
    reach = _Reach.of(found.whole, found.mine, person.key)
    rows = models.RevisionChange.objects.filter(revision__organisation=organisation, revision__number__gt=number)
    about = ("revision__number", "revision__actor_name", "revision__at_us", "revision__reason")
    parts = list(rows.order_by("-revision__number", "ordinal").values_list(*about, *CHANGE_PARTS)[: _MOST_READ + 1])
    touched = [(row[:4], change) for row in parts if reach.touches(change := to_change(*row[4:]))]
    told = tuple(_told(touched[:_MOST_TOLD]))
    return Since(number, at, told, len(touched) > _MOST_TOLD or len(parts) > _MOST_READ)


def _told(touched: list[tuple[Any, Change]]) -> Iterator[Told]:
    names = names_for([change for _about, change in touched])
    by_revision: dict[Any, list[Said]] = {}
    for about, change in touched:
        by_revision.setdefault(about, []).append(tell(change, names))
    for (number, by, at_us, reason), sentences in by_revision.items():
        yield Told(number, by, timezone.localtime(from_microseconds(at_us)), reason, tuple(sentences))
