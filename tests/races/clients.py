"""People who edit cells as fast as they can: read, think of something else, write with what was seen."""

import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

CONTENTS = ("", "A", "R", "C", "I", "A/R")


@dataclass(frozen=True)
class Ack:
    """A write that the server said was made."""

    revision: int
    by: str
    duty: str
    role: str
    seen: str
    wanted: str


@dataclass
class Log:
    """What all clients saw. ``unknown`` counts writes whose answer never came, ``waits`` are seconds for an answer."""

    acks: list[Ack] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    unknown: int = 0
    waits: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def server_errors(self) -> int:
        return sum(count for status, count in self.answers.items() if status >= 500)


class Client:
    """One signed-in person, with a connection of their own for every request."""

    def __init__(self, port: int, stage: dict[str, Any], name: str) -> None:
        self.port, self.stage, self.name = port, stage, name
        self.cookies = f"sessionid={stage['sessions'][name]}"
        self.token = ""

    def path(self, duty: str, role: str) -> str:
        return f"/o/{self.stage['slug']}/matrices/{self.stage['matrix']}/cells/{duty}/{role}/"

    def request(self, method: str, path: str, body: str = "", accept: str = "application/json") -> tuple[Any, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookies, "Accept": accept}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.token}
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def take_token(self, path: str) -> None:
        """Open the form as a browser does, for its cookie and its hidden token."""
        response, page = self.request("GET", path, accept="text/html")
        found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found, (response.status, page[:500])
        cookie = response.headers["Set-Cookie"].partition(";")[0]
        self.token = found[1].decode()
        self.cookies += f"; {cookie}"

    def read(self, duty: str, role: str) -> tuple[int, str]:
        response, body = self.request("GET", self.path(duty, role))
        return response.status, json.loads(body)["letters"] if response.status == 200 else ""

    def write(self, duty: str, role: str, seen: str, wanted: str) -> tuple[Any, bytes]:
        return self.request("POST", self.path(duty, role), urlencode({"seen": seen, "letters": wanted}))


def load(port: int, stage: dict[str, Any], cells: Sequence[tuple[str, str]], log: Log, seed: int) -> "Load":
    """Start one thread for each signed-in person, all on the same few cells."""
    return Load([_Writer(Client(port, stage, name), cells, log, f"{seed} {name}") for name in stage["sessions"]])


class Load:
    def __init__(self, writers: "Sequence[_Writer]") -> None:
        self.writers = writers
        for writer in writers:
            writer.start()

    def stop(self) -> None:
        for writer in self.writers:
            writer.stopping.set()
        for writer in self.writers:
            writer.join(timeout=60)
            assert not writer.is_alive()
        for writer in self.writers:
            if writer.failure:
                raise writer.failure


class _Writer(threading.Thread):
    def __init__(self, client: Client, cells: Sequence[tuple[str, str]], log: Log, seed: str) -> None:
        super().__init__(daemon=True)
        self.client, self.cells, self.log = client, cells, log
        self.chance = random.Random(seed)  # reproducible, not secret
        self.stopping = threading.Event()
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self._once()
        except Exception as failure:  # told by Load.stop in the test's own thread
            self.failure = failure

    def _once(self) -> None:
        duty, role = self.chance.choice(self.cells)
        writing = False
        try:
            if not self.client.token:
                self.client.take_token(self.client.path(duty, role))
            status, seen = self.client.read(duty, role)
            if status == 200:
                wanted = self.chance.choice([letters for letters in CONTENTS if letters != seen])
                writing = True
                asked = time.monotonic()
                response, body = self.client.write(duty, role, seen, wanted)
                self.log.waits.append(time.monotonic() - asked)
                status = response.status
                if status == 200 and (told := json.loads(body))["changed"]:
                    self._keep(Ack(told["revision"], self.client.name, duty, role, seen, wanted))
            self._count(status)
        except (OSError, HTTPException):
            if writing:
                with self.log.lock:
                    self.log.unknown += 1
            time.sleep(0.1)

    def _keep(self, ack: Ack) -> None:
        with self.log.lock:
            self.log.acks.append(ack)

    def _count(self, status: int) -> None:
        with self.log.lock:
            self.log.answers[status] += 1
