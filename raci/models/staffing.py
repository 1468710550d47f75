"""People, which roles they hold, when they are away, and what they signed.

The history knows a person by their key. What they are called stands here alone, so that it can be erased while
the history stays whole.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import KeyField, RolePartQuerySet, TenantQuerySet
from raci.models.organisation import Organisation
from raci.models.register import Role


class Person(models.Model):
    """Somebody who can hold roles, with or without an account. No name once it was erased."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="people")
    key = KeyField()
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("account"),
    )
    erased_on = models.DateField(_("erased on"), null=True, blank=True, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="person_key_once"),
            models.UniqueConstraint(fields=["organisation", "user"], name="person_account_once"),
            models.CheckConstraint(
                condition=models.Q(erased_on__isnull=False) | ~models.Q(name=""), name="person_has_name_until_erased"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("somebody whose name was erased"))


class Holding(models.Model):
    """That a person holds a role, from and to a day inclusive."""

    class Manner(models.TextChoices):
        PERMANENT = "permanent", _("Permanent")
        ACTING = "acting", _("Acting")
        DEPUTY = "deputy", _("Deputy")

    role = models.ForeignKey(Role, models.CASCADE, related_name="holdings", verbose_name=_("role"))
    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings", verbose_name=_("person"))
    manner = models.CharField(_("manner"), max_length=20, choices=Manner.choices, default=Manner.PERMANENT)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = RolePartQuerySet.as_manager()

    class Meta:
        ordering = ["role", "manner", "starts_on", "pk"]
        verbose_name = _("holding")
        verbose_name_plural = _("holdings")
        constraints = [
            models.UniqueConstraint(fields=["role", "key"], name="holding_key_once"),
            models.CheckConstraint(
                condition=models.Q(manner__in=["permanent", "acting", "deputy"]), name="holding_manner_known"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(starts_on__lte=models.F("ends_on")),
                name="holding_starts_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"


class Absence(models.Model):
    """That a person is away, from and to a day inclusive, and who stands in for them."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="absences")
    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name=_("person"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    cover = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name=_("stands in")
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="absence_key_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(starts_on__lte=models.F("ends_on")),
                name="absence_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(cover=None) | ~models.Q(cover=models.F("person")), name="absence_covered_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.starts_on}"


class Signature(models.Model):
    """That a person signed the charter of a role as it was at a revision."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="signatures", verbose_name=_("role"))
    key = KeyField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="signatures", verbose_name=_("person"))
    number = models.PositiveIntegerField(_("revision"))
    digest = models.CharField(_("digest"), max_length=64)
    signed_on = models.DateField(_("signed on"))

    objects = RolePartQuerySet.as_manager()

    class Meta:
        ordering = ["role", "-number", "pk"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["role", "key"], name="signature_key_once"),
            models.CheckConstraint(condition=~models.Q(digest=""), name="signature_has_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.number}"
