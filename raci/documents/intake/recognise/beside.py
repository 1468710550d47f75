"""Several grids side by side in one table: where one ends and the next one begins with titles of its own.

A column of text between columns of letters is a remark on the duties at their left, or the titles of another grid. It
holds titles where its rows have letters at their right, its texts are full and different, its heading is none of a
remark, and something says that two grids are meant: an empty column, rows of its own, the same heading again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from raci.documents.intake.recognise.blocks import Block, header_of
from raci.documents.intake.recognise.columns import Side, is_code, side_of, title_score
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, said
from raci.documents.intake.table import Span, Table
from raci.domain.text import fold

# How many of the rows of letters have a text in a column of titles, and how many of these texts are different.
TITLED, DIFFERENT = 0.8, 0.6
# One matrix has one A in nearly every row; two beside each other have two.
ONE_A = 0.9
_NO_TITLES = (Heading.EXTRAS, Heading.CODES, Heading.TOTALS, Heading.LEGENDS)


@dataclass(frozen=True)
class Part:
    """A part of a table, and how many rows and columns of it stand above and left."""

    sight: Sight
    top: int
    left: int


@dataclass(frozen=True)
class Half:
    """The columns of letters of one of two grids, their rows and header, and the column of its titles."""

    block: Block
    title: Side

    @property
    def rows(self) -> set[int]:
        return set(self.block.data)


def parts_of(sight: Sight) -> list[Part]:
    """Return the grids that stand side by side in a table; none where there is only one."""
    seams = list(_seams(sight))
    return apart(sight, seams) if seams else []


def apart(sight: Sight, seams: list[int]) -> list[Part]:
    """Return the parts of a table between some columns with which other ones begin."""
    edges = [0, *seams, sight.table.width]
    rows = range(len(sight.cells))
    return [Part(cut(sight, rows, range(*pair)), 0, pair[0]) for pair in pairwise(edges)]


def cut(sight: Sight, rows: range, columns: range) -> Sight:
    """Return what stands in some rows and columns, with the addresses that it has in the whole."""
    table, taken = sight.table, sight.legend.taken.get(sight.number, ())
    kept = {(row - rows.start, column - columns.start) for row, column in taken if row in rows and column in columns}
    legend = replace(sight.legend, taken={sight.number: kept})
    return Sight(sight.number, _cut_table(table, rows, columns), legend, sight.reader, sight.headings)


def _cut_table(table: Table, rows: range, columns: range) -> Table:
    return replace(
        table,
        rows=tuple(row[columns.start : columns.stop] for row in table.rows[rows.start : rows.stop]),
        lines=table.lines[rows.start : rows.stop],
        first_row=table.first_row + rows.start,
        first_column=table.first_column + columns.start,
        hidden_rows=_shifted(table.hidden_rows, rows),
        hidden_columns=_shifted(table.hidden_columns, columns),
        merged=tuple(
            Span(
                max(span.top, rows.start) - rows.start,
                max(span.left, columns.start) - columns.start,
                min(span.bottom, rows.stop - 1) - rows.start,
                min(span.right, columns.stop - 1) - columns.start,
            )
            for span in table.merged
            if span.top < rows.stop
            and span.bottom >= rows.start
            and span.left < columns.stop
            and span.right >= columns.start
        ),
    )


def _shifted(numbers: Iterable[int], kept: range) -> frozenset[int]:
    return frozenset(number - kept.start for number in numbers if number in kept)


def _seams(sight: Sight) -> Iterator[int]:
    """Yield the columns with which another grid begins."""
    runs = _runs(sorted(sight.letter_columns))
    start = 0
    for number in range(1, len(runs)):
        left = [column for run in runs[start:number] for column in run]
        gap = range(left[-1] + 1, runs[number][0])
        title = None if _holds_letters(sight, gap) else _title_in(sight, gap, runs[number])
        before = _title_in(sight, range(runs[start - 1][-1] + 1 if start else 0, left[0]), left) if title else None
        if title and before and _are_two(sight, before, title, gap):
            yield _first_of(sight, title, gap)
            start = number


def _runs(columns: list[int]) -> list[list[int]]:
    """Return columns in runs of neighbours."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _holds_letters(sight: Sight, gap: range) -> bool:
    """Whether columns between others hold letters somewhere: a wider grid stands above or below."""
    return any(column in gap for columns in sight.letters for column in columns)


def _title_in(sight: Sight, gap: range, letters: list[int]) -> Half | None:
    """Return the best column of titles before columns of letters, if there is one, with the rows of these."""
    own = frozenset(letters)
    rows = [row for row, columns in enumerate(sight.letters) if not own.isdisjoint(columns)]
    block = Block(letters, data=rows, below=len(sight.cells))
    block.header = header_of(sight, block)
    if block.header < 0:
        return None
    sides = [side for column in gap if _may_title(side := side_of(sight, block, column))]
    return Half(block, max(sides, key=title_score)) if sides else None


def _may_title(side: Side) -> bool:
    """Whether a column can name what its rows are about: full, each text another one, and no number or code.

    Texts such as "Step 1" look like codes; under a heading of duties they are none.
    """
    is_coded = side.coded > 1 - TITLED and not said(side.heading, Heading.DUTIES)
    return side.filled >= TITLED and side.distinct >= DIFFERENT and not is_coded


def _are_two(sight: Sight, left: Half, right: Half, gap: range) -> bool:
    """Whether two halves are grids of their own, and not one grid with a column of text among its roles."""
    heading = right.title.heading
    is_same = fold(heading) == fold(left.title.heading)
    if not is_same and any(said(heading, kind) == 2 for kind in _NO_TITLES):
        return False
    if left.block.header != right.block.header or _has_own_rows(sight, right, gap) or (is_same and heading):
        return True
    if _is_one_by_owners(sight, left, right):
        return False
    has_space = any(not _is_filled(sight, column, right.block) for column in gap if column < right.title.column)
    return has_space or not heading or bool(said(heading, Heading.DUTIES))


def _has_own_rows(sight: Sight, right: Half, gap: range) -> bool:
    """Whether a row has letters and a title at the right, and nothing at all at the left."""
    return any(sight.filled(row)[0] >= gap.start and sight.text(row, right.title.column) for row in right.block.data)


def _is_filled(sight: Sight, column: int, block: Block) -> bool:
    return any(sight.text(row, column) for row in (block.header, *block.data))


def _is_one_by_owners(sight: Sight, left: Half, right: Half) -> bool:
    """Whether nearly every row has exactly one A over both halves."""
    rows = sorted(left.rows & right.rows)
    owned = sum(_owners(sight, row, left) + _owners(sight, row, right) == 1 for row in rows)
    return bool(rows) and owned >= ONE_A * len(rows)


def _owners(sight: Sight, row: int, half: Half) -> int:
    return sum("A" in sight.cell(row, column).letters for column in half.block.columns)


def _first_of(sight: Sight, right: Half, gap: range) -> int:
    """Return where the grid of some titles begins: with its codes and sections, which stand before them."""
    first = right.title.column
    while first - 1 in gap:
        side = side_of(sight, right.block, first - 1)
        if not side.filled or not (is_code(side) or said(side.heading, Heading.SECTIONS) == 2):
            break
        first -= 1
    return first
