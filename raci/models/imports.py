"""Files on their way in: working papers, not part of the register and not of its history."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import KeyField, TenantQuerySet
from raci.models.matrix import Matrix
from raci.models.organisation import Organisation


class Import(models.Model):
    """A file that somebody brought, from the upload to the revision that it became.

    ``content`` is the file itself and is forgotten once nobody needs it any more. ``reading``, ``proposal`` and
    ``verdict`` are packed JSON (`raci.services.imports.store`): what was read, what it wants, what lint says before
    and after. ``choices`` are the answers of the mapping page. ``asked`` is who wants it applied, upon which revision,
    and what stood against it (`raci.services.imports.asking`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Being read")
        MAPPING = "mapping", _("To be mapped")
        PLANNING = "planning", _("Being compared")
        READY = "ready", _("Ready to be applied")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="imports")
    key = KeyField()
    matrix = models.ForeignKey(Matrix, models.SET_NULL, null=True, blank=True, related_name="imports")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="imports", verbose_name=_("uploaded by")
    )
    uploaded_by_name = models.CharField(_("uploaded by"), max_length=200)
    uploaded_at = models.DateTimeField(_("uploaded"))
    file_name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=20, blank=True)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.WAITING)
    refusal: Any = models.JSONField(null=True)
    reading = models.BinaryField(null=True)
    choices: Any = models.JSONField(null=True)
    picks: Any = models.JSONField(null=True)
    asked: Any = models.JSONField(null=True)
    proposal = models.BinaryField(null=True)
    verdict = models.BinaryField(null=True)
    revision = models.PositiveIntegerField(_("became revision"), null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="import_key_once"),
            models.CheckConstraint(
                condition=models.Q(revision=None) | models.Q(state="applied"), name="import_applied_has_revision"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "sha256"], name="import_by_content")]

    def __str__(self) -> str:
        return self.file_name


class ImportWork(models.Model):
    """How far the work on a file is, and who works on it. A row of its own: it is written while the file stays put.

    ``runner`` is the token of the process that works on it, "" where none does. It renews ``beat_at``, and where that
    has grown old another one takes the work up. ``attempts`` counts how often the step was begun and not ended.
    """

    item = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="work")
    runner = models.CharField(max_length=12, blank=True)
    beat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("work on an import")
        verbose_name_plural = _("work on imports")

    def __str__(self) -> str:
        return f"{self.item}: {self.stage}"
