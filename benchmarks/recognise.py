"""Recognising a foreign sheet against python-calamine's parse of the same file: 10,000 duties by 20 roles.

With an argument, "memory DUTIES ROLES", prints the megabytes that recognising takes on top of the tables.
"""

import gc
import sys
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from random import Random

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks.measure import Check, peak_megabytes, ratio, report, rounds, verdict
from raci.documents.intake.recognise import recognise
from raci.documents.intake.table import Medium, Sheaf, Table, trimmed

ROUNDS = 7
SIZE = (10_000, 20)
PARSE, RECOGNISE = "python-calamine's parse", "recognising its tables"
LETTERS = ("R", "A", "C", "I", "A/R", "", "", "", "", "", "")


def foreign(duties: int, roles: int) -> bytes:
    """Return a workbook such as people make: a title, a legend, a header, sections, letters in some of the cells."""
    draw = Random(duties * roles)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Responsibilities")
    sheet.append(["Who does what"])
    sheet.append(["R = Responsible, A = Accountable, C = Consulted, I = Informed"])
    sheet.append([])
    sheet.append(["No.", "Activity", *(f"Manager {number}" for number in range(roles))])
    for number in range(duties):
        if number % 50 == 0:
            sheet.append([None, f"Phase {number // 50}"])
        sheet.append(
            [f"D-{number}", f"Prepare deliverable {number}", *(draw.choice(LETTERS) or None for _ in range(roles))]
        )
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def parse(content: bytes) -> Callable[[], object]:
    def run() -> object:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return [workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names]

    return run


def tables(content: bytes) -> Sheaf:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    table = Table(trimmed([[str(value) for value in row] for row in rows]), Medium.SHEET, workbook.sheet_names[0])
    return Sheaf("xlsx", (table,))


def memory(duties: int, roles: int) -> float:
    """Return the most that recognising holds on top of the tables, in megabytes of Python's own memory."""
    sheaf = tables(foreign(duties, roles))
    recognise(tables(foreign(3, 3)))
    gc.collect()
    tracemalloc.start()
    recognise(sheaf)
    return tracemalloc.get_traced_memory()[1] / 1e6


def main() -> int:
    """Measure, print, and return the status to end with."""
    content = foreign(*SIZE)
    sheaf = tables(content)
    gc.disable()  # as in the process that reads files
    spent = rounds({PARSE: parse(content), RECOGNISE: lambda: recognise(sheaf)}, ROUNDS)
    found = recognise(sheaf).matrices[0]
    print(f"{SIZE[0]:,} duties by {SIZE[1]} roles, {len(found.crossings):,} cells with letters, {ROUNDS} rounds")
    report(spent, PARSE)
    megabytes = peak_megabytes("benchmarks.recognise", "memory", *map(str, SIZE))
    return verdict(
        [
            Check("recognising against the parse", ratio(spent, RECOGNISE, PARSE), 3.0),
            Check("memory over the tables", megabytes, 150, " MB"),
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        print(memory(*map(int, sys.argv[2:])))
    else:
        sys.exit(main())
