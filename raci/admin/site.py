"""The support door as a site: who may come in, and how its records are grouped."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from raci.admin.scope import may_enter

GROUPS = (
    ("register", _("Register"), ("Role", "ReportingLine", "RoleAlias", "Area", "Duty")),
    ("matrices", _("Matrices"), ("Matrix", "MatrixRow", "MatrixColumn", "Assignment")),
    (
        "overlaps",
        _("Overlaps"),
        ("GreyArea", "Claim", "Decision", "DecisionPart", "Acknowledgement", "Round", "Comment"),
    ),
    (
        "roles_defined",
        _("Roles defined"),
        ("Charter", "Accountability", "Authority", "Need", "Agreement", "Incompatibility", "Difference", "Baseline"),
    ),
    ("staffing", _("People in roles"), ("Person", "Holding", "Absence", "Signature")),
    ("competence", _("Competence"), ("Competency", "Skill", "Requirement", "Route", "Gain")),
    ("history", _("History"), ("Revision", "RevisionChange")),
    ("people", _("Organisations and people"), ("Organisation", "Membership", "User")),
    ("reference", _("Shared by all organisations"), ("Scheme", "Scale", "CatalogueEntry")),
)


class Administration(admin.AdminSite):
    """For superusers, and for owners within the organisations that they own."""

    site_header = "orgroles"
    site_title = _("orgroles administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may come in at all."""
        return may_enter(request)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Say 403 to whoever is signed in and may not come in; the others are asked to sign in."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **options)

        return guarded

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send people to the one sign-in: a form of its own would go round the second factor and the throttling."""
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': wanted})}")
        if not self.has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send people to the one place where a password is changed."""
        return redirect("account_change_password")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Group the project's records by what they are for; what other applications register follows."""
        found = super().get_app_list(request, app_label)
        own = next((app for app in found if app["app_label"] == "raci"), None)
        if own is None:
            return found
        by_name = {model["object_name"]: model for model in own["models"]}
        groups = []
        for label, name, wanted in GROUPS:
            present = [by_name[item] for item in wanted if item in by_name]
            if present:
                groups.append({**own, "app_label": label, "name": name, "models": present})
        return [*groups, *(app for app in found if app is not own)]
