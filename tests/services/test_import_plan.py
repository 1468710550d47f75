"""Workbooks of our own, from the file to the preview and to the revision."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from raci import models
from raci.documents.intake.refused import Refused
from raci.documents.workbook.reader import read_home
from raci.domain.proposal import Group, Standing
from raci.services.exporting import export_bytes
from raci.services.imports.leases import Cancelled, State
from raci.services.imports.planning import plan_home
from raci.services.imports.previewing import preview_of
from raci.services.imports.store import packed, proposal_of, unpacked
from raci.services.loading import load_matrix
from tests.factories import Small
from tests.importing_previews import again, applied

pytestmark = pytest.mark.django_db


def nothing(*_: object) -> None:
    """Nobody asks how far it is."""


def brought(small: Small, edit: Callable[[Any], None] = nothing, organisation: Any = None) -> models.Import:
    """Export the matrix, edit its sheet, and bring it back."""
    workbook = load_workbook(BytesIO(export_bytes(small.matrix, "xlsx", "Ed")))
    edit(workbook.worksheets[0])
    stream = BytesIO()
    workbook.save(stream)
    return read(organisation or small.organisation, stream.getvalue())


def read(organisation: models.Organisation, content: bytes) -> models.Import:
    item = models.Import.objects.create(
        organisation=organisation,
        uploaded_by_name="Ed",
        uploaded_at=timezone.now(),
        file_name="matrix.xlsx",
        size=len(content),
        state=State.PLANNING,
        reading=packed({"ours": read_home(content).to_data()}),
    )
    return again(item)


def cell(sheet: Any, duty: str, role: str) -> Any:
    """Return the cell of a duty and a role, by what stands in their heads."""
    rows = {str(one.value): one.row for column in sheet.iter_cols() for one in column if one.value}
    columns = {str(one.value): one.column for row in sheet.iter_rows() for one in row if one.value}
    return sheet.cell(rows[duty], columns[role])


def planned(item: models.Import) -> models.Import:
    plan_home(item, nothing)
    return again(item)


def test_an_untouched_workbook_wants_nothing(small: Small) -> None:
    small.set("VEN-1", "PM", "", "A/R")
    item = planned(brought(small))
    assert item.state == State.READY
    assert item.matrix == small.matrix
    assert proposal_of(item).wishes == ()


def test_letters_that_were_typed_become_a_revision(small: Small) -> None:
    small.set("VEN-1", "PM", "", "A")

    def edit(sheet: Any) -> None:
        cell(sheet, "VEN-1", "IT Project Manager").value = "r/a"
        cell(sheet, "VEN-2", "IT Manager").value = "Accountable"

    item = planned(brought(small, edit))
    assert applied(item).ok
    matrix = load_matrix(small.matrix)
    assert matrix.letters(small.duties["VEN-1"], small.roles["PM"]) == "A/R"
    assert matrix.letters(small.duties["VEN-2"], small.roles["ITM"]) == "A"


def test_what_both_changed_is_a_conflict_and_what_only_one_changed_is_not(small: Small) -> None:
    def edit(sheet: Any) -> None:
        cell(sheet, "VEN-1", "IT Project Manager").value = "A"
        cell(sheet, "VEN-2", "IT Manager").value = "C"

    item = brought(small, edit)
    small.set("VEN-1", "PM", "", "C")
    small.set("FIN-1", "PM", "", "I")
    item = planned(item)
    lines = {line.wish.changes[0].address.subject: line.standing for line in preview_of(item).lines.values()}
    assert lines == {small.duties["VEN-1"]: Standing.DISPUTED, small.duties["VEN-2"]: Standing.OPEN}
    assert applied(item).ok
    matrix = load_matrix(small.matrix)
    assert matrix.letters(small.duties["VEN-1"], small.roles["PM"]) == "C"
    assert matrix.letters(small.duties["FIN-1"], small.roles["PM"]) == "I"


def test_a_row_that_was_deleted_is_left_alone_unless_accepted(small: Small) -> None:
    item = planned(brought(small, lambda sheet: sheet.delete_rows(cell(sheet, "FIN-1", "FIN-1").row)))
    (wish,) = proposal_of(item).wishes
    assert (wish.group, wish.offered) == (Group.MISSING_ROWS, False)
    assert applied(item).revision is None


def test_lint_says_what_is_fixed_and_what_is_added(small: Small) -> None:
    def edit(sheet: Any) -> None:
        cell(sheet, "VEN-1", "IT Project Manager").value = "A/R"

    verdict = unpacked(planned(brought(small, edit)).verdict)
    assert verdict["fixes"] >= 1
    assert any("VEN-1" in str(one["facts"]) for one in verdict["fixed"])
    assert verdict["before"]["applicable"] == 3
    assert verdict["counts"] == [["cells", "open", 1]]


def test_a_workbook_of_another_organisation_is_refused_with_where_it_belongs(small: Small) -> None:
    other = Small("other")
    with pytest.raises(Refused) as refused:
        planned(brought(small, organisation=other.organisation))
    assert "Small" in str(refused.value.sentence)


def test_a_workbook_of_a_revision_that_is_not_there_is_refused(small: Small) -> None:
    item = brought(small)
    data = unpacked(item.reading)
    for number in ("999", "none", ""):
        data["ours"]["facts"]["revision"] = number
        item.reading = packed(data)
        with pytest.raises(Refused, match="which is not there"):
            planned(item)
    data["ours"]["facts"]["revision"] = "0"
    item.reading = packed(data)
    with pytest.raises(Refused, match="was made later"):
        planned(item)


def test_a_plan_that_is_not_wanted_any_more_writes_nothing(small: Small) -> None:
    item = brought(small)
    models.Import.objects.update(state=State.CANCELLED)
    with pytest.raises(Cancelled):
        plan_home(item, nothing)
    assert again(item).proposal is None
