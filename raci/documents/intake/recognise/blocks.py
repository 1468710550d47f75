"""Where the rows and columns of a grid of letters are: its data rows, its header rows, its columns of letters."""

from dataclasses import dataclass, field

from raci.documents.intake.recognise.cells import Kind
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, said

# How many rows above the first letters a header is looked for.
FARTHEST_HEADER = 15
# How much of the columns of letters a row must fill to head them.
HEADER_SHARE = 0.5


@dataclass
class Block:
    """Rows of letters (``data``) under one header, and the rows ``between`` them that are not blank."""

    columns: list[int]  # those with letters
    data: list[int] = field(default_factory=list)
    between: list[int] = field(default_factory=list)
    header: int = -1
    above: int = 0  # the first row that belongs to it: its titles and header rows
    below: int = 0  # the row after the last one that can belong to it
    repeated: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.data[0]

    @property
    def last(self) -> int:
        return self.data[-1]


def blocks(sight: Sight) -> list[Block]:
    """Return the blocks of a table from top to bottom, each with its header; those without one are left out."""
    columns = sight.letter_columns
    found: list[Block] = []
    if not columns:
        return found
    for block in _split(sight, columns):
        block.above = found[-1].last + 1 if found else 0
        used = {column for row in block.data for column in sight.letters[row] if column in columns}
        block.columns = sorted(used)
        block.between = [row for row in block.between if row > block.first]
        block.header = header_of(sight, block)
        block.below = len(sight.cells)
        if block.header >= 0:
            if found:
                found[-1].below = block.header
            found.append(block)
    return _joined(sight, found)


def _split(sight: Sight, columns: frozenset[int]) -> list[Block]:
    """Cut the rows into runs of letters. A row that heads columns of letters ends one, when letters follow it."""
    found: list[Block] = []
    current = Block(sorted(columns))
    waiting: list[int] = []
    for row in range(len(sight.cells)):
        kind = _row_kind(sight, row, columns, current)
        if kind == "data":
            current.between += waiting
            waiting = []
            current.data.append(row)
        elif kind == "text":
            waiting.append(row)
        elif kind == "head" and current.data:
            found.append(current)
            current, waiting = Block(sorted(columns)), []
    return [*found, current] if current.data else found


def _row_kind(sight: Sight, row: int, columns: frozenset[int], current: Block) -> str:
    """Return what a row is: blank, of letters, other text, or the head of columns of letters."""
    letters = len(columns.intersection(sight.letters[row]))
    texts = len(columns.intersection(sight.texts[row]))
    if letters and letters >= texts:
        return "data"
    if current.data and texts and _heads(sight, row, current, texts, letters):
        return "head"
    if letters and current.data:
        return "data"
    return "text" if sight.filled(row) else "blank"


def _heads(sight: Sight, row: int, current: Block, texts: int, letters: int) -> bool:
    """Whether a row among letters is a header: mostly text, each another one, and no item of the rows above."""
    used = {column for line in current.data[:50] for column in sight.letters[line]}
    texts_there = [sight.text(row, column) for column in sorted(used) if sight.cell(row, column).kind >= Kind.ODD]
    if texts < max(1, HEADER_SHARE * len(used)) or texts <= letters or sight.is_legend(row, max(used)):
        return False
    if len(used) > 1 and len(set(texts_there)) == 1:
        return False  # one text across: a section that is merged, written into each of its cells
    first = next((sight.text(row, column) for column in range(min(used)) if sight.text(row, column)), "")
    blank_above = row > 0 and not sight.filled(row - 1)
    return not first or bool(said(first, Heading.DUTIES) or said(first, Heading.ROLES)) or blank_above


def header_of(sight: Sight, block: Block) -> int:
    """Return the row that heads the columns of letters: that with the most texts, the more different ones first."""
    rows = range(block.first - 1, _farthest(block), -1)
    nearest = next((row for row in rows if _header_score(sight, block, row)[0]), -1)
    if nearest < 0:
        return next((row for row in rows if _is_merged_header(sight, block, row)), -1)
    best = nearest
    for row in range(nearest - 1, _farthest(block), -1):
        score = _header_score(sight, block, row)
        if not score[0]:
            break
        if score >= _header_score(sight, block, best):
            best = row
    return best


def _is_merged_header(sight: Sight, block: Block, row: int) -> bool:
    """Whether merged ranges of a row head the columns of letters, several columns each: one of each letter."""
    corners = {sight.merged_into.get((row, column), (row, column)) for column in block.columns}
    if len(corners) < 2 or any(corner[0] != row or not sight.text(*corner) for corner in corners):
        return False
    return not sight.is_legend(row, block.columns[-1])


def _farthest(block: Block) -> int:
    return max(block.above, block.first - FARTHEST_HEADER) - 1


def _header_score(sight: Sight, block: Block, row: int) -> tuple[float, float]:
    """Return how much of the columns of letters a row heads, and how different its texts are; nought for too little."""
    texts = [sight.text(row, column) for column in block.columns]
    filled = [text for text in texts if any(map(str.isalnum, text))]
    if not filled or len(filled) < HEADER_SHARE * len(texts) or sight.is_legend(row, block.columns[-1]):
        return (0, 0)
    return (round(len(filled) / len(texts), 1), round(len(set(filled)) / len(filled), 1))


def _joined(sight: Sight, found: list[Block]) -> list[Block]:
    """Return blocks with those joined that repeat the header of the one before."""
    joined: list[Block] = []
    for block in found:
        if joined and _same_header(sight, joined[-1], block):
            before = joined[-1]
            before.between += list(range(block.above, block.first))
            before.between = [row for row in before.between if sight.filled(row)] + block.between
            before.repeated.append(block.header)
            before.data += block.data
            before.below = block.below
            before.columns = sorted({*before.columns, *block.columns})
        else:
            joined.append(block)
    return joined


def _same_header(sight: Sight, one: Block, other: Block) -> bool:
    columns = sorted({*one.columns, *other.columns})
    return [sight.text(one.header, column) for column in columns] == [
        sight.text(other.header, column) for column in columns
    ]
