"""Assessments, confidants and plans: the one place that touches them, and so the one that says who may see which.

They belong to a person: to the account that was theirs when they were written. That account reads and writes all of
it; whom it allows reads the assessments and plans, and may assess where that is allowed too. Nobody else does, whatever
their rights: an owner or a superuser is told of nothing. They are in no history, no log and no export but the
person's own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db import DatabaseError, transaction
from django.db.models import F, ForeignKey, QuerySet
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from raci import models
from raci.domain.change import Change
from raci.domain.records import Kind
from raci.domain.text import normalise, problem
from raci.services.scales import NOT_YET
from raci.services.words import said

LONGEST_EVIDENCE, LONGEST_NOTE = 2000, 300
MOST_STEPS = 200

Private: TypeAlias = models.Assessment | models.Confidant | models.PlanStep
_MODELS: tuple[type[Private], ...] = (models.Assessment, models.Confidant, models.PlanStep)


class NotKept(Exception):
    """Something private was refused; the text says why. ``field`` is what it is about, or ""."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class NotAllowed(NotKept):
    """The account is not, or not any more, allowed to do this."""


@dataclass(frozen=True)
class Confidence:
    """That an account may see what is private to a person. Only `let_in` makes it, and every write asks it again."""

    person: models.Person
    user: models.User
    is_own: bool
    may_assess: bool


@dataclass(frozen=True)
class Opinion:
    """How far somebody sees a person in a competency. ``is_own`` where that is the person, ``is_mine`` the reader."""

    id: int
    competency: str
    assessor: str
    is_own: bool
    is_mine: bool
    level: int
    assessed_on: date
    evidence: str


@dataclass(frozen=True)
class Given:
    """What somebody says of one competency."""

    level: int
    evidence: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a plan: a route, by key, with its days."""

    key: str
    role: str
    route: str
    starts_on: date
    ends_on: date
    note: str = ""
    done_on: date | None = None


@dataclass(frozen=True)
class Allowed:
    """Whom a person lets see what is private to them."""

    user: int
    name: str
    assesses: bool
    allowed_on: date


def let_in(person: models.Person, user: Any) -> Confidence | None:
    """Return how far an account may see what is private to a person; None where it may not at all."""
    if not isinstance(user, models.User) or not user.is_active or person.user_id is None:
        return None
    if person.user_id == user.pk:
        return Confidence(person, user, is_own=True, may_assess=True)
    found = _rows(models.Confidant, person).filter(user=user).values_list("assesses", flat=True).first()
    return None if found is None else Confidence(person, user, is_own=False, may_assess=found)


def _rows(model: type[Any], person: models.Person) -> QuerySet[Any]:
    """Return what is private to a person: nothing that was written for an account that they have no more."""
    rows: QuerySet[Any] = model.objects.filter(person=person, account=F("person__user"))
    return rows


def opinions(confidence: Confidence) -> list[Opinion]:
    """Return all assessments of the person, by competency, their own first; in one query."""
    person, rows = confidence.person, _rows(models.Assessment, confidence.person)
    ordered = rows.select_related("competency", "assessor").order_by("competency__position", "assessed_on", "pk")
    found = [
        Opinion(
            id=row.pk,
            competency=row.competency.key,
            assessor=str(row.assessor),
            is_own=row.assessor_id == person.user_id,
            is_mine=row.assessor_id == confidence.user.pk,
            level=row.level,
            assessed_on=row.assessed_on,
            evidence=row.evidence,
        )
        for row in ordered
    ]
    return sorted(found, key=lambda one: not one.is_own)


@sensitive_variables()
def put_assessments(*, confidence: Confidence, given: Mapping[str, Given | None], day: date) -> int:
    """Keep what the reader says of the person, by the key of the competency; None takes it back.

    Returns how many assessments are new or other than before; those that are the same keep their day. Raises `NotKept`
    where one is not of its form or the reader may not assess; then none is kept.
    """
    with transaction.atomic():
        _require(confidence, "assess")
        rows = models.Competency.objects.filter(organisation=confidence.person.organisation_id, key__in=list(given))
        competencies = {row.key: row for row in rows}
        wanted = {key: _checked(competencies, key, one) for key, one in given.items() if one}
        mine = _rows(models.Assessment, confidence.person).filter(assessor=confidence.user)
        there = {row.competency.key: Given(row.level, row.evidence) for row in mine.select_related("competency")}
        gone = [key for key, one in given.items() if one is None and key in there]
        mine.filter(competency__key__in=gone).delete()
        new = {key: one for key, one in wanted.items() if there.get(key) != one}
        _kept(lambda: _write(confidence, {competencies[key].pk: one for key, one in new.items()}, day))
        return len(new) + len(gone)


def _checked(competencies: Mapping[str, models.Competency], key: str, given: Given) -> Given:
    found = competencies.get(key)
    if found is None:
        raise NotKept(_("There is no such competency here any more."), key)
    if given.level != NOT_YET and not found.lowest <= given.level <= found.highest:
        facts = {"name": found.name, "lowest": found.lowest, "highest": found.highest}
        raise NotKept(_("%(name)s exists at levels %(lowest)s to %(highest)s.") % facts, key)
    return Given(given.level, _text(given.evidence, LONGEST_EVIDENCE, key))


@sensitive_variables()
def _write(confidence: Confidence, given: Mapping[int, Given], day: date) -> None:
    models.Assessment.objects.bulk_create(
        [
            models.Assessment(
                account_id=confidence.person.user_id,
                person=confidence.person,
                competency_id=competency,
                assessor=confidence.user,
                level=one.level,
                evidence=one.evidence,
                assessed_on=day,
            )
            for competency, one in given.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "competency", "assessor"],
        update_fields=["account", "level", "evidence", "assessed_on"],
    )


def remove_assessment(*, confidence: Confidence, number: int) -> bool:
    """Take an assessment away: the person any of theirs, whoever made it; another only their own."""
    with transaction.atomic():
        _require(confidence, "see")
        rows = _rows(models.Assessment, confidence.person).filter(pk=number)
        if not confidence.is_own:
            rows = rows.filter(assessor=confidence.user)
        return bool(rows.delete()[0])


def allowed(confidence: Confidence) -> list[Allowed]:
    """Return whom the person lets in; to nobody else is it told who else is."""
    if not confidence.is_own:
        return []
    rows = _rows(models.Confidant, confidence.person).select_related("user").order_by("user__last_name", "user__pk")
    return [Allowed(row.user_id, str(row.user), row.assesses, row.allowed_on) for row in rows]


def allow(*, confidence: Confidence, user: int, assesses: bool, day: date) -> None:
    """Let a member of the organisation see what is private to the person. Raises `NotKept`."""
    with transaction.atomic():
        _require(confidence, "own")
        member = models.Membership.objects.filter(organisation=confidence.person.organisation_id, user=user)
        if user == confidence.user.pk or not member.exists():
            raise NotKept(_("Choose another member of the organisation."), "user")
        given = {"account_id": confidence.person.user_id, "assesses": assesses, "allowed_on": day}
        models.Confidant.objects.update_or_create(person=confidence.person, user_id=user, defaults=given)


def take_back(*, confidence: Confidence, user: int) -> bool:
    """Let somebody see nothing any more. What they assessed stays with the person."""
    with transaction.atomic():
        _require(confidence, "own")
        return bool(_rows(models.Confidant, confidence.person).filter(user=user).delete()[0])


def confiding_in(user: models.User, organisation: models.Organisation) -> list[models.Person]:
    """Return the people of an organisation who let an account see what is private to them, by name."""
    rows = models.Confidant.objects.filter(
        user=user, person__organisation=organisation, account=F("person__user")
    ).select_related("person")
    return sorted((row.person for row in rows), key=lambda person: (person.name, person.pk))


def steps(confidence: Confidence, role: str = "") -> list[Step]:
    """Return the plan of the person towards a role, given by key, or towards all roles; in one query."""
    rows = _rows(models.PlanStep, confidence.person).select_related("role", "route")
    if role:
        rows = rows.filter(role__key=role)
    return [
        Step(row.key, row.role.key, row.route.key, row.starts_on, row.ends_on, row.note, row.done_on) for row in rows
    ]


@sensitive_variables()
def put_step(*, confidence: Confidence, step: Step) -> None:
    """Keep one step of the plan: a new one, or in place of the one with its key. Raises `NotKept`."""
    organisation, person = confidence.person.organisation_id, confidence.person
    if step.ends_on < step.starts_on:
        raise NotKept(_("It ends before it begins."), "ends_on")
    note = _text(step.note, LONGEST_NOTE, "note")
    with transaction.atomic():
        _require(confidence, "own")
        role = models.Role.objects.filter(organisation=organisation, key=step.role).first()
        route = models.Route.objects.filter(organisation=organisation, key=step.route).first()
        if role is None or route is None:
            raise NotKept(_("There is no such development route here any more."), "route")
        rows = _rows(models.PlanStep, person)
        if not rows.filter(key=step.key).exists() and rows.count() >= MOST_STEPS:
            raise NotKept(_("A plan this long is read by nobody: take something out first."))
        days = {"starts_on": step.starts_on, "ends_on": step.ends_on, "done_on": step.done_on}
        given = {"account_id": person.user_id, "role": role, "route": route, "note": note, **days}
        _kept(lambda: models.PlanStep.objects.update_or_create(person=person, key=step.key, defaults=given))


def remove_step(*, confidence: Confidence, key: str) -> bool:
    """Take a step out of the plan."""
    with transaction.atomic():
        _require(confidence, "own")
        return bool(_rows(models.PlanStep, confidence.person).filter(key=key).delete()[0])


def everything(confidence: Confidence) -> dict[str, list[dict[str, Any]]]:
    """Return all that is private to the person as plain values, for the person alone: to others it is nothing."""
    if not confidence.is_own:
        return {}
    here = {"organisation": confidence.person.organisation_id}
    called: dict[str, str] = {}
    for model in (models.Competency, models.Role, models.Route):
        called |= dict(model._default_manager.filter(**here).values_list("key", "name"))
    return {
        "assessments": [
            {
                "competency": called[one.competency],
                "level": one.level,
                "assessed_on": one.assessed_on.isoformat(),
                "assessed_by": one.assessor,
                "evidence": one.evidence,
            }
            for one in opinions(confidence)
        ],
        "confidants": [
            {"name": one.name, "may_assess": one.assesses, "allowed_on": one.allowed_on.isoformat()}
            for one in allowed(confidence)
        ],
        "plan": [
            {
                "role": called[one.role],
                "route": called[one.route],
                "from": one.starts_on.isoformat(),
                "until": one.ends_on.isoformat(),
                "done_on": one.done_on.isoformat() if one.done_on else "",
                "note": one.note,
            }
            for one in steps(confidence)
        ],
    }


def forget_person(person: models.Person) -> None:
    """Delete all that is private to a person, whatever account it was for, and what others there let them see.

    For whoever erases them.
    """
    for model in _MODELS:
        model.objects.filter(person=person).delete()
    if person.user_id is not None:
        models.Confidant.objects.filter(user=person.user_id, person__organisation=person.organisation_id).delete()


# What is private and refers to a kind of record that can be removed.
_ABOUT: Mapping[Kind, tuple[tuple[type[Private], str], ...]] = {
    Kind.COMPETENCY: ((models.Assessment, "competency"),),
    Kind.ROUTE: ((models.PlanStep, "route"),),
    Kind.ROLE: ((models.PlanStep, "role"),),
}


def forget_about(removed: Iterable[tuple[Change, int]]) -> None:
    """Delete what is private and about records that are taken away, with their ids. Only within the door.

    To say that it stands in the way would say that it is there.
    """
    ids: dict[Kind, list[int]] = {}
    for change, number in removed:
        ids.setdefault(change.address.kind, []).append(number)
    for kind, gone in ids.items():
        for model, name in _ABOUT.get(kind, ()):
            model.objects.filter(**{f"{name}__in": gone}).delete()


def is_private_lookup(lookup: str) -> bool:
    """Tell whether a look-up of the database goes through anything private: whoever could filter by it would see it."""
    fields = [field for model in _MODELS for field in model._meta.fields if isinstance(field, ForeignKey)]
    return not {field.related_query_name() for field in fields}.isdisjoint(lookup.split("__"))


def without_private(counts: Mapping[str, int], listed: Collection[Any]) -> tuple[dict[str, int], list[Any]]:
    """Return what the administration says would be deleted with a record, without all that is private."""
    names = {str(model._meta.verbose_name).casefold() for model in _MODELS}
    plurals = {str(model._meta.verbose_name_plural) for model in _MODELS}
    kept: list[Any] = []
    for item in listed:
        if isinstance(item, list):
            if inner := without_private({}, item)[1]:
                kept.append(inner)
        elif str(item).partition(":")[0].casefold() not in names:
            kept.append(item)
    return {name: count for name, count in counts.items() if str(name) not in plurals}, kept


def _require(confidence: Confidence, what: str) -> None:
    """Ask anew how far the reader may go: what was allowed when the page was shown may be taken back by now."""
    person = models.Person.objects.select_for_update().filter(pk=confidence.person.pk).first()
    now = let_in(person, confidence.user) if person else None
    if now is None or (what == "assess" and not now.may_assess) or (what == "own" and not now.is_own):
        raise NotAllowed(_("This is not open to you, or not any more."))


def _text(text: str, longest: int, field: str) -> str:
    stored = normalise(text)
    if trouble := problem(stored, longest=longest):
        raise NotKept(_("The text %(trouble)s.") % {"trouble": said(trouble)}, field)
    return stored


def _kept(write: Callable[[], object]) -> None:
    """Write, and pass nothing on of what the database says: it quotes the row that it refuses."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        raise NotKept(_("This could not be kept. Try again.")) from None
