"""The layout whose cells hold names with their letters: "Ben (A)", or "R: Ben, Tom; A: Ann"."""

import re
from collections.abc import Iterable, Iterator

from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.candidate import Box, Candidate, sureness
from raci.documents.intake.recognise.cells import Kind, tidy
from raci.documents.intake.recognise.columns import Columns, name_sides, sides_of
from raci.documents.intake.recognise.evidence import is_named
from raci.documents.intake.recognise.header import title_of
from raci.documents.intake.recognise.names import Crossings, Register, names_in
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, letter_named, said
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Problem
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

FEWEST_CELLS = 3
LONGEST_CELL = 400
# So many rows of a long table, taken evenly, show whether names stand in it.
SAMPLE = 500
_BEHIND = re.compile(
    r"^(?P<name>.*\S)\s*(?:[(\[（]\s*(?P<letters>[^()\[\]（）]{1,24}?)\s*[)\]）]|\s[-–—:]\s*(?P<bare>[A-Z/]{1,5}))$"
)
_BEFORE = re.compile(r"^(?P<letters>[^\W\d_][^:：=()\[\]]{0,14}?)\s*(?:[:：=]|\s[-–—]\s)\s*(?P<name>\S.*)$", re.DOTALL)
_MAYBE = re.compile(r"[(\[（][^\W\d_]|[^\W\d_]\s*[:：=]|\s[-–—:]\s*[A-Z]|\b[A-Z]\s[-–—]\s")

Named = list[tuple[str, tuple[str, ...]]]


def named_cells(sight: Sight) -> Iterator[Candidate]:
    """Yield the tables in which names carry their letters."""
    height = len(sight.table.rows)
    if height > 2 * SAMPLE and not _named(sight, range(0, height, height // SAMPLE)):
        return
    found = _named(sight, range(height))
    if len(found) < FEWEST_CELLS or (len(found) < 2 * FEWEST_CELLS and not is_named(sight)):
        return
    columns = sorted({column for _row, column in found})
    kept = [column for column in columns if _is_full(sight, found, column)]
    rows = sorted({row for row, column in found if column in kept})
    if not kept or min(kept) == 0 or not rows:
        return
    block = Block(kept, data=_rows(sight, rows, kept), header=_header(sight, rows[0]), below=len(sight.cells))
    sides = Columns(kept)
    name_sides(sides, [side for side in sides_of(sight, block, set(kept)) if side.filled])
    if sides.title >= 0:
        yield _candidate(sight, block, sides, found)


def _named(sight: Sight, rows: Iterable[int]) -> dict[tuple[int, int], Named]:
    """Return the cells of some rows that hold names with letters."""
    texts, legend = sight.table.rows, sight.legend.taken.get(sight.number, ())
    return {
        (row, column): named
        for row in rows
        for column in sight.texts[row]
        if (row, column) not in legend
        and len(text := texts[row][column]) <= LONGEST_CELL
        and (named := named_in(sight, text))
    }


def named_in(sight: Sight, text: str) -> Named:
    """Return the names of a cell with their letters; none where one of its parts has none."""
    if not _MAYBE.search(text):
        return []
    found: Named = []
    letters: tuple[str, ...] = ()
    for part in names_in(text):
        if (before := _BEFORE.match(part)) and (led := _letters(sight, before.group("letters"))):
            letters = led
            found.append((before.group("name").strip(), letters))
        elif (behind := _BEHIND.match(part)) and (
            led := _letters(sight, behind.group("letters") or behind.group("bare"))
        ):
            found.append((behind.group("name").strip(), led))
        elif letters:
            found.append((part, letters))
        else:
            return []
    return [(name, led) for name, led in found if sight.reader[name].kind > Kind.LETTERS or len(name) > 2]


def _letters(sight: Sight, text: str) -> tuple[str, ...]:
    """Return letters that are said as letters or in their words; a word of two letters such as IT is neither."""
    letters = sight.reader.letters(tidy(text))
    return letters if len(letters) == 1 or "/" in text or "," in text or letter_named(text) else ()


def _is_full(sight: Sight, found: dict[tuple[int, int], Named], column: int) -> bool:
    """Whether most texts of a column, its heading apart, are names with letters."""
    first = min(row for row, other in found if other == column)
    texts = [row for row in range(first, len(sight.cells)) if sight.cell(row, column).kind > Kind.NONE]
    return sum((row, column) in found for row in texts) >= 0.7 * len(texts)


def _rows(sight: Sight, rows: list[int], columns: list[int]) -> list[int]:
    """Return the rows from the first to the last with names, blank ones and headings of sections left out."""
    return [
        row
        for row in range(rows[0], rows[-1] + 1)
        if any(sight.cell(row, column).kind is not Kind.EMPTY for column in columns)
    ]


def _header(sight: Sight, first: int) -> int:
    return next((row for row in range(first - 1, -1, -1) if len(sight.filled(row)) > 1), max(0, first - 1))


def _candidate(sight: Sight, block: Block, sides: Columns, found: dict[tuple[int, int], Named]) -> Candidate:
    register, crossings = Register(), Crossings()
    items: list[Item] = []
    problems: list[Problem] = []
    for row in block.data:
        where = sight.table.place_of_row(row)
        title = sight.shown(row, sides.title)
        if not title:
            message = Sentence(
                _("This row has names, but nothing says what they are for; write a title and try again.")
            )
            problems.append(Problem(where, message))
            continue
        section = sight.shown(row, sides.section) if sides.section >= 0 else ""
        code = sight.text(row, sides.code) if sides.code >= 0 else ""
        details = {
            heading: text for column, heading in sides.details.items() if heading and (text := sight.shown(row, column))
        }
        items.append(Item(title, sight.table.place(row, sides.title), section, code, details))
        for column in sides.roles:
            place, text = sight.table.place(row, column), sight.text(row, column)
            for name, letters in found.get((row, column), ()):
                group = sight.shown(block.header, column) if len(sides.roles) > 1 else ""
                crossings.add(Crossing(len(items) - 1, register.index(name, place, group), letters, text, place))
            if text and (row, column) not in found and sight.cell(row, column).kind > Kind.NONE:
                message = Sentence(_("“{text}” was left out: it names nobody with a letter."), {"text": text[:80]})
                problems.append(Problem(place, message))
    box = Box(block.header, min(sides.title, *sides.roles), block.last, max(sides.title, *sides.roles))
    matrix = FoundMatrix(
        name=title_of(sight, block),
        where=sight.range_of(box.top, box.left, box.bottom, box.right),
        layout=Layout.NAMED_CELLS,
        parties=tuple(register.parties),
        items=tuple(items),
        crossings=crossings.all(),
        legend=dict(sight.legend.meanings),
        sureness=_sureness(sight, sides, len(found)),
        hidden=sight.table.hidden,
    )
    return Candidate(sight.number, box, matrix, tuple(problems))


def _sureness(sight: Sight, sides: Columns, cells: int) -> int:
    signs = [(3.0, 1.0), (2, is_named(sight)), (1, min(1, said(sides.heading, Heading.DUTIES))), (1, min(1, cells / 8))]
    return sureness(signs)
