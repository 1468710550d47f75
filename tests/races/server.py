"""A real gunicorn over a database of its own, that can be killed and started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60  # generous: the machine may be busy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Database:
    """A fresh database: a file in ``folder``, or one beside that which DATABASE_URL names."""

    def __init__(self, folder: Path) -> None:
        named = os.environ.get("DATABASE_URL", "")
        self.server = "" if named.startswith("sqlite") else named
        if self.server:
            self.name = f"orgroles_races_{os.getpid()}"
            self.url = urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))
            self._administer(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name}")
        else:
            self.path = folder / "races.sqlite3"
            self.url = f"sqlite:////{str(self.path).lstrip('/')}"

    @property
    def is_sqlite(self) -> bool:
        return not self.server

    def drop(self) -> None:
        if self.server:
            self._administer(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def hold_write_lock(self) -> Any:
        """Open a connection that keeps others from writing; close it to let go."""
        if self.is_sqlite:
            import sqlite3

            connection: Any = sqlite3.connect(self.path, isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            return connection
        connection = self._connect(self.url)
        connection.autocommit = False
        connection.execute("SELECT 1 FROM raci_organisation FOR UPDATE")
        return connection

    def _administer(self, *statements: str) -> None:
        with self._connect(self.server) as connection:
            for statement in statements:
                connection.execute(statement)

    def _connect(self, url: str) -> Any:
        import psycopg

        return psycopg.connect(url, autocommit=True)


def environment(database: Database, settings: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database.url,
        "DJANGO_SETTINGS_MODULE": settings,
        "ORGROLES_ENV": "development",
        "DEBUG": "1",
        "SECRET_KEY": "only for races on loopback " * 2,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }


class Site:
    """The process that prepares and reads back; ``site("report", "hot")`` calls a verb of `tests.races.site`."""

    def __init__(self, database: Database) -> None:
        values = environment(database, "orgroles.settings")
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=values, check=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.races.site"],
            cwd=ROOT,
            env=values,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *call: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(call) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


class Server:
    """Four workers on a loopback port, of so many ``threads`` each. ``settings`` names the settings module."""

    def __init__(
        self, database: Database, folder: Path, settings: str = "tests.races.settings", *, threads: int = 1
    ) -> None:
        self.threads = threads
        self.port = free_port()
        self.log = folder / f"{settings}-{self.port}.log"
        self.environment = environment(database, settings)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--workers=4", f"--bind=127.0.0.1:{self.port}", "--preload", "--log-level=warning"]
        options.append(f"--threads={self.threads}")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "orgroles.wsgi:application", *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that the whole tree can be killed by its group
            )
        self._wait()

    def kill(self) -> None:
        """Kill the whole tree at once, without warning."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            try:
                if self.get("/healthz").status == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise AssertionError(f"no answer after {START_SECONDS} s: {self.log.read_text()[-3000:]}")

    def get(self, path: str) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response
