"""The layout of a list: one line for each duty and role, with the letter, or with a mark under each letter."""

from collections.abc import Iterator

from raci.documents.intake.recognise.across import frame_in
from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.candidate import Box, Candidate, sureness
from raci.documents.intake.recognise.cells import Kind, tidy
from raci.documents.intake.recognise.columns import Side, sides_of
from raci.documents.intake.recognise.evidence import is_named
from raci.documents.intake.recognise.header import title_of
from raci.documents.intake.recognise.names import Crossings, Register
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, family_named, letter_named, said
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout
from raci.domain.text import fold

FEWEST_LINES = 3
_MARKS = frozenset(
    ["x", "✓", "✔", "✗", "●", "•", "1", "yes", "ja", "oui", "sí", "si", "sim", "да", "v", "y", "☑", "■", "✅"]
)


def lists(sight: Sight) -> Iterator[Candidate]:
    """Yield the tables that are lists: a column of duties, one of roles, and letters or marks."""
    for row in range(min(len(sight.cells), 12)):
        letters = _letter_columns(sight, row)
        rows = [line for line in range(row + 1, len(sight.cells)) if len(sight.filled(line)) > 2] if letters else []
        if len(rows) < FEWEST_LINES:
            continue
        block = Block(sorted(letters), data=rows, header=row, below=len(sight.cells))
        sides = [side for side in sides_of(sight, block, set(letters)) if side.filled > 0.8 or side.heading]
        duty, role = _best(sides, Heading.DUTIES, Heading.ROLES), _best(sides, Heading.ROLES, Heading.DUTIES)
        if duty and role and duty.column != role.column and _repeats(sight, rows, duty, role):
            yield _candidate(sight, block, letters, duty.column, role.column)
            return


def _letter_columns(sight: Sight, row: int) -> dict[int, tuple[str, ...]]:
    """Return the columns that say letters below a row, each with its letter, or none where the cells say them."""
    frame = frame_in(sight, row)
    if frame and all(_is_marked(sight, row, column) for column in frame.letters):
        return frame.letters if any(sight.text(row + 1, column) for column in frame.letters) else {}
    for column in sight.filled(row):
        heading = sight.text(row, column)
        if family_named(heading) or (len(heading) > 2 and letter_named(heading) == "R"):
            below = [sight.cell(line, column).kind for line in range(row + 1, len(sight.cells))]
            filled = [kind for kind in below if kind is not Kind.EMPTY]
            if filled and sum(kind is Kind.LETTERS for kind in filled) >= 0.9 * len(filled):
                return {column: ()}
    return {}


def _is_marked(sight: Sight, row: int, column: int) -> bool:
    texts = [text for line in range(row + 1, len(sight.cells)) if (text := sight.text(line, column))]
    return all(_is_mark(text) or sight.reader[text].kind <= Kind.NONE for text in texts)


def _is_mark(text: str) -> bool:
    return fold(text) in _MARKS or fold(tidy(text)) in _MARKS


def _best(sides: list[Side], wanted: Heading, other: Heading) -> Side | None:
    known = [side for side in sides if said(side.heading, wanted) > said(side.heading, other)]
    return max(known, key=lambda side: said(side.heading, wanted), default=None)


def _repeats(sight: Sight, rows: list[int], duty: Side, role: Side) -> bool:
    """Whether duties or roles come again, but never both together: each line is a crossing of its own."""
    pairs = [(sight.shown(row, duty.column), sight.shown(row, role.column)) for row in rows]
    duties, roles = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return len(set(pairs)) > 0.9 * len(pairs) and (len(duties) < len(pairs) or len(roles) < len(pairs))


def _candidate(sight: Sight, block: Block, letters: dict[int, tuple[str, ...]], duty: int, role: int) -> Candidate:
    items, parties, crossings = Register(), Register(), Crossings()
    for row in block.data:
        title, name = sight.shown(row, duty), sight.shown(row, role)
        if not title or not name:
            continue
        item = items.index(title, sight.table.place(row, duty))
        party = parties.index(name, sight.table.place(row, role))
        for column, heading in letters.items():
            text = sight.text(row, column)
            said_here = heading if _is_mark(text) else () if heading else sight.cell(row, column).letters
            if said_here:
                crossings.add(Crossing(item, party, said_here, text, sight.table.place(row, column)))
    box = Box(block.header, min(duty, role, *letters), block.last, max(duty, role, *letters))
    matrix = FoundMatrix(
        name=title_of(sight, block),
        where=sight.range_of(box.top, box.left, box.bottom, box.right),
        layout=Layout.LETTERS_ACROSS,
        parties=tuple(parties.parties),
        items=tuple(Item(party.name, party.where) for party in items.parties),
        crossings=crossings.all(),
        legend=dict(sight.legend.meanings),
        sureness=sureness([(4, 1), (2, is_named(sight)), (1, min(1, len(crossings.all()) / 8))]),
        hidden=sight.table.hidden,
    )
    return Candidate(sight.number, box, matrix)
