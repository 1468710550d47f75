"""Who signs in, and what was sent to them."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with an account. The project's own model, so that it can grow without moving tables.

    ``language`` is the one that they chose last, for what reaches them outside a browser; "" where they never did.
    """

    language = models.CharField(_("language"), max_length=10, blank=True, editable=False)

    class Meta(AbstractUser.Meta):
        pass

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Digest(models.Model):
    """That a person got the digest of a day: written before it is sent, so that nobody gets it twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField(_("day"))
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    class Meta:
        ordering = ["-day", "pk"]
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user} · {self.day}"


class Feed(models.Model):
    """A calendar that can be read by whoever knows its secret, until it is revoked. Only a hash of that is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    organisation = models.ForeignKey("raci.Organisation", models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, editable=False)

    class Meta:
        ordering = ["-made_at", "pk"]
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="feed_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Look(models.Model):
    """The revision that a person had before them when they last looked at what they are accountable for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="looks")
    organisation = models.ForeignKey("raci.Organisation", models.CASCADE, related_name="looks")
    number = models.PositiveIntegerField(_("revision"))
    looked_at = models.DateTimeField(_("looked at"), auto_now=True)

    class Meta:
        ordering = ["-looked_at", "pk"]
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="look_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.number}"
