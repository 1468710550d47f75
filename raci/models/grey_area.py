"""Grey areas, and the claims made for them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import ClaimQuerySet, KeyField, MatrixPartQuerySet
from raci.models.matrix import Matrix
from raci.models.register import Duty, Role


class GreyAreaQuerySet(MatrixPartQuerySet):
    def unresolved(self) -> "GreyAreaQuerySet":
        return self.filter(status=GreyArea.Status.OPEN)


class GreyArea(models.Model):
    """A row of a matrix whose owner is open or contested."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Origin(models.TextChoices):
        OVERLAP = "overlap", _("Declared overlap")
        HAND = "hand", _("Raised by hand")
        LINT = "lint", _("Raised from a finding")
        ROUND = "round", _("Blind round")
        DISAGREEMENT = "disagreement", _("Disagreement with a decision")
        IMPORT = "import", _("Conflict of an import")

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="grey_areas", verbose_name=_("matrix"))
    key = KeyField()
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="grey_areas", verbose_name=_("duty"))
    question = models.TextField(_("question"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.OPEN)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices, default=Origin.HAND)
    decider = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who decides")
    )
    interim = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("interim owner")
    )
    raised_on = models.DateField(_("raised on"))
    raised_by = models.CharField(_("raised by"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    proposed: Any = models.JSONField(_("proposed letters"), default=dict, blank=True)
    usual_decision = models.CharField(_("usual decision"), max_length=60, blank=True)
    reopened_on = models.DateField(_("opened again on"), null=True, blank=True)

    objects = GreyAreaQuerySet.as_manager()

    class Meta:
        ordering = ["raised_on", "pk"]
        verbose_name = _("grey area")
        verbose_name_plural = _("grey areas")
        constraints = [
            models.UniqueConstraint(fields=["matrix", "key"], name="grey_area_key_once"),
            models.UniqueConstraint(
                fields=["matrix", "duty"], condition=models.Q(status="open"), name="grey_area_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "decided", "withdrawn"]), name="grey_area_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} · {self.matrix}"


class Claim(models.Model):
    """What one role proposes for itself in a grey area, and why."""

    grey_area = models.ForeignKey(GreyArea, models.CASCADE, related_name="claims")
    role = models.ForeignKey(Role, models.PROTECT, related_name="claims", verbose_name=_("role"))
    letters = models.CharField(_("letters"), max_length=20)
    reason = models.TextField(_("reason"), blank=True)
    made_on = models.DateField(_("made on"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["grey_area", "pk"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(fields=["grey_area", "role"], name="claim_once"),
            models.CheckConstraint(condition=~models.Q(letters=""), name="claim_has_letters"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.letters}"
