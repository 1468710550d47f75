"""The layout of most matrices: a grid of letters, duties down and roles across, or the other way round."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from raci.documents.intake.recognise.beside import Part, cut, parts_of
from raci.documents.intake.recognise.blocks import Block, blocks
from raci.documents.intake.recognise.candidate import Box, Candidate
from raci.documents.intake.recognise.columns import Columns, columns_of
from raci.documents.intake.recognise.evidence import Tally, grid_sureness, is_plausible, tally
from raci.documents.intake.recognise.header import parties_of, title_of
from raci.documents.intake.recognise.letters import Letters
from raci.documents.intake.recognise.sections import Sections
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.turning import is_transposed, turned
from raci.documents.intake.recognise.vocabulary import Heading, is_said, said
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Party, Problem, Weight
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _


@dataclass
class Grid:
    """A grid as it is read row by row, before anybody says which axis is which."""

    sight: Sight
    block: Block
    columns: Columns
    parties: list[Party]
    items: list[Item] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def leave(self, where: str, text: str, /, weight: Weight = Weight.LEFT, **facts: str | int | Sentence) -> None:
        self.problems.append(Problem(where, Sentence(text, facts), weight))


def grids(sight: Sight) -> Iterator[Candidate]:
    """Yield the grids of letters in a table, those side by side each for itself."""
    parts = parts_of(sight)
    for part in parts:
        yield from _moved(part)
    found = [] if parts else blocks(sight)
    for block in found:
        if len(found) > 1 and (band := _band(sight, block)):
            yield from _moved(band)
        elif candidate := _candidate(sight, block):
            yield candidate


def _band(sight: Sight, block: Block) -> Part | None:
    """Return the rows of one of several blocks where they are to be looked at alone.

    So they are where grids stand side by side in them, or letters in columns that hold texts elsewhere.
    """
    band = cut(sight, range(block.above, block.below), range(sight.table.width))
    is_other = band.letter_columns - sight.letter_columns or parts_of(band)
    return Part(band, block.above, 0) if is_other else None


def _moved(part: Part) -> Iterator[Candidate]:
    for candidate in grids(part.sight):
        yield replace(candidate, box=candidate.box.moved(part.top, part.left))


def _candidate(sight: Sight, block: Block) -> Candidate | None:
    """Return what a block of letters is as a grid, where it is one."""
    columns = columns_of(sight, block)
    found = tally(sight, block, columns)
    if not columns.roles or not is_plausible(sight, block, columns, found):
        return None
    candidate = _read(sight, block, columns, found)
    return candidate if candidate.matrix.crossings else None


def _read(sight: Sight, block: Block, columns: Columns, found: Tally) -> Candidate:
    grid = Grid(sight, block, columns, parties_of(sight, block, columns))
    _rows(grid)
    _unheaded(grid)
    _beside(grid)
    last = max([*block.data, *block.between])
    left = min([*columns.roles, *(column for column in (columns.title, columns.code, columns.section) if column >= 0)])
    box = Box(block.header, left, last, max([*columns.roles, *columns.details, columns.title]))
    matrix = FoundMatrix(
        name=title_of(sight, block),
        where=sight.range_of(box.top, box.left, box.bottom, box.right),
        layout=Layout.ROLES_ACROSS,
        parties=tuple(grid.parties),
        items=tuple(grid.items),
        crossings=tuple(grid.crossings),
        legend=dict(sight.legend.meanings),
        sureness=grid_sureness(sight, block, columns, found),
        hidden=sight.table.hidden,
    )
    if is_transposed(matrix, sight.table.text(block.header, columns.title) or columns.heading):
        matrix = turned(matrix)
    return Candidate(sight.number, box, matrix, tuple(grid.problems))


def _rows(grid: Grid) -> None:
    """Read the rows from the first to the last: items, sections and what is left."""
    block = grid.block
    letters = Letters(grid.sight, grid.columns)
    sections = Sections(grid.sight, block, grid.columns)
    data, repeated = set(block.data), set(block.repeated)
    for row in sorted([*block.data, *block.between, *sections.before, *sections.after]):
        if row in repeated:
            grid.leave(
                grid.sight.table.place_of_row(row),
                _("This row repeats the header; the matrix goes on below it."),
                Weight.NOTE,
            )
        elif row in data:
            _item(grid, row, sections, letters)
        elif not grid.sight.is_legend(row, grid.columns.roles[-1]):
            _text_row(grid, row, sections)
    grid.problems += letters.problems()


def _item(grid: Grid, row: int, sections: Sections, letters: Letters) -> None:
    """Read a row of letters: its title, and who has a part."""
    sight, columns = grid.sight, grid.columns
    title, continued = _title(grid, row)
    if is_said(title, Heading.TOTALS):
        where = sight.table.place_of_row(row)
        grid.leave(where, _("“{title}” is a row of totals; it was left out."), title=title)
        return
    if not title:
        where = sight.table.place_of_row(row)
        grid.leave(where, _("This row has letters, but nothing says what they are for; write a title and try again."))
        return
    if not continued:
        place = sight.table.place(row, columns.title) if columns.title >= 0 else sight.table.place_of_row(row)
        code = sight.text(row, columns.code) if columns.code >= 0 else ""
        grid.items.append(Item(title, place, sections.of(row), code, _details(grid, row, title)))
    grid.crossings += letters.of_row(row, len(grid.items) - 1)


def _title(grid: Grid, row: int) -> tuple[str, bool]:
    """Return the title of a row, and whether it is that of the row above, over which it is merged."""
    sight, columns = grid.sight, grid.columns
    if columns.title < 0:
        return sight.text(row, columns.code) if columns.code >= 0 else "", False
    if title := sight.text(row, columns.title):
        return title, False
    corner = sight.merged_into.get((row, columns.title))
    if corner and grid.items and corner[0] in grid.block.data:
        return sight.text(*corner), True
    others = [column for column in (*columns.details, columns.code) if 0 <= column < columns.roles[0]]
    return next((text for column in others if (text := sight.text(row, column))), ""), False


def _details(grid: Grid, row: int, title: str) -> dict[str, str]:
    """Return what the other columns say of an item, by their headings; two of one name are told apart by a number.

    A cell that is merged with the title says nothing else.
    """
    found: dict[str, str] = {}
    for column, heading in grid.columns.details.items():
        if (text := grid.sight.shown(row, column)) and text != title:
            name = heading or grid.sight.table.place(grid.block.header, column)
            found[name if name not in found else f"{name} ({column + 1})"] = text
    return found


def _text_row(grid: Grid, row: int, sections: Sections) -> None:
    """Take a row without letters as a section, as the rest of the title above it, or as an item that nobody has."""
    sight, columns = grid.sight, grid.columns
    where = sight.table.place_of_row(row)
    if sections.begins(row):
        return
    title = sight.text(row, columns.title) if columns.title >= 0 else ""
    if title and grid.items and sections.continues(row):
        item = grid.items[-1]
        grid.items[-1] = Item(f"{item.title} {title}", item.where, item.section, item.code, item.details)
    elif said(title, Heading.TOTALS):
        grid.leave(where, _("“{title}” is a row of totals; it was left out."), title=title)
    elif title and sections.is_item(row):
        code = sight.text(row, columns.code) if columns.code >= 0 else ""
        grid.items.append(
            Item(title, sight.table.place(row, columns.title), sections.of(row), code, _details(grid, row, title))
        )
        grid.leave(
            where, _("“{title}” has no letters; it was taken as a duty that nobody has yet."), Weight.NOTE, title=title
        )
    else:
        first = next(iter(sight.filled(row)))
        grid.leave(
            where, _("“{text}” was left out: it is neither a duty nor a section."), text=sight.text(row, first)[:80]
        )


def _unheaded(grid: Grid) -> None:
    """Say which letters were left because no header says whose they are."""
    sight = grid.sight
    for column in grid.columns.unheaded:
        for row in grid.block.data:
            if text := sight.text(row, column):
                grid.leave(
                    sight.table.place(row, column),
                    _("“{text}” was left out: no role stands above it. Name the role in the header and try again."),
                    text=text[:80],
                )


def _beside(grid: Grid) -> None:
    """Say which texts beside the roles were left because no heading says what they are."""
    sight = grid.sight
    for column in grid.columns.unknown:
        rows = [row for row in grid.block.data if sight.text(row, column)]
        grid.leave(
            sight.table.place(rows[0], column),
            _("{count} texts beside the matrix were left out, the first one here: their column has no heading."),
            count=len(rows),
        )
