"""Whether letters in a table are those of a responsibility matrix, and how sure that is."""

from dataclasses import dataclass

from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.candidate import sureness
from raci.documents.intake.recognise.cells import Kind, core_of
from raci.documents.intake.recognise.columns import Columns
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, is_post, said

FEWEST_CELLS = 2
# So many rows, taken evenly, say how sure a grid is.
SAMPLE = 1_000


@dataclass(frozen=True)
class Tally:
    """What the cells of the roles hold."""

    letters: frozenset[str]
    cells: int
    odd: int
    texts: int

    @property
    def share(self) -> float:
        """How much of what stands there is letters."""
        return self.cells / max(1, self.cells + self.odd + self.texts)


def tally(sight: Sight, block: Block, columns: Columns) -> Tally:
    """Count what stands in the cells of the roles."""
    roles = frozenset(columns.roles)
    cells = odd = texts = 0
    combinations: set[tuple[str, ...]] = set()
    for row in block.data[:: max(1, len(block.data) // SAMPLE)]:
        line = sight.cells[row]
        letters = roles.intersection(sight.letters[row])
        cells += len(letters)
        combinations.update([line[column].letters for column in letters])
        if len(sight.filled(row)) > len(letters):
            kinds = [line[column].kind for column in roles.intersection(sight.filled(row)) - letters]
            cells += kinds.count(Kind.LOOSE)
            odd += kinds.count(Kind.ODD)
            texts += kinds.count(Kind.TEXT)
    return Tally(frozenset(letter for letters in combinations for letter in letters), cells, odd, texts)


def is_plausible(sight: Sight, block: Block, columns: Columns, found: Tally) -> bool:
    """Whether these are responsibilities: nearly all cells hold letters of a scheme.

    A document that names its scheme or explains its letters needs less than one that says nothing.
    """
    kinds = len(core_of(found.letters))
    is_empty = found.cells < FEWEST_CELLS or _is_placeholder(sight, block, columns, found)
    if is_empty or (len(columns.roles) == 1 and _is_of_nobody(sight, block, columns)):
        return False
    if _odd_beside(sight, block, columns) > 0.5 * found.cells or not _says_letters(sight, block, columns, found):
        return False
    if is_named(sight):
        enough = 0.6 if len(found.letters) > 1 else 0.95
        return found.share >= enough and found.odd <= 0.3 * found.cells
    if not {"A", "R"} & found.letters or found.share < 0.75 or found.odd > max(1, 0.15 * found.cells):
        return False
    if len(columns.roles) == 1:
        return kinds >= 3 and is_post(sight.shown(block.header, columns.roles[0]))
    return kinds >= 3 or (found.letters >= {"R", "A"} and found.cells >= 4 and found.share > 0.95)


def _is_placeholder(sight: Sight, block: Block, columns: Columns, found: Tally) -> bool:
    """Whether nobody has filled it in yet: "Role" stands over all of several columns, and one letter in all cells."""
    names = [sight.text(block.header, column) for column in columns.roles]
    return len(names) > 2 and len(set(names)) == 1 and not columns.joined and len(found.letters) == 1


def _says_letters(sight: Sight, block: Block, columns: Columns, found: Tally) -> bool:
    """Whether cells are letters, and not short words made of them ("SAC", "QA"): one of them stands alone or is parted.

    One of them is R, A, C or I, or the document explains them.
    """
    if not core_of(found.letters) and not found.letters <= sight.legend.codes:
        return False
    roles = frozenset(columns.roles)
    return any(
        len(letters := sight.cells[row][column].letters) == 1
        or (len(letters) == 2 and not sight.table.rows[row][column].strip().isalpha())
        for row in block.data
        for column in roles.intersection(sight.letters[row])
    )


def _odd_beside(sight: Sight, block: Block, columns: Columns) -> int:
    """Count letters that nobody explains right of the first role, in columns that are none: marks, grades, rights."""
    heads = {side for side, heading in columns.details.items() if said(heading, Heading.EXTRAS)}
    passed = heads | set(columns.roles)
    return sum(
        sight.cell(row, column).kind is Kind.ODD
        for row in (*block.data, *block.between)
        for column in sight.texts[row]
        if column > columns.roles[0] and column not in passed
    )


def _is_of_nobody(sight: Sight, block: Block, columns: Columns) -> bool:
    """Whether the one column of letters is no role's: texts right of it explain it, or no role is called so."""
    if columns.title > columns.roles[0]:
        return True
    heading = sight.shown(block.header, columns.roles[0])
    return any(said(heading, kind) == 2 for kind in (Heading.CODES, Heading.EXTRAS, Heading.LEGENDS, Heading.DUTIES))


def is_named(sight: Sight) -> bool:
    """Whether the document names a scheme, or explains letters of one: not those of a scale or of kinds of data."""
    return bool(sight.legend.family) or sight.legend.is_of_parts


def grid_sureness(sight: Sight, block: Block, columns: Columns, found: Tally) -> int:
    """Return from 0 to 100 how sure a grid is."""
    names = [sight.shown(block.header, column) for column in columns.roles]
    heading = said(columns.heading, Heading.DUTIES) or said(columns.heading, Heading.ROLES)
    return sureness(
        [
            (4, found.share),
            (2, min(1, len(core_of(found.letters)) / 3)),
            (2, columns.title >= 0),
            (1.5, is_named(sight)),
            (1, min(1, heading)),
            (1, sum(map(is_post, names)) / len(names)),
            (1, min(1, found.cells / 6)),
        ]
    )
