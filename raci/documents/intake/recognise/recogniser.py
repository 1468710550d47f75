"""The whole of it: tables in, a reading out."""

from collections.abc import Callable, Iterator

from raci.documents.intake.recognise.across import letters_across
from raci.documents.intake.recognise.candidate import Candidate, best
from raci.documents.intake.recognise.cards import cards
from raci.documents.intake.recognise.cells import Reader
from raci.documents.intake.recognise.grid import grids
from raci.documents.intake.recognise.headings import Headings
from raci.documents.intake.recognise.legend import read_legend
from raci.documents.intake.recognise.lists import lists
from raci.documents.intake.recognise.named import named_cells
from raci.documents.intake.recognise.refusal import refusals
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.table import Medium, Sheaf
from raci.domain.reading import Reading

# Each looks at one table for one layout, and yields what it believes to have found.
LAYOUTS: tuple[Callable[[Sight], Iterator[Candidate]], ...] = (grids, letters_across, named_cells, lists)


def recognise(sheaf: Sheaf) -> Reading:
    """Return every matrix of a document with the address of all that was taken and a reason for all that was left.

    Where there is none, the reading says why.
    """
    legend = read_legend(sheaf.tables)
    reader = Reader(legend.codes)
    headings = Headings(reader)
    sights = [Sight(number, table, legend, reader, headings) for number, table in enumerate(sheaf.tables)]
    tables = [sight for sight in sights if sight.table.medium is not Medium.LIST]
    found = [candidate for sight in tables for layout in LAYOUTS for candidate in layout(sight)]
    chosen = best([*found, *cards(sights, alone=not found)])
    problems = [problem for candidate in chosen for problem in candidate.problems]
    return Reading(
        sheaf.kind,
        tuple(candidate.matrix for candidate in chosen),
        (*problems, *refusals(sights, chosen)),
        sheaf.notes,
    )
