"""Organisations, who belongs to them, and who has an account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.admin.filters import among
from raci.admin.scope import OWNER, DiscreetAdmin, ScopedAdmin, ScopedMixin, may_enter, owned_ids
from raci.services.door import Author
from raci.services.organisations import NotStarted, start_organisation

TEMPLATES = (
    ("it-pm-and-it-manager", gettext_lazy("IT project manager and IT manager")),
    ("", gettext_lazy("Empty: no roles, no duties, no matrix")),
)


class StartForm(forms.ModelForm):
    """A new organisation: out of a template, or empty."""

    template = forms.ChoiceField(label=gettext_lazy("Start with"), choices=TEMPLATES, required=False)
    proposed_areas = forms.BooleanField(
        label=gettext_lazy("With the areas that the template only proposes"), required=False
    )


@admin.register(models.Organisation)
class OrganisationAdmin(ScopedAdmin):
    """Its revision number and its head belong to the door: only name and address are ever written here."""

    owner_path = "pk"
    ordering = ("name", "pk")  # said again, because counting drops that of the model
    list_display = ("name", "slug", "role_count", "duty_count", "matrix_count", "revision", "created_at")
    list_filter = ("created_at",)
    search_fields = ("name", "slug", "key")
    readonly_fields = ("key", "revision", "head", "created_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count what each holds with the list."""
        counted = {
            f"{name}_count": Count(path, distinct=True)
            for name, path in (("role", "roles"), ("duty", "duties"), ("matrix", "matrices"))
        }
        return super().get_queryset(request).annotate(**counted)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the template's questions where one is started, else what there is to know."""
        if obj is None:
            return [(None, {"fields": ("name", "slug", "template", "proposed_areas")})]
        return [(None, {"fields": ("name", "slug")}), (_("History"), {"fields": self.readonly_fields})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """Return the form that starts one, or Django's."""
        if obj is None:
            options["form"] = StartForm
        return super().get_form(request, obj, change=change, **options)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return owned_ids(request) is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # its history would go with it

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Start the organisation, or write the one or two fields that changed."""
        if change:
            if form.changed_data:
                obj.save(update_fields=form.changed_data)
            return
        values = form.cleaned_data
        if not values["template"]:
            obj.save()
            return
        author = Author.of(request.user, "admin", _("Started in the admin"))
        try:
            started, _plan = start_organisation(
                name=values["name"],
                slug=values["slug"],
                template_code=values["template"],
                author=author,
                proposed_areas=values["proposed_areas"],
            )
        except NotStarted as error:
            raise Http404(str(error)) from error
        obj.pk = started.pk

    @admin.display(description=gettext_lazy("roles"), ordering="role_count")
    def role_count(self, organisation: Any) -> int:
        """How many roles it has."""
        return int(organisation.role_count)

    @admin.display(description=gettext_lazy("duties"), ordering="duty_count")
    def duty_count(self, organisation: Any) -> int:
        """How many duties it has."""
        return int(organisation.duty_count)

    @admin.display(description=gettext_lazy("matrices"), ordering="matrix_count")
    def matrix_count(self, organisation: Any) -> int:
        """How many matrices it has."""
        return int(organisation.matrix_count)


class MembershipForm(forms.ModelForm):
    """Owners name a person by what they know of them, so that nobody can leaf through the accounts of others."""

    person = forms.CharField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("The username or the email address of somebody who has an account."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "user" in self.fields or not self.instance._state.adding:
            self.fields.pop("person", None)
        if "stands_for" in self.fields:
            offered = Q(retired=False) | Q(spoken_for_by=self.instance)
            mine = models.Role.objects.filter(offered, organisation=self.instance.organisation_id)
            self.fields["stands_for"].queryset = mine.distinct()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("person"):
            named = Q(username__iexact=values["person"]) | Q(email__iexact=values["person"])
            found = list(models.User.objects.filter(named, is_active=True)[:2])
            if len(found) == 1:
                self._take(found[0], values.get("organisation"))
            else:
                self.add_error("person", _("Nobody with that username or email address has an account here."))
        if self._leaves_without_owner(values):
            self.add_error("level", _("The organisation would have no owner any more: make somebody else owner first."))
        return values

    def _take(self, user: models.User, organisation: models.Organisation | None) -> None:
        self.instance.user = user
        if organisation and organisation.memberships.filter(user=user).exists():
            self.add_error("person", _("This person is a member of the organisation already."))

    def _leaves_without_owner(self, values: dict[str, Any]) -> bool:
        if self.instance._state.adding or values.get("level", OWNER) == OWNER:
            return False
        return is_last_owner(models.Membership.objects.get(pk=self.instance.pk))


def is_last_owner(membership: models.Membership) -> bool:
    """Whether an organisation would have no owner without this membership."""
    others = models.Membership.objects.filter(organisation=membership.organisation_id, level=OWNER)
    return membership.level == OWNER and not others.exclude(pk=membership.pk).exists()


@admin.register(models.Membership)
class MembershipAdmin(ScopedAdmin):
    form = MembershipForm
    related = ("organisation", "user")
    list_display = ("user", "level", "organisation", "email")
    list_filter = (among("organisation"), "level")
    search_fields = ("user__username", "user__first_name", "user__last_name", "user__email", "organisation__name")
    actions = None  # one by one, so that no organisation loses its last owner

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A superuser finds anybody by typing, an owner names a person exactly; roles come once they are there."""
        if obj is not None:
            return ("organisation", "user", "level", "stands_for")
        if owned_ids(request) is None:
            return ("organisation", "user", "level")
        return ("organisation", "person", "level")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once there, only the level and the roles change."""
        return ("organisation", "user") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_enter(request) and not (obj and is_last_owner(obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Offer the roles as boxes to tick: they are few, and which ones the form decides."""
        field = super().formfield_for_manytomany(
            db_field, request, queryset=models.Role.objects.none(), widget=forms.CheckboxSelectMultiple, **options
        )
        if field:
            field.help_text = _("Roles that this person speaks for: what waits for these waits for them.")
        return field

    @admin.display(description=gettext_lazy("email address"), ordering="user__email")
    def email(self, membership: Any) -> str:
        """Where the person is reached."""
        return str(membership.user.email)


admin.site.unregister(Group)  # what a person may do follows from memberships alone
admin.site.unregister(SocialToken)  # what an identity provider gave out is for no eye
admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """Second factors: removed for somebody who lost theirs. The secret itself is never shown."""

    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")
    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    has_view_permission = has_delete_permission = lambda self, request, obj=None: bool(request.user.is_superuser)
    has_add_permission = has_change_permission = lambda self, request, obj=None: False


@admin.register(models.User)
class UserAdmin(ScopedMixin, DiscreetAdmin, DjangoUserAdmin):
    """Superusers manage accounts. Owners see who belongs to their organisations, and cannot take an account over."""

    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    list_display = ("username", "first_name", "last_name", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", among("memberships__organisation"), "memberships__level")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    ordering = ("username",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return everybody, or the members of the organisations that the person owns."""
        rows, owned = super().get_queryset(request), owned_ids(request)
        return rows if owned is None else rows.filter(memberships__organisation__in=owned).distinct()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Owners read who a person is; superusers also manage the account."""
        who = (_("Person"), {"fields": ("first_name", "last_name", "email")})
        if obj is None:
            return [*self.add_fieldsets, who]
        if owned_ids(request) is not None:
            return [(None, {"fields": ("username",)}), who]
        account = (_("Account"), {"fields": ("is_active", "is_superuser", "last_login", "date_joined")})
        return [(None, {"fields": ("username", "password")}), who, account]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What only the site itself writes."""
        return ("last_login", "date_joined") if obj else ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_enter(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return owned_ids(request) is None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return owned_ids(request) is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return owned_ids(request) is None

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404
