"""The process that reads a file, its limits, and every way in which it can end."""

import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from raci.documents.intake import sandbox
from raci.documents.intake.sandbox import Limits, read_file
from raci.domain.reading import sentence_from_data
from tests.documents.intake import building as good
from tests.documents.intake.cases import CASES

# Short, so that what takes for ever is stopped soon.
SHORT = Limits(megabytes=300, seconds=2, wall_seconds=4, answer_megabytes=1)


def said(answer: dict[str, Any]) -> str:
    return str(sentence_from_data(answer["refused"]))


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Callable[[str], None]:
    """Put something else in place of the process that reads: lines of Python that run after its limits are set."""

    def put(lines: str) -> None:
        source = "import json, os, sys, time\nfrom raci.documents.intake.child import limit\n"
        source += "asked = json.loads(sys.stdin.buffer.readline())\nlimit(asked['megabytes'], asked['seconds'])\n"
        (tmp_path / "instead.py").write_text(source + textwrap.dedent(lines))
        environment = sandbox._environment()
        path = f"{tmp_path}{os.pathsep}{environment['PYTHONPATH']}"
        monkeypatch.setattr(sandbox, "_environment", lambda: environment | {"PYTHONPATH": path})
        monkeypatch.setattr(sandbox, "_CHILD", "instead")

    return put


@pytest.mark.parametrize(("name", "content"), good.good_workbooks().items())
def test_a_good_workbook_is_read(name: str, content: bytes) -> None:
    [(kind, reading)] = read_file(content, name).items()
    assert (kind, reading["kind"]) == ("foreign", name.rpartition(".")[2])


def test_it_says_how_far_it_is() -> None:
    steps: list[tuple[str, int, int]] = []
    read_file(good.xlsx(), "plan.xlsx", on_stage=lambda *step: steps.append(step))
    assert {"guard", "parse", "recognise"} == {stage for stage, _done, _total in steps}
    assert steps[-1] == ("recognise", 1, 1)
    assert all(0 <= done <= total for _stage, done, total in steps)


def test_an_empty_file_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    assert "is empty" in said(read_file(b"", "plan.xlsx"))


def test_what_the_guard_refuses_comes_back_as_its_sentence() -> None:
    assert "lie too far apart" in said(read_file(CASES["a value in the last cell of all"].make(), "plan.xlsx"))


ENDS = {
    "os.abort()": "damaged and cannot be read",
    "os._exit(0)": "damaged and cannot be read",
    "raise SystemExit(3)": "damaged and cannot be read",
    "os.kill(os.getpid(), 11)": "damaged and cannot be read",
    "print('{')": "damaged and cannot be read",
    "print('[1]')": "damaged and cannot be read",
    "print(json.dumps({'ours': 1, 'foreign': 2}))": "damaged and cannot be read",
    "print(json.dumps({'else': 1}))": "damaged and cannot be read",
    "sys.stdout.write('x' * 3_000_000)": "far more than a matrix",
    "while True: pass": "seconds and was stopped",
    "time.sleep(60)": "more than 4 seconds",
    "x = bytearray(400_000_000)": "more than 300 MB of memory",
    "sys.stderr.write('memory allocation of 999 bytes failed'); sys.stderr.flush(); os.abort()": "more than 300 MB",
    "os.close(1); time.sleep(60)": "seconds and was stopped",
}


@pytest.mark.parametrize("lines", ENDS)
def test_every_end_of_the_process_becomes_a_sentence(lines: str, child: Callable[[str], None]) -> None:
    child(lines)
    assert ENDS[lines] in said(read_file(good.xlsx(), "plan.xlsx", limits=SHORT))


def test_the_process_can_neither_write_nor_see_our_settings(child: Callable[[str], None]) -> None:
    child("""
        told = sorted(os.environ)
        try:
            with open("note", "w") as stream:
                stream.write("x")
                stream.flush()
            written = True
        except OSError:
            written = False
        print(json.dumps({"foreign": [told, written, os.getcwd(), sorted(sys.modules)]}))
        """)
    os.environ["DATABASE_URL"] = "secret"
    told, written, folder, modules = read_file(good.xlsx(), "plan.xlsx")["foreign"]
    del os.environ["DATABASE_URL"]
    assert not {name for name in told if "DATABASE" in name or "SECRET" in name or "DJANGO" in name}
    assert not written
    assert not Path(folder).exists()
    assert not {"django", "openpyxl", "lxml"} & set(modules)


def test_a_process_that_starts_others_ends_with_them(child: Callable[[str], None], tmp_path: Any) -> None:
    child(f"""
        import subprocess
        other = subprocess.Popen([{sys.executable!r}, "-c", "import time; time.sleep(60)"], stdout=sys.stderr)
        sys.stderr.write(f"guard {{other.pid}} 1\\n")
        sys.stderr.flush()
        time.sleep(60)
        """)
    pids: list[int] = []

    def started(_stage: str, done: int, _total: int) -> None:
        pids.append(done)

    read_file(good.xlsx(), "plan.xlsx", on_stage=started, cancelled=lambda: bool(pids))
    [pid] = pids
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(pid)


def _wait_until_gone(pid: int) -> None:
    for _attempt in range(100):
        os.kill(pid, 0)
        time.sleep(0.05)


def test_it_stops_when_somebody_cancels(child: Callable[[str], None]) -> None:
    child("time.sleep(60)")
    assert "was cancelled" in said(read_file(good.xlsx(), "plan.xlsx", cancelled=lambda: True))


def test_what_a_callback_raises_goes_through_and_the_process_ends(child: Callable[[str], None]) -> None:
    child("sys.stderr.write(f'guard {os.getpid()} 1\\n'); sys.stderr.flush(); time.sleep(60)")
    pids: list[int] = []

    def stop(_stage: str, done: int, _total: int) -> None:
        pids.append(done)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_file(good.xlsx(), "plan.xlsx", on_stage=stop)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_words_on_the_standard_error_that_are_no_step_go_to_the_log(
    child: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    child("sys.stderr.write('guard x y\\nthread panicked\\n'); print(json.dumps({'foreign': {}}))")
    steps: list[Any] = []
    assert read_file(good.xlsx(), "plan.xlsx", on_stage=lambda *step: steps.append(step)) == {"foreign": {}}
    assert steps == []
    assert "thread panicked" in caplog.text


def test_nothing_is_left_open_or_running() -> None:
    read_file(good.xlsx(), "plan.xlsx")
    before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for _time in range(3):
        read_file(good.xlsx(), "plan.xlsx")
        read_file(CASES["4 billion texts that are not there"].make(), "plan.xlsx")
    assert (len(list(Path("/proc/self/fd").iterdir())), threading.active_count()) == before


def test_where_no_limits_exist_the_others_still_hold(child: Callable[[str], None]) -> None:
    """Windows has no module `resource`; time on the clock and room for the answer are watched from outside."""
    child("""
        sys.modules["resource"] = None
        limit(1, 1)
        print(json.dumps({"foreign": "read"}))
        """)
    assert read_file(good.xlsx(), "plan.xlsx") == {"foreign": "read"}


def test_a_name_of_any_letters_is_taken() -> None:
    answer = read_file(good.GOOD_TEXTS["plan.csv"], "../Ünï\ud800\n" + "x" * 999 + ".csv")
    assert json.dumps(answer)
    assert "foreign" in answer
