"""Whether the site can work: for load balancers and for the person who has just installed it."""

from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


class MigrationsPending(Exception):
    """The database is older than the code."""


@cache
def check_migrations() -> None:
    """Raise MigrationsPending. Only success is remembered: a migrated database stays so for this process."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsPending


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is up to date, else 503 and a word that names what is wrong."""
    state = {"version": settings.VERSION, "database": "ok", "migrations": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        check_migrations()
    except MigrationsPending:
        state["migrations"] = "pending"
    except (DatabaseError, InterfaceError):
        state |= {"database": "unavailable", "migrations": "unknown"}
    return JsonResponse(state, status=200 if state["migrations"] == "ok" else 503)
