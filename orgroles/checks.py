"""Deployment checks for what Django's own do not look at: `manage.py check --deploy` runs both."""

import sqlite3
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, InterfaceError, connection

from orgroles import database

STRICT = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}
HARMLESS_SOURCES = {"'none'", "'self'"}
# Pictures may also be inline data: a QR code, a chart.
PICTURES = {*HARMLESS_SOURCES, "data:"}

# The oldest versions without a published weakness that matters here.
FLOORS = {"Django": (5, 2, 19), "openpyxl": (3, 1, 5)}

SHARED_CACHES = ("DatabaseCache", "RedisCache", "PyMemcacheCache", "PyLibMCCache")

SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}

Apps = Sequence[AppConfig] | None


def content_policy(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """orgroles.E001: the Content-Security-Policy is missing, incomplete or lets foreign or inline code run."""
    policy = getattr(settings, "CONTENT_SECURITY_POLICY", None) or {}
    directives = {name: list(sources) for name, sources in policy.get("DIRECTIVES", {}).items()}
    problems = [f"{name} is not {' '.join(value)}" for name, value in STRICT.items() if directives.get(name) != value]
    for name, sources in sorted(directives.items()):
        loose = set(sources) - (PICTURES if name == "img-src" else HARMLESS_SOURCES)
        problems += [f"{name} has {source}" for source in sorted(loose)]
    if "csp.middleware.CSPMiddleware" not in settings.MIDDLEWARE:
        problems.append("its middleware is not installed")
    if not problems:
        return []
    text = f"The Content-Security-Policy is not strict: {'; '.join(problems)}."
    return [Error(text, hint="Restore CONTENT_SECURITY_POLICY in orgroles/settings.py.", id="orgroles.E001")]


def live_database(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """orgroles.E002 to E004: the connection, read back, does not have the settings that keep acknowledged writes."""
    try:
        return sqlite_problems() if connection.vendor == "sqlite" else postgres_problems()
    except (DatabaseError, InterfaceError) as error:
        hint = "Start the database, or correct DATABASE_URL."
        return [Error(f"The database cannot be asked: {type(error).__name__}.", hint=hint, id="orgroles.E002")]


def read_back(statement: str) -> Any:
    """The single value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def sqlite_problems() -> list[CheckMessage]:
    """What is wrong with this SQLite connection."""
    journal = str(read_back("PRAGMA journal_mode")).upper()
    found = {
        "synchronous": SYNCHRONOUS.get(read_back("PRAGMA synchronous")),
        "foreign_keys": read_back("PRAGMA foreign_keys"),
        "busy_timeout": read_back("PRAGMA busy_timeout"),
        "transaction_mode": connection.settings_dict["OPTIONS"].get("transaction_mode"),
    }
    wanted = {
        "synchronous": "FULL" if journal == "WAL" else "EXTRA",
        "foreign_keys": 1,
        "busy_timeout": 1000 * database.SQLITE_BUSY_SECONDS,
        "transaction_mode": "IMMEDIATE",
    }
    wrong = [f"{name} is {found[name]} instead of {wanted[name]}" for name in wanted if found[name] != wanted[name]]
    messages: list[CheckMessage] = []
    if wrong:
        text = f"The SQLite connection could lose or refuse writes: {'; '.join(wrong)}."
        messages.append(Error(text, hint="orgroles/database.py sets them.", id="orgroles.E003"))
    if journal == "WAL" and sqlite3.sqlite_version_info < database.FIRST_SAFE_WAL:
        text = f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode."
        hint = "Run PRAGMA journal_mode=DELETE on the database, or use SQLite 3.51.3 or newer."
        messages.append(Error(text, hint=hint, id="orgroles.E004"))
    return messages


def postgres_problems() -> list[CheckMessage]:
    """What is wrong with this PostgreSQL connection."""
    limits = {
        name: int(read_back(f"SELECT setting FROM pg_settings WHERE name = '{name}'"))  # noqa: S608  # constant names
        for name in database.POSTGRES_LIMITS
    }
    missing = sorted(name for name, milliseconds in limits.items() if not milliseconds)
    if not missing:
        return []
    text = f"One query could hold up everybody: {', '.join(missing)} is not limited."
    return [Error(text, hint="A connection pool in between may drop the options.", id="orgroles.E003")]


def version_floors(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """orgroles.E005: an installed package is older than the oldest version that is safe here."""
    return [
        Error(
            f"{name} {version(name)} is too old; this needs {'.'.join(map(str, floor))}.",
            hint="Install requirements.txt again.",
            id="orgroles.E005",
        )
        for name, floor in FLOORS.items()
        if tuple(int(part) for part in version(name).split(".")[:3]) < floor
    ]


def cookie_names(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """orgroles.E006: a cookie lacks the __Host- prefix, or what browsers demand of a cookie with it."""
    return [
        Error(
            f"The {kind.lower()} cookie is not bound to this host: {'; '.join(problems)}.",
            hint="Production settings name it __Host-…, secure, without domain, with path /.",
            id="orgroles.E006",
        )
        for kind in ("SESSION", "CSRF", "LANGUAGE")
        if (problems := list(cookie_problems(kind)))
    ]


def cookie_problems(kind: str) -> Iterable[str]:
    """What is wrong with one cookie."""
    values = {name: getattr(settings, f"{kind}_COOKIE_{name}") for name in ("NAME", "SECURE", "DOMAIN", "PATH")}
    if not values["NAME"].startswith("__Host-"):
        yield f"its name is {values['NAME']}"
    if not values["SECURE"]:
        yield "it travels without TLS"
    if values["DOMAIN"]:
        yield "it has a domain"
    if values["PATH"] != "/":
        yield f"its path is {values['PATH']}"


def shared_throttle(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """orgroles.E007: failed sign-ins are counted where the other processes cannot see them."""
    backend = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    if backend in SHARED_CACHES:
        return []
    text = f"Sign-in attempts are counted in {backend}, which every process has for itself."
    return [Error(text, hint="Use DatabaseCache as the default cache.", id="orgroles.E007")]


ALL = (content_policy, live_database, version_floors, cookie_names, shared_throttle)


def register_all() -> None:
    """Register the checks; they run with --deploy only."""
    for check in ALL:
        register(check, Tags.security, deploy=True)
