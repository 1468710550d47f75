"""A workbook on its way home to a real server, and processes that are killed on the way."""

import os
import re
import signal
import time
from collections.abc import Callable, Collection
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

PATIENCE = 90.0  # seconds: the machine may be busy
_BOUNDARY = "a-boundary-that-no-workbook-holds"


def filled_workbook(slug: str, rows: int, path: str, spared: Collection[str] = ()) -> int:
    """In the site: give its matrix so many rows more, and write its workbook with an R typed into every cell.

    The rows of some duties may be spared. Return how many cells that are.
    """
    from openpyxl import load_workbook

    from raci import models
    from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, KEY_COLUMN
    from raci.domain.records import Duty, Kind, Row
    from raci.models.base import new_key
    from raci.services.exporting import export_bytes
    from tests.factories import create, write

    matrix = models.Matrix.objects.select_related("organisation").get(organisation__slug=slug)
    first = matrix.rows.count()
    keys = {new_key(): number for number in range(first, first + rows)}
    write(
        matrix.organisation,
        *(create(Kind.DUTY, Duty(f"D-{number}", f"Do {number}"), key) for key, number in keys.items()),
        *(create(Kind.ROW, Row(number), key, matrix=matrix.key) for key, number in keys.items()),
    )
    Path(path).write_bytes(export_bytes(matrix, "xlsx", "Somebody"))
    book = load_workbook(path)
    duties = set(matrix.rows.values_list("duty__key", flat=True)).difference(spared)
    width = matrix.columns.count()
    for row in range(FIRST_ROW, book.worksheets[0].max_row + 1):
        if book.worksheets[0].cell(row, KEY_COLUMN).value in duties:
            for column in range(FIRST_ROLE_COLUMN, FIRST_ROLE_COLUMN + width):
                book.worksheets[0].cell(row, column).value = "R"
    book.save(path)
    return len(duties) * width


def imports(slug: str) -> list[dict[str, Any]]:
    """In the site: return how the imports of an organisation stand, newest first."""
    from raci import models

    names = ("key", "state", "revision", "refusal", "work__attempts", "organisation__key")
    return list(models.Import.objects.filter(organisation__slug=slug).values(*names))


def runners(organisation: str) -> list[int]:
    """Return the processes that work on the imports of an organisation, by its key, which no other machine has."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # it has ended
            if b"run_imports" in words and organisation.encode() in words:
                found.append(int(entry.name))
    return found


def kill_runner(organisation: str, after: float) -> bool:
    """Kill a runner at some moment of its life; False where it had done its work before."""
    if not wait_for(lambda: bool(runners(organisation)), at_most=20.0):
        return False
    time.sleep(after)
    alive = runners(organisation)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    return bool(alive)


def wait_for(there: Callable[[], Any], *, at_most: float = PATIENCE) -> bool:
    end = time.monotonic() + at_most
    while time.monotonic() < end:
        if there():
            return True
        time.sleep(0.05)
    return False


class Bringer:
    """One signed-in person who brings files."""

    def __init__(self, port: int, stage: dict[str, Any], name: str = "") -> None:
        self.port, self.base = port, f"/o/{stage['slug']}/imports/"
        session = stage["sessions"][name] if name else next(iter(stage["sessions"].values()))
        self.cookies = {"sessionid": session}

    def get(self, path: str) -> tuple[int, bytes]:
        response, body = self._request("GET", path)
        return response.status, body

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> tuple[int, str]:
        """Send a form as a browser does; return the status and where it leads."""
        parts = [self._part(f'name="{name}"', value.encode()) for name, value in fields.items()]
        if file:
            parts.append(self._part(f'name="file"; filename="{file[0]}"', file[1]))
        body = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        response, _ = self._request("POST", path, body, headers)
        return response.status, response.headers.get("Location", "")

    def token(self, page: bytes) -> str:
        found = re.search(rb'name="csrfmiddlewaretoken"\s+value="(\w+)"', page)
        assert found, page[:500]
        return found[1].decode()

    def bring(self, path: str) -> tuple[int, str]:
        """Upload a workbook."""
        _, page = self.get(f"{self.base}new/")
        file = (Path(path).name, Path(path).read_bytes())
        return self.post(f"{self.base}new/", {"csrfmiddlewaretoken": self.token(page)}, file)

    def apply(self, key: str) -> tuple[int, str]:
        """Press “Apply” on the preview."""
        _, page = self.get(f"{self.base}{key}/preview/")
        return self.post(f"{self.base}{key}/apply/", self.answers(page))

    def answers(self, page: bytes) -> dict[str, str]:
        """Return what the preview sends: what it shows stands accepted."""
        revision = re.search(rb'name="revision"\s+value="(\d+)"', page)
        assert revision, page[:500]
        return {"csrfmiddlewaretoken": self.token(page), "revision": revision[1].decode()}

    def look(self, key: str) -> bool:
        """Look at the page of an import as its script does; return whether there is nothing to wait for."""
        try:
            status, body = self.get(f"{self.base}{key}/state.json")
        except (OSError, HTTPException):
            return False  # the server is away
        return status == 200 and b'"works": false' in body

    def settle(self, key: str) -> None:
        """Look again and again until there is nothing to wait for."""
        assert wait_for(lambda: self.look(key)), f"import {key} is worked on for ever"

    @staticmethod
    def _part(name: str, value: bytes) -> bytes:
        return f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + value + b"\r\n"

    def _request(self, method: str, path: str, body: bytes = b"", headers: Any = None) -> tuple[Any, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {"Cookie": cookies, **(headers or {})})
            response = connection.getresponse()
            for line in response.headers.get_all("Set-Cookie") or ():
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return response, response.read()
        finally:
            connection.close()
