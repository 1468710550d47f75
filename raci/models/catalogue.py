"""The catalogue: what is known of roles before an organisation says anything of its own."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueManager(models.Manager["CatalogueEntry"]):
    def get_by_natural_key(self, code: str) -> "CatalogueEntry":
        return self.get(code=code)


class CatalogueEntry(models.Model):
    """One record of the catalogue, with the statements that it comes from."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    role = models.CharField(_("role"), max_length=40, blank=True)
    other_role = models.CharField(_("other role"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    details: Any = models.JSONField(_("details"), default=dict, blank=True)
    sources: Any = models.JSONField(_("sources"), default=list, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = CatalogueManager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        constraints = [
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(title=""), name="entry_has_code_and_title")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)
