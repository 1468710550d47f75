"""Rules on a matrix as a whole."""

from collections.abc import Iterator

from raci.domain.lint.finding import Level
from raci.domain.lint.registry import MATRIX, Documentation, Form, Hit, column, row, rule
from raci.domain.lint.view import View
from raci.domain.text import gettext_noop as _


@rule(
    "M01",
    "everything-filled",
    Documentation(
        title=_("Everybody is in everything"),
        check=_(
            "A row without an empty cell, in a matrix of five roles or more; a column without an empty cell, in a "
            "matrix of six rows or more. Where both sizes are reached and nine cells of ten are filled, it is reported "
            "once for the matrix, and not for rows and columns."
        ),
        why=_("Where everybody has a part in everything, the letters say nothing any more."),
        fix=_("Take away every letter for advice or notice that nobody would miss."),
        settings=("filled_row_from_roles", "filled_column_from_rows", "filled_matrix_from"),
    ),
    row=Form(
        Level.INFO,
        _("Every role has a part in {duty}."),
        _("Take away the letters for advice and notice that nobody would miss."),
    ),
    column=Form(
        Level.INFO,
        _("{role} has a part in every duty."),
        _("Take away the letters for advice and notice that {role} would not miss."),
    ),
    matrix=Form(
        Level.WARNING,
        # xgettext: no-python-format, the per cent sign is one
        _("{share} % of all cells are filled."),
        _("Take away every letter for advice or notice that nobody would miss."),
    ),
)
def everything_filled(view: View) -> Iterator[Hit]:
    rows, roles = len(view.rows), len(view.roles)
    wide, long = roles >= view.settings.filled_row_from_roles, rows >= view.settings.filled_column_from_rows
    filled = 100 * sum(item.filled for item in view.rows)
    if wide and long and filled >= view.settings.filled_matrix_from * rows * roles:
        yield Hit(MATRIX, {"share": filled // (rows * roles)}, "matrix")
        return
    for line in view.rows if wide else ():
        if line.filled == roles:
            yield Hit(row(line.duty), {"duty": view.code(line.duty)}, "row")
    for item in view.columns if long else ():
        if item.filled == rows:
            yield Hit(column(item.role), {"role": view.names([item.role])}, "column")
