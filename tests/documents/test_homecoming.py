"""The round trip: exported, saved by somebody, read again. Whatever nobody edited is no change."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from raci.documents.edition import Edition
from raci.documents.speech import Language
from raci.documents.workbook.reader import is_ours, read_home
from raci.domain.homecoming import BroughtBack, bring_home
from raci.domain.lint import lint
from raci.domain.matrix import Matrix, narrowed
from raci.domain.proposal import Proposal
from raci.domain.records import Duty, Role
from tests.documents.opening import written
from tests.documents.rewriting import by_openpyxl, rewritten
from tests.documents.sample import NOW, sample
from tests.documents.strategies import editions
from tests.domain.strategies import matrices

Saved = Callable[[Mapping[str, bytes]], dict[str, Path]]


def home(workbook: bytes, seen: Matrix) -> Proposal:
    """Return what a workbook wants, by way of the JSON in which it leaves the process that reads it."""
    assert is_ours(workbook)
    return bring_home(seen, BroughtBack.from_data(json.loads(json.dumps(read_home(workbook).to_data()))))


def wants(workbook: bytes, seen: Matrix) -> list[str]:
    """Return the wishes and the problems of a workbook in words: none of an untouched one."""
    found = home(workbook, seen)
    return [*(str(wish.about) for wish in found.wishes), *(f"{one.where}: {one.message}" for one in found.problems)]


def edition_of(matrix: Matrix) -> Edition:
    return replace(sample(), matrix=matrix, findings=lint(matrix, today=NOW.date()))


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(editions())
def test_an_untouched_workbook_wants_nothing(edition: Edition) -> None:
    assert wants(written(edition), edition.matrix) == []


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(matrices())
def test_an_untouched_workbook_of_any_sound_matrix_wants_nothing(matrix: Matrix) -> None:
    assert wants(written(edition_of(matrix)), matrix) == []


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(editions())
def test_a_workbook_that_openpyxl_saved_wants_nothing(edition: Edition) -> None:
    assert wants(by_openpyxl(written(edition)), edition.matrix) == []


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(editions())
def test_a_workbook_with_shared_strings_and_other_parts_wants_nothing(edition: Edition) -> None:
    assert wants(rewritten(written(edition)), edition.matrix) == []


@pytest.mark.slow
def test_workbooks_that_libreoffice_saved_want_nothing(resaved: Saved) -> None:
    drawn: list[Edition] = [sample(), *_special_editions().values()]

    @settings(max_examples=12, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(editions())
    def draw(edition: Edition) -> None:
        drawn.append(edition)

    draw()
    files = {str(number): written(edition) for number, edition in enumerate(drawn)}
    for number, path in resaved(files).items():
        assert wants(path.read_bytes(), drawn[int(number)].matrix) == [], number


@pytest.mark.slow
def test_edits_come_home_as_they_were_made_after_libreoffice_saved_them(resaved: Saved) -> None:
    edited = by_openpyxl(written(sample()), _edit)
    (path,) = resaved({"edited": edited}).values()
    expected = wants(edited, sample().matrix)
    assert len(expected) == 8
    assert wants(path.read_bytes(), sample().matrix) == expected


def _edit(book: Any) -> None:
    """Edit a workbook here and there: a formula, a remark, a role, a row more and one less, a proposal, other names."""
    sheet = book["Matrix"]
    sheet["I19"], sheet["H20"], sheet["J21"], sheet["G22"] = "a/r", "R (until May)", "=H21", "Watch the vendor"
    sheet["H7"] = "Project lead"
    sheet.row_dimensions[19].hidden = True
    sheet.delete_rows(30)
    sheet["E70"], sheet["G70"] = "Vendor management", "Thank the vendor"
    book["Grey areas"]["N5"] = "Finance"
    sheet.title = "Unsere Matrix"
    book.move_sheet(sheet, 3)


def _german() -> Language:
    words = {
        "Matrix": "Zuordnung",
        "Grey areas": "Graubereiche",
        "Accountable": "Rechenschaft",
        "Roles": "Rollen & Ämter",
    }
    return Language(translate=lambda text: words.get(text, text))


def _special_editions() -> dict[str, Edition]:
    """Return editions that are special in one way each."""
    edition = sample()
    matrix = edition.matrix
    long = {**matrix.duties, "VEN-4": replace(matrix.duties["VEN-4"], title="x" * 32_767)}
    awkward = (
        "  leading",
        "=1+1",
        "_x0041_",
        "אחריות للعقد",
        "a_x000D_b",
        "two\nlines",
        "#N/A",
        "007",
        "_x005F_x0041_",
    )
    titles = {
        key: replace(duty, title=awkward[number]) if number < len(awkward) else duty
        for number, (key, duty) in enumerate(matrix.duties.items())
    }
    retired = {**matrix.roles, "lead": replace(matrix.roles["lead"], retired=True)}
    empty = replace(matrix, rows={}, cells={}, grey_areas={}, claims={}, decisions={})
    return {
        "long": _with(edition, duties=long),
        "awkward": _with(edition, duties=titles),
        "retired": _with(edition, roles=retired),
        "no rows": replace(edition, matrix=empty, findings=()),
        "no roles": replace(edition, matrix=replace(matrix, columns={}, cells={}), findings=()),
        "german": replace(edition, language=_german()),
        "empty": replace(edition, matrix=Matrix("m", matrix.sheet, matrix.scheme), findings=()),
    }


def _with(edition: Edition, **shelves: Mapping[str, Duty] | Mapping[str, Role]) -> Edition:
    return replace(edition, matrix=replace(edition.matrix, **shelves))


@pytest.mark.parametrize("name", list(_special_editions()))
def test_a_special_workbook_wants_nothing(name: str) -> None:
    edition = _special_editions()[name]
    workbook = written(edition)
    assert wants(workbook, edition.matrix) == []
    assert wants(rewritten(workbook), edition.matrix) == []


def test_a_part_of_a_matrix_wants_nothing_of_the_rest() -> None:
    edition = sample()
    part = replace(
        edition, matrix=narrowed(edition.matrix, ["RES-1", "VEN-4"]), narrowed_to="2 of 54 rows", findings=()
    )
    assert wants(written(part), edition.matrix) == []
