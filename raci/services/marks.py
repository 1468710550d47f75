"""Marks of blind rounds: the one place that touches them, and so the one that says who may read which.

Nobody, whatever their rights, reads what another marked before the round is revealed. What is known of a round that
is not is how many marks somebody made, never which.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from raci import models
from raci.domain.claims import Mark, MarkValue
from raci.domain.records import RoundStatus
from raci.domain.text import normalise, problem
from raci.services.speaking import spoken_by
from raci.services.words import said

LONGEST_REASON = 500

# Those who may claim for a role may mark for it: who only reads answers for nothing.
ANSWERING = (models.Membership.Level.OWNER, models.Membership.Level.EDITOR, models.Membership.Level.CONTRIBUTOR)


class NotMarked(Exception):
    """A mark was refused; the text says why and what to do. ``duty`` is the key of the row that it is about, or ""."""

    def __init__(self, text: str, duty: str = "") -> None:
        super().__init__(text)
        self.duty = duty


class RoundOver(NotMarked):
    """The round is revealed or closed."""


class NotAsked(NotMarked):
    """The person does not stand for the role, or the round does not ask it."""


@dataclass(frozen=True)
class Given:
    """A mark with the reason for it."""

    mark: Mark
    reason: str = ""


@dataclass(frozen=True)
class Revealed:
    """One mark of a round that is revealed, and who made it for which role on which row."""

    duty: str
    role: str
    person: str
    given: Given


def _readable(reader: int | None) -> QuerySet[models.Mark]:
    """Return the marks that somebody may read: their own, and those of rounds that are revealed.

    A round that was closed without it keeps its marks to itself.
    """
    revealed = Q(round__revealed_on__isnull=False) & ~Q(round__status=RoundStatus.OPEN)
    return models.Mark.objects.filter(revealed | Q(user=reader) if reader else revealed)


def all_own_marks(user: int, organisation: int) -> list[dict[str, Any]]:
    """Return everything that somebody marked in the rounds of an organisation, as plain values, for them alone."""
    rows = _readable(user).filter(user=user, round__matrix__organisation=organisation).order_by("marked_at", "pk")
    parts = ("round__title", "duty__code", "role__name", "value", "reason", "marked_at")
    return [
        {**dict(zip(("round", "duty", "role", "mark", "reason"), row, strict=False)), "marked_at": row[-1].isoformat()}
        for row in rows.values_list(*parts)
    ]


def own_marks(blind: models.Round, user: models.User) -> dict[tuple[str, str], Given]:
    """Return what somebody marked in a round, by the keys of row and role."""
    rows = _readable(user.pk).filter(round=blind, user=user)
    return {
        (duty, role): Given(Mark(MarkValue(value), whose or ""), reason)
        for duty, role, value, whose, reason in rows.values_list(
            "duty__key", "role__key", "value", "whose__key", "reason"
        )
    }


def revealed_marks(rounds: Collection[models.Round]) -> dict[int, list[Revealed]]:
    """Return the marks of rounds by their id, in one query; none of a round that is not revealed."""
    found: dict[int, list[Revealed]] = {item.pk: [] for item in rounds}
    rows = _readable(None).filter(round__in=found).order_by("user__last_name", "user__username", "pk")
    parts = ("round", "duty__key", "role__key", "value", "whose__key", "reason")
    names = ("user__first_name", "user__last_name", "user__username")
    for pk, duty, role, value, whose, reason, first, last, username in rows.values_list(*parts, *names):
        given = Given(Mark(MarkValue(value), whose or ""), reason)
        found[pk].append(Revealed(duty, role, f"{first} {last}".strip() or username, given))
    return found


def counts(rounds: Iterable[int], user: int | None = None) -> dict[tuple[int, int, str], int]:
    """Return how many rows were marked, by the ids of round and account and the key of the role: nothing else."""
    rows = models.Mark.objects.filter(round__in=list(rounds), **({"user": user} if user else {}))
    counted = rows.order_by().values("round", "user", "role__key").annotate(rows=Count("pk"))
    return {(row["round"], row["user"], row["role__key"]): row["rows"] for row in counted}


def are_there(organisation: int, rounds: Collection[str]) -> bool:
    """Tell whether anything is marked in some rounds of an organisation, given by key."""
    marked = models.Mark.objects.filter(round__key__in=list(rounds), round__matrix__organisation=organisation)
    return bool(rounds) and marked.exists()


def forget(rounds: Collection[int]) -> None:
    """Delete what is marked in rounds that are taken away, given by id. Only within the door."""
    if rounds:
        models.Mark.objects.filter(round__in=list(rounds)).delete()


@sensitive_variables()
def put_marks(*, blind: models.Round, user: models.User, role: str, given: Mapping[str, Given]) -> None:
    """Keep what somebody marks for a role, by the key of the row; an earlier mark of theirs is replaced.

    Raises `NotMarked` where the round takes no marks, the person does not stand for the role, or a mark is not of its
    form; then none is kept. What was marked is in no message and no log.
    """
    with transaction.atomic():
        # Whoever reveals or closes it writes this row: a mark comes wholly before that or not at all.
        locked = models.Round.objects.select_for_update().select_related("matrix").get(pk=blind.pk)
        _require_open(locked)
        _require_standing(locked, user, role)
        wanted = {duty: _checked(locked, duty, role, one) for duty, one in given.items()}
        try:
            with transaction.atomic():
                _write(locked, user, role, wanted)
        except DatabaseError:
            # What the database says quotes the row that it refuses.
            raise NotMarked(_("The marks could not be kept. Try again.")) from None


def may_mark(blind: models.Round, user: models.User) -> tuple[str, ...]:
    """Return the roles of a round, by key, for which somebody may mark its rows."""
    organisation = blind.matrix.organisation_id
    answering = models.Membership.objects.filter(user=user, organisation=organisation, level__in=ANSWERING)
    standing = models.Role.objects.filter(
        spoken_by(user.pk, timezone.localdate()),
        Exists(answering),
        organisation=organisation,
        key__in=list(blind.roles),
    )
    return tuple(standing.order_by("name", "pk").values_list("key", flat=True))


def _require_open(blind: models.Round) -> None:
    if blind.status != RoundStatus.OPEN:
        raise RoundOver(_("The round is over: it takes no marks any more."))


def _require_standing(blind: models.Round, user: models.User, role: str) -> None:
    if role not in may_mark(blind, user):
        raise NotAsked(_("You do not stand for this role, or it has no part in the round."))


def _checked(blind: models.Round, duty: str, role: str, given: Given) -> Given:
    """Return a mark as it is kept: without a role that it does not need, its reason in stored form."""
    if duty not in blind.duties:
        raise NotMarked(_("The row is not in the round."))
    whose, others = given.mark.whose, blind.roles.keys() - {role}
    if given.mark.value is not MarkValue.THEIRS or len(others) == 1:
        whose = ""  # it says nothing more
    elif whose not in others:
        raise NotMarked(_("Say whose it is: another role of the round."), duty)
    reason = normalise(given.reason)
    if trouble := problem(reason, longest=LONGEST_REASON):
        raise NotMarked(_("The reason %(trouble)s.") % {"trouble": said(trouble)}, duty)
    return Given(Mark(given.mark.value, whose), reason)


@sensitive_variables()
def _write(blind: models.Round, user: models.User, role: str, given: Mapping[str, Given]) -> None:
    organisation = blind.matrix.organisation_id
    roles = _ids(models.Role.objects.filter(organisation=organisation, key__in=list(blind.roles)))
    duties = _ids(models.Duty.objects.filter(organisation=organisation, key__in=list(given)))
    rows = [
        models.Mark(
            round=blind,
            user=user,
            duty_id=duties[duty],
            role_id=roles[role],
            value=one.mark.value.value,
            whose_id=roles[one.mark.whose] if one.mark.whose else None,
            reason=one.reason,
            marked_at=timezone.now(),
        )
        for duty, one in given.items()
        if duty in duties
    ]
    models.Mark.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["round", "duty", "role", "user"],
        update_fields=["value", "whose", "reason", "marked_at"],
    )


def _ids(found: QuerySet[Any]) -> dict[str, int]:
    return dict(found.values_list("key", "pk"))
