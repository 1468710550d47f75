"""What the tables have in common."""

import secrets
from typing import Any, Self

from django.db import models

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
KEY_LENGTH = 12


def new_key() -> str:
    """Return a new stable key: 60 random bits, without letters and digits that look alike."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(KEY_LENGTH))


class KeyField(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """The stable key of a record: it outlives every renaming and travels with the workbooks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": KEY_LENGTH, "default": new_key, "editable": False, **options})


class TenantQuerySet(models.QuerySet[Any]):
    """Rows of organisations; ``path`` leads from a row to its organisation."""

    path = "organisation"

    def visible_to(self, user: Any) -> Self:
        """Return what the user may read: what belongs to an organisation of which they are a member."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(**{f"{self.path}__memberships__user": user})

    def owned_by(self, user: Any) -> Self:
        """Return what belongs to organisations that the user owns; everything for a superuser."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(**{f"{self.path}__memberships__user": user, f"{self.path}__memberships__level": "owner"})


class MatrixPartQuerySet(TenantQuerySet):
    path = "matrix__organisation"


class CellQuerySet(TenantQuerySet):
    path = "row__matrix__organisation"


class RevisionPartQuerySet(TenantQuerySet):
    path = "revision__organisation"


class ClaimQuerySet(TenantQuerySet):
    path = "grey_area__matrix__organisation"


class DecisionPartQuerySet(TenantQuerySet):
    path = "decision__matrix__organisation"


class RolePartQuerySet(TenantQuerySet):
    path = "role__organisation"


class OrganisationQuerySet(TenantQuerySet):
    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(memberships__user=user)

    def owned_by(self, user: Any) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(memberships__user=user, memberships__level="owner")
