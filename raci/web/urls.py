"""Addresses of the workspace."""

from django.urls import URLPattern, URLResolver, path

from raci.web.views import cells

urlpatterns: list[URLPattern | URLResolver] = [
    path("o/<slug:slug>/matrices/<slug:matrix>/cells/<slug:duty>/<slug:role>/", cells.cell, name="cell"),
]
