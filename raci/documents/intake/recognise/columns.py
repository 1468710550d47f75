"""What the columns of a grid are: roles, the title of the duty, its code, its section, and what else is said of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.cells import Kind
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import FAMILIES, Heading, said

# Left of the roles these head no role.
_NO_ROLES = (Heading.SECTIONS, Heading.DUTIES, Heading.CODES)
# So many rows say what a column is.
SAMPLE = 400
_CODE = re.compile(
    r"(?:[A-Za-zА-Яа-я]{0,6}[-_. ]?)?\d+(?:[.\-_]\d+)*[.)]?|[A-Z]{1,5}[-_]\d+\w?|[ivxIVX]{1,5}\.?|[A-Za-z][.)]?"
)


@dataclass(frozen=True)
class Side:
    """A column that is no role: its heading, and how it is filled over the rows of letters."""

    column: int
    heading: str
    filled: float
    none: float  # how many of its cells say that nobody has a part
    own: float  # as filled, but without what merged ranges spread from the row above
    distinct: float
    coded: float
    length: float
    legend: bool = False  # entries of a legend stand in it


@dataclass
class Columns:
    """The columns of one block."""

    roles: list[int]
    unheaded: list[int] = field(default_factory=list)  # they hold letters, and no header says whose
    title: int = -1
    code: int = -1
    unknown: list[int] = field(default_factory=list)  # right of the roles, and nothing says what they are
    aside: list[int] = field(default_factory=list)  # a legend stands in them, right of the roles
    section: int = -1
    details: dict[int, str] = field(default_factory=dict)
    heading: str = ""  # what stands over the titles
    # The first of several roles' columns that one merged heading covers, by each other one of them.
    joined: dict[int, int] = field(default_factory=dict)


def columns_of(sight: Sight, block: Block) -> Columns:
    """Sort the columns of a block by what they are."""
    header = block.header
    headed = {column for column in block.columns if sight.shown(header, column)}
    roles = sorted(column for column in headed if not _is_other(sight, block, column))
    if not roles:
        return Columns([])
    found = Columns(roles, unheaded=sorted(set(block.columns) - headed))
    sides = sides_of(sight, block, {*roles, *found.unheaded})
    empty = [side for side in sides if side.filled < side.none + 0.01 and _may_be_role(side)]
    found.roles = sorted({*roles, *_empty_roles(sight, empty, roles, sides)})
    found.joined = _joined(sight, header, found.roles)
    legend = sight.legend.taken.get(sight.number, ())
    found.aside = sorted({column for row, column in legend if row >= header and column > found.roles[-1]})
    taken = {*found.roles, *found.aside}
    name_sides(found, [side for side in sides if side.filled and side.column not in taken])
    return found


def _joined(sight: Sight, header: int, roles: list[int]) -> dict[int, int]:
    """Return the roles' columns that share a merged heading with one before, each with the first of them."""
    first: dict[tuple[int, int], int] = {}
    joined: dict[int, int] = {}
    for column in roles:
        corner = sight.merged_into.get((header, column), (header, column))
        if first.setdefault(corner, column) != column and corner[0] == header:
            joined[column] = first[corner]
    return joined


def sides_of(sight: Sight, block: Block, taken: set[int]) -> list["Side"]:
    """Return the columns that hold neither letters nor names, with how they are filled."""
    sides = [side_of(sight, block, column) for column in sorted(_used(sight, block) - taken)]
    return [side for side in sides if side.filled or side.heading]


def _used(sight: Sight, block: Block) -> set[int]:
    """Return the columns in which anything stands by which a side is judged: of a wide sheet few are."""
    rows = [*block.data[:SAMPLE], block.header, *_beside_header(block)]
    merged = {column for _row, column in sight.merged_into}
    return merged.union(*(sight.filled(row) for row in rows))


def _is_other(sight: Sight, block: Block, column: int) -> bool:
    """Whether letters stand in a column that is no role's: "RAG", "Type" or "Level", with other letters among them."""
    heading = sight.shown(block.header, column)
    if len(block.columns) > 1 and heading.casefold() in FAMILIES:
        return True  # "RACI" over words that explain the letters beside
    if not _is_extra(heading):
        return False
    kinds = [sight.cell(row, column).kind for row in block.data]
    letters = sum(kind is Kind.LETTERS for kind in kinds)
    least = Kind.LOOSE if said(sight.shown(block.header, column), Heading.CODES) == 2 else Kind.ODD
    return sum(kind >= least for kind in kinds) > 0.1 * letters


def _is_extra(heading: str) -> bool:
    return any(said(heading, kind) == 2 for kind in (Heading.EXTRAS, Heading.CODES, Heading.TOTALS))


def _may_be_role(side: Side) -> bool:
    """Whether a heading may name a role. "Roles" stands before them, and names none."""
    heading = side.heading
    return bool(heading) and not side.legend and not _is_extra(heading) and said(heading, Heading.ROLES) < 2


def _empty_roles(sight: Sight, empty: list[Side], roles: list[int], sides: list[Side]) -> Iterator[int]:
    """Yield the columns without any letter that are roles all the same: among the roles, or next to the outer ones."""
    left = [side.column for side in sides if side.filled and side.column < roles[0]]
    ends = (side.column for side in sides if side.column > roles[-1] and (side.filled or not side.heading))
    end = next(ends, sight.table.width)
    for side in empty:
        if side.none or roles[0] < side.column < roles[-1]:
            yield side.column
        elif side.column > roles[-1]:
            if side.column <= end:
                yield side.column
        elif left and left[0] < side.column >= left[-1] and not any(said(side.heading, kind) for kind in _NO_ROLES):
            yield side.column


def side_of(sight: Sight, block: Block, column: int) -> Side:
    """Return how a column that is no role is headed and filled."""
    sample = block.data[:SAMPLE]
    legend = sight.legend.taken.get(sight.number, ())
    texts = [
        text
        for row in sample
        if (row, column) not in legend
        and (text := sight.shown(row, column))
        and sight.cell(row, column).kind is not Kind.NONE
    ]
    heading = _heading(sight, block, column)
    count = max(1, len(texts))
    return Side(
        column,
        heading,
        filled=len(texts) / len(sample),
        none=sum(sight.cell(row, column).kind is Kind.NONE for row in sample) / len(sample),
        own=sum(bool(sight.text(row, column)) for row in sample) / len(sample),
        distinct=len(set(texts)) / count,
        coded=sum(bool(_CODE.fullmatch(text)) for text in texts) / count,
        length=sum(map(len, texts)) / count,
        legend=any(place == column for _row, place in legend),
    )


def _heading(sight: Sight, block: Block, column: int) -> str:
    """Return what stands over a column of texts: in the header's row, or nearest to it, before the first letters."""
    if text := sight.shown(block.header, column):
        return text
    rows = _beside_header(block)
    return next(
        (text for row in rows if _is_heading(text := sight.text(row, column)) and _names_columns(sight, row)), ""
    )


def _beside_header(block: Block) -> list[int]:
    """Return the rows in which something may be headed that the header's row leaves blank, the nearest first."""
    above = range(block.header - 1, max(block.above, block.header - 2) - 1, -1)
    return [*range(block.header + 1, block.first), *above]


def _names_columns(sight: Sight, row: int) -> bool:
    """Whether all that stands in a row are headings."""
    return all(_is_heading(sight.text(row, column)) for column in sight.filled(row))


def _is_heading(text: str) -> bool:
    return any(said(text, kind) for kind in Heading)


def name_sides(found: Columns, sides: list[Side]) -> None:
    """Decide which of the columns of text holds the titles; the others are code, section and details."""
    if not sides:
        return
    left = [side for side in sides if side.column < found.roles[0]]
    scores = {side.column: title_score(side) - 0.4 * place for place, side in enumerate(sides)}
    title = max(left or sides, key=lambda side: scores[side.column])
    found.title, found.heading = title.column, title.heading
    for side in sides:
        if side.column == title.column:
            continue
        if side.column > found.roles[-1] and not side.heading:
            found.unknown.append(side.column)
        elif found.code < 0 and is_code(side):
            found.code = side.column
        elif found.section < 0 and side.column < title.column and _is_section(side):
            found.section = side.column
        else:
            found.details[side.column] = side.heading


def title_score(side: Side) -> float:
    """Return how much a column looks like that of the titles."""
    score = 3 * side.own + 1.5 * side.distinct + min(side.length, 30) / 30 - 4 * side.coded
    score += {2: 2.5, 1: 1.5, 0: 0}[said(side.heading, Heading.DUTIES)]
    score -= {2: 2.5, 1: 1, 0: 0}[said(side.heading, Heading.EXTRAS)]
    score -= {2: 1.5, 1: 0.5, 0: 0}[said(side.heading, Heading.SECTIONS)]
    return score - {2: 3, 1: 1, 0: 0}[said(side.heading, Heading.CODES)]


def is_code(side: Side) -> bool:
    """Whether a column holds numbers or codes."""
    return side.coded > 0.8 or (said(side.heading, Heading.CODES) == 2 and side.length <= 16)


def _is_section(side: Side) -> bool:
    return bool(said(side.heading, Heading.SECTIONS)) or side.filled < 0.6 or side.distinct < 0.6
