"""Who owns what: whatever is found in an organisation, with its answer."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from django.utils import timezone

from raci import models
from raci.domain.find import Entry, Index, Rank, Sort
from raci.domain.matrix import Matrix
from raci.domain.owned import (
    Answer,
    Extent,
    Findable,
    Load,
    Person,
    area_extents,
    duty_answers,
    name_of,
    role_loads,
)
from raci.domain.records import Decision, Duty
from raci.domain.scheme import Scheme
from raci.services.loading import load_matrix
from raci.services.snapshot import snapshot
from raci.services.speaking import speakers

_KEPT = 4
_cache: OrderedDict[int, "_Desk"] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Decided:
    """A decision as an answer. ``state`` is "" for one in force, else "replaced" or "withdrawn"."""

    decision: Decision
    duty: Duty
    owner: str
    title: str
    scheme: Scheme
    state: str


@dataclass(frozen=True)
class Post:
    """A role that a person stands for, with what it holds in each matrix."""

    key: str
    name: str
    loads: tuple[Load, ...]


@dataclass(frozen=True)
class Found:
    """One thing found, with the answers of the matrices that have one.

    ``pair``: who shares an area, ``between`` by their keys; ``people``: who stands for a role; ``posts``: the roles
    that a person stands for.
    """

    entry: Entry
    rank: Rank
    retired: bool = False
    answers: tuple[Answer, ...] = ()
    loads: tuple[Load, ...] = ()
    extents: tuple[Extent, ...] = ()
    pair: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    decided: Decided | None = None
    people: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True)
class Finds:
    """The best, best first; how many there are in all; whether they only come close to what was typed."""

    best: tuple[Found, ...]
    total: int
    is_near: bool


def who_owns(organisation: models.Organisation, typed: str, limit: int = 50) -> Finds:
    """Find duties, roles, areas, people and decisions of an organisation, each with who owns it.

    Asks the database only who the people are where this process knows the revision of ``organisation`` as read.
    """
    if not typed.strip():
        return Finds((), 0, is_near=False)
    desk = _desk(organisation)
    hits = desk.index.find(typed, limit)
    return Finds(tuple(desk.found(hit.entry, hit.rank) for hit in hits.best), hits.total, hits.is_near)


@dataclass(frozen=True)
class _Desk:
    """The matrices of an organisation at one revision and its people, with the index over them."""

    head: str
    matrices: tuple[Matrix, ...]
    people: Mapping[str, Person]
    findable: Findable = field(default_factory=Findable)
    index: Index = field(default_factory=lambda: Index(()))

    def following(self, head: str, matrices: tuple[Matrix, ...], people: Mapping[str, Person]) -> "_Desk":
        """Return the desk of another revision or other people: only entries that are not the same are made anew."""
        findable = Findable.of(matrices, people)
        gone, changed = findable.since(self.findable)
        index = self.index.replaced(gone, changed) if gone or changed else self.index
        return _Desk(head, matrices, people, findable, index)

    def found(self, entry: Entry, rank: Rank) -> Found:
        """Return an entry with its answer."""
        if entry.sort is Sort.PERSON:
            return Found(entry, rank, posts=tuple(self._posts(self.people[entry.key])))
        register = self.matrices[0]
        match entry.sort:
            case Sort.DUTY:
                retired = register.duties[entry.key].retired
                return Found(entry, rank, retired, answers=duty_answers(self.matrices, entry.key))
            case Sort.ROLE:
                retired = register.roles[entry.key].retired
                people = tuple(person.name for person in self.people.values() if entry.key in person.roles)
                return Found(entry, rank, retired, loads=role_loads(self.matrices, entry.key), people=people)
            case Sort.AREA:
                between = register.areas[entry.key].pair
                pair = tuple(name_of(register, role) for role in between)
                return Found(entry, rank, extents=area_extents(self.matrices, entry.key), pair=pair, between=between)
        (matrix,) = (matrix for matrix in self.matrices if matrix.key == entry.matrix)
        return Found(entry, rank, decided=_decided(matrix, entry.key))

    def _posts(self, person: Person) -> Iterable[Post]:
        for role in person.roles:
            if self.matrices and role in self.matrices[0].roles:
                yield Post(role, name_of(self.matrices[0], role), role_loads(self.matrices, role))


def _decided(matrix: Matrix, key: str) -> Decided:
    decision = matrix.decisions[key]
    in_force = matrix.decision_by_duty.get(decision.duty) == key
    state = "withdrawn" if decision.withdrawn_on else "" if in_force else "replaced"
    duty, owner = matrix.duties[decision.duty], name_of(matrix, decision.owner)
    return Decided(decision, duty, owner, matrix.sheet.title, matrix.scheme, state)


def _desk(organisation: models.Organisation) -> _Desk:
    """Return the desk as of a revision, from memory where it is known; the latest one known is caught up otherwise."""
    people = _people(organisation)
    with _lock:
        known = _cache.get(organisation.pk)
    if known is None or known.head != organisation.head:
        head, matrices = _read(organisation)
        known = (known or _Desk("", (), {})).following(head, matrices, people)
    elif known.people != people:
        known = known.following(known.head, known.matrices, people)
    with _lock:
        _cache[organisation.pk] = known
        _cache.move_to_end(organisation.pk)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return known


def _people(organisation: models.Organisation) -> dict[str, Person]:
    """Return the active members by key. History knows nothing of them, so they are read each time."""
    active = models.Membership.objects.filter(organisation=organisation, user__is_active=True)
    members = list(active.select_related("user").order_by("pk"))
    roles: dict[int, tuple[str, ...]] = {}
    for one in speakers(members, timezone.localdate()):
        roles[one.member.pk] = (*roles.get(one.member.pk, ()), one.role)
    return {str(one.pk): Person(str(one.user), roles.get(one.pk, ())) for one in members}


def _read(organisation: models.Organisation) -> tuple[str, tuple[Matrix, ...]]:
    """Read every matrix of an organisation as of one revision, with the hash of that."""
    while True:
        with snapshot():
            head = _head(organisation)
            matrices = models.Matrix.objects.filter(organisation=organisation).order_by("position", "pk")
            loaded = tuple(load_matrix(matrix) for matrix in matrices)
            # Inside a caller's own transaction PostgreSQL shows each query what was committed before it.
            if _head(organisation) == head:
                return head, loaded


def _head(organisation: models.Organisation) -> str:
    return models.Organisation.objects.values_list("head", flat=True).get(pk=organisation.pk)
