"""From the database to a file, through somebody's hands, and back through the one door."""

from dataclasses import replace
from typing import Any

import pytest

from raci import models
from raci.documents.workbook.reader import read_home
from raci.domain.change import Address, Change
from raci.domain.diff import diff
from raci.domain.homecoming import bring_home
from raci.domain.matrix import Matrix, value_at
from raci.domain.proposal import Group, Standing, standing
from raci.domain.records import Kind, to_fields
from raci.services import history
from raci.services.door import Author, apply_changes
from raci.services.exporting import export_bytes
from raci.services.loading import load_matrix
from tests.documents.rewriting import by_openpyxl
from tests.documents.sample import NOW, sample
from tests.factories import scheme

BY, AT = "Ann", "2026-11-12T14:05:00.000000+00:00"


@pytest.fixture
def matrix(db: None) -> models.Matrix:
    """Return the sample matrix, written through the door."""
    scheme()
    wanted = sample().matrix
    wanted = replace(wanted, claims={key: replace(one, made_on=NOW.date()) for key, one in wanted.claims.items()})
    organisation = models.Organisation.objects.create(slug="home", name="Home")
    head = Change(Address(Kind.SHEET, "", wanted.key), "", None, to_fields(wanted.sheet))
    empty = Matrix(wanted.key, wanted.sheet, wanted.scheme)
    outcome = apply_changes(
        organisation=organisation, changes=[head, *diff(empty, wanted)], author=Author("Test", "command")
    )
    assert outcome.ok, outcome.refusals
    return models.Matrix.objects.select_related("organisation").get(organisation=organisation)


def edit(book: Any) -> None:
    sheet = book["Matrix"]
    sheet["I19"], sheet["H20"], sheet["G21"], sheet["F22"] = "A", "R (until May)", "Sign every contract", "VEN-55"
    sheet["E23"], sheet["H7"] = "Legal work", "Project lead"
    sheet.delete_rows(30)
    sheet.insert_cols(10)
    sheet["J7"], sheet["J19"] = "Works council", "C"
    sheet["E70"], sheet["G70"], sheet["H70"] = "Vendor management", "Thank the vendor", "A/R"
    book["Grey areas"]["N5"], book["Grey areas"]["O5"] = "Finance", "They pay."
    book["Grey areas"]["D5"], book["Grey areas"]["K5"], book["Grey areas"]["K6"] = "Who pays?", "2027-01-31", None


def test_everything_that_a_file_wants_is_made_by_the_door_as_one_revision(matrix: models.Matrix) -> None:
    content = by_openpyxl(export_bytes(matrix, "xlsx", "Test"), edit)
    brought = read_home(content)
    seen = history.matrix_at(matrix, brought.revision).matrix
    found = bring_home(seen, brought, by=BY, at=AT)
    assert {wish.group for wish in found.wishes} == {
        Group.AREAS, Group.NEW_COLUMNS, Group.NEW_ROWS, Group.TITLES, Group.MOVES, Group.CELLS, Group.MISSING_ROWS,
        Group.TERMS, Group.CLAIMS, Group.COMMENTS,
    }  # fmt: skip
    changes = [change for wish in found.wishes for change in wish.changes if change.before != change.after]
    outcome = apply_changes(organisation=matrix.organisation, changes=changes, author=Author(BY, "import"))
    assert outcome.ok and outcome.revision, (outcome.refusals, outcome.conflicts)
    now = load_matrix(matrix)
    assert now.letters("VEN-2", "itm") == "A"
    assert (now.grey_areas["g-FIN-4"].question, str(now.grey_areas["g-FIN-4"].due_on)) == ("Who pays?", "2027-01-31")
    assert now.grey_areas["g-TEAM-3"].due_on is None
    again = bring_home(seen, read_home(content), by=BY, at=AT)
    current = {(c.address, c.field): value_at(now, c.address, c.field) for w in again.wishes for c in w.changes}
    assert {standing(wish, current)[0] for wish in again.wishes} == {Standing.DONE}
    assert bring_home(now, read_home(export_bytes(matrix, "xlsx", "Test"))).wishes == ()
