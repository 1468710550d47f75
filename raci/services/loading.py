"""Matrices out of the database: a small constant number of queries, never an instance for each cell."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import RECORD_TYPES, Kind, Sheet
from raci.services.snapshot import snapshot
from raci.services.tables import TABLES

_KEPT = 4
_cache: OrderedDict[tuple[int, str], Matrix] = OrderedDict()
_lock = Lock()


def load_matrix(matrix: models.Matrix) -> Matrix:
    """Return a matrix as it is now, from memory where this process has read that revision before."""
    return load_at_head(matrix)[0]


def load_at_head(matrix: models.Matrix) -> tuple[Matrix, str]:
    """Return a matrix as it is now, and the hash of the revision that it was read at."""
    while True:
        with snapshot():
            head, revision = _latest(matrix)
            kept = _kept(matrix.pk, head)
            if kept is not None:
                return kept, head
            loaded = read_matrix(matrix, revision)
            # Inside a caller's own transaction PostgreSQL shows each query what was committed before it.
            if _latest(matrix) == (head, revision):
                return _keep(matrix.pk, head, loaded), head


def read_matrix(matrix: models.Matrix, revision: int) -> Matrix:
    """Read every part of a matrix; one query for each kind of record, one for the cells."""
    own = {"matrix": matrix.pk}
    sheet: Sheet = _records(Kind.SHEET, matrix, pk=matrix.pk)[0][matrix.key]
    scheme = models.Scheme.objects.get(code=sheet.scheme).to_domain()
    rows, duties = _records(Kind.ROW, matrix, **own)
    columns, roles = _records(Kind.COLUMN, matrix, **own)
    return Matrix(
        key=matrix.key,
        sheet=sheet,
        scheme=scheme,
        roles=_records(Kind.ROLE, matrix)[0],
        lines=_records(Kind.LINE, matrix)[0],
        areas=_records(Kind.AREA, matrix)[0],
        duties=_records(Kind.DUTY, matrix)[0],
        rows=rows,
        columns=columns,
        cells=_cells(matrix, duties, roles),
        grey_areas=_records(Kind.GREY_AREA, matrix, **own)[0],
        claims=_records(Kind.CLAIM, matrix, grey_area__matrix=matrix.pk)[0],
        decisions=_records(Kind.DECISION, matrix, **own)[0],
        comments=_records(Kind.COMMENT, matrix, **own)[0],
        revision=revision,
    )


def _records(kind: Kind, of: models.Matrix, **own: int) -> tuple[dict[Any, Any], dict[int, Any]]:
    """Return the records of a kind by key, and their keys by row id.

    Straight from the columns to the record: a detour through the JSON form would take three times as long.
    """
    table, build = TABLES[kind], RECORD_TYPES[kind]
    address = [table.subject, table.other] if table.other else [table.subject]
    start = 1 + len(address)
    converters = [(start + index, convert) for index, convert in table.converters()]
    found, keys = {}, {}
    rows = table.model._default_manager.filter(**{table.owner: of.organisation_id}, **own).order_by()
    for row in rows.values_list("id", *address, *table.field_lookups()):
        values = list(row)
        for index, convert in converters:
            values[index] = convert(values[index])
        key = (values[1], values[2]) if table.other else values[1]
        found[key] = build(*values[start:])
        keys[values[0]] = key
    return found, keys


def _cells(matrix: models.Matrix, duties: dict[int, str], roles: dict[int, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    cells = models.Assignment.objects.filter(row__matrix=matrix.pk).order_by()
    for row, column, letters in cells.values_list("row_id", "column_id", "letters"):
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
