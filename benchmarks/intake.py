"""The way in for a foreign workbook against python-calamine's parse of the same file: the guard, tables of text.

With an argument, "memory", prints the megabytes that the guard takes on top of the file.
"""

import sys
import tracemalloc
from io import BytesIO

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks.data import matrix
from benchmarks.measure import Check, peak_megabytes, ratio, report, rounds, verdict
from raci.documents.intake.guard import admit
from raci.documents.intake.sources import open_sheaf

ROUNDS = 5
LARGE = (10_000, 20)
PARSE, GUARD, TABLES = "python-calamine's parse", "guard", "tables of text, admitted"


def workbook(duties: int, roles: int) -> bytes:
    """Return a matrix as anybody's workbook: no formats, no sheets of ours."""
    large, book = matrix(duties, roles), Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.append(["Area", "Code", "Duty", *(large.roles[role].name for role in large.column_keys)])
    for key in large.row_keys:
        duty, row = large.duties[key], large.cells.get(key, {})
        letters = [row.get(role) for role in large.column_keys]
        sheet.append([large.areas[duty.area].name, duty.code, duty.title, *letters])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def parse(content: bytes) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def memory() -> float:
    """Return the most that the guard holds on top of the file, in megabytes of Python's own memory."""
    content = workbook(*LARGE)
    tracemalloc.start()
    admit(content, "plan.xlsx")
    return tracemalloc.get_traced_memory()[1] / 1e6


def main() -> int:
    """Measure, print, and return the status to end with."""
    content = workbook(*LARGE)
    admitted = admit(content, "plan.xlsx")
    spent = rounds(
        {
            PARSE: lambda: parse(content),
            GUARD: lambda: admit(content, "plan.xlsx"),
            TABLES: lambda: open_sheaf(content, "plan.xlsx", admitted=admitted),
        },
        ROUNDS,
    )
    print(f"{LARGE[0]:,} duties by {LARGE[1]} roles, {ROUNDS} rounds")
    report(spent, PARSE)
    return verdict(
        [
            Check("guard against parse", ratio(spent, GUARD, PARSE), 2.0),
            Check("tables against parse", ratio(spent, TABLES, PARSE), 2.0),
            Check("memory of the guard over the file", peak_megabytes("benchmarks.intake", "memory"), 10, " MB"),
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        print(memory())
    else:
        sys.exit(main())
