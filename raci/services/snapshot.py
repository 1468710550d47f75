"""Several queries that see one and the same state of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let the queries inside read one state, whatever is written meanwhile. Nothing may be written inside.

    Waits for no writer and holds none up. Within a transaction it changes nothing: that one's rules stand.
    """
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()  # connecting sets the transaction mode anew
    database: Any = connection  # only SQLite's wrapper has a transaction mode
    mode = getattr(database, "transaction_mode", None)
    database.transaction_mode = "DEFERRED"  # SQLite: readers must not take the one write lock
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        database.transaction_mode = mode
