"""Set statements: any number of rows in one statement, the same on SQLite and PostgreSQL.

The rows travel as one JSON text and are taken apart in the database (json_each, json_array_elements),
so neither the number of statements nor the number of parameters grows with them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, Model
from django.db.models.expressions import RawSQL

_POSTGRES_TYPES = {
    "BigAutoField": "bigint",
    "BigIntegerField": "bigint",
    "BooleanField": "boolean",
    "DateField": "date",
    "ForeignKey": "bigint",
    "OneToOneField": "bigint",
    "IntegerField": "integer",
    "JSONField": "jsonb",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "smallint",
}


def among(values: Iterable[Any]) -> RawSQL:
    """Return an expression for the right side of ``__in``: one parameter for any number of texts."""
    text = json.dumps(list(values))
    if connection.vendor == "postgresql":
        return RawSQL("SELECT value FROM json_array_elements_text(%s::json)", [text])  # constant text
    return RawSQL("SELECT value FROM json_each(%s)", [text])  # constant text


def among_ids(ids: Iterable[int]) -> RawSQL:
    """Return an expression for the right side of ``__in``: one parameter for any number of row ids."""
    text = json.dumps(list(ids))
    if connection.vendor == "postgresql":
        return RawSQL("SELECT value::bigint FROM json_array_elements_text(%s::json)", [text])  # constant text
    return RawSQL("SELECT value FROM json_each(%s)", [text])  # constant text


def given(columns: Sequence[tuple[str, str]]) -> str:
    """Return a table expression named ``given`` over one JSON parameter, an array of arrays.

    ``columns`` are pairs of a name and a field type, such as ``("matrix", "CharField")``.
    """
    if connection.vendor == "postgresql":
        parts = ", ".join(f"{_postgres(index, kind)} AS {name}" for index, (name, kind) in enumerate(columns))
        return f"(SELECT {parts} FROM json_array_elements(%s::json) AS item) AS given"  # noqa: S608  # names are ours
    parts = ", ".join(f"json_extract(value, '$[{index}]') AS {name}" for index, (name, _) in enumerate(columns))
    return f"(SELECT {parts} FROM json_each(%s)) AS given"  # noqa: S608  # names are ours


def insert(model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]], *, on_conflict: str = "") -> None:
    """Insert rows, given in the order of the field ``names``, with one statement."""
    if not rows:
        return
    fields = [_field(model, name) for name in names]
    columns = ", ".join(field.column for field in fields)
    rows = _encoded(fields, rows)
    sql = (
        f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {columns} FROM {_given_of(fields)} "  # noqa: S608
        f"WHERE true {on_conflict}"
    )
    _run(sql, rows)


def update(model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Update rows by primary key, which stands first in each, with one statement."""
    if not rows:
        return
    fields = [_field(model, name) for name in names]
    table = model._meta.db_table
    pairs = ", ".join(f"{field.column} = given.{field.column}" for field in fields)
    fields = [_field(model, "id"), *fields]
    sql = f"UPDATE {table} SET {pairs} FROM {_given_of(fields)} WHERE {table}.id = given.id"  # noqa: S608  # names are ours
    _run(sql, _encoded(fields, rows))


def delete(model: type[Model], ids: Sequence[int]) -> None:
    """Delete rows by primary key with one statement, and nothing that refers to them."""
    if not ids:
        return
    table = model._meta.db_table
    _run(
        f"DELETE FROM {table} WHERE id IN (SELECT id FROM {_given_of([_field(model, 'id')])})",  # noqa: S608
        [[row] for row in ids],
    )


def select(sql: str, rows: Sequence[Sequence[Any]], parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a query over a `given` table, which must come first among its parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows), *parameters])
        return list(cursor.fetchall())


@contextmanager
def staged(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> Iterator[None]:
    """Run a transaction with rows that stand ready in the table ``raci_staged``, which this connection alone sees.

    Nobody is held up while they are laid. PostgreSQL locks nothing before it is told to, so there all of it is one
    transaction, as a pooler needs it that gives each transaction a connection; SQLite locks everything as soon as a
    transaction begins, so there they are laid before. ``columns`` are pairs of a name and a field type; a column of a
    JSONField takes its values as JSON text.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _lay(columns, rows)
            yield
            run("DROP TABLE raci_staged")
        return
    _lay(columns, rows)
    with transaction.atomic():
        yield
    run("DROP TABLE raci_staged")


def _lay(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> None:
    names = ", ".join(name for name, _ in columns)
    kinds = ", ".join(f"{name} {_POSTGRES_TYPES.get(kind, 'text')}" for name, kind in columns)
    run("DROP TABLE IF EXISTS raci_staged")  # one that was left behind where something went wrong
    run(f"CREATE TEMPORARY TABLE raci_staged ({kinds})")
    if connection.vendor == "postgresql":
        sql = f"INSERT INTO raci_staged SELECT {names} FROM {given(columns)}"  # noqa: S608  # names are ours
        run(sql, [json.dumps(rows)])
    else:
        _fill(len(columns), rows)


def _fill(width: int, rows: Sequence[Sequence[Any]]) -> None:
    """Fill the table with one prepared statement, for which SQLite needs a third of the time that JSON takes.

    A savepoint keeps that together without a lock on the database, which nothing here touches.
    """
    sql = f"INSERT INTO raci_staged VALUES ({', '.join(['%s'] * width)})"  # noqa: S608  # nothing but placeholders
    run("SAVEPOINT raci_staging")
    try:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
    finally:
        run("RELEASE raci_staging")


def run(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Run a statement and return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return int(cursor.rowcount)


def _run(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])


def _encoded(fields: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
    """Return rows whose JSON values are text of their own: taken out of an array, a text loses its quotes."""
    places = [index for index, field in enumerate(fields) if field.get_internal_type() == "JSONField"]
    if not places:
        return rows
    encoded = [list(row) for row in rows]
    for row in encoded:
        for place in places:
            row[place] = None if row[place] is None else json.dumps(row[place])
    return encoded


def _field(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _given_of(fields: Sequence["Field[Any, Any]"]) -> str:
    return given([(str(field.column), field.get_internal_type()) for field in fields])


def _postgres(index: int, kind: str) -> str:
    return f"(item->>{index})::{_POSTGRES_TYPES.get(kind, 'text')}"
