"""What every test may use: tools that may be missing, and the loud notice when one was."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.tools import CHROMIUM_FLAGS, find_tool


def all_required() -> bool:
    """Whether a missing tool is a failure instead of a skip (ORGROLES_REQUIRE_ALL=1)."""
    return os.environ.get("ORGROLES_REQUIRE_ALL", "") not in {"", "0"}


# How long an example takes says more of the machine than of the code: time is for benchmarks. Where everything is
# required, the same code gets the same answer twice; everywhere else each run tries other examples.
hypothesis_settings.register_profile(
    "orgroles", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=all_required()
)
hypothesis_settings.load_profile("orgroles")


@pytest.fixture(scope="session")
def require() -> Callable[[str], str]:
    """`require("soffice")` is the path of that tool; without it the test skips, or fails where all are required."""

    def path_of(name: str) -> str:
        path = find_tool(name)
        if path:
            return path
        if all_required():
            pytest.fail(f"{name} is not installed, and ORGROLES_REQUIRE_ALL is set")
        pytest.skip(f"missing tool: {name}")

    return path_of


@pytest.fixture(scope="session")
def chromium_path(require: Callable[[str], str]) -> str:
    """The Chromium to drive, with `CHROMIUM_FLAGS` (and --no-sandbox for root)."""
    return require("chromium")


@pytest.fixture(scope="session")
def chromium_options(chromium_path: str) -> dict[str, Any]:
    """What playwright's `chromium.launch(**chromium_options)` takes."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": chromium_path,
        "args": [*CHROMIUM_FLAGS, *(["--no-sandbox"] if root else [])],
    }


@pytest.fixture(scope="session")
def browser(chromium_options: dict[str, Any]) -> Iterator[Any]:
    """One running Chromium (playwright's `Browser`); take `browser.new_context()` for each test."""
    from playwright.sync_api import expect, sync_playwright

    # A machine under load is slow, not wrong.
    expect.set_options(timeout=20_000)
    # Playwright keeps an event loop in this thread, and Django would refuse to touch the database beside one.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(**chromium_options)
        yield running
        running.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file, as in production: in memory all threads would share one connection."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A password hash that costs nothing: the real one is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def imports_at_once() -> Iterator[None]:
    """Work on imports in the request itself: a process of its own would not see what a test has not committed.

    For all of the session: a browser may still ask when its test is over.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "IMPORTS", "inline")
        yield


@pytest.fixture(scope="session", autouse=True)
def emptying_lifts_triggers() -> Iterator[None]:
    """Let tests that commit be cleaned up: on SQLite the triggers that protect the history refuse that too."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _ in triggers]
        empty(self, [*drop, *statements, *(create for _, create in triggers)])

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(BaseDatabaseOperations, "execute_sql_flush", without_triggers)
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which tools were missing and how many tests did not run for it."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        _, found, name = str(report.longrepr).partition("missing tool: ")
        if found:
            name = name.strip("')\"")
            counts[name] = counts.get(name, 0) + 1
    for name, count in sorted(counts.items()):
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.write_line(f"!!! {tests} DID NOT RUN: {name} is not installed here.", red=True, bold=True)


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Leave the language of a request behind: Django keeps that of the last one until the next begins."""
    yield
    translation.deactivate()
