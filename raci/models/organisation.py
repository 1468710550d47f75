"""The tenant and who belongs to it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from raci.models.base import KeyField, OrganisationQuerySet, TenantQuerySet


class Organisation(models.Model):
    """The tenant: owns everything below it.

    ``revision`` and ``head`` are the number and the hash of its latest revision. Its row is what a
    writer locks.
    """

    key = KeyField(unique=True)
    slug = models.SlugField(_("address"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=200)
    revision = models.PositiveIntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in an organisation, and what they may do there.

    ``stands_for`` names the roles that the person speaks for: what waits for such a role waits for them. It is no
    record of who held a post from when to when, and gives no rights.
    """

    class Level(models.TextChoices):
        OWNER = "owner", pgettext_lazy("member of an organisation", "Owner")
        EDITOR = "editor", _("Editor")
        CONTRIBUTOR = "contributor", _("Contributor")
        READER = "reader", _("Reader")
        AUDITOR = "auditor", _("Auditor")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, default=Level.READER)
    stands_for = models.ManyToManyField(
        "raci.Role", blank=True, related_name="spoken_for_by", verbose_name=_("stands for")
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "user"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(level__in=["owner", "editor", "contributor", "reader", "auditor"]),
                name="membership_level_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_level_display()}"
