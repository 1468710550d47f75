"""History: what was changed together, by whom, when and why. Only ever added to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import RevisionPartQuerySet, TenantQuerySet
from raci.models.organisation import Organisation


class Revision(models.Model):
    """The changes that were made together.

    ``at_us`` is the time in whole microseconds since 1970 UTC, so that no database rounds it.
    ``hash`` is the SHA-256 of the revision and its changes, chained to ``previous``. The actor stands
    as text; ``actor`` is only a help for filters and may point nowhere once an account is gone.
    ``salts`` cover the names of people in it, so that they can be erased (`raci.services.personal`); None where it was
    hashed with names as they stood. ``seals`` is set where the revision erased names: what earlier ones come to since.
    """

    class Door(models.TextChoices):
        WORKSPACE = "workspace", _("Workspace")
        ADMIN = "admin", _("Admin")
        COMMAND = "command", _("Command")
        IMPORT = "import", _("Import")
        UNDO = "undo", _("Undo")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    at_us = models.BigIntegerField(_("time"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="revisions"
    )
    actor_name = models.CharField(_("by"), max_length=200)
    door = models.CharField(_("door"), max_length=20, choices=Door.choices)
    reason = models.TextField(_("reason"), blank=True)
    undoes = models.PositiveIntegerField(_("takes back revision"), null=True)
    size = models.PositiveIntegerField(_("changes"))
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    salts: Any = models.JSONField(null=True, editable=False)
    seals: Any = models.JSONField(null=True, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["-organisation", "-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class RevisionChange(models.Model):
    """One change of a revision, in the order in which it was made."""

    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="changes", db_index=False
    )  # first of the unique
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=20)
    matrix = models.CharField(max_length=12, blank=True)
    subject = models.CharField(max_length=12)
    other = models.CharField(max_length=12, blank=True)
    field = models.CharField(_("field"), max_length=40, blank=True)
    before: Any = models.JSONField(_("before"), null=True)
    after: Any = models.JSONField(_("after"), null=True)

    objects = RevisionPartQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "ordinal"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [models.UniqueConstraint(fields=["revision", "ordinal"], name="change_ordinal_once")]
        indexes = [models.Index(fields=["subject", "matrix", "kind"], name="change_by_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.field}".strip()
