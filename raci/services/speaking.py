"""Who speaks for a role: a member who is named for it, or who works for it today as a person on record.

Whoever holds a role works for it, unless they are away; then who stands in for them does, unless they are away too.
The same is said of records by `raci.domain.staffed`; here the database is asked, for all members at once.
"""

from collections.abc import Iterable
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


def runs_on(day: date, path: str = "") -> Q:
    """Return the condition that a holding or an absence runs on a day; ``path`` leads to it, "" where it is asked."""
    begun = Q(**{f"{path}starts_on": None}) | Q(**{f"{path}starts_on__lte": day})
    return begun & (Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gte": day}))


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

    One query for any number of members beside their own, none where there are none. In the order of the members, their
    roles by name.
    """
    known = list(members.select_related("user")) if isinstance(members, QuerySet) else list(members)
    if not known:
        return []
    by_account = {(one.organisation_id, one.user_id): one for one in known}
    only = None if roles is None else list(roles)
    found: dict[int, dict[str, Speaker]] = {one.pk: {} for one in known}
    for organisation, user, *role in _speaking({one.pk for one in known}, {one.organisation_id for one in known}, day):
        member = by_account.get((organisation, user))
        if member and (only is None or role[0] in only):
            found[member.pk].setdefault(role[0], Speaker(member, *role))
    return [one for mine in found.values() for one in sorted(mine.values(), key=lambda item: (item.name, item.role))]


def _speaking(members: set[int], organisations: set[int], day: date) -> QuerySet[Any]:
    """Return organisation and account of whom speaks for a role on a day, with key, name and retirement of the role."""
    named = models.Membership.stands_for.through.objects.filter(membership__in=members).order_by()
    own = _held(day).filter(person__user__isnull=False, role__organisation__in=organisations)
    # In one filter, so that it is the same holding that runs and whose role is told.
    theirs = _covering(day).filter(
        runs_on(day, "person__holdings__"),
        person__holdings__isnull=False,
        cover__user__isnull=False,
        organisation__in=organisations,
    )
    return named.values_list("membership__organisation", "membership__user", *_ROLE).union(
        own.values_list("role__organisation", "person__user", *_ROLE),
        theirs.values_list("organisation", "cover__user", *(f"person__holdings__{part}" for part in _ROLE)),
    )


def _held(day: date) -> QuerySet[Any]:
    """Return the holdings that run on a day and whose person is not away."""
    return models.Holding.objects.filter(runs_on(day), ~away_on(day, "person")).order_by()


def _covering(day: date) -> QuerySet[Any]:
    """Return the absences that run on a day and are covered by somebody who is not away."""
    return models.Absence.objects.filter(runs_on(day), ~away_on(day, "cover"), cover__isnull=False).order_by()
