"""From the database to the file: the rich workbook against what Django users do otherwise.

All variants read the same SQLite database and write the same values; only ours is formatted, checked
and accompanied by further sheets. The matrix is read anew and linted anew in every round.
"""

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

DUTIES, ROLES, ROUNDS = 10_000, 20, 5


def prepare(folder: str) -> None:
    """Set Django up on an empty database: the one that DATABASE_URL names, else SQLite in a folder."""
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgroles.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("loaddata", "schemes", verbosity=0)


def settled(matrix: Any) -> Any:
    """Return a matrix with one accountable role in each row, but for every fiftieth: as people leave one."""
    from dataclasses import replace

    cells = {}
    for number, (duty, row) in enumerate(matrix.cells.items()):
        tidy = {role: "C" if "A" in letters else letters for role, letters in row.items()}
        cells[duty] = {**tidy, next(iter(row)): "A/R"} if number % 50 else row
    return replace(matrix, cells=cells)


def store(slug: str, duties: int, roles: int) -> Any:
    """Write a matrix of `benchmarks.data` through the door and return its row."""
    from benchmarks.data import matrix

    return write(slug, settled(matrix(duties, roles)))


def write(slug: str, wanted: Any) -> Any:
    """Write a matrix through the door as the only one of an organisation, and return its row."""
    from raci import models
    from raci.domain.change import Address, Change
    from raci.domain.diff import diff
    from raci.domain.matrix import Matrix
    from raci.domain.records import Kind, to_fields
    from raci.services.door import Author, apply_changes

    organisation = models.Organisation.objects.create(slug=slug, name=slug)
    author = Author("Benchmark", "command")
    empty = Matrix(key=wanted.key, sheet=wanted.sheet, scheme=wanted.scheme)
    head = Change(Address(Kind.SHEET, "", wanted.key), "", None, to_fields(wanted.sheet))
    outcome = apply_changes(organisation=organisation, changes=[head, *diff(empty, wanted)], author=author)
    if not outcome.ok:
        raise RuntimeError(outcome.refusals[:3])
    return models.Matrix.objects.select_related("organisation").get(organisation=organisation)


def ours(matrix: Any) -> bytes:
    """Export as the product does, from a cold start."""
    from raci.services import loading
    from raci.services.exporting import export_bytes

    loading._cache.clear()
    return export_bytes(matrix, "xlsx", "Benchmark")


def bare(matrix: Any) -> bytes:
    """Export as a careful developer writes it by hand: three queries, no formats."""
    from openpyxl import Workbook

    from raci import models

    rows = list(models.MatrixRow.objects.filter(matrix=matrix).values_list("pk", "duty__code", "duty__title"))
    columns = list(models.MatrixColumn.objects.filter(matrix=matrix).values_list("pk", "role__name"))
    cells: dict[int, dict[int, str]] = {}
    found = models.Assignment.objects.filter(row__matrix=matrix).values_list("row_id", "column_id", "letters")
    for row, column, letters in found:
        cells.setdefault(row, {})[column] = letters
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Matrix")
    sheet.append(["Code", "Duty", *(name for _, name in columns)])
    for row, code, title in rows:
        mine = cells.get(row, {})
        sheet.append([code, title, *(mine.get(column) for column, _ in columns)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_import_export(matrix: Any) -> bytes:
    """Export as django-import-export does it: a resource with a column for each role, cells prefetched."""
    from import_export import fields, resources

    from raci import models

    class Pivot(resources.ModelResource):  # type: ignore[misc]  # it ships no types
        def __init__(self) -> None:
            super().__init__()
            for column in models.MatrixColumn.objects.filter(matrix=matrix).select_related("role"):
                self.fields[f"c{column.pk}"] = fields.Field(column_name=column.role.name)
                setattr(self, f"dehydrate_c{column.pk}", lambda row, pk=column.pk: self.letters(row).get(pk, ""))

        def letters(self, row: Any) -> dict[int, str]:
            if not hasattr(row, "_letters"):
                row._letters = {cell.column_id: cell.letters for cell in row.cells.all()}
            return row._letters  # type: ignore[no-any-return]  # set right above

        def get_export_order(self) -> list[str]:
            return list(self.fields)

        class Meta:
            model = models.MatrixRow
            fields = ("duty__code", "duty__title")

    queryset = models.MatrixRow.objects.filter(matrix=matrix).select_related("duty").prefetch_related("cells")
    return Pivot().export(queryset).export("xlsx")  # type: ignore[no-any-return]  # it ships no types


def statements(matrix: Any) -> int:
    """Return the number of statements of one export."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ours(matrix)
    return len(captured)


def main() -> int:
    from benchmarks.measure import Check, ratio, report, rounds, verdict

    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        small, large = store("small", 10, ROLES), store("large", DUTIES, ROLES)
        counts = statements(small), statements(large)
        print(f"{DUTIES:,} duties by {ROLES} roles from SQLite, {ROUNDS} rounds")
        names = ("values_list + bare openpyxl", "rich workbook", "django-import-export, prefetching pivot")
        ways = (lambda: bare(large), lambda: ours(large), lambda: with_import_export(large))
        contenders = dict(zip(names, ways, strict=True))
        spent = rounds(contenders, ROUNDS)
        report(spent, names[0])
        return verdict(
            [
                Check("django-import-export against rich", ratio(spent, names[2], names[1]), 10, at_least=True),
                Check("rich against values_list + bare openpyxl", ratio(spent, names[1], names[0]), 0.6),
                Check("statements, 10 duties", counts[0], 18),
                Check("statements, 10,000 duties", counts[1], counts[0]),
            ]
        )


if __name__ == "__main__":
    sys.exit(main())
