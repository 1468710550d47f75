"""Charters as they are now or were at a revision, each with what is needed to read it."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock

from django.utils import timezone
from django.utils.formats import date_format

from raci import models
from raci.domain.charter import CharterView, Line, Mismatch, Problem, checks, digest, draw_up, lines, say
from raci.domain.charter.mismatch import mismatch_of, owned_duties, worked_duties
from raci.domain.charter.view import written_roles
from raci.domain.whole import Whole
from raci.services.whole import load_whole
from raci.services.words import said

_KEPT = 4
# By organisation: the hash of the revision, and the digest of each written charter then.
_cache: OrderedDict[int, tuple[str, Mapping[str, str]]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Drawn:
    """A charter as it is now, with the organisation that it was drawn from."""

    whole: Whole
    view: CharterView
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What is signed."""
        return lines(self.view)

    @cached_property
    def digest(self) -> str:
        return digest(self.lines)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the written parts lack."""
        return checks(self.whole.register, self.view.key)

    @cached_property
    def mismatch(self) -> Mismatch:
        """Where the main duties and the matrices say two things: claims of the charter, and duties by matrix."""
        role = self.view.key
        worked = worked_duties(self.whole.matrices, [role])[role]
        owned = owned_duties(self.whole.matrices)
        found = [mismatch_of(matrix, role, worked, owned) for matrix in (self.whole.register, *self.whole.matrices)]
        unnamed = dict.fromkeys(duty for one in found for duty in one.unnamed)
        return Mismatch(found[0].claimed, tuple(unnamed))


def draw(organisation: models.Organisation, role: str) -> Drawn:
    """Return the charter of a role as it is now. Raises `KeyError` where there is no such role."""
    whole = load_whole(organisation)
    view = draw_up(whole, role, timezone.localdate())
    return Drawn(whole, view, names_of(organisation, {one.person for one in view.holdings}))


def draw_all(organisation: models.Organisation) -> list[Drawn]:
    """Return the charters of all roles in use that are a post or a group, by the names of the roles."""
    whole, today = load_whole(organisation), timezone.localdate()
    roles = whole.register.roles
    chosen = sorted((one.name, key) for key, one in roles.items() if not one.retired)
    views = [draw_up(whole, key, today) for _name, key in chosen]
    names = names_of(organisation, {one.person for view in views for one in view.holdings})
    return [Drawn(whole, view, names) for view in views]


def names_of(organisation: models.Organisation, people: Iterable[str]) -> Mapping[str, str]:
    """Return what people are called, by their keys, in one query; who was erased has no name and is left out."""
    wanted = sorted(people)
    if not wanted:
        return {}
    found = models.Person.objects.filter(organisation=organisation, key__in=wanted).exclude(name="")
    return dict(found.values_list("key", "name"))


def current_digests(organisation: models.Organisation) -> Mapping[str, str]:
    """Return the digest of each written charter as it is now. No query where this process has asked before.

    ``organisation`` is taken to be as fresh as the digests need to be.
    """
    with _lock:
        known = _cache.get(organisation.pk)
    if known and known[0] == organisation.head:
        return known[1]
    whole = load_whole(organisation)
    found = digests_of(whole)
    with _lock:
        _cache[organisation.pk] = (organisation.head, found)
        _cache.move_to_end(organisation.pk)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return found


def digests_of(whole: Whole) -> Mapping[str, str]:
    """Return the digest of each written charter of an organisation; they do not depend on the day."""
    return {role: digest(lines(draw_up(whole, role, date.min))) for role in sorted(written_roles(whole.register))}


def told(found: Iterable[Line]) -> list[str]:
    """Return lines of a charter as sentences in the current language."""
    return [said(say(line, lambda day: str(date_format(day, "DATE_FORMAT")))) for line in found]
