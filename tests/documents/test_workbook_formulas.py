"""What the workbook says of a row, what lint says, and what another program calculates: all the same."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.tally import Tally
from raci.documents.words import Verdicts
from raci.documents.workbook import layout
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, Grid
from raci.domain.lint import LintSettings, lint
from raci.domain.matrix import Matrix
from raci.domain.records import Area, Claim, Column, Decision, Duty, GreyArea, GreyAreaStatus, Role, Row, Sheet
from raci.domain.scheme import Scheme
from tests.documents.opening import by_calamine, by_openpyxl, written
from tests.documents.sample import NOW, sample
from tests.documents.strategies import SCHEMES, editions

RULES = frozenset(("R01", "R02", "R03", "R08", "S04"))


def rules_said(verdicts: Verdicts, said: str) -> set[str]:
    """Return the rules that the words on a row stand for."""
    if said == words.CLEAN:
        return set()
    found = set()
    if said.startswith((words.UNDECIDED, words.NOT_RAISED)):
        found.add("S04")
        said = said.rpartition("; ")[2]
    for part in said.split("; "):
        if part == words.NOBODY:
            found.add("R08")
        elif part == verdicts.no_owner:
            found.add("R01")
        elif part == verdicts.no_doer:
            found.add("R03")
        elif part.split(" ", 1)[0].isdigit():
            found.add("R02")
    assert found, said
    return found


def rules_found(matrix: Matrix, options: LintSettings) -> dict[str, set[str]]:
    """Return the rules on rows that lint reports, by duty, whatever it has put together."""
    found: dict[str, set[str]] = {duty: set() for duty in matrix.applicable_rows}
    for finding in lint(matrix, today=NOW.date(), settings=options):
        if finding.rule in RULES:
            for duty in (finding.subject.duty,) if finding.subject.duty else finding.covers:
                found[duty] |= {"R01", "R03"} if finding.variant == "passive" else {finding.rule}
    return found


@settings(max_examples=200, deadline=None)
@given(editions(st.just("Plain words")))
def test_the_words_on_every_row_agree_with_lint(edition: Edition) -> None:
    matrix = edition.matrix
    tally = Tally(matrix)
    said = {duty: rules_said(tally.verdicts, tally.words_on(duty)) for duty in matrix.applicable_rows}
    assert said == rules_found(matrix, LintSettings())


def test_an_organisation_may_let_owners_do_the_work() -> None:
    matrix = sample().matrix
    assert Tally(matrix).words_on("ROAD-5") == "nobody responsible"
    assert Tally(matrix, owner_may_do=True).words_on("ROAD-5") == words.CLEAN
    assert rules_found(matrix, LintSettings(owner_may_do=True))["ROAD-5"] == set()


def test_the_words_name_what_is_wrong() -> None:
    tally = Tally(sample().matrix)
    assert tally.words_on("VEN-4") == (
        "undecided: claimed by IT project manager and IT manager; IT manager in the interim"
    )
    assert tally.words_on("TEAM-3") == "undecided: claimed by IT project manager and IT manager; 2 accountable"
    assert tally.words_on("FIN-10") == "nobody assigned"
    assert tally.words_on("ROAD-3") == "does not apply: set once for the department"


def test_previewers_see_results_without_calculating() -> None:
    rows = by_calamine(written(sample()), layout.MATRIX)
    assert rows[layout.TOTAL_ROW - 1][layout.AREA_COLUMN - 1] == "54 rows, 48 clean, 5 to settle, 1 not applicable here"
    assert rows[FIRST_ROW - 1][-3:] == [1, 1, "clean"]


def crowd(scheme: Scheme, rows: int = 250) -> Edition:
    """Return a matrix with every kind of row there is, many times over."""
    chance = random.Random(scheme.code)
    columns = ["a", "b", "c"]
    keys = [f"d{number}" for number in range(rows)]
    contents = ("", "", *scheme.combinations)
    held = {key: {role: letters for role in columns if (letters := chance.choice(contents))} for key in keys}
    grey = {
        f"g{key}": GreyArea(key, status=chance.choice(list(GreyAreaStatus)), interim=chance.choice(("", "b")))
        for key in keys
        if chance.random() < 0.4
    }
    matrix = Matrix(
        key="m",
        sheet=Sheet("Crowd"),
        scheme=scheme,
        areas={"one": Area("one", "One"), "two": Area("two", "Two", "", 1, "a", "b")},
        roles={role: Role(role.upper(), f"Role {role}") for role in (*columns, "off")},
        duties={key: Duty(key, f"Duty {key}", chance.choice(("one", "two"))) for key in keys},
        rows={key: Row(place, place % 17 != 0, "=not here") for place, key in enumerate(keys)},
        columns={role: Column(place) for place, role in enumerate(columns)},
        cells={key: row for key, row in held.items() if row},
        grey_areas=grey,
        claims={
            (key, role): Claim(chance.choice(contents))
            for key in grey
            for role in (*columns, "off")
            if chance.random() < 0.4
        },
        decisions={f"s{key}": Decision(key) for key in keys if chance.random() < 0.2},
    )
    findings = lint(matrix, today=NOW.date())
    return Edition("Crowd", matrix, findings, NOW, "x", NOW, "x", "e", "0")


Calculate = Callable[[Mapping[str, bytes]], dict[str, Path]]


@pytest.mark.slow
def test_libreoffice_calculates_what_the_cells_say_and_lint_finds(calculated: Calculate) -> None:
    crowds = {scheme.code: crowd(scheme) for scheme in SCHEMES} | {"sample": sample()}
    books = {name: written(edition) for name, edition in crowds.items()}
    for name, path in calculated(books).items():
        again = load_workbook(path, data_only=True)
        shown = by_openpyxl(books[name], results=True)
        for sheet in (layout.MATRIX, layout.WORKLOAD):
            differing = {
                cell.coordinate: (cell.value, again[sheet][cell.coordinate].value)
                for row in shown[sheet].iter_rows()
                for cell in row
                if not _same(cell.value, again[sheet][cell.coordinate].value)
            }
            assert differing == {}, (name, sheet)
        _agrees_with_lint(again[layout.MATRIX], crowds[name].matrix)


def _same(one: object, other: object) -> bool:
    if isinstance(one, float):
        return one == pytest.approx(other)
    return (one or None) == (other or None)


def _agrees_with_lint(sheet: object, matrix: Matrix) -> None:
    grid = Grid(len(matrix.rows), len(matrix.columns), len(matrix.scheme.letters))
    expected = rules_found(matrix, LintSettings())
    seen = {
        sheet.cell(row, 1).value: rules_said(Verdicts(matrix.scheme), sheet.cell(row, grid.check_column).value)
        for row in range(FIRST_ROW, grid.last_row + 1)
        if matrix.rows[sheet.cell(row, 1).value].applies
    }
    assert seen == expected
    assert len(seen) == len(matrix.applicable_rows)


@pytest.mark.slow
def test_an_edit_changes_counts_and_words_when_calculated(calculated: Calculate) -> None:
    """The control: results follow the letters, so the agreement above is no accident of old results."""
    edition = sample()
    letter = layout.letter(FIRST_ROLE_COLUMN)
    cell = f'<c r="{letter}{FIRST_ROW}" '
    edited = _with_sheet(written(edition), lambda xml: _emptied(xml, cell))
    again = load_workbook(calculated({"edited": edited})["edited"], data_only=True)[layout.MATRIX]
    grid = Grid(len(edition.matrix.rows), len(edition.matrix.columns), 4)
    assert again.cell(FIRST_ROW, grid.check_column).value == "nobody accountable; nobody responsible"
    assert again.cell(layout.TOTAL_ROW, layout.AREA_COLUMN).value.startswith("54 rows, 47 clean, 6 to settle")


def _emptied(xml: str, cell: str) -> str:
    start = xml.index(cell)
    end = xml.index("</c>", start) + len("</c>")
    return xml[:start] + xml[end:]


def _with_sheet(workbook: bytes, edit: Callable[[str], str]) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    stream = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, edit(data.decode()) if name == "xl/worksheets/sheet1.xml" else data)
    return stream.getvalue()
