"""What a role must be able to do, how people get there; and what is private to them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import KeyField, RolePartQuerySet, TenantQuerySet
from raci.models.organisation import Organisation
from raci.models.register import Role
from raci.models.staffing import Person


class ScaleManager(models.Manager["Scale"]):
    def get_by_natural_key(self, code: str) -> "Scale":
        return self.get(code=code)


class Scale(models.Model):
    """A scale of levels: data, like a scheme of letters. ``levels`` lists number and name of each, lowest first."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    levels: Any = models.JSONField(_("levels"), default=list)

    objects = ScaleManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("scale of levels")
        verbose_name_plural = _("scales of levels")

    def __str__(self) -> str:
        return str(_(self.name)) if self.name else self.code

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class Competency(models.Model):
    """Something that people can be able to do, at levels of a scale."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="competencies")
    key = KeyField()
    code = models.CharField(_("code"), max_length=30)
    code_key = models.CharField(max_length=600, editable=False)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="competencies", verbose_name=_("scale"))
    lowest = models.PositiveSmallIntegerField(_("lowest level"), default=0)
    highest = models.PositiveSmallIntegerField(_("highest level"), default=5)
    framework = models.CharField(_("codes in frameworks"), max_length=200, blank=True)
    source = models.CharField(_("catalogue entry"), max_length=40, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code_key", "pk"]
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="competency_key_once"),
            models.UniqueConstraint(fields=["organisation", "code_key"], name="competency_code_once"),
            models.CheckConstraint(
                condition=~models.Q(code="") & ~models.Q(name=""), name="competency_has_code_and_name"
            ),
            models.CheckConstraint(
                condition=models.Q(lowest__lte=models.F("highest")), name="competency_lowest_below_highest"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """A skill that a role calls for, and the competency that covers it."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="skills", verbose_name=_("role"))
    key = KeyField()
    name = models.CharField(_("skill"), max_length=200)
    competency = models.ForeignKey(
        Competency, models.PROTECT, null=True, blank=True, related_name="skills", verbose_name=_("competency")
    )
    source = models.CharField(_("catalogue entry"), max_length=40, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = RolePartQuerySet.as_manager()

    class Meta:
        ordering = ["role", "position", "pk"]
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [
            models.UniqueConstraint(fields=["role", "key"], name="skill_key_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="skill_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Requirement(models.Model):
    """The level of a competency that a role requires."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="requirements", verbose_name=_("role"))
    competency = models.ForeignKey(
        Competency, models.CASCADE, related_name="requirements", verbose_name=_("competency")
    )
    level = models.PositiveSmallIntegerField(_("required level"))
    essential = models.BooleanField(_("essential"), default=False)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    objects = RolePartQuerySet.as_manager()

    class Meta:
        ordering = ["role", "competency__position", "pk"]
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            models.UniqueConstraint(fields=["role", "competency"], name="requirement_once"),
            models.CheckConstraint(condition=models.Q(weight__gte=1), name="requirement_weighs"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.competency} {self.level}"


class Route(models.Model):
    """A way to develop."""

    class Type(models.TextChoices):
        EDUCATION = "education", _("Education")
        DEGREE = "degree", _("Degree")
        EXPERIENCE = "experience", _("Experience")
        LEADERSHIP = "leadership", _("Leadership training")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="routes")
    key = KeyField()
    name = models.CharField(_("name"), max_length=200)
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.EXPERIENCE)
    description = models.TextField(_("description"), blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    cost = models.CharField(_("cost"), max_length=40, blank=True)
    unit = models.CharField(_("currency"), max_length=40, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    source = models.CharField(_("catalogue entry"), max_length=40, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("development route")
        verbose_name_plural = _("development routes")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="route_key_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="route_has_name"),
            models.CheckConstraint(
                condition=models.Q(type__in=["education", "degree", "experience", "leadership"]),
                name="route_type_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoutePartQuerySet(TenantQuerySet):
    path = "route__organisation"


class Gain(models.Model):
    """How many levels of a competency a route is expected to bring."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="gains", verbose_name=_("development route"))
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="gains", verbose_name=_("competency"))
    levels = models.PositiveSmallIntegerField(_("levels gained"), default=1)

    objects = RoutePartQuerySet.as_manager()

    class Meta:
        ordering = ["route", "competency__position", "pk"]
        verbose_name = _("expected gain")
        verbose_name_plural = _("expected gains")
        constraints = [models.UniqueConstraint(fields=["route", "competency"], name="gain_once")]

    def __str__(self) -> str:
        return f"{self.route}: {self.competency} +{self.levels}"


def _own_account() -> models.ForeignKey[Any, Any]:
    """Return the column for whose eyes something private is: the account that the person had when it was written.

    Whoever manages people can give a person another account; what was private does not go to that one.
    """
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("account")
    )


class Assessment(models.Model):
    """How far somebody is in a competency, as they or another see it.

    Private to the person and whom they allow: never part of the history, read in `raci.services.private` alone.
    """

    account = _own_account()

    person = models.ForeignKey(Person, models.CASCADE, related_name="assessments", verbose_name=_("person"))
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="assessments", verbose_name=_("competency"))
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assessments", verbose_name=_("assessed by")
    )
    level = models.PositiveSmallIntegerField(_("level"))
    assessed_on = models.DateField(_("assessed on"))
    evidence = models.TextField(_("evidence"), blank=True)

    class Meta:
        ordering = ["competency__position", "-assessed_on", "pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(fields=["person", "competency", "assessor"], name="assessment_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.competency}"


class Confidant(models.Model):
    """Whom a person lets see their assessments and plan; with ``assesses`` also add an assessment of their own."""

    account = _own_account()

    person = models.ForeignKey(Person, models.CASCADE, related_name="confidants", verbose_name=_("person"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="confidences", verbose_name=_("account")
    )
    assesses = models.BooleanField(_("may assess"), default=False)
    allowed_on = models.DateField(_("allowed on"))

    class Meta:
        ordering = ["person", "pk"]
        verbose_name = _("confidant")
        verbose_name_plural = _("confidants")
        constraints = [models.UniqueConstraint(fields=["person", "user"], name="confidant_once")]

    def __str__(self) -> str:
        return f"{self.person} → {self.user}"


class PlanStep(models.Model):
    """One step of a person's plan towards a role: a route with days. Private like an assessment."""

    account = _own_account()

    person = models.ForeignKey(Person, models.CASCADE, related_name="plan", verbose_name=_("person"))
    key = KeyField()
    role = models.ForeignKey(Role, models.CASCADE, related_name="+", verbose_name=_("towards"))
    route = models.ForeignKey(Route, models.CASCADE, related_name="+", verbose_name=_("development route"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of a plan")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="step_key_once"),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="step_starts_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.route}"
