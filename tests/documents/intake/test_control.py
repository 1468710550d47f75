"""The control arm: the same files straight into the readers, in processes with limits, to see them fall over.

Without this, a guard that refuses everything, or files that harm nobody, would pass for protection.
"""

import subprocess
import sys

import pytest

from raci.documents.intake.sandbox import read_file
from tests.documents.intake import building as good
from tests.documents.intake.cases import CASES

LIMITS = """
import resource, sys
from io import BytesIO
for what, most in ((resource.RLIMIT_AS, 1 << 30), (resource.RLIMIT_CPU, 5), (resource.RLIMIT_CORE, 0)):
    resource.setrlimit(what, (most, most))
content = BytesIO(sys.stdin.buffer.read())
"""
READERS = {
    "calamine": """
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_filelike(content)
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
""",
    "openpyxl": """
from openpyxl import load_workbook
for sheet in load_workbook(content):
    for row in sheet.iter_rows():
        pass
""",
}
FALL = [
    ("calamine", "a value in the last cell of all"),
    ("calamine", "4 billion texts that are not there"),
    ("calamine", "row 100,000,000"),
    ("calamine", "a sheet of 1997 that claims to be large"),
    ("calamine", "corners of a binary sheet"),
    ("calamine", "whitespace of 1 GiB"),
    ("openpyxl", "everything merged"),
]


def end(reader: str, content: bytes) -> str:
    """Return how a reader ends: "read", "said no" (an exception), or "fell" (killed, aborted, out of memory)."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITS + READERS[reader]], input=content, capture_output=True, check=False
    )
    if done.returncode == 0:
        return "read"
    return "fell" if done.returncode < 0 or b"MemoryError" in done.stderr else "said no"


@pytest.mark.slow
def test_readers_fall_over_what_the_guard_refuses() -> None:
    ends = {(reader, name): end(reader, CASES[name].make()) for reader, name in FALL}
    print(ends)
    assert list(ends.values()).count("fell") >= 5
    for _reader, name in FALL:
        case = CASES[name]
        assert "refused" in read_file(case.make(), f"plan.{case.ending}")


@pytest.mark.parametrize("reader", READERS)
def test_the_control_arm_reads_what_is_good(reader: str) -> None:
    assert end(reader, good.xlsx()) == "read"
    assert end(reader, b"PK\x03\x04") == "said no"
