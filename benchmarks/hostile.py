"""Reads every file of a folder as an upload is read, and says what became of it: python -m benchmarks.hostile FOLDER

Each file is looked at in a process of its own, which starts the one that reads it: so time and memory are those of this
file. Fails where one takes longer than people wait, or ends in anything but a reading or a sentence.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

# Seconds of the clock for a file, seconds of the processor for the guard, megabytes for the guard.
LONGEST, LONGEST_GUARD, MOST_MEMORY = 15.0, 2.0, 100
_SHOWN = 5


def look(path: Path) -> dict[str, Any]:
    """Return what becomes of one file; run in a process of its own."""
    import resource

    from raci.documents.intake.guard import admit
    from raci.documents.intake.refused import Refused
    from raci.documents.intake.sandbox import read_file

    content = path.read_bytes()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with suppress(Refused):
        admit(content, path.name)
    guard, after = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    [(outcome, data)] = read_file(content, path.name).items()
    return {
        "outcome": outcome,
        "words": data["text"] if outcome == "refused" else data.get("kind", ""),
        "guard": guard,
        "guard_megabytes": (after - before) / 1024,
        "seconds": time.monotonic() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def looked_at(path: Path) -> dict[str, Any]:
    """Return what becomes of one file, whatever becomes of the process that looks."""
    command = [sys.executable, "-m", "benchmarks.hostile", "--one", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2_000:], file=sys.stderr)
        return {"outcome": "CRASHED", "words": "", "guard": 0, "guard_megabytes": 0, "seconds": 0, "megabytes": 0}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(folder: Path) -> int:
    """Look at every file, print what became of each and of all, and return the status to end with."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        item = found[path] = looked_at(path)
        line = "{outcome:8} {seconds:5.2f} s {megabytes:4.0f} MB, guard {guard:4.2f} s {guard_megabytes:3.0f} MB  "
        print(line.format(**item) + f"{path.relative_to(folder)}: {item['words'][:70]}", flush=True)
    print(f"{len(found)} files:", dict(Counter(item["outcome"] for item in found.values())))
    for words, count in Counter(item["words"][:90] for item in found.values()).most_common():
        print(f"{count:5} {words}")
    for name in ("seconds", "guard", "megabytes", "guard_megabytes"):
        most = sorted(found, key=lambda path: found[path][name], reverse=True)[:_SHOWN]
        print(f"most {name}:", ", ".join(f"{path.name} {found[path][name]:.2f}" for path in most))
    bad = [path.name for path, item in found.items() if not _is_well(item)]
    print("Beyond the limits:", ", ".join(bad) or "none")
    return 1 if bad else 0


def _is_well(item: dict[str, Any]) -> bool:
    within = item["seconds"] <= LONGEST and item["guard"] <= LONGEST_GUARD and item["guard_megabytes"] <= MOST_MEMORY
    return bool(within and item["outcome"] != "CRASHED")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(look(Path(sys.argv[2]))))
    elif len(sys.argv) == 2:
        sys.exit(main(Path(sys.argv[1])))
    else:
        sys.exit("Name a folder: python -m benchmarks.hostile FOLDER")
