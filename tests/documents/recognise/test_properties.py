"""Any grid comes back exactly, however it is laid out; random text never becomes one."""

import string
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from raci.documents.intake.recognise import recognise
from raci.documents.intake.table import Medium, Sheaf, Table, column_letters
from raci.domain.reading import Reading
from tests.documents.recognise.making import cells, only, read_rows

ROLE_NAMES = st.sampled_from(
    ["Manager", "Engineer", "Analyst", "Director", "Crew", "Auditor", "Sponsor", "Supplier", "IT"]
)
VERBS = st.sampled_from(["Plan", "Check", "Approve", "Paint", "Repair", "Publish", "Deliver"])
THINGS = st.sampled_from(["the quay", "ferry tickets", "a crane", "safety drills", "winter tyres", "the annual report"])
LETTERS = ("R", "A", "C", "I", "AR", "CI", "RC", "")
STYLES = {
    "slash": "/".join,
    "spaced": " / ".join,
    "comma": ", ".join,
    "blank": " ".join,
    "run": "".join,
    "lower": lambda letters: "/".join(letters).lower(),
    "brackets": lambda letters: f"({'/'.join(letters)})",
    "outer": lambda letters: f"  {'/'.join(letters)} ",
    "words": lambda letters: ", ".join(
        {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}[one] for one in letters
    ),
}


@dataclass(frozen=True)
class Drawn:
    """A grid as it is meant."""

    roles: list[str]
    duties: list[str]
    letters: list[list[str]]

    @property
    def cells(self) -> dict[tuple[str, str], str]:
        return {
            (duty, role): "/".join(letters)
            for duty, row in zip(self.duties, self.letters, strict=True)
            for role, letters in zip(self.roles, row, strict=True)
            if letters
        }


@st.composite
def grids(draw: st.DrawFn) -> Drawn:
    roles = [f"{name} {number}" for number, name in enumerate(draw(st.lists(ROLE_NAMES, min_size=2, max_size=7)), 1)]
    count = draw(st.integers(2, 9))
    duties = [f"{draw(VERBS)} {draw(THINGS)} {'abcdefghi'[number]}" for number in range(count)]
    rows = [[draw(st.sampled_from(LETTERS)) for _ in roles] for _ in duties]
    # Each role and each duty has something, and all letters occur: no reader could know an empty one.
    for number in range(max(len(roles), count)):
        row, column = number % count, number % len(roles)
        rows[row][column] = rows[row][column] or "RACI"[number % 4]
    rows[0][0], rows[-1][-1], rows[0][-1] = "A", "R", "C"
    return Drawn(roles, duties, rows)


@st.composite
def layouts(draw: st.DrawFn, grid: Drawn) -> list[list[str]]:
    """Draw a sheet that holds the grid: offset, title, legend, groups, sections, extra columns, style and none-mark."""
    style, none = STYLES[draw(st.sampled_from(sorted(STYLES)))], draw(st.sampled_from(["", "-", "—", "N/A", "N"]))
    before = draw(st.permutations(["ID", "Status"]))[: draw(st.integers(0, 2))]
    after = ["Due date"][: draw(st.integers(0, 1))]
    rows: list[list[str]] = []
    if draw(st.booleans()):
        rows += [["Ferry landing: who does what"], []]
    if draw(st.booleans()):
        rows += [["R = Responsible, A = Accountable, C = Consulted, I = Informed"], []]
    if draw(st.booleans()) and len(grid.roles) > 2:
        half = len(grid.roles) // 2
        groups = ["North"] * half + ["South"] * (len(grid.roles) - half)
        rows.append(["" for _ in before] + [""] + groups)
    rows.append([*before, draw(st.sampled_from(["Task", "Activity", "Aufgabe", "Tâche", ""])), *grid.roles, *after])
    sectioned = draw(st.booleans())
    for number, (duty, letters) in enumerate(zip(grid.duties, grid.letters, strict=True)):
        if sectioned and number % 3 == 0:
            rows.append(["" for _ in before] + [f"Stage {'ABC'[number // 3]}"])
        extra = {"ID": f"T-{number}", "Status": ("Open", "Done")[number % 2], "Due date": f"2026-01-{number + 10}"}
        written = [style(tuple(one)) if one else none for one in letters]
        rows.append([*(extra[name] for name in before), duty, *written, *(extra[name] for name in after)])
    left = draw(st.integers(0, 2))
    return [*([] for _ in range(draw(st.integers(0, 3)))), *([*([""] * left), *row] for row in rows)]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_grid_in_any_layout_comes_back_exactly(data: st.DataObject) -> None:
    grid = data.draw(grids())
    rows = data.draw(layouts(grid))
    matrix = only(read_rows(*rows))
    assert [party.name for party in matrix.parties] == grid.roles
    assert [item.title for item in matrix.items] == grid.duties
    assert cells(matrix) == grid.cells


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_columns_of_letters_with_names_come_back_exactly(data: st.DataObject) -> None:
    grid = data.draw(grids())
    heads = data.draw(st.sampled_from([("R", "A", "C", "I"), ("Responsible", "Accountable", "Consulted", "Informed")]))
    order = data.draw(st.permutations(range(4)))
    rows = [["Task", *(heads[place] for place in order)]]
    for duty, letters in zip(grid.duties, grid.letters, strict=True):
        holders = [
            ", ".join(role for role, one in zip(grid.roles, letters, strict=True) if "RACI"[place] in one)
            for place in order
        ]
        rows.append([duty, *holders])
    expected = {key: set(letters.split("/")) for key, letters in grid.cells.items()}
    assert {key: set(letters.split("/")) for key, letters in cells(only(read_rows(*rows))).items()} == expected


@given(grids(), st.permutations(["ID", "Status", "Hours", "Comments"]), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_where_the_other_columns_stand_changes_no_cell(grid: Drawn, extras: list[str], after: int) -> None:
    before, behind = extras[after:], extras[:after]
    value = {"ID": "T-{}", "Status": "Open", "Hours": "{}", "Comments": "as last year"}
    rows = [[*before, "Task", *grid.roles, *behind]]
    for number, (duty, letters) in enumerate(zip(grid.duties, grid.letters, strict=True)):
        extra = {name: value[name].format(number) for name in extras}
        written = ["/".join(one) for one in letters]
        rows.append([*(extra[name] for name in before), duty, *written, *(extra[name] for name in behind)])
    assert cells(only(read_rows(*rows))) == grid.cells


@st.composite
def sides(draw: st.DrawFn, grid: Drawn) -> list[list[str]]:
    """Draw the rows of a grid that stands beside another one: with or without codes, a blank row or two above it."""
    coded = draw(st.booleans())
    heading = draw(st.sampled_from(["Task", "Activity", "Aufgabe", "Tâche", ""]))
    rows = [[*(["ID"] if coded else []), heading, *grid.roles]]
    for number, (duty, letters) in enumerate(zip(grid.duties, grid.letters, strict=True)):
        rows.append([*([f"T-{number}"] if coded else []), duty, *("/".join(one) for one in letters)])
    return [*([""] * len(rows[0]) for _ in range(draw(st.integers(0, 3)))), *rows]


def column_of(where: str) -> int:
    """Return the column of an address such as "Plan!AB4", counted from nought."""
    letters = where.removeprefix("Plan!").rstrip(string.digits)
    return next(column for column in range(100) if column_letters(column) == letters)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_any_two_grids_side_by_side_come_back_both_exactly(data: st.DataObject) -> None:
    grids_there = (data.draw(grids()), data.draw(grids()))
    left, right = (data.draw(sides(grid)) for grid in grids_there)
    apart = [""] * data.draw(st.integers(0, 2))
    height = max(len(left), len(right))
    left, right = ([*rows, *([[""] * len(rows[0])] * (height - len(rows)))] for rows in (left, right))
    rows = [[*one, *apart, *other] for one, other in zip(left, right, strict=True)]
    reading = read_rows(*rows)
    found = sorted(reading.matrices, key=lambda matrix: column_of(matrix.parties[0].where))
    assert [[party.name for party in matrix.parties] for matrix in found] == [grid.roles for grid in grids_there]
    assert [[item.title for item in matrix.items] for matrix in found] == [grid.duties for grid in grids_there]
    assert [cells(matrix) for matrix in found] == [grid.cells for grid in grids_there]
    for one in found[1].crossings:
        assert rows[int(one.where.lstrip(string.ascii_letters + "!")) - 1][column_of(one.where)] == one.raw


WORDS = st.text(string.ascii_lowercase, min_size=3, max_size=9).filter(lambda word: word not in ("racio", "raci"))


@given(st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6), max_size=12))
@settings(max_examples=60, deadline=None)
def test_random_text_is_refused_with_a_reason(rows: list[list[str]]) -> None:
    reading = read_rows(*rows)
    assert not reading.matrices
    assert [problem.weight for problem in reading.problems][:1] == ["refused"]


@given(st.lists(st.lists(st.text(max_size=40), max_size=8), max_size=15), st.sampled_from(list(Medium)))
@settings(max_examples=80, deadline=None)
def test_no_text_makes_it_fall_over_and_readings_survive_json(rows: list[list[str]], medium: Medium) -> None:
    reading = recognise(Sheaf("x", (Table(tuple(map(tuple, rows)), medium, name="S"),)))
    assert Reading.from_data(reading.to_data()) == reading
    assert reading.matrices or reading.problems


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "R",
                    "A",
                    "C",
                    "I",
                    "A/R",
                    "",
                    "-",
                    "X",
                    "Task",
                    "R = Responsible",
                    "Ben (A)",
                    "Responsible",
                    "Captain",
                    "R: Ben",
                    "12",
                ]
            ),
            max_size=7,
        ),
        max_size=12,
    )
)
@settings(max_examples=80, deadline=None)
def test_whatever_is_taken_has_its_address(rows: list[list[str]]) -> None:
    reading = read_rows(*rows)
    for matrix in reading.matrices:
        for one in matrix.crossings:
            assert one.letters
            assert one.where.startswith("Plan!")
            assert matrix.items[one.item].title
            assert matrix.parties[one.party].name
