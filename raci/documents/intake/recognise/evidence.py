"""Whether letters in a table are those of a responsibility matrix, and how sure that is."""

from collections import Counter
from dataclasses import dataclass, field

from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.candidate import sureness
from raci.documents.intake.recognise.cells import Kind, core_of
from raci.documents.intake.recognise.columns import Columns
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, is_post, said

FEWEST_CELLS = 2


@dataclass
class Tally:
    """What the cells of the roles hold."""

    letters: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    odd: int = 0
    texts: int = 0

    @property
    def share(self) -> float:
        """How much of what stands there is letters."""
        return self.cells / max(1, self.cells + self.odd + self.texts)


def tally(sight: Sight, block: Block, columns: Columns) -> Tally:
    """Count what stands in the cells of the roles."""
    found, roles = Tally(), columns.roles
    kinds: Counter[Kind] = Counter()
    for row in block.data:
        cells = sight.cells[row]
        width = len(cells)
        for column in roles:
            if column < width:
                cell = cells[column]
                kinds[cell.kind] += 1
                if cell.letters:
                    found.letters.update(cell.letters)
    found.cells = kinds[Kind.LETTERS] + kinds[Kind.LOOSE]
    found.odd, found.texts = kinds[Kind.ODD], kinds[Kind.TEXT]
    return found


def is_plausible(sight: Sight, block: Block, columns: Columns) -> bool:
    """Whether these are responsibilities: nearly all cells hold letters of a scheme.

    A document that names its scheme or explains its letters needs less than one that says nothing.
    """
    found = tally(sight, block, columns)
    kinds = len(core_of(found.letters))
    if found.cells < FEWEST_CELLS or (len(columns.roles) == 1 and _says_nobody(sight, block, columns)):
        return False
    if is_named(sight):
        return found.share >= 0.6 and found.odd <= 0.3 * found.cells and (kinds > 0 or len(found.letters) > 1)
    if not {"A", "R"} & set(found.letters) or found.share < 0.75 or found.odd > 0.1 * found.cells:
        return False
    if len(columns.roles) == 1:
        return kinds >= 3 and is_post(sight.shown(block.header, columns.roles[0]))
    return kinds >= 3 or (kinds == 2 and found.cells >= 4 and found.share > 0.95)


def _says_nobody(sight: Sight, block: Block, columns: Columns) -> bool:
    """Whether the one column of letters is headed by something that no role is called."""
    heading = sight.shown(block.header, columns.roles[0])
    return any(said(heading, kind) == 2 for kind in (Heading.CODES, Heading.EXTRAS, Heading.LEGENDS, Heading.DUTIES))


def is_named(sight: Sight) -> bool:
    """Whether the document names a scheme or explains letters."""
    return bool(sight.legend.family) or len(core_of(sight.legend.meanings)) >= 2


def grid_sureness(sight: Sight, block: Block, columns: Columns) -> int:
    """Return from 0 to 100 how sure a grid is."""
    found = tally(sight, block, columns)
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
