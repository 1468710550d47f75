"""The header of a grid: roles with the groups above or below them and the people beside them, and the title above."""

from itertools import takewhile

from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.columns import Columns
from raci.documents.intake.recognise.sight import Sight
from raci.domain.reading import Party

# Header rows besides that of the roles.
MOST_HEADER_ROWS = 3
LONGEST_TITLE = 150


def parties_of(sight: Sight, block: Block, columns: Columns) -> list[Party]:
    """Return the roles of a block in the order of its columns."""
    groups: dict[int, str] = {}
    people: dict[int, list[str]] = {}
    for row in _other_rows(sight, block):
        texts = _spread(sight, row, columns.roles)
        distinct = set(texts.values())
        if sight.is_legend(row, columns.roles[-1]) or len(distinct) < 2:
            continue
        if len(distinct) == len(texts) > 0.7 * len(columns.roles) and len(texts) > 1:
            for column, text in texts.items():
                people.setdefault(column, []).append(text)
        else:
            groups |= {column: text for column, text in texts.items() if column not in groups}
    return [
        Party(
            sight.shown(block.header, column),
            sight.table.place(block.header, column),
            groups.get(column, ""),
            tuple(person for person in people.get(column, ()) if person != sight.shown(block.header, column)),
        )
        for column in columns.roles
        if column not in columns.joined
    ]


def title_of(sight: Sight, block: Block) -> str:
    """Return what a matrix is called: the heading above it, the only text of a row above its header, or its sheet.

    Of several such rows one below the other the first counts: the others say whose it is, or which version.
    """
    if sight.table.heading:
        return sight.table.heading
    found = ""
    for row in range(block.header - 1, block.above - 1, -1):
        if text := _only_text(sight, row, block.columns[-1]):
            found = text
        elif found:
            break
    return found or sight.table.name


def _only_text(sight: Sight, row: int, last: int) -> str:
    texts = {sight.text(row, column) for column in sight.filled(row) if column <= last}
    if len(texts) != 1 or sight.is_legend(row, last):
        return ""
    text = texts.pop()
    return text if 2 < len(text) <= LONGEST_TITLE else ""


def _other_rows(sight: Sight, block: Block) -> list[int]:
    """Return the rows next to the header: those above it up to a blank one, and those below it."""
    above = takewhile(sight.filled, range(block.header - 1, max(block.above, block.header - MOST_HEADER_ROWS) - 1, -1))
    below = range(block.header + 1, min(block.first, block.header + MOST_HEADER_ROWS))
    return [*above, *below]


def _spread(sight: Sight, row: int, roles: list[int]) -> dict[int, str]:
    """Return the texts of a header row by role; a text that stands before blanks is a group and covers them."""
    texts = {column: text for column in roles if (text := sight.shown(row, column))}
    if len(texts) < 2 or len(texts) == len(roles):
        return texts
    merged = any(sight.merged_into.get((row, column)) for column in roles)
    spread, last = {}, ""
    for column in roles:
        last = texts.get(column, "" if merged else last)
        if last:
            spread[column] = last
    return spread
