"""Whatever somebody edits in a file comes home as just that: a model of the edits against what the file wants."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, HEADER_ROW
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group
from raci.domain.structure import rows_in_order
from raci.domain.text import normalise
from tests.documents.rewriting import by_openpyxl
from tests.documents.test_homecoming import edition_of, home, written
from tests.domain.returning import after
from tests.domain.strategies import letters, matrices

_NEW_TITLES = ("=2+2", "Übergabe an den Betrieb", "two\nlines", "-1", "אחריות", '& < > "')


@dataclass
class Model:
    """What a file should come to: fields of duties, names of roles, letters, what is gone and what is new."""

    titles: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    added: dict[str, dict[str, str]] = field(default_factory=dict)


@st.composite
def edits(draw: Any) -> tuple[Matrix, Model, list[str]]:
    """Draw a matrix, edits of its file, and the order in which the rows are left."""
    matrix = draw(matrices())
    rows, roles = list(rows_in_order(matrix)), list(matrix.column_keys)
    model = Model()
    some = st.sampled_from(rows) if rows else st.nothing()
    for number in range(draw(st.integers(0, 3)) if rows else 0):
        model.titles[draw(some)] = f"{draw(st.sampled_from(_NEW_TITLES))} {number}"
    for number in range(draw(st.integers(0, 2)) if rows else 0):
        model.codes[draw(some)] = f"FRESH-{number}"
    for number, role in enumerate(roles[: draw(st.integers(0, 2))]):
        model.names[role] = f"Renamed {number}"
    # Two rows at most: letters of three that changed places would look sorted.
    for duty in rows[:2] if roles else ():
        model.cells[duty, draw(st.sampled_from(roles))] = draw(letters())
    model.gone = set(draw(st.lists(some, max_size=1))) if rows else set()
    for number in range(draw(st.integers(0, 2))):
        model.added[f"Added {number}"] = {role: draw(letters()) for role in roles}
    order = draw(st.permutations([*rows, *model.added]))
    return matrix, model, [key for key in order if key not in model.gone]


def edit(book: Any, matrix: Matrix, model: Model, order: list[str]) -> None:
    """Do to a workbook what the model says: with the keys of the rows, as filters and whole rows do."""
    sheet = book["Matrix"]
    at = {role: column for column, role in enumerate(matrix.column_keys, start=FIRST_ROLE_COLUMN)}
    usual = rows_in_order(matrix)
    lines = {
        key: [sheet.cell(row, column).value for column in range(1, FIRST_ROLE_COLUMN + len(at))]
        for row, key in enumerate(usual, start=FIRST_ROW)
    }
    for row in range(FIRST_ROW, FIRST_ROW + len(usual)):
        for column in range(1, FIRST_ROLE_COLUMN + len(at) + 3):
            sheet.cell(row, column).value = None
    below = FIRST_ROW + len(usual) + 20
    for row, key in enumerate(order, start=below):
        line = lines.get(key) or [None] * 6 + [key] + [model.added[key][role] or None for role in at]
        texts = {6: model.codes.get(key), 7: model.titles.get(key)}
        typed = {column: model.cells[key, role] for role, column in at.items() if (key, role) in model.cells}
        for column, value in enumerate(line, start=1):
            _put(sheet, row, column, typed.get(column, texts.get(column) or value) or None)
    for role, name in model.names.items():
        _put(sheet, HEADER_ROW, at[role], name)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    cell = sheet.cell(row, column)
    cell.value = value
    if value is not None:
        cell._value, cell.data_type = value, "s"


# A matrix with all its shelves takes minutes to shrink, which tells little more than the first failure.
@settings(max_examples=40, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
@given(edits())
def test_random_edits_come_home_as_they_were_made(drawn: tuple[Matrix, Model, list[str]]) -> None:
    matrix, model, order = drawn
    found = home(by_openpyxl(written(edition_of(matrix)), lambda book: edit(book, matrix, model, order)), matrix)
    assert found.problems == ()
    made = after(matrix, found.wishes)
    assert {wish.offered for wish in found.wishes if wish.group is Group.MISSING_ROWS} <= {False}
    assert matrix.rows.keys() - made.rows.keys() == model.gone
    for duty in matrix.rows.keys() - model.gone:
        assert made.duties[duty].title == normalise(model.titles.get(duty, matrix.duties[duty].title))
        assert made.duties[duty].code == model.codes.get(duty, matrix.duties[duty].code)
        for role in matrix.columns:
            assert made.letters(duty, role) == model.cells.get((duty, role), matrix.letters(duty, role))
    for role in matrix.columns:
        assert made.roles[role].name == model.names.get(role, matrix.roles[role].name)
    added = {made.duties[key].title: key for key in made.rows.keys() - matrix.rows.keys()}
    assert added.keys() == model.added.keys()
    for title, row in model.added.items():
        assert made.cells.get(added[title], {}) == {role: held for role, held in row.items() if held}
    kept = [wish.group for wish in found.wishes]
    assert Group.AREAS not in kept and Group.NEW_COLUMNS not in kept and Group.MISSING_COLUMNS not in kept
