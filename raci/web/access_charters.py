"""Who may sign what, and what the catalogue says of a role."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from raci import models
from raci.services.catalogue import of_role
from raci.services.charters import ToSign, to_sign
from raci.web import access


def unsigned(request: HttpRequest) -> tuple[ToSign, ...]:
    """Return the charters that wait for the visitor's signature: one query, none for who may not sign."""
    user = request.user
    if not access.place(request).may_claim or not isinstance(user, models.User):
        return ()
    return to_sign(access.place(request).organisation, user)


def catalogue(role: models.Role) -> list[models.CatalogueEntry]:
    """Return what the catalogue says of the role that a role was made from; nothing where it was made from none."""
    return of_role(role.source)


def powers(request: HttpRequest) -> QuerySet[Any]:
    """Return what the roles of the place that are in use may do."""
    found = models.Authority.objects.visible_to(request.user)
    return found.filter(role__organisation=access.place(request).organisation, role__retired=False).select_related(
        "role"
    )
