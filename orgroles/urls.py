"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from orgroles.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("raci.web.urls")),
]
