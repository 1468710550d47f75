"""Which people a visitor may see, whose data they may read or erase, and which duties must be apart."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from raci import models
from raci.web import access


def people(request: HttpRequest) -> QuerySet[models.Person]:
    """Return the people of the place, those left out whose names were erased."""
    found = models.Person.objects.visible_to(request.user)
    return found.filter(organisation=access.place(request).organisation, erased_on=None).select_related("user")


def person(request: HttpRequest, slug: str, key: str, need: access.Need = access.Need.READ) -> models.Person:
    """Return one person of an organisation."""
    access.organisation(request, slug, need)
    return get_object_or_404(people(request), key=key)


def own_or_owned(request: HttpRequest, slug: str, key: str) -> models.Person:
    """Return a person whose data the visitor may read: themselves, or anybody for an owner. 403 for other members."""
    found = person(request, slug, key)
    if found.user_id != request.user.pk and not access.place(request).may_own:
        raise PermissionDenied(_("Only they themselves and owners of the organisation may read this."))
    return found


def pairs(request: HttpRequest) -> QuerySet[models.Incompatibility]:
    """Return the pairs of the place, by the codes of their duties."""
    found = models.Incompatibility.objects.visible_to(request.user)
    found = found.filter(duty__organisation=access.place(request).organisation)
    return found.select_related("duty", "other").order_by("duty__code_key", "other__code_key")
