"""Matrices out of the database: a small constant number of queries, never an instance for each cell."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import Kind, Record, Sheet, from_fields
from raci.services.snapshot import snapshot
from raci.services.tables import TABLES

_KEPT = 4
_cache: OrderedDict[tuple[int, str], Matrix] = OrderedDict()
_lock = Lock()


def load_matrix(matrix: models.Matrix) -> Matrix:
    """Return a matrix as it is now, from memory where this process has read that revision before."""
    while True:
        with snapshot():
            head, revision = _latest(matrix)
            kept = _kept(matrix.pk, head)
            if kept is not None:
                return kept
            loaded = read_matrix(matrix, revision)
            # Inside a caller's own transaction PostgreSQL shows each query what was committed before it.
            if _latest(matrix) == (head, revision):
                return _keep(matrix.pk, head, loaded)


def read_matrix(matrix: models.Matrix, revision: int) -> Matrix:
    """Read every part of a matrix; one query for each kind of record, one for the cells."""
    own = {"matrix": matrix.pk}
    sheet: Sheet = _single(Kind.SHEET, matrix, pk=matrix.pk)[matrix.key]
    scheme = models.Scheme.objects.get(code=sheet.scheme).to_domain()
    return Matrix(
        key=matrix.key,
        sheet=sheet,
        scheme=scheme,
        roles=_single(Kind.ROLE, matrix),
        lines=_paired(Kind.LINE, matrix),
        areas=_single(Kind.AREA, matrix),
        duties=_single(Kind.DUTY, matrix),
        rows=_single(Kind.ROW, matrix, **own),
        columns=_single(Kind.COLUMN, matrix, **own),
        cells=_cells(matrix),
        grey_areas=_single(Kind.GREY_AREA, matrix, **own),
        claims=_paired(Kind.CLAIM, matrix, grey_area__matrix=matrix.pk),
        decisions=_single(Kind.DECISION, matrix, **own),
        revision=revision,
    )


def _single(kind: Kind, of: models.Matrix, **own: int) -> dict[str, Any]:
    return _records(kind, of, lambda key, _: key, **own)


def _paired(kind: Kind, of: models.Matrix, **own: int) -> dict[tuple[str, str], Any]:
    return _records(kind, of, lambda key, other: (key, other), **own)


def _records(kind: Kind, of: models.Matrix, key_of: Callable[[str, str], Any], **own: int) -> dict[Any, Record]:
    table = TABLES[kind]
    found = table.read(of.organisation_id, None, **own)
    return {key_of(address.subject, address.other): from_fields(kind, values) for address, (_, values) in found.items()}


def _cells(matrix: models.Matrix) -> dict[str, dict[str, str]]:
    duties = dict(models.MatrixRow.objects.filter(matrix=matrix.pk).values_list("pk", "duty__key"))
    roles = dict(models.MatrixColumn.objects.filter(matrix=matrix.pk).values_list("pk", "role__key"))
    found: dict[str, dict[str, str]] = {}
    rows = models.Assignment.objects.filter(row__matrix=matrix.pk).order_by()
    for row, column, letters in rows.values_list("row_id", "column_id", "letters"):
        found.setdefault(duties[row], {})[roles[column]] = letters
    return found


def _latest(matrix: models.Matrix) -> tuple[str, int]:
    return models.Organisation.objects.values_list("head", "revision").get(pk=matrix.organisation_id)


def _kept(matrix: int, head: str) -> Matrix | None:
    with _lock:
        return _cache.get((matrix, head))


def _keep(matrix: int, head: str, loaded: Matrix) -> Matrix:
    """Keep a matrix by the hash of the revision it was read at: equal hashes mean equal content."""
    with _lock:
        _cache[matrix, head] = loaded
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return loaded
