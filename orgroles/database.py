"""The database settings: SQLite by default, PostgreSQL by DATABASE_URL."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from django.core.exceptions import ImproperlyConfigured

from orgroles import env

# SQLite before this version can corrupt a database in WAL mode when its log is reset (fixed in 3.51.3).
FIRST_SAFE_WAL = (3, 51, 3)

SQLITE_BUSY_SECONDS = 5
# What a large import changes fits into memory until it is committed; a connection that changes little takes little.
SQLITE_CACHE_KIB = 32_000

POSTGRES_LIMITS = {
    "statement_timeout": 15_000,
    "lock_timeout": 5_000,
    "idle_in_transaction_session_timeout": 30_000,
}


def sqlite_journal(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """The journal mode and the synchronous level under which this SQLite keeps every acknowledged commit."""
    return ("WAL", "FULL") if version >= FIRST_SAFE_WAL else ("DELETE", "EXTRA")


def sqlite(path: Path) -> dict[str, Any]:
    """Settings of a SQLite file. Transactions take the write lock at once: an upgrade from reading to writing
    fails as "database is locked" without waiting, whatever the timeout."""
    journal, synchronous = sqlite_journal()
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": SQLITE_BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                f"PRAGMA journal_mode={journal}; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; "
                f"PRAGMA cache_size=-{SQLITE_CACHE_KIB}; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def postgres(parts: SplitResult, name: str) -> dict[str, Any]:
    """Settings of a PostgreSQL database: kept connections, and limits (in ms) so that one query starves nobody."""
    limits = " ".join(f"-c {limit}={milliseconds}" for limit, milliseconds in POSTGRES_LIMITS.items())
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": env.integer("ORGROLES_DB_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": limits, **options},
    }


def from_environment(base: Path) -> dict[str, Any]:
    """What DATABASE_URL says: sqlite:///path (relative to `base`; four slashes for an absolute path), or
    postgresql://user:password@host:port/name, with ?host=/socket/folder or ?sslmode=require as libpq knows them."""
    parts = env.url("DATABASE_URL", "sqlite:///orgroles.sqlite3", ("sqlite", "postgresql", "postgres"))
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database; it ends in /NAME (or in a file for sqlite).")
    if parts.scheme == "sqlite":
        if parts.netloc:
            raise ImproperlyConfigured("DATABASE_URL for SQLite has three slashes, or four before an absolute path.")
        return sqlite(base / name)
    return postgres(parts, name)
