"""What stands in a matrix and what could, as the page for editing it shows them: lists to tick and to order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil

from django.http import QueryDict
from django.utils.translation import gettext as _

from raci.domain.matrix import Matrix
from raci.domain.records import Duty, Role
from raci.domain.structure import rows_in_order, section_of, section_rank
from raci.domain.text import code_key, fold
from raci.services.structure import Action, actions

ON_A_PAGE = 200
FIRST = "first:"  # in front of the key of an area: the place before all of its rows


@dataclass(frozen=True)
class Line:
    """One duty or role; ``up`` and ``down`` say whether it can go that way, ``out`` why it does not apply."""

    key: str
    code: str
    name: str
    up: bool = False
    down: bool = False
    out: str = ""


@dataclass(frozen=True)
class Section:
    """The lines of one area."""

    area: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Wanted:
    """Which rows the page is narrowed to."""

    text: str = ""
    area: str = ""
    page: int = 1

    @classmethod
    def read(cls, asked: QueryDict) -> "Wanted":
        """Read a query; what makes no sense is left out."""
        page = asked.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return cls(asked.get("q", "").strip()[:200], asked.get("area", ""), max(1, number))

    def fits(self, matrix: Matrix, key: str) -> bool:
        """Tell whether a duty is asked for."""
        duty = matrix.duties[key]
        return (not self.area or duty.area == self.area) and fold(self.text) in fold(f"{duty.code} {duty.title}")


@dataclass(frozen=True)
class Arrangement:
    """Everything on the page: what stands in the matrix, in order, and what could be added."""

    columns: list[Line]
    other_roles: list[Line]
    rows: list[Section]
    other_duties: list[Section]
    row_count: int
    found: int
    others_left_out: int
    page: int
    pages: int
    areas: list[tuple[str, str]]

    @property
    def all_areas(self) -> list[tuple[str, str]]:
        """The areas, and the other duties."""
        return [*self.areas, ("", _("Other duties"))]


def arrangement(matrix: Matrix, wanted: Wanted) -> Arrangement:
    """Return what the page for editing a matrix shows."""
    rows = rows_in_order(matrix)
    found = [key for key in rows if wanted.fits(matrix, key)]
    others = [key for key in _other_duties(matrix) if wanted.fits(matrix, key)]
    pages = max(1, ceil(len(found) / ON_A_PAGE))
    page = min(wanted.page, pages)
    window = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    ordered = sorted(matrix.areas, key=lambda area: section_rank(matrix, area))
    return Arrangement(
        columns=_columns(matrix),
        other_roles=[_role(key, matrix.roles[key]) for key in _other_roles(matrix)],
        rows=list(_sections(matrix, window, _ways(matrix, rows))),
        other_duties=list(_sections(matrix, others[:ON_A_PAGE], {})),
        row_count=len(rows),
        found=len(found),
        others_left_out=max(0, len(others) - ON_A_PAGE),
        page=page,
        pages=pages,
        areas=[(area, matrix.areas[area].name) for area in ordered],
    )


def _columns(matrix: Matrix) -> list[Line]:
    last = len(matrix.column_keys) - 1
    return [
        _role(key, matrix.roles[key], up=index > 0, down=index < last) for index, key in enumerate(matrix.column_keys)
    ]


def _role(key: str, role: Role, *, up: bool = False, down: bool = False) -> Line:
    return Line(key, role.code, role.name, up, down)


def _other_roles(matrix: Matrix) -> list[str]:
    keys = (key for key, role in matrix.roles.items() if not role.retired and key not in matrix.columns)
    return sorted(keys, key=lambda key: (fold(matrix.roles[key].name), key))


def _other_duties(matrix: Matrix) -> list[str]:
    keys = (key for key, duty in matrix.duties.items() if not duty.retired and key not in matrix.rows)
    return sorted(
        keys, key=lambda key: (section_rank(matrix, section_of(matrix, key)), code_key(matrix.duties[key].code))
    )


def _ways(matrix: Matrix, rows: Sequence[str]) -> dict[str, tuple[bool, bool]]:
    """Return for each row whether its section goes on above and below it."""
    areas = [None, *(section_of(matrix, key) for key in rows), None]
    same = [first == second for first, second in pairwise(areas)]
    return {key: (same[index], same[index + 1]) for index, key in enumerate(rows)}


def _sections(matrix: Matrix, keys: Iterable[str], ways: dict[str, tuple[bool, bool]]) -> Iterator[Section]:
    for area, part in groupby(keys, key=lambda key: section_of(matrix, key)):
        title = matrix.areas[area].name if area else _("Other duties")
        yield Section(
            area, title, [_duty(matrix, key, matrix.duties[key], ways.get(key, (False, False))) for key in part]
        )


def _duty(matrix: Matrix, key: str, duty: Duty, way: tuple[bool, bool]) -> Line:
    row = matrix.rows.get(key)
    return Line(key, duty.code, duty.title, *way, out="" if row is None or row.applies else row.reason)


# --- what is asked for


def read_action(matrix: Matrix, sent: QueryDict) -> Action | None:
    """Return what a button of the lists asks for; None where it asks for nothing that can be done."""
    what, _colon, key = sent.get("action", "").partition(":")
    ticked = tuple(sent.getlist("tick"))
    if what in ("row-up", "row-down"):
        after = _step(_section_around(matrix, key), key, up=what == "row-up")
        return None if after is None else actions.MoveRows((key,), after)
    if what in ("column-up", "column-down"):
        after = _step(matrix.column_keys, key, up=what == "column-up")
        return None if after is None else actions.MoveColumns((key,), after)
    return _of_ticked(matrix, what, ticked, sent.get("behind", "")) if ticked else None


def anchor(sent: QueryDict) -> str:
    """Return the place on the page to go on from: the line that moved, or the list that was used."""
    what, _colon, key = sent.get("action", "").partition(":")
    if what.endswith(("-up", "-down")):
        return f"line-{key}"
    return "rows" if what.endswith("rows") else "columns"


def _section_around(matrix: Matrix, key: str) -> list[str]:
    """Return the rows of the section in which a row stands, in order; nothing where it is no row."""
    if key not in matrix.rows:
        return []
    area = section_of(matrix, key)
    return [row for row in rows_in_order(matrix) if section_of(matrix, row) == area]


def _of_ticked(matrix: Matrix, what: str, ticked: tuple[str, ...], behind: str) -> Action | None:
    if what == "move-rows":
        return _moved(matrix, ticked, behind)
    simple = {
        "add-rows": actions.AddRows,
        "remove-rows": actions.RemoveRows,
        "add-columns": actions.AddColumns,
        "remove-columns": actions.RemoveColumns,
    }
    if what == "move-columns":
        return actions.MoveColumns(ticked, behind)
    return simple[what](ticked) if what in simple else None


def _moved(matrix: Matrix, ticked: tuple[str, ...], behind: str) -> Action | None:
    """Into the section of what they shall stand behind, and so into its area."""
    if behind.startswith(FIRST):
        return actions.MoveRows(ticked, "", behind.removeprefix(FIRST))
    return actions.MoveRows(ticked, behind, section_of(matrix, behind)) if behind in matrix.rows else None


def _step(order: Sequence[str], key: str, *, up: bool) -> str | None:
    """Return behind what something stands one step further; None where there is no such step."""
    if key not in order:
        return None
    at = order.index(key) + (-2 if up else 1)
    if at >= len(order) or at < -1:
        return None
    return order[at] if at >= 0 else ""
