"""The register: roles, reporting lines, areas and duties, shared by all matrices of an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import KeyField, TenantQuerySet
from raci.models.organisation import Organisation


class RegisterQuerySet(TenantQuerySet):
    def in_use(self) -> "RegisterQuerySet":
        return self.filter(retired=False)


class Role(models.Model):
    """A post, a group or an external party that can hold letters."""

    class Kind(models.TextChoices):
        POST = "post", _("Post")
        GROUP = "group", _("Group")
        EXTERNAL = "external", _("External party")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")
    key = KeyField()
    code = models.CharField(_("code"), max_length=30)
    code_key = models.CharField(max_length=600, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.POST)
    purpose = models.TextField(_("purpose"), blank=True)
    scope = models.TextField(_("scope"), blank=True)
    source = models.CharField(_("catalogue entry"), max_length=40, blank=True)
    retired = models.BooleanField(_("retired"), default=False)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="role_key_once"),
            models.UniqueConstraint(fields=["organisation", "code_key"], name="role_code_once"),
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(name=""), name="role_has_code_and_name"),
            models.CheckConstraint(condition=models.Q(kind__in=["post", "group", "external"]), name="role_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ReportingLine(models.Model):
    """A role reports to a superior. Lines with different ``option`` are alternatives, not additions."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="lines")
    role = models.ForeignKey(Role, models.CASCADE, related_name="lines")
    superior = models.ForeignKey(Role, models.CASCADE, related_name="subordinate_lines", verbose_name=_("reports to"))
    option = models.PositiveSmallIntegerField(_("alternative"), default=1)
    dotted = models.BooleanField(_("dotted"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["role", "option", "pk"]
        verbose_name = _("reporting line")
        verbose_name_plural = _("reporting lines")
        constraints = [
            models.UniqueConstraint(fields=["role", "superior"], name="line_once"),
            models.CheckConstraint(condition=~models.Q(role=models.F("superior")), name="line_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.role} → {self.superior}"


class RoleAlias(models.Model):
    """Another name by which a role is known. No name leads to two roles."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    role = models.ForeignKey(Role, models.CASCADE, related_name="aliases", verbose_name=_("role"))
    key = KeyField()
    name = models.CharField(_("other name"), max_length=120)
    name_key = models.CharField(max_length=2400, editable=False)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["role", "name", "pk"]
        verbose_name = _("other name of a role")
        verbose_name_plural = _("other names of roles")
        constraints = [
            models.UniqueConstraint(fields=["role", "key"], name="alias_key_once"),
            models.UniqueConstraint(fields=["organisation", "name_key"], name="alias_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="alias_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A group of duties; a declared overlap where two roles are named."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="areas")
    key = KeyField()
    code = models.CharField(_("code"), max_length=30)
    code_key = models.CharField(max_length=600, editable=False)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    first_role = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("overlap of")
    )
    second_role = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("and")
    )
    source = models.CharField(_("catalogue entry"), max_length=40, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code_key", "pk"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="area_key_once"),
            models.UniqueConstraint(fields=["organisation", "code_key"], name="area_code_once"),
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(name=""), name="area_has_code_and_name"),
            models.CheckConstraint(
                condition=models.Q(first_role=None, second_role=None)
                | (
                    models.Q(first_role__isnull=False, second_role__isnull=False)
                    & ~models.Q(first_role=models.F("second_role"))
                ),
                name="area_overlap_of_two_roles",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """Something that must be done: a verb and its object."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="duties")
    key = KeyField()
    code = models.CharField(_("code"), max_length=30)
    code_key = models.CharField(max_length=600, editable=False)
    title = models.CharField(_("title"), max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("area"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("catalogue entry"), max_length=40, blank=True)
    is_control = models.BooleanField(_("is a control"), default=False)
    retired = models.BooleanField(_("retired"), default=False)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        ordering = ["area__position", "code_key", "pk"]
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="duty_key_once"),
            models.UniqueConstraint(fields=["organisation", "code_key"], name="duty_code_once"),
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(title=""), name="duty_has_code_and_title"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("pk")), name="duty_not_its_own_part"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
