"""What an administrator may see and touch: decided by ownership, not by lists of permissions."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db.models import Field, ForeignKey, Model, QuerySet, TextField
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from raci import models
from raci.services.private import is_private_lookup, without_private

OWNER = models.Membership.Level.OWNER


def owned_ids(request: HttpRequest) -> frozenset[int] | None:
    """Return the ids of the organisations that the person owns; None stands for all of them. Asked once a request."""
    if not hasattr(request, "_owned_ids"):
        request._owned_ids = _find_owned(request.user)  # type: ignore[attr-defined]  # kept with the request
    return request._owned_ids  # type: ignore[attr-defined, no-any-return]


def _find_owned(user: Any) -> frozenset[int] | None:
    if user.is_active and user.is_superuser:
        return None
    return frozenset(models.Organisation.objects.owned_by(user).values_list("pk", flat=True))


def may_enter(request: HttpRequest) -> bool:
    """Whether the person is an active superuser or owns an organisation."""
    owned = owned_ids(request)
    return owned is None or bool(owned)


class ScopedAutocomplete(AutocompleteSelect):
    """Offers only what belongs to one organisation, where one is given."""

    def __init__(self, field: Any, site: admin.AdminSite, organisation: int | None) -> None:
        super().__init__(field, site)
        self.organisation = organisation

    @property
    def media(self) -> Media:
        """What select2 needs, and what names its parts."""
        return super().media + Media(js=["admin/js/autocomplete.js", "raci/js/admin-names.js"])

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: Any = None) -> dict[str, Any]:
        """Say in the empty field what it is for."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-placeholder": _("Choose: %(name)s") % {"name": self.field.verbose_name}}

    def get_url(self) -> str:
        """Return the address that the choices come from."""
        return f"{super().get_url()}?organisation={self.organisation}" if self.organisation else super().get_url()


class ScopedMixin:
    """For anything in the admin that has relations: they are looked up by typing, within one organisation."""

    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Return every relation to something that is registered."""
        return [
            field.name
            for field in self.opts.get_fields()  # type: ignore[attr-defined]  # of the admin class
            if isinstance(field, ForeignKey) and self.admin_site.is_registered(field.related_model)  # type: ignore[attr-defined]
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Limit a relation to what the person owns and, on a form, to the organisation of its record."""
        target = self.admin_site.get_model_admin(db_field.related_model)  # type: ignore[attr-defined]
        organisation = getattr(request, "organisation", None)
        rows = target.get_queryset(request)
        path = getattr(target, "owner_path", "")
        if organisation is not None and path:
            rows = rows.filter(**{path: organisation})
        widget = ScopedAutocomplete(db_field, self.admin_site, organisation.pk if organisation and path else None)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, queryset=rows, widget=widget, **options)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any) -> Any:
        """Leave out the buttons that add or change a related record in passing: that would be a revision of its own."""
        field = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class DiscreetAdmin(admin.ModelAdmin):
    """A page for records to which something private may refer: nobody is told of it."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Let nobody ask through what is private to people, not even whether there is any."""
        if is_private_lookup(lookup):
            return False
        return bool(super().lookup_allowed(lookup, value, request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """List what would be deleted as well, without what is private to people: nobody is told whether it is there."""
        listed, counts, needed, protected = super().get_deleted_objects(objs, request)
        counts, listed = without_private(counts, listed)
        return listed, counts, needed, protected


class ScopedAdmin(ScopedMixin, DiscreetAdmin):
    """A record of organisations. ``owner_path`` leads to the organisation, ``related`` to what its pages show."""

    owner_path = "organisation"
    related: tuple[str, ...] = ()
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # a count for each filter would be a query for each
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the person may see, with what its pages show."""
        rows = super().get_queryset(request).select_related(*self.related)
        owned = owned_ids(request)
        return rows if owned is None else rows.filter(**{f"{self.owner_path}__in": owned})

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Keep what is offered for a relation within the organisation that the form is about."""
        wanted = request.GET.get("organisation", "")
        if request.resolver_match and request.resolver_match.url_name == "autocomplete" and wanted.isdecimal():
            queryset = queryset.filter(**{self.owner_path: wanted})
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Head the list with what it lists."""
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_enter(request)  # which ones, the queryset decides

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        # What is not theirs does not exist for them, and a wrong address is worth a 404.
        raise Http404


class ReadOnly:
    """Mixed in where nothing can be added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
