"""Matrices with their rows, columns and cells."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.exports import as_files
from raci.admin.filters import among
from raci.admin.forms import DoorForm, RecordForm
from raci.admin.writing import DoorAdmin, DoorInline
from raci.domain.change import Change
from raci.domain.scheme import WrongLetters, parse_letters
from raci.domain.structure import no_longer_asked
from raci.services.loading import load_matrix
from raci.services.words import said


class ColumnInline(DoorInline):
    """The columns of a matrix. They go through their own page, which shows the letters that would go with them."""

    model = models.MatrixColumn
    form = RecordForm
    fields = ("role", "position", "seen")
    fixed = ("role",)
    related = ("matrix", "role")
    can_delete = False
    verbose_name_plural = gettext_lazy("Columns")


@admin.register(models.Matrix)
class MatrixAdmin(DoorAdmin):
    editable = ("title", "scope_kind", "scope_name", "scheme", "description", "position")
    shown = ("organisation", "parts", "key")
    related = ("organisation", "scheme")
    inlines = (ColumnInline,)
    actions = (*DoorAdmin.actions, "export_xlsx", "export_csv", "export_md")
    ordering = ("position", "title", "pk")  # said again, because counting drops that of the model
    list_display = ("title", "scope_kind", "scope_name", "organisation", "scheme", "row_count", "column_count")
    list_filter = (among("organisation"), "scope_kind", among("scheme"))
    search_fields = ("title", "scope_name", "description", "key")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count rows and columns with the list."""
        rows = super().get_queryset(request)
        return rows.annotate(row_count=Count("rows", distinct=True), column_count=Count("columns", distinct=True))

    @admin.display(description=gettext_lazy("rows"), ordering="row_count")
    def row_count(self, matrix: Any) -> int:
        """How many duties stand in it."""
        return int(matrix.row_count)

    @admin.display(description=gettext_lazy("columns"), ordering="column_count")
    def column_count(self, matrix: Any) -> int:
        """How many roles stand in it."""
        return int(matrix.column_count)

    @admin.display(description=gettext_lazy("rows and cells"))
    def parts(self, matrix: Any) -> str:
        """Links to what is too much for one form."""
        rows = reverse("admin:raci_matrixrow_changelist")
        cells = reverse("admin:raci_assignment_changelist")
        return format_html(
            '<a href="{}?matrix__id__exact={}">{}</a> · <a href="{}?row__matrix__id__exact={}">{}</a>',
            *(rows, matrix.pk, _("%(count)d rows") % {"count": matrix.row_count}, cells, matrix.pk, _("Cells")),
        )

    @admin.action(permissions=["view"], description=gettext_lazy("Export as Excel workbook"))
    def export_xlsx(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """One matrix as a workbook, several in an archive."""
        return self._export(request, queryset, "xlsx")

    @admin.action(permissions=["view"], description=gettext_lazy("Export as CSV"))
    def export_csv(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """One matrix as a text file, several in an archive."""
        return self._export(request, queryset, "csv")

    @admin.action(permissions=["view"], description=gettext_lazy("Export as Markdown"))
    def export_md(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """One matrix as a text file, several in an archive."""
        return self._export(request, queryset, "md")

    @staticmethod
    def _export(request: HttpRequest, queryset: Sequence[models.Matrix], kind: str) -> HttpResponse:
        return as_files(list(queryset), kind, str(request.user))


class RowForm(DoorForm):
    """A row that does not apply says why."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("applies") is False and not values.get("reason"):
            self.add_error("reason", _("Say why the duty does not apply in this scope."))
        return values

    def changes(self) -> list[Change]:
        """Return the changes; the open grey area of a row that does not apply any more is withdrawn with it."""
        found = super().changes()
        if any(item.field == "applies" and item.after is False for item in found):
            found += no_longer_asked(load_matrix(self.instance.matrix), [self.instance.duty.key])
        return found


@admin.register(models.MatrixRow)
class RowAdmin(DoorAdmin):
    form = RowForm
    editable = ("matrix", "duty", "position", "applies", "reason")
    fixed = ("matrix", "duty")
    related = ("matrix__organisation", "duty")
    list_display = ("duty", "matrix", "position", "applies", "reason", "organisation")
    list_filter = (among("matrix__organisation"), among("matrix"), "applies")
    search_fields = ("duty__code", "duty__title", "matrix__title", "reason")

    @admin.display(description=gettext_lazy("organisation"), ordering="matrix__organisation__name")
    def organisation(self, row: Any) -> Any:
        """Whose row it is."""
        return row.matrix.organisation


@admin.register(models.MatrixColumn)
class ColumnAdmin(DoorAdmin):
    editable = ("matrix", "role", "position")
    fixed = ("matrix", "role")
    related = ("matrix__organisation", "role")
    list_display = ("role", "matrix", "position", "organisation")
    list_filter = (among("matrix__organisation"), among("matrix"), among("role"))
    search_fields = ("role__code", "role__name", "matrix__title")

    @admin.display(description=gettext_lazy("organisation"), ordering="matrix__organisation__name")
    def organisation(self, column: Any) -> Any:
        """Whose column it is."""
        return column.matrix.organisation


class CellForm(DoorForm):
    """A cell's letters as people type them: "r/a", "Accountable", "A, R"."""

    letters = forms.CharField(
        label=gettext_lazy("Letters"), max_length=80, help_text=gettext_lazy("Such as A/R, or Consulted.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        row, column = values.get("row", self._own("row")), values.get("column", self._own("column"))
        if row and column and row.matrix_id != column.matrix_id:
            self.add_error("column", _("The row and the column stand in different matrices."))
        elif row and "letters" in values:
            values["letters"] = self._letters(row, values["letters"])
        return values

    def changes(self) -> list[Change]:
        """Return the change of the cell; a new one was empty."""
        found = super().changes()
        return [Change(found[0].address, "letters", "", self.cleaned_data["letters"])] if self.adds else found

    def _own(self, name: str) -> Any:
        return None if self.adds else getattr(self.instance, name)

    def _letters(self, row: models.MatrixRow, typed: str) -> str:
        try:
            letters = parse_letters(row.matrix.scheme.to_domain(), typed)
        except WrongLetters as error:
            self.add_error("letters", f"{said(error.sentence)}.")
            return typed
        if not letters:
            self.add_error("letters", _("Enter letters; to empty the cell, delete it."))
        return letters


@admin.register(models.Assignment)
class CellAdmin(DoorAdmin):
    form = CellForm
    editable = ("row", "column", "letters")
    fixed = ("row", "column")
    related = ("row__matrix__organisation", "row__matrix__scheme", "row__duty", "column__role")
    list_display = ("duty", "role", "letters", "matrix", "organisation")
    list_filter = (among("row__matrix__organisation"), among("row__matrix"), among("column__role"), "letters")
    search_fields = ("row__duty__code", "row__duty__title", "column__role__code", "column__role__name", "=letters")
    ordering = ("row__matrix", "row__position", "column__position", "pk")

    @admin.display(description=gettext_lazy("duty"), ordering="row__duty__code_key")
    def duty(self, cell: Any) -> Any:
        """Its row."""
        return cell.row.duty

    @admin.display(description=gettext_lazy("role"), ordering="column__role__name")
    def role(self, cell: Any) -> Any:
        """Its column."""
        return cell.column.role

    @admin.display(description=gettext_lazy("matrix"), ordering="row__matrix__title")
    def matrix(self, cell: Any) -> Any:
        """Where it stands."""
        return cell.row.matrix

    @admin.display(description=gettext_lazy("organisation"), ordering="row__matrix__organisation__name")
    def organisation(self, cell: Any) -> Any:
        """Whose cell it is."""
        return cell.row.matrix.organisation
