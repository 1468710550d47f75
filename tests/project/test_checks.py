"""The deployment checks: clean as shipped, and each one sees the fault that it is for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from orgroles import checks, database

ROOT = Path(__file__).resolve().parents[2]


on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a check of SQLite; this run is on PostgreSQL")


def test_production_settings_pass_every_check_with_nothing_silenced():
    environment = {
        **os.environ,
        "ORGROLES_ENV": "production",
        "SECRET_KEY": "k3y-that-is-long-enough-and-has-many-different-characters-0123456789",
        "ALLOWED_HOSTS": "orgroles.example.org",
        "DJANGO_SETTINGS_MODULE": "orgroles.settings",
    }
    for name in ("DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"):  # the second is the browser tests' own
        environment.pop(name, None)
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


def with_directive(name, sources):
    directives = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], name: sources}
    return {"DIRECTIVES": {key: value for key, value in directives.items() if value}}


@pytest.mark.parametrize(
    ("name", "sources", "words"),
    [
        ("script-src", ["'self'", "'unsafe-inline'"], "script-src has 'unsafe-inline'"),
        ("style-src", ["https://cdn.example.org"], "style-src has https://cdn.example.org"),
        ("img-src", ["*"], "img-src has *"),
        ("frame-ancestors", None, "frame-ancestors is not 'none'"),
        ("default-src", ["'self'"], "default-src is not 'none'"),
    ],
)
def test_a_loosened_policy_is_named(settings, name, sources, words):
    settings.CONTENT_SECURITY_POLICY = with_directive(name, sources)
    [message] = checks.content_policy(None)
    assert message.id == "orgroles.E001"
    assert words in message.msg


def test_a_policy_without_its_middleware_is_named(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csp" not in name]
    [message] = checks.content_policy(None)
    assert "middleware is not installed" in message.msg


@on_sqlite
@pytest.mark.parametrize(
    ("statement", "undo", "words"),
    [
        ("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=EXTRA", "synchronous is NORMAL instead of"),
        ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON", "foreign_keys is 0 instead of 1"),
        ("PRAGMA busy_timeout=0", "PRAGMA busy_timeout=5000", "busy_timeout is 0 instead of 5000"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_pragma_that_was_changed_is_read_back(statement, undo, words):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    try:
        found = [message.msg for message in checks.sqlite_problems()]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(undo)
    assert any(words in message for message in found)


@on_sqlite
def test_a_write_ahead_log_on_an_affected_version_is_refused(monkeypatch):
    answers = {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1}
    monkeypatch.setattr(checks, "read_back", lambda statement: answers.get(statement, 5000))
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    assert [message.id for message in checks.sqlite_problems()] == ["orgroles.E004"]
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 51, 3))
    assert checks.sqlite_problems() == []


@pytest.mark.parametrize(
    ("version", "expected"),
    [((3, 40, 1), ("DELETE", "EXTRA")), ((3, 51, 2), ("DELETE", "EXTRA")), ((3, 51, 3), ("WAL", "FULL"))],
)
def test_the_journal_is_chosen_by_the_version_of_sqlite(version, expected):
    assert database.sqlite_journal(version) == expected


def test_an_old_package_is_named(monkeypatch):
    monkeypatch.setattr(checks, "version", lambda name: {"Django": "5.2.18", "openpyxl": "3.1.5"}[name])
    [message] = checks.version_floors(None)
    assert message.msg == "Django 5.2.18 is too old; this needs 5.2.19."


def test_a_cookie_that_a_subdomain_could_set_is_named(settings):
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        setattr(settings, f"{kind}_COOKIE_NAME", f"__Host-{kind.lower()}")
        setattr(settings, f"{kind}_COOKIE_SECURE", True)
    assert checks.cookie_names(None) == []
    settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_DOMAIN = "csrftoken", "example.org"
    settings.LANGUAGE_COOKIE_PATH, settings.LANGUAGE_COOKIE_SECURE = "/en", False
    assert [message.msg for message in checks.cookie_names(None)] == [
        "The session cookie is not bound to this host: it has a domain.",
        "The csrf cookie is not bound to this host: its name is csrftoken.",
        "The language cookie is not bound to this host: it travels without TLS; its path is /en.",
    ]


def test_throttling_counted_per_process_is_named(settings):
    assert checks.shared_throttle(None) == []
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert [message.id for message in checks.shared_throttle(None)] == ["orgroles.E007"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a check of PostgreSQL; this run is on SQLite")
@pytest.mark.django_db
def test_a_limit_that_was_lifted_is_read_back():
    assert checks.postgres_problems() == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0")
    [message] = checks.postgres_problems()
    assert "lock_timeout is not limited" in message.msg
