"""Decisions that settle grey areas, what each role gets by them, and what those concerned say to that."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import DecisionPartQuerySet, KeyField, MatrixPartQuerySet
from raci.models.grey_area import GreyArea
from raci.models.matrix import Matrix
from raci.models.register import Duty, Role

_TYPES = ["sole_owner", "split_scope", "split_threshold", "shared", "delegate", "escalate", "defer"]


class DecisionQuerySet(MatrixPartQuerySet):
    def in_force(self) -> "DecisionQuerySet":
        return self.filter(withdrawn_on=None, superseded_by=None)


class Decision(models.Model):
    """How a grey area was settled. Never edited: superseded or withdrawn."""

    class Type(models.TextChoices):
        SOLE_OWNER = "sole_owner", _("Sole owner")
        SPLIT_SCOPE = "split_scope", _("Split by scope")
        SPLIT_THRESHOLD = "split_threshold", _("Split by threshold")
        SHARED = "shared", _("Shared, one accountable")
        DELEGATE = "delegate", _("Delegated")
        ESCALATE = "escalate", _("Escalated")
        DEFER = "defer", _("Deferred")

    # These answer no question, so there is nothing to acknowledge.
    OPEN_TYPES = (Type.ESCALATE, Type.DEFER)

    class Mode(models.TextChoices):
        NONE = "", "–"
        BANDS = "bands", _("Bands: from one amount to under another")
        LIMITS = "limits", _("Limits: up to an amount")

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="decisions", verbose_name=_("matrix"))
    key = KeyField()
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="decisions", verbose_name=_("duty"))
    grey_area = models.ForeignKey(
        GreyArea, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("grey area")
    )
    type = models.CharField(_("type"), max_length=30, choices=Type.choices, default=Type.SOLE_OWNER)
    owner = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("accountable")
    )
    letters: Any = models.JSONField(_("letters"), default=dict)
    reason = models.TextField(_("reason"))
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    terms = models.CharField(_("by what it is split, or what is asked"), max_length=500, blank=True)
    mode = models.CharField(_("how the amounts are meant"), max_length=10, choices=Mode.choices, blank=True)
    options = models.TextField(_("options weighed"), blank=True)
    authority = models.CharField(_("by what authority"), max_length=200, blank=True)
    degree = models.PositiveSmallIntegerField(_("level of delegation"), default=0)
    reversible = models.BooleanField(_("reversible"), default=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["matrix", "key"], name="decision_key_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(condition=models.Q(type__in=_TYPES), name="decision_type_known"),
            models.CheckConstraint(condition=models.Q(mode__in=["", "bands", "limits"]), name="decision_mode_known"),
            models.CheckConstraint(condition=models.Q(degree__lte=7), name="decision_degree_up_to_seven"),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False) | models.Q(type__in=["split_scope", "defer"]),
                name="decision_has_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.owner or self.get_type_display()}"


class DecisionPart(models.Model):
    """What one role gets by a decision: a value, a band of amounts, a contribution, a right passed on."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="parts")
    key = KeyField()
    role = models.ForeignKey(Role, models.PROTECT, related_name="decision_parts", verbose_name=_("role"))
    position = models.PositiveIntegerField(_("position"), default=0)
    name = models.CharField(_("value"), max_length=200, blank=True)
    text = models.TextField(_("contribution or limits"), blank=True)
    category = models.CharField(_("category"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    lower = models.CharField(_("from"), max_length=40, blank=True)
    upper = models.CharField(_("to"), max_length=40, blank=True)
    duty = models.ForeignKey(
        Duty, models.PROTECT, null=True, blank=True, related_name="decision_parts", verbose_name=_("duty of its own")
    )
    sheet = models.ForeignKey(
        Matrix, models.PROTECT, null=True, blank=True, related_name="decision_parts", verbose_name=_("stands in")
    )
    giver = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("passed on by")
    )
    may_pass_on = models.BooleanField(_("may pass it on"), default=False)
    starts_on = models.DateField(_("from day"), null=True, blank=True)
    ends_on = models.DateField(_("until day"), null=True, blank=True)

    objects = DecisionPartQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "position", "pk"]
        verbose_name = _("part of a decision")
        verbose_name_plural = _("parts of decisions")
        constraints = [models.UniqueConstraint(fields=["decision", "key"], name="part_key_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.name or self.text}".rstrip(": ")


class Acknowledgement(models.Model):
    """What somebody who stands for a role says to a decision."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="acknowledgements")
    key = KeyField()
    role = models.ForeignKey(Role, models.PROTECT, related_name="acknowledgements", verbose_name=_("role"))
    person = models.CharField(_("account"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200)
    agrees = models.BooleanField(_("agrees"), default=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_on = models.DateField(_("answered on"))

    objects = DecisionPartQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "answered_on", "pk"]
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(fields=["decision", "key"], name="acknowledgement_key_once"),
            models.UniqueConstraint(fields=["decision", "role", "person"], name="acknowledgement_once"),
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(reason=""), name="acknowledgement_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"
