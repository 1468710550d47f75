"""The part of a matrix that a query asks for, as an export takes it, and the same in words."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from raci.domain.lint import RULES, Finding
from raci.domain.matrix import Matrix
from raci.services.exporting import Part
from raci.web.grid import rows_shown
from raci.web.grid_query import GridQuery


def part_of(query: GridQuery) -> Part | None:
    """Return what a query narrows a matrix to, None where it does not."""
    if not query.narrows:
        return None
    return Part(pick=partial(_pick, query), told=partial(in_words, query))


def in_words(query: GridQuery, matrix: Matrix) -> str:
    """Say what the rows have in common: "area Vendor management, undecided"."""
    area, names = matrix.areas.get(query.area), [_role(matrix, role) for role in query.shared]
    said = (
        _("area %(name)s") % {"name": area.name if area else query.area} if query.area else "",
        _("undecided") if query.undecided else "",
        _findings(query.findings),
        _("shared by %(names)s") % {"names": _(" and ").join(names)} if names else "",
        _("held by %(role)s") % {"role": _role(matrix, query.role)} if query.role else "",
        _("letter %(letter)s") % {"letter": query.letter} if query.letter else "",
        _("text “%(text)s”") % {"text": query.text} if query.text else "",
    )
    return ", ".join(part for part in said if part)


def _findings(asked: str) -> str:
    if asked in RULES:
        return _("with the finding “%(title)s”") % {"title": _(RULES[asked].documentation.title)}
    return _("with findings") if asked else ""


def _pick(query: GridQuery, matrix: Matrix, findings: Sequence[Finding]) -> list[str]:
    return rows_shown(matrix, findings, query)


def _role(matrix: Matrix, key: str) -> str:
    return matrix.roles[key].name if key in matrix.roles else key
