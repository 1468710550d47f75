"""The process that reads one file: python -m raci.documents.intake.child

It takes one line of JSON and the file on its standard input, and answers with one JSON document on its standard output:
``{"ours": …}``, ``{"foreign": …}`` or ``{"refused": …}``. How far it is, it says on its standard error, a line for each
step: stage, what is done, how much there is. It limits itself before it reads the first byte of the file.
"""

import gc
import json
import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from typing import Any, BinaryIO

from raci.documents.intake.guard import admit, words
from raci.documents.intake.guard.limits import MEGABYTE
from raci.documents.intake.refused import Refused
from raci.documents.intake.sources import later, open_sheaf
from raci.domain.reading import Reading, sentence_to_data

if sys.platform != "win32":
    import resource

_MAY_BE_OURS = ("xlsx", "xlsm")


def main() -> int:
    """Read the file, print the answer, and return the status to end with."""
    gc.disable()  # it ends before there is anything worth collecting
    asked = json.loads(sys.stdin.buffer.readline())
    limit(asked["megabytes"], asked["seconds"])
    answer = said(asked["name"], sys.stdin.buffer, asked["megabytes"])
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())
    sys.stdout.buffer.flush()
    return 0


def limit(megabytes: int, seconds: int) -> None:
    """Give up what this process does not need: memory, time of the processor, files. Windows has no such limits."""
    if sys.platform == "win32":
        return
    for what, most in (
        (resource.RLIMIT_AS, megabytes * MEGABYTE),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS knows the limit on memory, but takes none
            resource.setrlimit(what, (allowed, allowed))


def said(name: str, stream: BinaryIO, megabytes: int) -> dict[str, Any]:
    """Return what there is to say of a file, whatever it does to its readers."""
    try:
        return read(stream.read(), name)
    except Refused as refused:
        return {"refused": sentence_to_data(refused.sentence)}
    except MemoryError:
        return {"refused": sentence_to_data(words.too_heavy(megabytes).sentence)}
    except Exception:
        # A reader has met what nobody foresaw; whoever started this process writes it to its log.
        traceback.print_exc()
        return {"refused": sentence_to_data(words.unreadable().sentence)}


def read(content: bytes, name: str) -> dict[str, Any]:
    """Return what a file holds. Raises `Refused`."""
    progress = Progress()
    admitted = admit(content, name, lambda done, total: progress("guard", done, total))
    lost = None
    if admitted.kind in _MAY_BE_OURS:
        reader = later.home_reader()
        if reader.is_ours(content):
            progress("parse", 0, 1)
            data = reader.read_home(content).to_data()
            progress("parse", 1, 1)
            return {"ours": data}
        lost = reader.keys_lost(content)
    sheaf = open_sheaf(content, name, admitted=admitted, progress=progress)
    del content
    progress("recognise", 0, 1)
    reading: Reading = later.recogniser().recognise(
        replace(sheaf, name=name, notes=(*filter(None, (lost,)), *sheaf.notes))
    )
    progress("recognise", 1, 1)
    return {"foreign": reading.to_data()}


class Progress:
    """Says how far the work is, in steps of a hundredth."""

    def __init__(self) -> None:
        self.last = ("", -1)

    def __call__(self, stage: str, done: int, total: int) -> None:
        step = stage, done * 100 // max(total, 1)
        if step != self.last:
            self.last = step
            sys.stderr.write(f"{stage} {done} {total}\n")
            sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
