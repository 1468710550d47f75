"""The whole of it: tables in, a reading out."""

from collections.abc import Callable, Iterator, Sequence

from raci.documents.intake.recognise.across import letters_across
from raci.documents.intake.recognise.candidate import Candidate, best
from raci.documents.intake.recognise.cards import cards
from raci.documents.intake.recognise.cells import Reader
from raci.documents.intake.recognise.exported import exported
from raci.documents.intake.recognise.grid import grids
from raci.documents.intake.recognise.headings import Headings
from raci.documents.intake.recognise.legend import Legend, read_legend
from raci.documents.intake.recognise.lists import lists
from raci.documents.intake.recognise.named import named_cells
from raci.documents.intake.recognise.refusal import refusals
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import KNOWN
from raci.documents.intake.table import Medium, Sheaf
from raci.domain.reading import Problem, Reading, Weight
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

# Each looks at one table for one layout, and yields what it believes to have found.
LAYOUTS: tuple[Callable[[Sight], Iterator[Candidate]], ...] = (grids, letters_across, named_cells, lists)


def recognise(sheaf: Sheaf) -> Reading:
    """Return every matrix of a document with the address of all that was taken and a reason for all that was left.

    Where there is none, the reading says why.
    """
    tables = tuple(map(exported, sheaf.tables))
    legend = read_legend(tables, sheaf.name)
    reader = Reader(legend.codes)
    headings = Headings(reader)
    sights = [Sight(number, table, legend, reader, headings) for number, table in enumerate(tables)]
    of_cells = [sight for sight in sights if sight.table.medium is not Medium.LIST]
    found = [candidate for sight in of_cells for layout in LAYOUTS for candidate in layout(sight)]
    chosen = best([*found, *cards(sights, alone=not found)])
    problems = [problem for candidate in chosen for problem in candidate.problems]
    return Reading(
        sheaf.kind,
        tuple(candidate.matrix for candidate in chosen),
        (*problems, *_assumed(chosen, legend), *refusals(sights, chosen)),
        sheaf.notes,
    )


def _assumed(chosen: Sequence[Candidate], legend: Legend) -> Iterator[Problem]:
    """Yield a doubt for each letter that was taken although nothing explains it, at the first place it is used."""
    wanted = set(legend.assumed.difference(KNOWN))
    for candidate in chosen if wanted else ():
        for crossing in candidate.matrix.crossings:
            for letter in sorted(wanted.intersection(crossing.letters)):
                wanted.remove(letter)
                message = Sentence(
                    _("No legend says what “{letter}” means; it was taken as it is."), {"letter": letter}
                )
                yield Problem(crossing.where, message, Weight.DOUBT)
