"""Comments: to read, and to remove where one should not have been written. They are written where they are read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.filters import among
from raci.admin.writing import DoorAdmin


@admin.register(models.Comment)
class CommentAdmin(DoorAdmin):
    shown = ("matrix", "duty", "role", "text", "written_by", "written_at", "resolved", "key")
    related = ("matrix__organisation", "duty", "role")
    list_display = ("duty", "role", "text", "matrix", "written_by", "written_at", "resolved", "organisation")
    list_filter = (among("matrix__organisation"), among("matrix"), "resolved")
    search_fields = ("duty__code", "duty__title", "text", "written_by", "key")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # nobody puts words into somebody else's mouth

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything, to read."""
        return [(None, {"fields": self.shown})]

    @admin.display(description=gettext_lazy("organisation"), ordering="matrix__organisation__name")
    def organisation(self, comment: Any) -> Any:
        """Whose it is."""
        return comment.matrix.organisation
