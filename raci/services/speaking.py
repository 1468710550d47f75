"""Who speaks for a role: a member who is named for it, or who works for it today as a person on record.

Whoever holds a role works for it, unless they are away; then who stands in for them does, unless they are away too.
The same is said of records by `raci.domain.staffed`; here the database is asked, for all members at once.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from raci import models

_ROLE = ("role__key", "role__name", "role__retired")


class Speaker(NamedTuple):
    """A member, with their account, and a role that they speak for."""

    member: models.Membership
    role: str
    name: str
    retired: bool


def runs_on(day: date) -> Q:
    """Return the condition that a holding or an absence runs on a day."""
    return (Q(starts_on=None) | Q(starts_on__lte=day)) & (Q(ends_on=None) | Q(ends_on__gte=day))


def away_on(day: date, person: str) -> Exists:
    """Return the condition that a person is away on a day; ``person`` leads to them."""
    return Exists(models.Absence.objects.filter(runs_on(day), person=OuterRef(person)).order_by())


def spoken_by(user: Any, day: date) -> Q:
    """Return the condition that somebody speaks for a role of their own organisations on a day."""
    named = models.Role.objects.filter(spoken_for_by__user=user)
    own = _held(day).filter(person__user=user)
    covered = _covering(day).filter(cover__user=user)
    others = models.Holding.objects.filter(runs_on(day), person__in=covered.values("person"))
    return Q(pk__in=named.values("pk")) | Q(pk__in=own.values("role")) | Q(pk__in=others.order_by().values("role"))


def speakers(members: Iterable[models.Membership], day: date, roles: Iterable[str] | None = None) -> list[Speaker]:
    """Return who of some members speaks for which role, each pair once; only for some roles, by key, where given.

    Three or four queries for any number of members beside their own, none where there are none. In the order of the
    members, their roles by name.
    """
    known = list(members.select_related("user")) if isinstance(members, QuerySet) else list(members)
    if not known:
        return []
    by_account = {(one.organisation_id, one.user_id): one for one in known}
    by_number = {one.pk: one for one in known}
    only = {} if roles is None else {"role__key__in": list(roles)}
    named = models.Membership.stands_for.through.objects.filter(membership__in=by_number, **only)
    found: dict[int, dict[str, Speaker]] = {number: {} for number in by_number}
    for number, *role in named.values_list("membership", *_ROLE):
        found[number].setdefault(role[0], Speaker(by_number[number], *role))
    for account, role in _at_work({one.organisation_id for one in known}, day, only):
        if member := by_account.get(account):
            found[member.pk].setdefault(role[0], Speaker(member, *role))
    return [one for mine in found.values() for one in sorted(mine.values(), key=lambda item: (item.name, item.role))]


def _held(day: date) -> QuerySet[Any]:
    """Return the holdings that run on a day and whose person is not away."""
    return models.Holding.objects.filter(runs_on(day), ~away_on(day, "person")).order_by()


def _covering(day: date) -> QuerySet[Any]:
    """Return the absences that run on a day and are covered by somebody who is not away."""
    return models.Absence.objects.filter(runs_on(day), ~away_on(day, "cover"), cover__isnull=False).order_by()


def _at_work(organisations: set[int], day: date, only: dict[str, Any]) -> Iterator[tuple[tuple[int, int], list[Any]]]:
    """Yield organisation and account of whom works for a role on a day, with key, name and retirement of the role."""
    own = _held(day).filter(person__user__isnull=False, role__organisation__in=organisations, **only)
    for organisation, user, *role in own.values_list("role__organisation", "person__user", *_ROLE):
        yield (organisation, user), role
    covering = _covering(day).filter(cover__user__isnull=False, organisation__in=organisations)
    covered: dict[int, list[int]] = {}
    for person, user in covering.values_list("person", "cover__user"):
        covered.setdefault(person, []).append(user)
    if covered:
        theirs = models.Holding.objects.filter(runs_on(day), person__in=covered, **only).order_by()
        for organisation, person, *role in theirs.values_list("role__organisation", "person", *_ROLE):
            for user in covered[person]:
                yield (organisation, user), role
