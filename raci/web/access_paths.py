"""Who may see what of competencies, routes and the way from one role to another; see `raci.web.access`."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from raci import models
from raci.services.private import Confidence, let_in
from raci.web import access
from raci.web.access import Need


def competencies(request: HttpRequest) -> QuerySet[Any]:
    """Return the competencies of the place, in order, each with its scale."""
    found = models.Competency.objects.visible_to(request.user)
    found = found.filter(organisation=access.place(request).organisation)
    return found.select_related("scale").order_by("position", "code_key", "pk")


def competency(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.Competency:
    """Return one competency of an organisation."""
    access.organisation(request, slug, need)
    found: models.Competency = get_object_or_404(competencies(request), key=key)
    return found


def requirements(request: HttpRequest) -> QuerySet[Any]:
    """Return what the roles of the place that are in use require, by role."""
    found = models.Requirement.objects.visible_to(request.user)
    found = found.filter(role__organisation=access.place(request).organisation, role__retired=False)
    return found.select_related("role", "competency").order_by("role__code_key", "pk")


def routes(request: HttpRequest) -> QuerySet[Any]:
    """Return the development routes of the place, in order."""
    found = models.Route.objects.visible_to(request.user)
    return found.filter(organisation=access.place(request).organisation).order_by("position", "name", "pk")


def route(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.Route:
    """Return one development route of an organisation."""
    access.organisation(request, slug, need)
    found: models.Route = get_object_or_404(routes(request), key=key)
    return found


def gains(request: HttpRequest) -> QuerySet[Any]:
    """Return the levels that the routes of the place are expected to bring."""
    found = models.Gain.objects.visible_to(request.user).filter(route__organisation=access.place(request).organisation)
    return found.select_related("route", "competency").order_by("competency__position", "competency__code_key", "pk")


def scales() -> QuerySet[Any]:
    """Return the scales of levels, which all organisations share."""
    return models.Scale.objects.all()


def catalogue_of(start: models.Role, target: models.Role) -> QuerySet[Any]:
    """Return what the catalogue says of going from one role to another, where both name a role of it."""
    if not start.source or not target.source:
        return models.CatalogueEntry.objects.none()
    kinds = ("transition", "competency", "development_route")
    return models.CatalogueEntry.objects.filter(kind__in=kinds, role=start.source, other_role=target.source)


def people(request: HttpRequest) -> QuerySet[Any]:
    """Return the people of the place."""
    return models.Person.objects.visible_to(request.user).filter(organisation=access.place(request).organisation)


def confidence(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> Confidence:
    """Return that the visitor may see what is private to a person; 404 for all others, whatever their rights.

    Only then is asked how far they may go in the organisation: who is not let in is not told that there is anything.
    """
    access.organisation(request, slug)
    person: models.Person = get_object_or_404(people(request), key=key)
    found = let_in(person, request.user)
    if found is None:
        raise Http404(_("There is no such page."))
    access.require(request, need)
    return found


def own_confidence(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> Confidence:
    """Return the same for what is only for the person themselves."""
    found = confidence(request, slug, key)
    if not found.is_own:
        raise Http404(_("There is no such page."))
    access.require(request, need)
    return found


def members(request: HttpRequest) -> list[tuple[int, str]]:
    """Return whom the visitor could let in: the other members of the place, by name."""
    found = models.Membership.objects.filter(organisation=access.place(request).organisation, user__is_active=True)
    found = found.exclude(user=request.user.pk).select_related("user")
    ordered = found.order_by("user__last_name", "user__first_name", "user__pk")
    return [(one.user.pk, str(one.user)) for one in ordered]


def stood_for(request: HttpRequest, person: models.Person) -> list[str]:
    """Return the roles of the place that the account of a person stands for, by key."""
    mine = Q(spoken_for_by__user=person.user_id, spoken_for_by__organisation=access.place(request).organisation)
    return list(access.roles(request).filter(mine, retired=False).order_by("name", "pk").values_list("key", flat=True))
