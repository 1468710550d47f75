"""Addresses of the workspace."""

from django.urls import URLPattern, URLResolver, include, path

from raci.web.views import assign, cells, compare, decisions, grey_areas, history, home, matrices, register, who_owns

_MATRIX: list[URLPattern | URLResolver] = [
    path("", matrices.matrix, name="matrix"),
    path("export.<slug:kind>", matrices.export, name="export"),
    path("compare/", compare.compare, name="compare"),
]

_ORGANISATION: list[URLPattern | URLResolver] = [
    path("", home.overview, name="overview"),
    path("grey-areas/", grey_areas.grey_areas, name="grey_areas"),
    path("grey-areas/assign/", assign.assign_many, name="assign_many"),
    path("grey-areas/<slug:key>/claim/", grey_areas.claim, name="claim"),
    path("who-owns/", who_owns.who_owns, name="who_owns"),
    path("duties/", register.duties, name="duties"),
    path("duties/<slug:key>/assign/", assign.assign, name="assign"),
    path("roles/", register.roles, name="roles"),
    path("matrices/", matrices.matrices, name="matrices"),
    path("matrices/<slug:key>/", include(_MATRIX)),
    path("matrices/<slug:matrix>/cells/<slug:duty>/<slug:role>/", cells.cell, name="cell"),
    path("findings/", matrices.all_findings, name="findings"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("history/", history.history, name="history"),
    path("history/<int:number>/", history.revision, name="revision"),
    path("history/<int:number>/undo/", history.undo_revision, name="undo"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("o/<slug:slug>/", include(_ORGANISATION)),
]
