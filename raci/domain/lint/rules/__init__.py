"""The rules, one module per level. Importing this package registers them all."""

from raci.domain.lint.rules import (
    authority,
    cells,
    columns,
    dates,
    decisions,
    delegation,
    lines,
    matrix,
    parents,
    people,
    rows,
    settled,
    thresholds,
)

__all__ = [
    "authority",
    "cells",
    "columns",
    "dates",
    "decisions",
    "delegation",
    "lines",
    "matrix",
    "parents",
    "people",
    "rows",
    "settled",
    "thresholds",
]
