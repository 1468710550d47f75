"""Matrices: rows, columns and the letters where they cross."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from raci.domain import scheme as domain_scheme
from raci.models.base import CellQuerySet, KeyField, MatrixPartQuerySet, TenantQuerySet
from raci.models.organisation import Organisation
from raci.models.register import Duty, Role


class SchemeManager(models.Manager["Scheme"]):
    def get_by_natural_key(self, code: str) -> "Scheme":
        return self.get(code=code)


class Scheme(models.Model):
    """A family of letters, as data. Shared by all organisations."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    name = models.CharField(_("name"), max_length=80)
    definition: Any = models.JSONField(_("definition"))

    objects = SchemeManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")

    def __str__(self) -> str:
        return gettext(self.name)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def to_domain(self) -> domain_scheme.Scheme:
        return domain_scheme.Scheme.from_data(self.definition)


class Matrix(models.Model):
    """One sheet of an organisation, with a scope."""

    class ScopeKind(models.TextChoices):
        PROJECT = "project", _("One project")
        PROJECTS = "projects", _("All projects")
        DEPARTMENT = "department", _("Department")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="matrices")
    key = KeyField()
    title = models.CharField(_("title"), max_length=120)
    scope_kind = models.CharField(_("scope"), max_length=20, choices=ScopeKind.choices, default=ScopeKind.DEPARTMENT)
    scope_name = models.CharField(_("name of the scope"), max_length=120, blank=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="matrices", verbose_name=_("scheme"))
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "pk"]
        verbose_name = _("matrix")
        verbose_name_plural = _("matrices")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="matrix_key_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="matrix_has_title"),
            models.CheckConstraint(
                condition=models.Q(scope_kind__in=["project", "projects", "department"]), name="matrix_scope_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MatrixRow(models.Model):
    """A duty in a matrix."""

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="rows")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField(_("position"), default=0)
    applies = models.BooleanField(_("applies in this scope"), default=True)
    reason = models.CharField(_("why it does not apply"), max_length=300, blank=True)

    objects = MatrixPartQuerySet.as_manager()

    class Meta:
        ordering = ["matrix", "position", "pk"]
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        constraints = [
            models.UniqueConstraint(fields=["matrix", "duty"], name="row_once"),
            models.CheckConstraint(
                condition=models.Q(applies=True) | ~models.Q(reason=""), name="row_says_why_it_does_not_apply"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matrix}: {self.duty}"


class MatrixColumn(models.Model):
    """A role in a matrix."""

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="columns")
    role = models.ForeignKey(Role, models.PROTECT, related_name="columns")
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = MatrixPartQuerySet.as_manager()

    class Meta:
        ordering = ["matrix", "position", "pk"]
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        constraints = [models.UniqueConstraint(fields=["matrix", "role"], name="column_once")]

    def __str__(self) -> str:
        return f"{self.matrix}: {self.role}"


class Assignment(models.Model):
    """One cell: its letters in canonical order. An empty cell has no row here."""

    row = models.ForeignKey(MatrixRow, models.PROTECT, related_name="cells", db_index=False)  # first of the unique
    column = models.ForeignKey(MatrixColumn, models.PROTECT, related_name="cells")
    letters = models.CharField(_("letters"), max_length=20)

    objects = CellQuerySet.as_manager()

    class Meta:
        ordering = ["row", "column"]
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
        constraints = [
            models.UniqueConstraint(fields=["row", "column"], name="cell_once"),
            models.CheckConstraint(condition=~models.Q(letters=""), name="cell_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.row.duty.code} × {self.column.role.code}: {self.letters}"
