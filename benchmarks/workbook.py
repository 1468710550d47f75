"""The workbook against a bare openpyxl loop that writes the same values without any format.

With an argument, "memory DUTIES ROLES", prints the megabytes that writing takes on top of the matrix.
"""

import gc
import sys
import tempfile
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook

from benchmarks.data import edition
from benchmarks.measure import Check, peak_megabytes, ratio, report, rounds, verdict
from raci.documents.edition import Edition
from raci.documents.workbook.writer import write_workbook

ROUNDS = 5
LARGE, SMALL = (10_000, 20), (200, 8)
BARE, RICH, DEFLATE = "bare openpyxl write-only loop", "rich workbook", "zlib.compress of its sheet alone"
RICH_WITH_FINDINGS = "rich workbook with 10,000 findings"


def bare(of: Edition) -> Callable[[], None]:
    """Return the loop that a careful developer writes by hand."""
    matrix = of.matrix

    def run() -> None:
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("Matrix")
        sheet.append(["Area", "Code", "Duty", *(matrix.roles[role].name for role in matrix.column_keys)])
        for key in matrix.row_keys:
            duty, row = matrix.duties[key], matrix.cells.get(key, {})
            letters = [row.get(role) for role in matrix.column_keys]
            sheet.append([matrix.areas[duty.area].name, duty.code, duty.title, *letters])
        workbook.save(BytesIO())

    return run


def rich(of: Edition) -> Callable[[], None]:
    return lambda: write_workbook(of, BytesIO())


def deflate(of: Edition) -> Callable[[], bytes]:
    """Return the compression of the Matrix sheet: what no writer of such a file can do without."""
    stream = BytesIO()
    write_workbook(of, stream)
    xml = ZipFile(stream).read("xl/worksheets/sheet1.xml")
    return lambda: zlib.compress(xml, 6)


def memory(duties: int, roles: int) -> float:
    """Return the most that writing holds on top of the matrix, in megabytes of Python's own memory.

    What is loaded once and kept is loaded by a small workbook first; the file goes to the disk.
    """
    large = edition(duties, roles)
    write_workbook(edition(3, 2), BytesIO())
    gc.collect()
    tracemalloc.start()
    with tempfile.TemporaryFile() as stream:
        write_workbook(large, stream)
    return tracemalloc.get_traced_memory()[1] / 1e6


def main() -> int:
    """Measure, print, and return the status to end with."""
    large, small = edition(*LARGE), edition(*SMALL)
    contenders = {
        BARE: bare(large),
        RICH: rich(large),
        RICH_WITH_FINDINGS: rich(edition(*LARGE, findings=10_000)),
        DEFLATE: deflate(large),
    }
    spent = rounds(contenders, ROUNDS)
    print(f"{LARGE[0]:,} duties by {LARGE[1]} roles, {ROUNDS} rounds")
    report(spent, BARE)
    spent_small = rounds({BARE: bare(small), RICH: rich(small)}, ROUNDS * 3)
    print(f"{SMALL[0]:,} duties by {SMALL[1]} roles, {ROUNDS * 3} rounds")
    report(spent_small, BARE)
    return verdict(
        [
            Check("rich against bare, large", ratio(spent, RICH, BARE), 0.25),
            Check("rich with findings against bare, large", ratio(spent, RICH_WITH_FINDINGS, BARE), 0.5),
            Check("rich against deflate alone, large", ratio(spent, RICH, DEFLATE), 3.0),
            Check("rich against bare, small", ratio(spent_small, RICH, BARE), 2.5),
            Check(
                "memory over the matrix, large",
                peak_megabytes("benchmarks.workbook", "memory", *map(str, LARGE)),
                8,
                " MB",
            ),
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        print(memory(*map(int, sys.argv[2:])))
    else:
        sys.exit(main())
