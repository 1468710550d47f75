"""The boundary of two roles as it stands: worked out from all that is on record, with what the catalogue says."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.utils.translation import gettext as _

from raci import models
from raci.domain.boundary import Boundary, Entry, Pair, Share, boundary, pairs, worked_on
from raci.domain.matrix import Matrix
from raci.domain.records import Agreement, Baseline, Decision, Part
from raci.domain.whole import Whole
from raci.services.history import NoSuchRevision
from raci.services.settling.words import part_in_words
from raci.services.whole import load_whole, whole_at


@dataclass(frozen=True)
class Said:
    """What the catalogue says of two roles beside their differences: its kind of entry, its code, and the words."""

    kind: str
    code: str
    title: str
    text: str


@dataclass(frozen=True)
class Between:
    """Two roles of an organisation on a day, and everything between them. ``agreements`` are those of the two."""

    whole: Whole
    found: Boundary
    said: tuple[Said, ...]
    today: date

    @property
    def register(self) -> Matrix:
        return self.whole.register

    @property
    def names(self) -> tuple[str, str]:
        """What the two roles are called."""
        return self.register.roles[self.found.first].name, self.register.roles[self.found.second].name

    @property
    def agreements(self) -> Mapping[str, Agreement]:
        """The agreements between the two by key, those that hold everywhere first."""
        pair = {self.found.first, self.found.second}
        mine = {key: one for key, one in self.register.agreements.items() if {one.first_role, one.second_role} == pair}
        return {key: mine[key] for key in sorted(mine, key=lambda key: (mine[key].sheet, key))}


def between(organisation: models.Organisation, first: str, second: str, today: date) -> Between | None:
    """Return what stands between two roles, by their keys; None where one of them is not on record."""
    whole = load_whole(organisation)
    if first not in whole.register.roles or second not in whole.register.roles:
        return None
    entries, said = _catalogue(whole.register, first, second)
    return Between(whole, boundary(whole, first, second, today=today, catalogue=entries), said, today)


# Entries point at one another by their codes, which say nothing to a reader.
_CODES = re.compile(r"\s*\([A-Z]+-[A-Z0-9]+(?:, [A-Z]+-[A-Z0-9]+)*\)")
_KINDS = ("difference", "overlap", "statement", "principle")


def _catalogue(register: Matrix, first: str, second: str) -> tuple[tuple[Entry, ...], tuple[Said, ...]]:
    """Return the differences that the catalogue knows of two roles, and what else it says of the pair."""
    one, other = (register.roles[key].source for key in (first, second))
    if not one or not other or one == other:
        return (), ()
    rows = list(
        models.CatalogueEntry.objects.filter(kind__in=_KINDS, role__in=[one, other], other_role__in=[one, other])
    )
    entries = tuple(
        _entry(row, row.role != one) for row in rows if row.kind == "difference" and row.role != row.other_role
    )
    said = (Said(row.kind, row.code, row.title, _CODES.sub("", row.text)) for row in rows if row.kind != "difference")
    return entries, tuple(said)


def _entry(row: models.CatalogueEntry, turned: bool) -> Entry:
    values = [str(row.details.get(name, "")) for name in ("first", "second")]
    first, second = reversed(values) if turned else values
    return Entry(row.code, str(row.details.get("dimension") or row.title), first, second)


def decision_in_words(matrix: Matrix, key: str) -> str:
    """Return a decision on one line: its type, its terms, and what each role gets by it."""
    decision: Decision = matrix.decisions[key]
    words = [str(models.Decision.Type(decision.type.value).label)]
    if decision.terms:
        words.append(f"({' '.join(decision.terms.split())})")
    parts = [_part(matrix, decision, part) for part in matrix.parts_of(key)]
    if not parts and decision.owner in matrix.roles:
        parts = [matrix.roles[decision.owner].name]
    return f"{' '.join(words)}: {'; '.join(parts)}" if parts else " ".join(words)


def _part(matrix: Matrix, decision: Decision, part: Part) -> str:
    name = matrix.roles[part.role].name if part.role in matrix.roles else part.role
    about = part_in_words(decision, part)
    return _("%(role)s %(about)s") % {"role": name, "about": about} if about else name


def pairs_of(organisation: models.Organisation) -> tuple[Whole, tuple[Pair, ...]]:
    """Return the pairs of roles of an organisation that are worth looking at, and what they are called in."""
    whole = load_whole(organisation)
    return whole, pairs(whole)


# --- The coefficient over the baselines


@dataclass(frozen=True)
class Point:
    """How much two roles had in common at a baseline; None where that revision cannot be read any more."""

    key: str
    baseline: Baseline
    share: Share | None


_KEPT = 64
# By the hash of a revision: on which duties each role worked then. A past revision never changes.
_then: OrderedDict[str, Mapping[str, frozenset[str]]] = OrderedDict()
_lock = Lock()


def trend(organisation: models.Organisation, register: Matrix, first: str, second: str) -> tuple[Point, ...]:
    """Return how much two roles had in common at each baseline, in the order of the revisions."""
    baselines = sorted(register.baselines.items(), key=lambda item: (item[1].number, item[0]))
    numbers = {one.number for _key, one in baselines}
    hashes = (
        dict(
            models.Revision.objects.filter(organisation=organisation, number__in=numbers).values_list("number", "hash")
        )
        if numbers
        else {}
    )
    return tuple(
        Point(key, one, _share_at(organisation, one.number, hashes.get(one.number, ""), (first, second)))
        for key, one in baselines
    )


def _share_at(organisation: models.Organisation, number: int, digest: str, pair: Sequence[str]) -> Share | None:
    if not digest:
        return None
    with _lock:
        known = _then.get(digest)
    if known is None:
        try:
            whole = whole_at(organisation, number)
        except NoSuchRevision:
            return None
        known = {role: worked_on(whole, role) for role in whole.register.roles}
        with _lock:
            _then[digest] = known
            while len(_then) > _KEPT:
                _then.popitem(last=False)
    first, second = (known.get(role, frozenset()) for role in pair)
    return Share(len(first), len(second), len(first & second))
