"""The rules, one module per level. Importing this package registers them all."""

from raci.domain.lint.rules import cells, columns, decisions, matrix, rows

__all__ = ["cells", "columns", "decisions", "matrix", "rows"]
