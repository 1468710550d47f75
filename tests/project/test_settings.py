"""The settings: typed readers, safe defaults, and a sentence for whatever nobody can guess."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from orgroles import database, env, site

ROOT = Path(__file__).resolve().parents[2]
LONG = "k3y-that-is-long-enough-and-has-many-different-characters-0123456789"
PRODUCTION = {"ORGROLES_ENV": "production", "SECRET_KEY": LONG, "ALLOWED_HOSTS": "orgroles.example.org"}
SHOW = """
import json, sys
from django.conf import settings
print(json.dumps({name: str(getattr(settings, name)) for name in sys.argv[1:]}))
"""


def settings_under(variables, *names):
    """The named settings of a fresh process with these variables, or the last line of its complaint."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *(names or ("DEBUG",))],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "orgroles.settings", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False), ("  ", True)]
)
def test_a_switch_is_read(monkeypatch, value, expected):
    monkeypatch.setenv("X", value)
    assert env.boolean("X", True) is expected


@pytest.mark.parametrize(
    ("read", "value", "words"),
    [
        (lambda: env.boolean("X", False), "maybe", "X is 'maybe'; use 1 or 0"),
        (lambda: env.integer("X", 1), "1.5", "must be a whole number"),
        (lambda: env.integer("X", 1, minimum=1, maximum=9), "0", "must be from 1 to 9"),
        (lambda: env.items("X"), "a,,b", "empty value between its commas"),
        (lambda: env.choice("X", "a", ("a", "b")), "c", "use one of a, b"),
        (lambda: env.url("X", "", ("https",)), "http://example.org", "must start with https://"),
        (lambda: env.url("X", "", ("https",)), "https://example.org:port", "port that is not a number"),
    ],
)
def test_nonsense_is_refused_with_the_name_of_its_variable(monkeypatch, read, value, words):
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured, match=f"^X .*{re.escape(words)}|^{re.escape(words)}"):
        read()


def test_a_secret_comes_from_its_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "key"))
    assert env.secret("X") == "from the file"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"X": "a", "X_FILE": "b"}, "Both X and X_FILE"),
        ({"X_FILE": "/nowhere/key"}, "cannot be read: FileNotFoundError"),
        ({"X_FILE": os.devnull}, "which is empty"),
    ],
)
def test_a_secret_that_nobody_can_tell_is_refused(monkeypatch, variables, words):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=words):
        env.secret("X")


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"ORGROLES_ENV": "production"}, "SECRET_KEY (or SECRET_KEY_FILE) is not set"),
        ({"ORGROLES_ENV": "production"}, "ALLOWED_HOSTS is not set"),
        ({"DEBUG": "0"}, "SECRET_KEY (or SECRET_KEY_FILE) is not set"),
        ({**PRODUCTION, "SECRET_KEY": "short"}, "shorter than 50"),
        ({**PRODUCTION, "ALLOWED_HOSTS": "*"}, "accepts any host name"),
        ({**PRODUCTION, "DEBUG": "1"}, "DEBUG is on and ORGROLES_ENV is production"),
        ({"ORGROLES_ENV": "staging"}, "use one of development, production"),
        ({"TIME_ZONE": "Berlin"}, "use a name such as Europe/Berlin"),
        ({"ORGROLES_OIDC_URL": "https://id.example.org"}, "ORGROLES_OIDC_CLIENT_ID, ORGROLES_OIDC_CLIENT_SECRET"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must start with sqlite:// or postgresql://"),
        ({"DATABASE_URL": "sqlite://x.sqlite3"}, "names no database"),
        ({"DATABASE_URL": "sqlite://x/y.sqlite3"}, "three slashes"),
        ({"ORGROLES_URL": "roles.example.org"}, "ORGROLES_URL must start with https:// or http://"),
        ({"ORGROLES_URL": "https://roles.example.org/o/demo"}, "and no more"),
        ({"ORGROLES_URL": "https://me:secret@roles.example.org"}, "and no more"),
    ],
)
def test_a_site_that_cannot_be_right_does_not_start(variables, words):
    assert words in settings_under(variables)


def test_a_production_site_shows_no_errors_and_trusts_only_tls():
    names = (
        "DEBUG",
        "SESSION_COOKIE_NAME",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "EMAIL_BACKEND",
        "SECRET_KEY",
    )
    assert settings_under(PRODUCTION, *names) == {
        "DEBUG": "False",
        "SESSION_COOKIE_NAME": "__Host-session",
        "SECURE_SSL_REDIRECT": "True",
        "SECURE_HSTS_SECONDS": "31536000",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "SECRET_KEY": LONG,
    }


def test_a_development_site_answers_on_loopback_only():
    assert settings_under({}, "ALLOWED_HOSTS")["ALLOWED_HOSTS"] == "['localhost', '127.0.0.1', '[::1]']"


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"ORGROLES_URL": "https://roles.example.org:8443/"}, "https://roles.example.org:8443"),
        (PRODUCTION, "https://orgroles.example.org"),
        ({**PRODUCTION, "ALLOWED_HOSTS": ".example.org"}, "https://example.org"),
    ],
)
def test_links_in_mail_begin_with_the_address_of_the_site(variables, address):
    assert settings_under(variables, "SITE_ADDRESS") == {"SITE_ADDRESS": address}


def test_an_identity_provider_is_there_once_it_is_configured():
    names = ("ORGROLES_OIDC_URL", "ORGROLES_OIDC_CLIENT_ID", "ORGROLES_OIDC_CLIENT_SECRET")
    assert settings_under({}, "SOCIALACCOUNT_PROVIDERS")["SOCIALACCOUNT_PROVIDERS"] == "{}"
    found = settings_under(dict.fromkeys(names, "https://id.example.org"), "SOCIALACCOUNT_PROVIDERS")
    assert "'server_url': 'https://id.example.org'" in found["SOCIALACCOUNT_PROVIDERS"]


def test_the_development_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "build" / "secret"
    first = site.development_secret(path)
    assert len(first) >= site.SHORTEST_SECRET
    assert site.development_secret(path) == first
    assert [entry.name for entry in path.parent.iterdir()] == ["secret"]
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0


def test_the_version_is_the_first_heading_of_the_changelog(tmp_path):
    assert f"\n## {settings.VERSION} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n")
    with pytest.raises(ImproperlyConfigured, match="no heading"):
        site.version(tmp_path / "CHANGELOG.md")


def test_a_postgresql_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db.example.org:5433/roles?sslmode=require")
    found = database.from_environment(ROOT)
    assert [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "roles",
        "me",
        "p@ss",
        "db.example.org",
        "5433",
    ]
    assert found["OPTIONS"] == {
        "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000",
        "sslmode": "require",
    }


def test_a_sqlite_address_is_relative_to_the_project_unless_it_has_four_slashes(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/x.sqlite3")
    assert database.from_environment(ROOT)["NAME"] == ROOT / "data" / "x.sqlite3"
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/x.sqlite3")
    assert database.from_environment(ROOT)["NAME"] == Path("/srv/x.sqlite3")


def test_every_variable_is_documented():
    code = "".join((ROOT / "orgroles" / name).read_text() for name in ("settings.py", "database.py", "site.py"))
    names = set(re.findall(r'env\.\w+\(\s*"(\w+)"', code)) - {"ORGROLES_OIDC_URL"}
    assert len(names) > 20
    guide = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert sorted(name for name in names if f"`{name}`" not in guide) == []
