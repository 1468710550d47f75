"""Reads files of other people in a process of their own, with limits: no file can take down whoever asks.

The process has no database, no settings and no open files of ours, a folder of its own that it cannot write to, and
ends with everything that it started when it takes too much memory, time or room for its answer.
"""

import json
import logging
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from raci.documents.intake.guard import check_size, words
from raci.documents.intake.guard.limits import MEGABYTE
from raci.documents.intake.refused import Refused
from raci.domain.reading import sentence_to_data

logger = logging.getLogger(__name__)

OnStage = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: memory and time of the processor, time on the clock, and room for the answer.

    A matrix of 10,000 duties by 50 roles takes 170 MB and 6 seconds. The time of the processor is what binds: whatever
    is hostile has its answer within 15 seconds. On the clock a good file may take longer where the machine is busy.
    """

    megabytes: int = 512
    seconds: int = 12
    wall_seconds: int = 45
    answer_megabytes: int = 64


LIMITS = Limits()

_CHILD = "raci.documents.intake.child"
_ANSWERS = {"ours", "foreign", "refused"}
_STEP = re.compile(rb"([a-z]{1,20}) (\d{1,12}) (\d{1,12})\s*")
_OUT_OF_MEMORY = re.compile(rb"memory allocation|MemoryError|capacity overflow|Cannot allocate")
_ROOT = Path(__file__).resolve().parents[3]
_PAUSE, _LAST_WORDS = 0.1, 2.0
_LONGEST_LINE, _KEPT_WORDS = 1_000, 20_000


def read_file(
    content: bytes,
    name: str,
    *,
    on_stage: OnStage | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits = LIMITS,
) -> dict[str, Any]:
    """Return what a file holds: ``{"ours": …}``, ``{"foreign": …}``, or ``{"refused": …}`` with a sentence as data.

    Never raises for what a file holds. ``on_stage`` is told the stage, what is done of it and how much there is;
    ``cancelled`` is asked several times a second. What either raises goes through, and the process ends first.
    """
    try:
        check_size(content)
        with tempfile.TemporaryDirectory(prefix="orgroles-") as folder:
            return _Reading(content, name, limits, folder).answer(on_stage, cancelled)
    except Refused as refused:
        return {"refused": sentence_to_data(refused.sentence)}


class _Reading:
    """One process that reads one file."""

    def __init__(self, content: bytes, name: str, limits: Limits, folder: str) -> None:
        self.limits = limits
        self.steps: queue.SimpleQueue[tuple[str, int, int] | None] = queue.SimpleQueue()
        self.said, self.words, self.too_much = bytearray(), bytearray(), False
        self.process = subprocess.Popen(  # noqa: S603 - our own module; nothing of the file is in its arguments
            [sys.executable, "-P", "-s", "-B", "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=_environment(),
            start_new_session=True,
        )
        asked = {"name": name[:255], "megabytes": limits.megabytes, "seconds": limits.seconds}
        line = json.dumps(asked).encode() + b"\n"
        self.threads = [
            threading.Thread(target=work, args=arguments, daemon=True)
            for work, arguments in (
                (self._give, (self.process.stdin, line, content)),
                (self._listen, (self.process.stdout,)),
                (self._follow, (self.process.stderr,)),
            )
        ]

    def answer(self, on_stage: OnStage | None, cancelled: Callable[[], bool] | None) -> dict[str, Any]:
        """Wait for the answer and return it. Raises `Refused` for every other end."""
        deadline = time.monotonic() + self.limits.wall_seconds
        try:
            for thread in self.threads:
                thread.start()
            while not self._has_ended(on_stage):
                if cancelled and cancelled():
                    raise words.stopped()
                if time.monotonic() > deadline:
                    raise words.too_hard(self.limits.wall_seconds)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_LAST_WORDS)
        finally:
            self._end()
        return self._understood()

    def _has_ended(self, on_stage: OnStage | None) -> bool:
        """Wait a moment, pass on how far the process is, and return whether it has said all that it will say."""
        with suppress(queue.Empty):
            step = self.steps.get(timeout=_PAUSE)
            if step is None:
                return True
            if on_stage:
                on_stage(*step)
        return False

    def _end(self) -> None:
        """End the process and whatever it started, if it has not ended by itself, and leave nothing open."""
        if self.process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                if hasattr(os, "killpg"):
                    os.killpg(self.process.pid, signal.SIGKILL)
                else:
                    self.process.kill()
            self.process.wait()
        for thread in self.threads:
            thread.join(_LAST_WORDS)

    def _understood(self) -> dict[str, Any]:
        if self.too_much:
            raise words.too_talkative()
        with suppress(ValueError):
            answer = json.loads(self.said)
            if isinstance(answer, dict) and len(answer) == 1 and set(answer) <= _ANSWERS:
                self._tell_log()
                return answer
        raise self._why()

    def _why(self) -> Refused:
        """Return the refusal for a process that ended without an answer."""
        logger.warning("The reader of a file ended with %s.", self.process.returncode)
        self._tell_log()
        if -self.process.returncode in _signals("SIGXCPU", "SIGKILL"):
            return words.too_hard(self.limits.seconds)
        if _OUT_OF_MEMORY.search(self.words):
            return words.too_heavy(self.limits.megabytes)
        return words.unreadable()

    def _tell_log(self) -> None:
        if self.words:
            logger.warning("The reader of a file said: %s", self.words.decode("utf-8", "replace"))

    @staticmethod
    def _give(stream: IO[bytes] | None, line: bytes, content: bytes) -> None:
        assert stream
        with suppress(OSError), stream:
            stream.write(line)
            stream.write(content)

    def _listen(self, stream: IO[bytes] | None) -> None:
        most = self.limits.answer_megabytes * MEGABYTE
        assert stream
        with stream:
            while piece := os.read(stream.fileno(), MEGABYTE):
                self.said += piece
                if len(self.said) > most:
                    self.too_much = True
                    break
        self.steps.put(None)

    def _follow(self, stream: IO[bytes] | None) -> None:
        assert stream
        with stream:
            while line := stream.readline(_LONGEST_LINE):
                if found := _STEP.fullmatch(line):
                    self.steps.put((found[1].decode(), int(found[2]), int(found[3])))
                elif len(self.words) < _KEPT_WORDS:
                    self.words += line


def _environment() -> dict[str, str]:
    """Return what a reader may know of the world: where the code is, and how text is written."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    # With lxml, openpyxl would not use the parser that refuses entities.
    return kept | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OPENPYXL_LXML": "False"}


def _signals(*names: str) -> set[int]:
    return {int(getattr(signal, name)) for name in names if hasattr(signal, name)}
