"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from orgroles.health import healthz
from orgroles.language import choose_language

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", choose_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("raci.web.urls")),
]
