"""What the pages of records that define roles have in common."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.admin.forms import DoorForm
from raci.admin.list_files import ACTIONS, ListFiles
from raci.admin.writing import DoorAdmin


class DefiningAdmin(ListFiles, DoorAdmin):
    """A record that defines a role; its list goes out as a file."""

    actions = (*DoorAdmin.actions, *ACTIONS)


class OfRole(DefiningAdmin):
    """A record that belongs to a role, which is chosen once."""

    fixed: tuple[str, ...] = ("role",)
    related: tuple[str, ...] = ("role__organisation",)

    @admin.display(description=gettext_lazy("organisation"), ordering="role__organisation__name")
    def organisation(self, row: Any) -> Any:
        """Whose it is."""
        return row.role.organisation


class OfDuty(DefiningAdmin):
    """A record that belongs to a duty, which is chosen once."""

    fixed: tuple[str, ...] = ("duty",)
    related: tuple[str, ...] = ("duty__organisation",)

    @admin.display(description=gettext_lazy("organisation"), ordering="duty__organisation__name")
    def organisation(self, row: Any) -> Any:
        """Whose it is."""
        return row.duty.organisation


class TwoForm(DoorForm):
    """Something between two different records of one kind, in the fields of ``pair``."""

    pair: tuple[str, str] = ("first_role", "second_role")
    alike: Any = gettext_lazy("Choose two different roles.")

    def clean(self) -> dict[str, Any]:
        """Refuse the same one on both sides."""
        values = super().clean()
        first, second = (values.get(name) for name in self.pair)
        if first and first == second:
            self.add_error(self.pair[1], str(self.alike))
        return values


class SpanForm(DoorForm):
    """Something that lasts from a day to a day."""

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        values = super().clean()
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        return values
