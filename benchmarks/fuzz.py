"""Spoils good files at random for as long as it is told to: python -m benchmarks.fuzz --minutes 10 [--seed 1]

Most go through the guard only, some through the process that reads. Ends with 1, and keeps the file in the folder that
--keep names, where one is answered by an exception or takes the guard longer than two seconds.
"""

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from raci.documents.intake.guard import admit
from raci.documents.intake.refused import Refused
from raci.documents.intake.sandbox import read_file
from tests.documents.intake.mutation import mutated, seeds

LONGEST = 2.0
# One of so many is read as well.
READ_EACH = 200


def main() -> int:
    """Spoil and look until the time is over; return the status to end with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=time.time_ns())
    parser.add_argument("--keep", type=Path, help="a folder for files that were answered wrongly")
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    chance, good, ends = random.Random(asked.seed), list(seeds().items()), Counter[str]()
    started, longest, bad = time.monotonic(), 0.0, 0
    while time.monotonic() - started < asked.minutes * 60:
        name, content = chance.choice(good)
        spoilt = mutated(content, chance)
        end, seconds = looked_at(spoilt, name)
        if ends.total() % READ_EACH == 0:
            ends.update(f"read: {kind}" for kind in read_file(spoilt, name))
        ends[end] += 1
        longest = max(longest, seconds)
        if end == "exception" or seconds > LONGEST:
            bad += 1
            keep(asked.keep, spoilt, f"{ends.total()}-{name}")
    print(dict(ends), f"{ends.total():,} in {time.monotonic() - started:.0f} s, longest in the guard {longest:.2f} s")
    print(f"FAIL: {bad}" if bad else "Every one was answered.")
    return 1 if bad else 0


def looked_at(content: bytes, name: str) -> tuple[str, float]:
    """Return how the guard ended, and the seconds of the processor that it took."""
    started = time.process_time()
    try:
        admit(content, name)
        end = "admitted"
    except Refused:
        end = "refused"
    except Exception:
        traceback.print_exc()
        end = "exception"
    return end, time.process_time() - started


def keep(folder: Path | None, content: bytes, name: str) -> None:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
