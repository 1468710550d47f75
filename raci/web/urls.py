"""Addresses of the workspace."""

from django.urls import URLPattern, URLResolver, include, path

from raci.web.views import (
    assign,
    bulk,
    cells,
    compare,
    decisions,
    grey_areas,
    grid,
    history,
    home,
    matrices,
    panel,
    register,
    structure,
    who_owns,
)

_MATRIX: list[URLPattern | URLResolver] = [
    path("", matrices.matrix, name="matrix"),
    path("export.<slug:kind>", matrices.export, name="export"),
    path("structure.json", structure.structure, name="structure"),
    path("compare/", compare.compare, name="compare"),
    path("grid.json", grid.grid, name="grid"),
    path("changes.json", grid.changes, name="changes"),
    path("cells.json", grid.cells, name="cells"),
    path("undo.json", grid.undo_mine, name="undo_mine"),
    path("redo.json", grid.redo_mine, name="redo_mine"),
    path("rows/<slug:duty>/", panel.row, name="row"),
    path("panel/fix/", panel.fix, name="fix"),
    path("panel/comment/", panel.comment, name="comment"),
    path("panel/comment/<slug:comment>/", panel.alter_comment, name="alter_comment"),
    path("panel/<slug:duty>/", panel.row_panel, name="row_panel"),
    path("panel/<slug:duty>/<slug:role>/", panel.cell_panel, name="cell_panel"),
]

_ORGANISATION: list[URLPattern | URLResolver] = [
    path("", home.overview, name="overview"),
    path("grey-areas/", grey_areas.grey_areas, name="grey_areas"),
    path("grey-areas/export.<slug:kind>", grey_areas.export_grey_areas, name="grey_areas_export"),
    path("grey-areas/change/", bulk.change_grey_areas, name="grey_areas_change"),
    path("grey-areas/assign/", assign.assign_many, name="assign_many"),
    path("grey-areas/<slug:key>/claim/", grey_areas.claim, name="claim"),
    path("who-owns/", who_owns.who_owns, name="who_owns"),
    path("duties/", register.duties, name="duties"),
    path("duties/export.<slug:kind>", register.export_duties, name="duties_export"),
    path("duties/change/", bulk.change_duties, name="duties_change"),
    path("duties/<slug:key>/assign/", assign.assign, name="assign"),
    path("roles/", register.roles, name="roles"),
    path("roles/change/", bulk.change_roles, name="roles_change"),
    path("roles/export.<slug:kind>", register.export_roles, name="roles_export"),
    path("matrices/", matrices.matrices, name="matrices"),
    path("matrices/<slug:key>/", include(_MATRIX)),
    path("matrices/<slug:matrix>/cells/<slug:duty>/<slug:role>/", cells.cell, name="cell"),
    path("findings/", matrices.all_findings, name="findings"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/export.<slug:kind>", decisions.export_decisions, name="decisions_export"),
    path("history/", history.history, name="history"),
    path("history/export.<slug:kind>", history.export_history, name="history_export"),
    path("history/<int:number>/", history.revision, name="revision"),
    path("history/<int:number>/undo/", history.undo_revision, name="undo"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("o/<slug:slug>/", include(_ORGANISATION)),
]
