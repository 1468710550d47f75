"""Our own workbook comes home unchanged: read, loaded and compared, against what others need to parse it alone.

Two files of the same matrix: as it was exported, with a string in each cell, and as spreadsheet programs save it, with
strings that cells share. The matrix is read from the database anew in every round. The other readers see neither
formulas nor errors for what they are (python-calamine), nor hidden rows and columns (both).

With an argument, "memory FILE", prints the megabytes that reading and comparing take on top of file and matrix.
"""

import gc
import re
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.export import prepare, store
from benchmarks.measure import Check, peak_megabytes, ratio, report, rounds, verdict

DUTIES, ROLES, ROUNDS = 10_000, 20, 5
SHEET = "xl/worksheets/sheet1.xml"
OURS, READ, CALAMINE, OPENPYXL = (
    "read, loaded and compared", "read alone", "python-calamine, parse alone", "openpyxl read-only, parse alone",
)  # fmt: skip
_INLINE = re.compile(rb't="inlineStr"><is><t[^>]*>([^<]*)</t></is>')
_RELATION = (
    '<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/>'
)
_OVERRIDE = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def shared(workbook: bytes) -> bytes:
    """Return a workbook whose matrix has its strings in the table that cells share."""
    strings: dict[bytes, int] = {}

    def name(cell: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % strings.setdefault(cell[1], len(strings))

    with ZipFile(BytesIO(workbook)) as source:
        parts = {entry: source.read(entry) for entry in source.namelist()}
    parts[SHEET] = _INLINE.sub(name, parts[SHEET])
    table = b"".join(b'<si><t xml:space="preserve">%s</t></si>' % text for text in strings)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (_MAIN.encode(), table)
    for part, closing, added in (
        ("xl/_rels/workbook.xml.rels", "</Relationships>", _RELATION),
        ("[Content_Types].xml", "</Types>", _OVERRIDE),
    ):
        parts[part] = parts[part].replace(closing.encode(), (added + closing).encode())
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for entry, data in parts.items():
            target.writestr(entry, data)
    return stream.getvalue()


def come_home(matrix: Any, workbook: bytes) -> None:
    """Read a file, load the matrix and compare them, from a cold start; nothing may be wanted."""
    from raci.documents.workbook.reader import read_home
    from raci.domain.homecoming import bring_home
    from raci.services import loading

    loading._cache.clear()
    found = bring_home(loading.load_matrix(matrix), read_home(workbook))
    if found.wishes or found.problems:
        raise RuntimeError("an unchanged workbook wants something")


def readers(matrix: Any, workbook: bytes) -> dict[str, Callable[[], object]]:
    import openpyxl
    import python_calamine

    from raci.documents.workbook.reader import read_home

    def by_openpyxl() -> None:
        sheet = openpyxl.load_workbook(BytesIO(workbook), read_only=True)["Matrix"]
        for _row in sheet.iter_rows(values_only=True):
            pass

    def by_calamine() -> None:
        python_calamine.load_workbook(BytesIO(workbook)).get_sheet_by_name("Matrix").to_python()

    return {
        OURS: lambda: come_home(matrix, workbook),
        READ: lambda: read_home(workbook),
        CALAMINE: by_calamine,
        OPENPYXL: by_openpyxl,
    }


def queries(matrix: Any, workbook: bytes) -> int:
    """Return the statements of one homecoming."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        come_home(matrix, workbook)
    return len(found)


def memory(path: str) -> float:
    """Return the most that reading and comparing hold on top of file and matrix, in megabytes of Python's memory."""
    from benchmarks.data import matrix
    from benchmarks.export import settled
    from raci.documents.workbook.reader import read_home
    from raci.domain.homecoming import bring_home

    seen, workbook = settled(matrix(DUTIES, ROLES)), Path(path).read_bytes()
    gc.collect()
    tracemalloc.start()
    bring_home(seen, read_home(workbook))
    return tracemalloc.get_traced_memory()[1] / 1e6


def main() -> int:
    """Measure, print, and return the status to end with."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from raci.services.exporting import export_bytes

        matrix, small = store("large", DUTIES, ROLES), store("small", 10, ROLES)
        files = {"as exported": export_bytes(matrix, "xlsx", "Benchmark")}
        files["with shared strings"] = shared(files["as exported"])
        checks = []
        for name, workbook in files.items():
            spent = rounds(readers(matrix, workbook), ROUNDS)
            print(f"{DUTIES:,} duties by {ROLES} roles, {name}, {len(workbook) / 1e6:.1f} MB, {ROUNDS} rounds")
            report(spent, OPENPYXL)
            print(f"against python-calamine: {ratio(spent, OURS, CALAMINE):.1f}")
            checks.append(Check(f"{OURS}, against openpyxl read-only, {name}", ratio(spent, OURS, OPENPYXL), 0.5))
            path = Path(folder) / "file.xlsx"
            path.write_bytes(workbook)
            peak = peak_megabytes("benchmarks.home", "memory", str(path))
            checks.append(Check(f"memory over file and matrix, {name}", peak, 25, " MB"))
        large = queries(matrix, files["as exported"])
        few = queries(small, export_bytes(small, "xlsx", "Benchmark"))
        checks.append(Check("statements, against those of 10 duties", large - few, 0))
        print(f"{large} statements")
        return verdict(checks)


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        print(memory(sys.argv[2]))
    else:
        sys.exit(main())
