"""Blind rounds, and the marks that people make in them in private."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import KeyField, MatrixPartQuerySet
from raci.models.matrix import Matrix
from raci.models.register import Duty, Role


class Round(models.Model):
    """A blind round: those who stand for its roles say in private whose each of its rows is."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        REVEALED = "revealed", _("Revealed")
        CLOSED = "closed", _("Closed")

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="rounds", verbose_name=_("matrix"))
    key = KeyField()
    title = models.CharField(_("title"), max_length=120)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.OPEN)
    duties: Any = models.JSONField(_("duties"), default=dict)
    roles: Any = models.JSONField(_("roles"), default=dict)
    opened_on = models.DateField(_("opened on"))
    opened_by = models.CharField(_("opened by"), max_length=200)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    revealed_on = models.DateField(_("revealed on"), null=True, blank=True)

    objects = MatrixPartQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("blind round")
        verbose_name_plural = _("blind rounds")
        constraints = [
            models.UniqueConstraint(fields=["matrix", "key"], name="round_key_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "revealed", "closed"]), name="round_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Mark(models.Model):
    """What one person says of one row for one role. No record: not in history, not in the admin, for nobody's eyes
    but their own before the round is revealed.
    """

    class Value(models.TextChoices):
        MINE = "mine", _("Mine")
        THEIRS = "theirs", _("Theirs")
        SHARED = "shared", _("Shared")
        NOBODY = "nobody", _("Nobody")
        UNKNOWN = "unknown", _("Do not know")

    round = models.ForeignKey(Round, models.CASCADE, related_name="marks")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    value = models.CharField(_("mark"), max_length=10, choices=Value.choices)
    whose = models.ForeignKey(Role, models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    marked_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["round", "pk"]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["round", "duty", "role", "user"], name="mark_once"),
            models.CheckConstraint(
                condition=models.Q(value__in=["mine", "theirs", "shared", "nobody", "unknown"]), name="mark_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
