"""Matrices out of the database: a small constant number of queries, never an instance for each cell."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import Exists, F, QuerySet, Value
from django.db.models.functions import JSONArray

from raci import models
from raci.domain.applying import DoesNotFit, apply
from raci.domain.change import Change
from raci.domain.matrix import PAIRED, SHELVES, Matrix
from raci.domain.records import RECORD_TYPES, Kind, Sheet, field_types, from_fields
from raci.services.door import CHANGE_PARTS, to_change
from raci.services.snapshot import snapshot
from raci.services.tables import TABLES

_KEPT = 4
# Beyond so many changes reading everything is quicker than making them.
_MOST_CHANGES = 5_000


class _Kept(NamedTuple):
    """A matrix in memory, the revision it stood at and the hash of that."""

    head: str
    revision: int
    matrix: Matrix


_cache: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


def load_matrix(matrix: models.Matrix) -> Matrix:
    """Return a matrix as it is now, from memory where this process has read that revision before."""
    return load_at_head(matrix)[0]


def load_at_head(matrix: models.Matrix) -> tuple[Matrix, str]:
    """Return a matrix as it is now, and the hash of the revision that it stands at.

    Where an earlier revision is in memory, only what changed since is read.
    """
    while True:
        with snapshot():
            head, revision = _latest(matrix)
            kept = _kept(matrix.pk)
            if kept and kept.head == head:
                return kept.matrix, head
            loaded = (kept and _caught_up(matrix, kept, revision)) or read_matrix(matrix, revision)
            # Inside a caller's own transaction PostgreSQL shows each query what was committed before it.
            if _latest(matrix) == (head, revision):
                _keep(matrix.pk, _Kept(head, revision, loaded))
                return loaded, head


def _caught_up(matrix: models.Matrix, kept: _Kept, revision: int) -> Matrix | None:
    """Return a matrix in memory with all that happened since; None where it has to be read anew."""
    later = models.Revision.objects.filter(organisation=matrix.organisation_id)
    erased = later.filter(number__gt=kept.revision, number__lte=revision, seals__isnull=False)
    next_one = later.filter(number=kept.revision + 1).annotate(erased=Exists(erased))
    # The hash says whether it is the same history: a database may have been set back and gone another way. Where names
    # were erased meanwhile, what is in memory still holds them.
    if next_one.values_list("previous", "erased").first() != (kept.head, False):
        return None
    rows = changes_between(matrix.organisation_id, matrix.key, kept.revision, revision)
    parts = list(rows.values_list(*CHANGE_PARTS)[: _MOST_CHANGES + 1])
    changes = [to_change(*row) for row in parts]
    if len(parts) > _MOST_CHANGES or any(_is_about_the_whole(change, matrix.key) for change in changes):
        return None
    try:
        return apply(kept.matrix, changes, revision=revision)
    except DoesNotFit:  # history and rows disagree: what the rows say is what counts
        return None


def changes_between(organisation: int, matrix: str, after: int, upto: int) -> QuerySet[Any]:
    """Return what happened to a matrix and the register after one revision and up to another, in order."""
    return models.RevisionChange.objects.filter(
        matrix__in=("", matrix),
        revision__organisation=organisation,
        revision__number__gt=after,
        revision__number__lte=upto,
    ).order_by("revision__number", "ordinal")


def _is_about_the_whole(change: Change, matrix: str) -> bool:
    address = change.address
    return address.kind is Kind.SHEET and address.subject == matrix and change.field in ("", "scheme")


def read_matrix(matrix: models.Matrix, revision: int) -> Matrix:
    """Read every part of a matrix: a query each for rows, columns, duties and cells, and one for all other records."""
    owner, own = matrix.organisation_id, {"matrix": matrix.pk}
    sheet: Sheet = _records(Kind.SHEET, owner, pk=matrix.pk)[0][matrix.key]
    scheme = models.Scheme.objects.get(code=sheet.scheme).to_domain()
    rows, duties = _records(Kind.ROW, owner, **own)
    columns, roles = _records(Kind.COLUMN, owner, **own)
    return Matrix(
        key=matrix.key,
        sheet=sheet,
        scheme=scheme,
        duties=_records(Kind.DUTY, owner)[0],
        rows=rows,
        columns=columns,
        cells=_cells(matrix, duties, roles),
        revision=revision,
        **_united(owner, {**_DEFINING, **{kind: {matrix_of: matrix.pk} for kind, matrix_of in _SETTLING}}),
    )


# The register of an organisation but for its duties, and what defines its roles: many kinds, few records of each.
_DEFINING: Mapping[Kind, Mapping[str, int]] = {kind: {} for kind in (
    Kind.ROLE, Kind.AREA, Kind.LINE, Kind.ALIAS, Kind.CHARTER, Kind.ACCOUNTABILITY, Kind.AUTHORITY, Kind.NEED,
    Kind.AGREEMENT, Kind.INCOMPATIBILITY, Kind.DIFFERENCE, Kind.COMPETENCY, Kind.SKILL, Kind.REQUIREMENT, Kind.ROUTE,
    Kind.GAIN, Kind.HOLDING, Kind.ABSENCE, Kind.SIGNATURE, Kind.BASELINE,
)}  # fmt: skip
# What is settled in a matrix, and how each kind of it refers to that.
_SETTLING = (
    (Kind.GREY_AREA, "matrix"), (Kind.CLAIM, "grey_area__matrix"), (Kind.DECISION, "matrix"),
    (Kind.PART, "decision__matrix"), (Kind.ACKNOWLEDGEMENT, "decision__matrix"), (Kind.ROUND, "matrix"),
    (Kind.COMMENT, "matrix"),
)  # fmt: skip


def read_register(organisation: models.Organisation) -> Matrix:
    """Read what all matrices of an organisation share, for one that has none: a matrix without key, rows, columns."""
    scheme = models.Scheme.objects.order_by("pk")[0].to_domain()
    duties, shelves = _records(Kind.DUTY, organisation.pk)[0], _united(organisation.pk, _DEFINING)
    return Matrix("", Sheet(""), scheme, duties=duties, revision=organisation.revision, **shelves)


def _united(organisation: int, parts: Mapping[Kind, Mapping[str, int]]) -> dict[str, Any]:
    """Return records of several kinds by shelf, each kind narrowed: one query for all, records as JSON arrays."""
    first, *others = (
        TABLES[kind]
        .model._default_manager.filter(**{TABLES[kind].owner: organisation}, **own)
        .order_by()
        .annotate(of_kind=Value(kind.value), whole=JSONArray(*_columns(kind)))
        .values_list("of_kind", "whole")
        for kind, own in parts.items()
    )
    found: dict[str, Any] = {SHELVES[kind]: {} for kind in parts}
    for name, (subject, other, *values) in first.union(*others, all=True):
        kind = Kind(name)
        types = field_types(kind)
        fields = {field: _from_json(types[field], value) for field, value in zip(types, values, strict=True)}
        found[SHELVES[kind]][(subject, other) if kind in PAIRED else subject] = from_fields(kind, fields)
    return found


def _from_json(wanted: Any, value: Any) -> Any:
    """Return a value of a JSON array in the form of a record, which has no text where a reference or a day is missing.

    SQLite's JSON has no truth, and holds a column of JSON as text.
    """
    if wanted is bool:
        return bool(value)
    if wanted == Mapping[str, str] and isinstance(value, str):
        return json.loads(value)
    return "" if value is None else value


def _columns(kind: Kind) -> list[Any]:
    table = TABLES[kind]
    return [F(table.subject), F(table.other) if table.other else Value(""), *map(F, table.field_lookups())]


def _records(kind: Kind, organisation: int, **own: int) -> tuple[dict[Any, Any], dict[int, Any]]:
    """Return the records of a kind by key, and their keys by row id.

    Straight from the columns to the record: a detour through the JSON form would take three times as long.
    """
    table, build = TABLES[kind], RECORD_TYPES[kind]
    address = [table.subject, table.other] if table.other else [table.subject]
    start = 1 + len(address)
    converters = [(start + index, convert) for index, convert in table.converters()]
    found, keys = {}, {}
    rows = table.model._default_manager.filter(**{table.owner: organisation}, **own).order_by()
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


def _kept(matrix: int) -> _Kept | None:
    with _lock:
        return _cache.get(matrix)


def _keep(matrix: int, loaded: _Kept) -> None:
    """Keep a matrix instead of an earlier revision of it; equal hashes mean equal content."""
    with _lock:
        _cache[matrix] = loaded
        _cache.move_to_end(matrix)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
