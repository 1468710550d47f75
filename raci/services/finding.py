"""Who owns what: whatever is found in an organisation, with its answer."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from raci import models
from raci.domain.find import Entry, Index, Rank, Sort
from raci.domain.matrix import Matrix
from raci.domain.owned import Answer, Extent, Load, area_extents, duty_answers, entries, name_of, role_loads
from raci.domain.records import Decision, Duty
from raci.domain.scheme import Scheme
from raci.services.loading import load_matrix
from raci.services.snapshot import snapshot

_KEPT = 4
_cache: OrderedDict[tuple[int, str], "_Desk"] = OrderedDict()
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
class Found:
    """One thing found, with the answers of the matrices that have one. ``pair``: who shares an area."""

    entry: Entry
    rank: Rank
    retired: bool = False
    answers: tuple[Answer, ...] = ()
    loads: tuple[Load, ...] = ()
    extents: tuple[Extent, ...] = ()
    pair: tuple[str, ...] = ()
    decided: Decided | None = None


@dataclass(frozen=True)
class Finds:
    """The best, best first; how many there are in all; whether they only come close to what was typed."""

    best: tuple[Found, ...]
    total: int
    is_near: bool


def who_owns(organisation: models.Organisation, typed: str, limit: int = 50) -> Finds:
    """Find duties, roles, areas and decisions of an organisation, each with who owns it.

    Asks the database nothing where this process knows the revision that ``organisation`` was read at.
    """
    desk = _kept(organisation.pk, organisation.head) or _read(organisation)
    hits = desk.index.find(typed, limit)
    return Finds(tuple(desk.found(hit.entry, hit.rank) for hit in hits.best), hits.total, hits.is_near)


class _Desk:
    """The matrices of an organisation at one revision, with the index over them."""

    def __init__(self, matrices: list[Matrix]) -> None:
        self.matrices = matrices
        self.by_key = {matrix.key: matrix for matrix in matrices}
        self.index = Index(entries(matrices))

    def found(self, entry: Entry, rank: Rank) -> Found:
        """Return an entry with its answer."""
        register = self.matrices[0]
        match entry.sort:
            case Sort.DUTY:
                retired = register.duties[entry.key].retired
                return Found(entry, rank, retired, answers=duty_answers(self.matrices, entry.key))
            case Sort.ROLE:
                retired = register.roles[entry.key].retired
                return Found(entry, rank, retired, loads=role_loads(self.matrices, entry.key))
            case Sort.AREA:
                pair = tuple(name_of(register, role) for role in register.areas[entry.key].pair)
                return Found(entry, rank, extents=area_extents(self.matrices, entry.key), pair=pair)
            case Sort.DECISION:
                return Found(entry, rank, decided=_decided(self.by_key[entry.matrix], entry.key))


def _decided(matrix: Matrix, key: str) -> Decided:
    decision = matrix.decisions[key]
    in_force = matrix.decision_by_duty.get(decision.duty) == key
    state = "withdrawn" if decision.withdrawn_on else "" if in_force else "replaced"
    duty, owner = matrix.duties[decision.duty], name_of(matrix, decision.owner)
    return Decided(decision, duty, owner, matrix.sheet.title, matrix.scheme, state)


def _read(organisation: models.Organisation) -> _Desk:
    """Read every matrix of an organisation as of one revision, and keep them under the hash of that."""
    while True:
        with snapshot():
            head = _head(organisation)
            matrices = models.Matrix.objects.filter(organisation=organisation).order_by("position", "pk")
            desk = _Desk([load_matrix(matrix) for matrix in matrices])
            # Inside a caller's own transaction PostgreSQL shows each query what was committed before it.
            if _head(organisation) == head:
                return _keep(organisation.pk, head, desk)


def _head(organisation: models.Organisation) -> str:
    return models.Organisation.objects.values_list("head", flat=True).get(pk=organisation.pk)


def _kept(organisation: int, head: str) -> _Desk | None:
    with _lock:
        found = _cache.get((organisation, head))
        if found:
            _cache.move_to_end((organisation, head))
        return found


def _keep(organisation: int, head: str, desk: _Desk) -> _Desk:
    with _lock:
        _cache[organisation, head] = desk
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return desk
