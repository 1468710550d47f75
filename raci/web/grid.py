"""The matrix page as plain values: sections of rows whose cells are markup already.

A template that draws 20,000 cells one by one takes a second and a half; here every content of a cell
is drawn once and a row is joined from such pieces.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from raci.domain.lint import Finding
from raci.domain.matrix import Matrix
from raci.domain.scheme import split_letters
from raci.domain.structure import rows_in_order
from raci.domain.text import fold
from raci.forms.letters import spoken
from raci.web.grid_query import ANY, GridQuery
from raci.web.look import chip, shape
from raci.web.marks import (
    ByDuty,
    by_duty,
    clean_rows,
    note,
    open_rows,
    paired_roles,
    section_of,
    sections,
    totals,
)

# What a page holds that is drawn without a script: some 800 cells, about a screen. The grid of the script has all
# rows, and waits until these are laid out.
_CELLS_ON_A_PAGE, _MOST_ROWS, _FEWEST_ROWS = 800, 100, 16
_NOBODY = ""


@dataclass(frozen=True)
class Head:
    """The head of a column; ``pair`` where the role is one of two that share an area. ``held`` says who holds it."""

    name: str
    code: str
    pair: bool
    held: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One duty. ``cells`` is the markup of all its cells; ``grey_area`` its key where it is undecided.

    ``comments`` counts those that are not resolved.
    """

    duty: str
    code: str
    title: str
    note: str
    style: str
    cells: SafeString
    findings: tuple[Finding, ...]
    grey_area: str = ""
    comments: int = 0


@dataclass(frozen=True)
class Section:
    """The rows of one area, and how many of all its rows are settled."""

    title: str
    settled: int
    total: int
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    """What the page shows: a window of rows, and figures over all of them."""

    heads: tuple[Head, ...]
    sections: tuple[Section, ...]
    totals: tuple[str, ...]
    clean: int
    applicable: int
    rows_in_all: int
    undecided: int
    with_findings: int
    shown: int
    pages: int


def rows_on_a_page(columns: int) -> int:
    """Return how many rows a page has: fewer where there are many columns."""
    return max(_FEWEST_ROWS, min(_MOST_ROWS, _CELLS_ON_A_PAGE // max(1, columns)))


def build(
    matrix: Matrix, findings: Sequence[Finding], query: GridQuery, links: bool, held: Mapping[str, tuple[str, ...]]
) -> Grid:
    """Return the page of a matrix. ``links`` makes every cell lead to its form; ``held`` says who holds each role."""
    found = by_duty(findings)
    wanted = _wanted(matrix, found, query)
    size = rows_on_a_page(len(matrix.column_keys))
    first = (query.page - 1) * size
    window = wanted[first : first + size]
    pen = _Pen(matrix, links)
    return Grid(
        heads=_heads(matrix, held),
        sections=tuple(_sections(matrix, window, found, pen)),
        totals=totals(matrix),
        clean=clean_rows(matrix, found, findings),
        applicable=len(matrix.applicable_rows),
        rows_in_all=len(matrix.row_keys),
        undecided=len(open_rows(matrix)),
        with_findings=len(found),
        shown=len(wanted),
        pages=max(1, ceil(len(wanted) / size)),
    )


def rows_shown(matrix: Matrix, findings: Iterable[Finding], query: GridQuery) -> list[str]:
    """Return the duties of all rows that a query shows, on whatever page: what an export holds is what is seen."""
    return _wanted(matrix, by_duty(findings), query)


def _wanted(matrix: Matrix, found: ByDuty, query: GridQuery) -> list[str]:
    return [duty for duty in rows_in_order(matrix) if _is_wanted(matrix, duty, found, query)]


def _is_wanted(matrix: Matrix, duty: str, found: ByDuty, query: GridQuery) -> bool:
    record = matrix.duties[duty]
    held = matrix.cells.get(duty, {})
    checks = (
        not query.area or record.area == query.area,
        not query.undecided or duty in matrix.open_by_duty,
        not query.findings or _is_found(found.get(duty, ()), query.findings),
        all(role in held for role in query.shared),
        _holds(held, query.role, query.letter),
        not query.text or fold(query.text) in fold(f"{record.code} {record.title}"),
    )
    return all(checks)


def _is_found(items: Sequence[Finding], asked: str) -> bool:
    return any(asked in (ANY, item.rule) for item in items)


def _holds(held: Mapping[str, str], role: str, letter: str) -> bool:
    """Tell whether a row holds what is asked: that letter of that role; with one left out, any."""
    cells = [held[role]] if role in held else [] if role else list(held.values())
    if letter:
        return any(letter in split_letters(letters) for letters in cells)
    return bool(cells) or not role


def _heads(matrix: Matrix, held: Mapping[str, tuple[str, ...]]) -> tuple[Head, ...]:
    paired = paired_roles(matrix)
    return tuple(
        Head(matrix.roles[role].name, matrix.roles[role].code, role in paired, held.get(role, ()))
        for role in matrix.column_keys
    )


def _sections(matrix: Matrix, window: Sequence[str], found: ByDuty, pen: "_Pen") -> Iterator[Section]:
    known = sections(matrix)
    for area, duties in groupby(window, key=lambda duty: section_of(matrix, duty)):
        rows = [pen.row(duty, tuple(found.get(duty, ()))) for duty in duties]
        yield Section(known[area].title, known[area].settled, known[area].total, rows)


class _Pen:
    """Draws rows; each content of a cell once."""

    def __init__(self, matrix: Matrix, links: bool) -> None:
        self.matrix = matrix
        self.drawn: dict[tuple[str, bool], str] = {}
        self.links = links

    def row(self, duty: str, findings: tuple[Finding, ...]) -> Row:
        record, place = self.matrix.duties[duty], self.matrix.rows[duty]
        key = self.matrix.open_by_duty.get(duty, "")
        grey_area = self.matrix.grey_areas[key] if key else None
        return Row(
            duty=duty,
            code=record.code,
            title=record.title,
            note=note(self.matrix, key) if grey_area else "" if place.applies else place.reason,
            style="open" if grey_area else "" if place.applies else "out",
            cells=self._cells(duty, grey_area.interim if grey_area else _NOBODY),
            findings=findings,
            grey_area=key,
            comments=len(self.matrix.comments_by_duty.get(duty, ())),
        )

    def _cells(self, duty: str, interim: str) -> SafeString:
        held = self.matrix.cells.get(duty, {})
        parts = []
        for role in self.matrix.column_keys:
            letters = held.get(role, "")
            inner = self._inner(letters, role == interim)
            link = f'<a href="cells/{duty}/{role}/"{inner}</a>' if self.links else inner
            # An interim owner is drawn with a letter that the cell does not hold: the script must not read it.
            empty = ' data-letters=""' if self.links and role == interim and not letters else ""
            parts.append(f'<td class="c"{empty}>{link}</td>')
        return mark_safe("".join(parts))  # noqa: S308 - keys are made of letters and digits, words are escaped

    def _inner(self, letters: str, interim: bool) -> str:
        """Return what a cell holds; of a link, all that follows its address."""
        key = (letters, interim)
        if key not in self.drawn:
            scheme = self.matrix.scheme
            shown = letters or (next(iter(scheme.by_code)) if interim else "")
            style = "letter-interim" if interim else ""
            until = ", " + _("interim owner until it is decided") if interim else ""
            if self.links:
                # Its label instead of words that are hidden: a third of the boxes that a browser has to lay out.
                said = (spoken(scheme, shown) if shown else _("empty")) + until
                self.drawn[key] = f' aria-label="{escape(said)}">{shape(scheme, shown, style) if shown else ""}'
            else:
                hidden = f'<span class="visually-hidden">{escape(until)}</span>' if interim else ""
                self.drawn[key] = f"{chip(scheme, shown, style)}{hidden}"
        return self.drawn[key]
