"""Lists of the administration as files: what was ticked, column by column as the list shows it."""

import io
from datetime import date, datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field, lookup_field
from django.db.models import Field
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.text import capfirst, slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.documents.held import CannotBeHeld
from raci.documents.speech import speaking
from raci.documents.table import Table, Value, write_table
from raci.services.exporting import KINDS
from raci.services.words import spoken_language

ACTIONS = ("list_xlsx", "list_csv")


class ListFiles(admin.ModelAdmin):
    """Mixed in where a list goes out as a file."""

    @admin.action(permissions=["view"], description=gettext_lazy("Export the list as Excel workbook"))
    def list_xlsx(self, request: HttpRequest, queryset: Any) -> HttpResponse | FileResponse | None:
        """What was ticked as a workbook."""
        return self._list_file(request, queryset, "xlsx")

    @admin.action(permissions=["view"], description=gettext_lazy("Export the list as CSV"))
    def list_csv(self, request: HttpRequest, queryset: Any) -> HttpResponse | FileResponse | None:
        """What was ticked as a text file."""
        return self._list_file(request, queryset, "csv")

    def _list_file(self, request: HttpRequest, queryset: Any, kind: str) -> FileResponse | None:
        columns = list(self.get_list_display(request))
        titles = [capfirst(str(label_for_field(name, self.model, self))) for name in columns]
        rows = [[self._value(row, name) for name in columns] for row in queryset]
        name = str(capfirst(self.opts.verbose_name_plural))
        content = io.BytesIO()
        try:
            with speaking(spoken_language()):
                write_table(Table(name, titles, rows, [(_("List"), name), (_("Rows"), len(rows))]), kind, content)
        except CannotBeHeld as refusal:
            messages.error(request, str(refusal))
            return None
        content.seek(0)
        file_name = f"{slugify(name) or self.opts.model_name}.{kind}"
        return FileResponse(content, as_attachment=True, filename=file_name, content_type=KINDS[kind].content_type)

    def _value(self, row: Any, name: str) -> Value:
        """Return one value as a file holds it: choices by their name, related records as they call themselves."""
        field, _attribute, value = lookup_field(name, row, self)
        if isinstance(field, Field) and field.flatchoices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            return localtime(value)
        return value if value is None or isinstance(value, str | int | float | date) else str(value)
