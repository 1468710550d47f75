"""Who may see whom: people, what they hold and when they are away, found as everything else in `raci.web.access`."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from raci import models
from raci.services.people import person_of
from raci.services.speaking import runs_on
from raci.web import access


def people(request: HttpRequest) -> QuerySet[Any]:
    """Return the people on record in the place, by name; those whose name was erased come last."""
    found = models.Person.objects.visible_to(request.user).filter(organisation=access.place(request).organisation)
    return found.select_related("user", "organisation").order_by(F("erased_on").asc(nulls_first=True), "name", "pk")


def named(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the people to choose from, by key: all whose name was not erased."""
    return list(people(request).filter(erased_on=None).values_list("key", "name"))


def person(request: HttpRequest, slug: str, key: str, need: access.Need = access.Need.READ) -> models.Person:
    """Return one person of an organisation."""
    access.organisation(request, slug, need)
    found: models.Person = get_object_or_404(people(request), key=key)
    return found


def holdings(request: HttpRequest) -> QuerySet[Any]:
    """Return who holds or held which role of the place, the latest first."""
    found = models.Holding.objects.visible_to(request.user).filter(
        role__organisation=access.place(request).organisation
    )
    return found.select_related("role", "person").order_by("-ends_on", "-starts_on", "pk")


def holding(request: HttpRequest, slug: str, person: str, key: str, need: access.Need) -> models.Holding:
    """Return one holding of a person."""
    access.organisation(request, slug, need)
    found: models.Holding = get_object_or_404(holdings(request), person__key=person, key=key)
    return found


def absences(request: HttpRequest) -> QuerySet[Any]:
    """Return who is or was away, the latest first."""
    found = models.Absence.objects.visible_to(request.user).filter(organisation=access.place(request).organisation)
    return found.select_related("person", "cover").order_by("-starts_on", "pk")


def absence(request: HttpRequest, slug: str, person: str, key: str, need: access.Need) -> models.Absence:
    """Return one absence of a person."""
    access.organisation(request, slug, need)
    found: models.Absence = get_object_or_404(absences(request), person__key=person, key=key)
    return found


def myself(request: HttpRequest) -> models.Person | None:
    """Return who the visitor is in the place, None where nobody there is linked to their account."""
    return person_of(access.place(request).organisation, access.signed_in(request))


def away_today(path: str = "pk") -> Exists:
    """Return the condition that a person is away today; ``path`` leads to them."""
    return Exists(models.Absence.objects.filter(runs_on(timezone.localdate()), person=OuterRef(path)).order_by())


def held_today(**asked: Any) -> Exists:
    """Return the condition that somebody holds a role today, whether they are there or not."""
    running = models.Holding.objects.filter(runs_on(timezone.localdate()), role=OuterRef("pk"), **asked)
    return Exists(running.order_by())


def holds_today(**asked: Any) -> Exists:
    """Return the condition that a person holds a role today, in the way that is asked for."""
    running = models.Holding.objects.filter(runs_on(timezone.localdate()), person=OuterRef("pk"), **asked)
    return Exists(running.order_by())
