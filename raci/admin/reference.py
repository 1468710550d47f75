"""What all organisations share: schemes, scales and the catalogue."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.scope import ReadOnly, may_enter, owned_ids
from raci.domain.scheme import Scheme


class SharedAdmin(admin.ModelAdmin):
    """Every administrator reads it."""

    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_enter(request)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404


class SchemeForm(forms.ModelForm):
    """A scheme must be usable: one letter answers, no two are mistaken for one another."""

    def clean_definition(self) -> Any:
        """Refuse a definition that is none, with all that is wrong with it."""
        given = self.cleaned_data["definition"]
        try:
            problems = Scheme.from_data(given).problems()
        except (ValueError, TypeError, AttributeError) as error:
            raise forms.ValidationError(_("This is not the definition of a scheme: %s") % error) from error
        if problems:
            raise forms.ValidationError(problems)
        return given

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        definition, code = values.get("definition"), values.get("code", self.instance.code)
        if definition and definition["code"] != code:
            self.add_error("definition", _("Its code must be “%(code)s”, as above.") % {"code": code})
        return values


@admin.register(models.Scheme)
class SchemeAdmin(SharedAdmin):
    """Data that matrices stand on: once one does, its letters stay as they are."""

    form = SchemeForm
    fields = ("code", "name", "definition")
    ordering = ("name", "pk")  # said again, because counting drops that of the model
    list_display = ("name", "code", "letters", "matrix_count")
    search_fields = ("name", "code")
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the matrices that use each with the list."""
        return super().get_queryset(request).annotate(matrix_count=Count("matrices"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The letters of a scheme in use stay."""
        return ("code", "definition") if obj and obj.matrices.exists() else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return owned_ids(request) is None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return owned_ids(request) is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return owned_ids(request) is None and not (obj and obj.matrices.exists())

    @admin.display(description=gettext_lazy("letters"))
    def letters(self, scheme: Any) -> str:
        """Its letters in their order."""
        return " ".join(item["code"] for item in scheme.definition["letters"])

    @admin.display(description=gettext_lazy("matrices"), ordering="matrix_count")
    def matrix_count(self, scheme: Any) -> int:
        """How many matrices use it."""
        return int(scheme.matrix_count)


class ScaleForm(forms.ModelForm):
    """A scale of levels: at least two, each number once and in order."""

    def clean_levels(self) -> Any:
        """Refuse what is no list of levels."""
        given = self.cleaned_data["levels"]
        try:
            numbers = [item["level"] for item in given]
            sound = all(type(number) is int and number >= 0 for number in numbers) and all(
                isinstance(item["name"], str) and set(item) == {"level", "name"} for item in given
            )
        except (TypeError, KeyError) as error:
            raise forms.ValidationError(_("These are no levels: %s") % error) from error
        if not sound or len(numbers) < 2 or numbers != sorted(set(numbers)):
            raise forms.ValidationError(
                _("A scale has at least two levels, each with a number and a name, lowest first.")
            )
        return given


@admin.register(models.Scale)
class ScaleAdmin(SharedAdmin):
    """Data that competencies stand on: once one does, its levels stay as they are."""

    form = ScaleForm
    fields = ("code", "name", "levels")
    ordering = ("name", "pk")  # said again, because counting drops that of the model
    list_display = ("name", "code", "numbers", "competency_count")
    search_fields = ("name", "code")
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the competencies on each with the list."""
        return super().get_queryset(request).annotate(competency_count=Count("competencies"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The levels of a scale in use stay."""
        return ("code", "levels") if obj and obj.competencies.exists() else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return owned_ids(request) is None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return owned_ids(request) is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return owned_ids(request) is None and not (obj and obj.competencies.exists())

    @admin.display(description=gettext_lazy("levels"))
    def numbers(self, scale: Any) -> str:
        """Its levels in their order."""
        return " · ".join(f"{item['level']} {item['name']}".strip() for item in scale.levels)

    @admin.display(description=gettext_lazy("competencies"), ordering="competency_count")
    def competency_count(self, scale: Any) -> int:
        """How many competencies use it."""
        return int(scale.competency_count)


@admin.register(models.CatalogueEntry)
class CatalogueAdmin(ReadOnly, SharedAdmin):
    """Read-only: the catalogue comes from the fixtures."""

    fields = ("code", "kind", "role", "other_role", "title", "text", "details", "sources", "position")
    list_display = ("code", "title", "kind", "role", "other_role")
    list_display_links = ("code", "title")
    list_filter = ("kind", "role", "other_role")
    search_fields = ("code", "title", "text", "sources")
    list_per_page = 50
    actions = None
