"""Workbooks as they come home, without a file: what a reader would have found, edited as people edit."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from raci.domain.applying import apply
from raci.domain.change import in_order
from raci.domain.homecoming import BroughtBack, BroughtColumn, BroughtRow, bring_home
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group, Proposal, Wish
from raci.domain.records import Area
from raci.domain.structure import rows_in_order
from tests.domain.builders import matrix_of, open_grey_area

FIRST_ROW = 8
_LETTERS = "HIJKLMNOP"
TITLES = ("Plan the budget", "Approve the budget", "Select the vendor", "Sign the contract", "Pay the invoice")


def example() -> Matrix:
    """Return five duties in two areas, three roles, and one open grey area."""
    matrix = matrix_of("PM ITM FIN", "AR C I", "R A C", "R C A", "C A I", "I C A")
    areas = {"fin": Area("FIN", "Money", position=0), "ven": Area("VEN", "Vendors", position=1)}
    duties = {
        key: replace(duty, title=title, code=code, area=area)
        for (key, duty), title, code, area in zip(
            matrix.duties.items(),
            TITLES,
            ("FIN-1", "FIN-2", "VEN-1", "VEN-2", "VEN-3"),
            ("fin", "fin", "ven", "ven", "ven"),
            strict=True,
        )
    }
    return replace(matrix, areas=areas, duties=duties, grey_areas={"g1": open_grey_area("4")}, revision=7)


def exported(matrix: Matrix, **facts: str) -> BroughtBack:
    """Return what a reader finds in the workbook of a matrix that nobody touched."""
    known = {"export_id": "e1", "matrix": matrix.key, "revision": str(matrix.revision), **facts}
    columns = [
        BroughtColumn(key, matrix.roles[key].name, at) for key, at in zip(matrix.column_keys, _LETTERS, strict=False)
    ]
    rows = [
        BroughtRow(number, key, _area(matrix, key), matrix.duties[key].code, matrix.duties[key].title, "\t".join(
            matrix.letters(key, column.key) for column in columns
        ))
        for number, key in enumerate(rows_in_order(matrix), start=FIRST_ROW)
    ]  # fmt: skip
    fields = {"key": "A", "area": "E", "code": "F", "title": "G"}
    return BroughtBack("Matrix", known, fields, tuple(columns), tuple(rows))


def _area(matrix: Matrix, duty: str) -> str:
    area = matrix.areas.get(matrix.duties[duty].area)
    return area.name if area else ""


def with_rows(brought: BroughtBack, rows: Iterable[BroughtRow]) -> BroughtBack:
    """Return the file with other rows, numbered anew."""
    return replace(brought, rows=tuple(row._replace(number=at) for at, row in enumerate(rows, start=FIRST_ROW)))


def with_row(brought: BroughtBack, key: str, **fields: str) -> BroughtBack:
    return replace(
        brought,
        rows=tuple(row._replace(**fields) if row.key == key else row for row in brought.rows),
    )


def with_cells(brought: BroughtBack, typed: Mapping[tuple[str, str], str]) -> BroughtBack:
    """Return the file with something else typed into crossings, by duty and role."""
    at = {column.key: index for index, column in enumerate(brought.columns)}
    for (duty, role), text in typed.items():
        row = next(row for row in brought.rows if row.key == duty)
        cells = row.letters.split("\t")
        cells[at[role]] = text
        brought = with_row(brought, duty, letters="\t".join(cells))
    return brought


def wishes(proposal: Proposal, *groups: Group) -> list[Wish]:
    return [wish for wish in proposal.wishes if not groups or wish.group in groups]


def said(proposal: Proposal, *groups: Group) -> list[str]:
    """Return what wishes are about, in words."""
    return [str(wish.about) for wish in wishes(proposal, *groups)]


def reported(proposal: Proposal) -> list[tuple[str, str]]:
    return [(problem.where, str(problem.message)) for problem in proposal.problems]


def after(matrix: Matrix, found: Iterable[Wish]) -> Matrix:
    """Return the matrix once wishes were made."""
    return apply(matrix, in_order(change for wish in found for change in wish.changes))


def home(matrix: Matrix, brought: BroughtBack, **options: Any) -> Proposal:
    return bring_home(matrix, brought, **options)


def cut(row: BroughtRow) -> BroughtRow:
    """Return a row without its last crossing."""
    return row._replace(letters=row.letters.rpartition("\t")[0])
