"""What people say about a row or a cell of a matrix."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.base import KeyField, MatrixPartQuerySet
from raci.models.matrix import Matrix
from raci.models.register import Duty, Role


class Comment(models.Model):
    """One comment. It stands with the duty, not with its row: a row that goes and returns has its comments again.

    Who may alter it is known by who wrote the revision that made it; ``written_by`` is their name then.
    """

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="comments", verbose_name=_("matrix"))
    key = KeyField()
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="comments", verbose_name=_("duty"))
    role = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("role")
    )
    text = models.TextField(_("text"))
    written_by = models.CharField(_("written by"), max_length=200)
    written_at = models.CharField(_("written at"), max_length=40)
    resolved = models.BooleanField(_("resolved"), default=False)

    objects = MatrixPartQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(fields=["matrix", "key"], name="comment_key_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="comment_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.text[:60]}"
