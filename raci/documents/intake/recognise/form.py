"""A matrix that nobody has filled in yet: it is none, but its sheet can be told what is missing."""

from dataclasses import dataclass

from raci.documents.intake.recognise.cells import Kind, core_of
from raci.documents.intake.recognise.evidence import is_named
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, is_post, said

FEWEST_ROLES = 2
# Forms have their headings at the top.
DEEPEST = 40
# How many of the headings must sound like roles, where the document names no scheme.
POSTS = 0.3


@dataclass(frozen=True)
class Form:
    """The headings of a matrix without letters: their row, and the roles or letters that they name."""

    row: int
    columns: list[int]


def form_in(sight: Sight) -> Form | None:
    """Return the headings of duties and roles below which no letter and no name stands, if a table has some."""
    row = next((row for row in range(len(sight.cells)) if len(sight.filled(row)) > FEWEST_ROLES), -1)
    if not 0 <= row < DEEPEST:
        return None
    duties = next((column for column in sight.filled(row) if said(sight.text(row, column), Heading.DUTIES)), -1)
    columns = [column for column in sight.filled(row) if column > duties >= 0 and _may_head(sight, row, column)]
    if len(columns) < FEWEST_ROLES or not _are_roles(sight, row, columns) or not _is_blank(sight, row, columns):
        return None
    return Form(row, columns)


def _may_head(sight: Sight, row: int, column: int) -> bool:
    text = sight.text(row, column)
    others = (Heading.EXTRAS, Heading.CODES, Heading.SECTIONS, Heading.TOTALS)
    return bool(sight.headings[text]) or not any(said(text, kind) == 2 for kind in others)


def _are_roles(sight: Sight, row: int, columns: list[int]) -> bool:
    """Whether headings name roles, or the letters."""
    texts = [sight.text(row, column) for column in columns]
    letters = {letter for text in texts for letter in sight.headings[text]}
    return is_named(sight) or len(core_of(letters)) > 2 or sum(map(is_post, texts)) >= POSTS * len(texts)


def _is_blank(sight: Sight, row: int, columns: list[int]) -> bool:
    """Whether nothing stands below some headings but marks that say nobody."""
    below = range(row + 1, len(sight.cells))
    return all(sight.cell(line, column).kind <= Kind.NONE for line in below for column in columns)
