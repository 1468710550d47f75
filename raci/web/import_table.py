"""The list of imports, column by column, and what it can be narrowed to."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from raci.models import Import
from raci.web.filters import TextFilter, matrices_of
from raci.web.tables import CellColumn, ListTable


class ImportTable(ListTable):
    """Files that were brought, newest first, and what became of them."""

    file_name = CellColumn("import_file", _("File"), "file_name", style="duty")
    state = CellColumn("import_state", _("State"), "state", style="nowrap")
    matrix = CellColumn("import_matrix", _("Matrix"), "matrix__title")
    revision = CellColumn("import_revision", _("Became"), "revision", style="nowrap")
    uploaded_by_name = tables.Column(verbose_name=_("Uploaded by"))
    uploaded_at = tables.DateTimeColumn(verbose_name=_("Uploaded"), attrs={"td": {"class": "nowrap"}})

    class Meta(ListTable.Meta):
        model = Import
        sequence = fields = ("file_name", "state", "matrix", "revision", "uploaded_by_name", "uploaded_at")


class ImportFilter(django_filters.FilterSet):
    """Imports by name of the file or of whoever brought it, state and matrix."""

    q = TextFilter(("file_name", "uploaded_by_name"), _("Text"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=Import.State.choices, empty_label=_("Any"))
    matrix = django_filters.ModelChoiceFilter(
        to_field_name="key", queryset=matrices_of, label=_("Matrix"), empty_label=_("Any")
    )

    class Meta:
        model = Import
        fields: list[str] = []
