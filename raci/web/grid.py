"""The matrix page as plain values: sections of rows whose cells are markup already.

A template that draws 20,000 cells one by one takes a second and a half; here every content of a cell
is drawn once and a row is joined from such pieces.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from raci.domain.lint import Finding
from raci.domain.matrix import Matrix
from raci.domain.records import GreyArea
from raci.domain.scheme import LetterClass, split_letters
from raci.domain.text import fold
from raci.web.grid_query import GridQuery
from raci.web.look import age, chip

ROWS_ON_A_PAGE = 1000
_NOBODY = ""
# An undecided row is hatched and leads to where it is settled; the finding that says the same is left out.
SAID_BY_THE_ROW = "S04"


@dataclass(frozen=True)
class Head:
    """The head of a column; ``pair`` where the role is one of two that share an area."""

    name: str
    code: str
    pair: bool


@dataclass(frozen=True)
class Row:
    """One duty. ``cells`` is the markup of all its cells; ``grey_area`` its key where it is undecided."""

    duty: str
    code: str
    title: str
    note: str
    style: str
    cells: SafeString
    findings: tuple[Finding, ...]
    grey_area: str = ""


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
    undecided: int
    with_findings: int
    shown: int
    pages: int


def build(matrix: Matrix, findings: Iterable[Finding], query: GridQuery, today: date, links: bool) -> Grid:
    """Return the page of a matrix. ``links`` makes every cell lead to its form."""
    by_duty = _by_duty(findings)
    wanted = [duty for duty in matrix.row_keys if _is_wanted(matrix, duty, by_duty, query)]
    first = (query.page - 1) * ROWS_ON_A_PAGE
    window = wanted[first : first + ROWS_ON_A_PAGE]
    pen = _Pen(matrix, links)
    return Grid(
        heads=_heads(matrix),
        sections=tuple(_sections(matrix, window, by_duty, pen)),
        totals=_totals(matrix),
        clean=sum(duty not in by_duty and duty not in matrix.open_by_duty for duty in matrix.applicable_rows),
        applicable=len(matrix.applicable_rows),
        undecided=len(matrix.open_by_duty),
        with_findings=len(by_duty),
        shown=len(wanted),
        pages=max(1, ceil(len(wanted) / ROWS_ON_A_PAGE)),
    )


def _by_duty(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, list[Finding]] = {}
    for item in findings:
        if item.subject.duty and item.level != "info" and item.rule != SAID_BY_THE_ROW:
            found.setdefault(item.subject.duty, []).append(item)
    return {duty: tuple(items) for duty, items in found.items()}


def _is_wanted(matrix: Matrix, duty: str, by_duty: Mapping[str, Sequence[Finding]], query: GridQuery) -> bool:
    record = matrix.duties[duty]
    held = matrix.cells.get(duty, {})
    checks = (
        not query.area or record.area == query.area,
        not query.undecided or duty in matrix.open_by_duty,
        not query.findings or duty in by_duty,
        all(role in held for role in query.shared),
        not query.text or fold(query.text) in fold(f"{record.code} {record.title}"),
    )
    return all(checks)


def _heads(matrix: Matrix) -> tuple[Head, ...]:
    paired = {role for area in matrix.areas.values() for role in area.pair}
    return tuple(Head(matrix.roles[role].name, matrix.roles[role].code, role in paired) for role in matrix.column_keys)


def _sections(
    matrix: Matrix, window: Sequence[str], by_duty: Mapping[str, tuple[Finding, ...]], pen: "_Pen"
) -> Iterator[Section]:
    totals = Counter(matrix.duties[duty].area for duty in matrix.applicable_rows)
    opened = Counter(matrix.duties[duty].area for duty in matrix.open_by_duty)
    by_area: dict[str, list[str]] = {}
    for duty in window:
        by_area.setdefault(matrix.duties[duty].area, []).append(duty)
    for area, duties in by_area.items():
        title = matrix.areas[area].name if area in matrix.areas else _("Other duties")
        rows = [pen.row(duty, by_duty.get(duty, ())) for duty in duties]
        yield Section(title, totals[area] - opened[area], totals[area], rows)


def _totals(matrix: Matrix) -> tuple[str, ...]:
    """Under each column: how often its role is accountable and does the work ("4A 3R")."""
    weighty = [
        letter.code
        for letter in matrix.scheme.letters
        if letter.letter_class in (LetterClass.OWNER, LetterClass.LEAD, LetterClass.DOER)
    ]
    counts = {role: Counter[str]() for role in matrix.column_keys}
    for row in matrix.cells.values():
        for role, letters in row.items():
            counts[role].update(split_letters(letters))
    return tuple(
        " ".join(f"{counts[role][code]}{code}" for code in weighty if counts[role][code]) or "–"
        for role in matrix.column_keys
    )


class _Pen:
    """Draws rows; each content of a cell once."""

    def __init__(self, matrix: Matrix, links: bool) -> None:
        self.matrix = matrix
        self.drawn: dict[tuple[str, bool], str] = {}
        self.links = links
        self.nothing = f'<span class="visually-hidden">{escape(_("empty"))}</span>'
        self.claiming: dict[str, list[str]] = {}
        for grey_area, role in matrix.claims:
            self.claiming.setdefault(grey_area, []).append(role)

    def row(self, duty: str, findings: tuple[Finding, ...]) -> Row:
        record, place = self.matrix.duties[duty], self.matrix.rows[duty]
        key = self.matrix.open_by_duty.get(duty, "")
        grey_area = self.matrix.grey_areas[key] if key else None
        return Row(
            duty=duty,
            code=record.code,
            title=record.title,
            note=self._note(key, grey_area) if grey_area else "" if place.applies else place.reason,
            style="open" if grey_area else "" if place.applies else "out",
            cells=self._cells(duty, grey_area.interim if grey_area else _NOBODY),
            findings=findings,
            grey_area=key,
        )

    def _note(self, key: str, grey_area: GreyArea) -> str:
        roles = self.claiming.get(key, [])
        since = age(grey_area.raised_on).replace(" ", "\N{NO-BREAK SPACE}")
        if not roles:
            return _("nobody claims it, %(age)s") % {"age": since}
        if len(roles) == 2:
            return _("both claim it, %(age)s") % {"age": since}
        names = ", ".join(self.matrix.roles[role].name for role in self.matrix.column_keys if role in roles)
        return _("claimed by %(names)s, %(age)s") % {"names": names, "age": since}

    def _cells(self, duty: str, interim: str) -> SafeString:
        held = self.matrix.cells.get(duty, {})
        parts = []
        for role in self.matrix.column_keys:
            letters = held.get(role, "")
            inner = self._inner(letters, role == interim)
            if self.links:
                # An interim owner is drawn with a letter that the cell does not hold: the script must not read it.
                empty = ' data-letters=""' if inner and not letters else ""
                parts.append(f'<td class="c"{empty}><a href="cells/{duty}/{role}/">{inner or self.nothing}</a></td>')
            else:
                parts.append(f'<td class="c">{inner}</td>')
        return mark_safe("".join(parts))  # noqa: S308 - keys are made of letters and digits, chips are escaped

    def _inner(self, letters: str, interim: bool) -> str:
        key = (letters, interim)
        if key not in self.drawn:
            shown = letters or (next(iter(self.matrix.scheme.by_code)) if interim else "")
            drawn = str(chip(self.matrix.scheme, shown, "letter-interim" if interim else ""))
            until = f'<span class="visually-hidden">, {escape(_("until it is decided"))}</span>' if interim else ""
            self.drawn[key] = drawn + until
        return self.drawn[key]
