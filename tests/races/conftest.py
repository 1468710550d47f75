"""A real site to race in: a database of its own, a process that prepares and reads back, servers that are killed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.races.server import Database, Server, Site


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("races")


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Database]:
    made = Database(folder)
    yield made
    made.drop()


@pytest.fixture(scope="module")
def site(database: Database) -> Iterator[Site]:
    made = Site(database)
    yield made
    made.close()


@pytest.fixture
def start(database: Database, site: Site, folder: Path) -> Iterator[Callable[..., Server]]:
    """Start a server; it is killed after the test."""
    started: list[Server] = []

    def begin(settings: str = "tests.races.settings") -> Server:
        started.append(Server(database, folder, settings))
        started[-1].start()
        return started[-1]

    yield begin
    for server in started:
        server.kill()
