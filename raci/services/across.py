"""What the matrices of an organisation say of who owns what, held against one another."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from itertools import combinations
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import Q

from raci import models
from raci.domain.lint.across import Standing, intersect
from raci.domain.records import DecisionType, ScopeKind
from raci.domain.scheme import LetterClass, Scheme, split_letters
from raci.services.snapshot import snapshot

_KEPT = 4
# By organisation: the hash of the revision, and what was read at it.
_cache: OrderedDict[int, tuple[str, tuple[Standing, ...]]] = OrderedDict()
_lock = Lock()


class _Sheet(NamedTuple):
    pk: int
    key: str
    title: str
    scope_kind: ScopeKind
    scope_name: str
    scheme: str


def standings(organisation: int, head: str) -> tuple[Standing, ...]:
    """Return what the matrices of an organisation say whose scopes meet that of another; all, where people hold roles.

    ``head`` is the hash of the latest revision. At most seven queries, however many matrices there are, and none
    where this process has looked at that revision before.
    """
    with _lock:
        known = _cache.get(organisation)
    if known and known[0] == head:
        return known[1]
    with snapshot():
        now = models.Organisation.objects.values_list("head", flat=True).get(pk=organisation)
        found = _read(organisation)
    with _lock:
        _cache[organisation] = (now, found)
        _cache.move_to_end(organisation)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return found


def _read(organisation: int) -> tuple[Standing, ...]:
    names = ("pk", "key", "title", "scope_kind", "scope_name", "scheme__code")
    rows = models.Matrix.objects.filter(organisation=organisation).order_by("position", "pk").values_list(*names)
    sheets = [_Sheet(pk, key, title, ScopeKind(kind), *rest) for pk, key, title, kind, *rest in rows]
    near = {pair for one, other in combinations(sheets, 2) if intersect(one, other) for pair in (one, other)}
    if len(sheets) > 1 and models.Holding.objects.filter(role__organisation=organisation).exists():
        near = set(sheets)  # whoever holds several roles holds them in all matrices
    if not near:
        return ()
    owners, split, doers = _owning(near), _split(near), _doing(organisation, near)
    return tuple(
        Standing(
            one.key,
            one.title,
            one.scope_kind,
            one.scope_name,
            owners.get(one.pk, {}),
            split.get(one.pk, frozenset()),
            doers.get(one.pk, {}),
        )
        for one in sheets
        if one in near
    )


def _owning(sheets: set[_Sheet]) -> Mapping[int, Mapping[str, frozenset[str]]]:
    """Return by matrix and duty the roles that hold a letter for owning, in rows that apply."""
    return _holding(sheets, lambda scheme: scheme.codes_of(scheme.pivot))


def _doing(organisation: int, sheets: set[_Sheet]) -> Mapping[int, Mapping[str, frozenset[str]]]:
    """Return the same for doing, only of duties that are on record as incompatible with another."""
    pairs = models.Incompatibility.objects.filter(duty__organisation=organisation).order_by()
    apart = {pk for pair in pairs.values_list("duty", "other") for pk in pair}
    if not apart:
        return {}
    return _holding(sheets, lambda scheme: scheme.codes_of(LetterClass.DOER), row__duty__in=apart)


def _holding(
    sheets: set[_Sheet], codes: Callable[[Scheme], frozenset[str]], **only: Any
) -> Mapping[int, Mapping[str, frozenset[str]]]:
    schemes = _schemes({one.scheme for one in sheets})
    by_pk = {one.pk: codes(schemes[one.scheme]) for one in sheets}
    wanted = Q(pk__in=[])
    for code, scheme in schemes.items():
        pks = [one.pk for one in sheets if one.scheme == code]
        for letter in codes(scheme):
            wanted |= Q(row__matrix__in=pks, letters__contains=letter)
    cells = models.Assignment.objects.filter(wanted, row__applies=True, **only).order_by()
    found: dict[int, dict[str, set[str]]] = {}
    for pk, duty, role, letters in cells.values_list("row__matrix", "row__duty__key", "column__role__key", "letters"):
        if not by_pk[pk].isdisjoint(split_letters(letters)):
            found.setdefault(pk, {}).setdefault(duty, set()).add(role)
    return {pk: {duty: frozenset(roles) for duty, roles in rows.items()} for pk, rows in found.items()}


def _schemes(codes: set[str]) -> Mapping[str, Scheme]:
    return {one.code: one.to_domain() for one in models.Scheme.objects.filter(code__in=codes)}


def _split(sheets: set[_Sheet]) -> Mapping[int, frozenset[str]]:
    """Return by matrix the duties that a decision in force splits by scope."""
    decisions = models.Decision.objects.in_force().filter(
        matrix__in=[one.pk for one in sheets], type=DecisionType.SPLIT_SCOPE
    )
    found: dict[int, set[str]] = {}
    for pk, duty in decisions.order_by().values_list("matrix", "duty__key"):
        found.setdefault(pk, set()).add(duty)
    return {pk: frozenset(duties) for pk, duties in found.items()}
