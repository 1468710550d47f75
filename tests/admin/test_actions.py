"""What is done from lists: assigning, withdrawing, exporting, taking back, deleting."""

import io
import json
import zipfile

import openpyxl

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Kind, Sheet
from raci.models.base import new_key
from raci.services.history import verify
from raci.services.loading import load_matrix
from tests.admin.conftest import Page, duty, role
from tests.admin.test_pages import address, populate
from tests.factories import create, write


def chosen(client, model, action, rows, **more) -> Page:
    path = address(model)
    answer = client.post(path, {"action": action, "index": "0", "_selected_action": [row.pk for row in rows], **more})
    return Page(client, path, answer)


def open_grey_area(small, code="VEN-2"):
    populate(small, [code])
    write(small.organisation, small.cell(code, "ITM", "A", ""))
    return models.GreyArea.objects.get(duty__code=code, matrix=small.matrix)


def line(small, code, **values):
    return {f"{small.matrix_key}-{small.duties[code]}-{name}": value for name, value in values.items()}


def test_a_grey_area_is_assigned_in_one_revision(small, alice, count):
    grey_area, before = open_grey_area(small), None
    before = count(small)
    page = chosen(alice, models.GreyArea, "assign", [grey_area])
    assert page.response.status_code == 200
    assert "Contracts outlive projects" in page.text
    assert count(small) == before
    answers = line(small, "VEN-2", owner=small.roles["PM"], does_work="on", rest="C")
    done = page.send(**answers, **{"all-reason": "The project carries the date"})
    assert done.response.status_code == 302, done.errors
    assert count(small) == before + 1
    cells = load_matrix(small.matrix).cells[small.duties["VEN-2"]]
    assert cells == {small.roles["PM"]: "A/R", small.roles["ITM"]: "C"}
    grey_area.refresh_from_db()
    assert grey_area.status == "decided"
    latest = models.Revision.objects.latest("number")
    assert (latest.door, latest.reason) == ("admin", "The project carries the date")
    assert verify(small.organisation) == []


def test_assigning_asks_for_the_reason_and_keeps_what_was_chosen(small, alice, count):
    grey_area = open_grey_area(small)
    before = count(small)
    answers = line(small, "VEN-2", owner=small.roles["PM"], rest="C")
    page = chosen(alice, models.GreyArea, "assign", [grey_area]).send(**answers)
    assert page.response.status_code == 200
    assert any("Say why" in error for error in page.errors)
    assert answers.items() <= page.values.items()
    assert count(small) == before


def test_assigning_over_somebody_elses_letters_is_refused_once_and_then_deliberate(small, alice, count):
    grey_area = open_grey_area(small)
    page = chosen(alice, models.GreyArea, "assign", [grey_area])
    small.set("VEN-2", "ITM", "", "R")
    before = count(small)
    answers = line(small, "VEN-2", owner=small.roles["PM"], rest="C")
    refused = page.send(**answers, **{"all-reason": "Because"})
    assert refused.response.status_code == 200
    assert any("it was empty and is “R” now" in error for error in refused.errors)
    assert count(small) == before
    assert refused.send().response.status_code == 302
    assert load_matrix(small.matrix).letters(small.duties["VEN-2"], small.roles["ITM"]) == "C"


def test_nobody_assigns_what_they_do_not_own(small, sten, count):
    grey_area = open_grey_area(small)
    before = count(small)
    answers = line(small, "VEN-2", owner=small.roles["PM"], rest="C")
    chosen(sten, models.GreyArea, "assign", [grey_area], confirm="yes", **answers)
    assert count(small) == before


def test_a_decision_is_withdrawn_and_never_edited(small, alice, count):
    populate(small)
    decision, grey_area = models.Decision.objects.get(), models.GreyArea.objects.get()
    settled = Change(Address(Kind.GREY_AREA, small.matrix_key, grey_area.key), "status", "open", "decided")
    write(small.organisation, settled)
    before = count(small)
    page = chosen(alice, models.Decision, "withdraw", [decision])
    assert page.response.status_code == 200
    assert page.send(why="No longer so").response.status_code == 302
    decision.refresh_from_db()
    assert decision.withdrawn_on is not None
    grey_area.refresh_from_db()
    assert grey_area.status == "open"
    assert count(small) == before + 1
    again = chosen(alice, models.Decision, "withdraw", [decision])
    assert again.response.status_code == 302
    assert alice.post(address(models.Decision, decision.pk, "change"), {"reason": "x"}).status_code == 403


def test_one_matrix_leaves_as_a_workbook_and_several_in_an_archive(small, alice):
    answer = chosen(alice, models.Matrix, "export_xlsx", [small.matrix]).response
    assert "small-projects-r" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    assert "Matrix" in book.sheetnames
    write(small.organisation, create(Kind.SHEET, Sheet("Projects"), new_key()))
    answer = chosen(alice, models.Matrix, "export_md", models.Matrix.objects.all()).response
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    assert len(set(archive.namelist())) == 2
    assert all(name.endswith(".md") for name in archive.namelist())
    assert chosen(alice, models.Matrix, "export_csv", [small.matrix]).response["Content-Type"].startswith("text/csv")


def test_a_revision_is_taken_back_as_a_new_one(small, alice, opened, count):
    number = small.set("VEN-1", "PM", "", "A").revision
    before = count(small)
    page = opened(alice, address(models.Revision, number.pk, "undo"))
    assert "Gave IT Project Manager A" in page.text
    assert page.send(why="Too early").response.status_code == 302
    assert count(small) == before + 1
    assert models.Revision.objects.latest("number").undoes == number.number
    assert not models.Assignment.objects.exists()
    again = opened(alice, address(models.Revision, number.pk, "undo")).send()
    assert count(small) == before + 1
    assert again.response.status_code == 302


def test_what_was_changed_since_is_not_taken_back(small, alice, opened, count):
    number = small.set("VEN-1", "PM", "", "A").revision
    small.set("VEN-1", "PM", "A", "R")
    before = count(small)
    answer = opened(alice, address(models.Revision, number.pk, "undo")).send()
    assert answer.response.status_code == 200
    assert any("is “R” now" in error for error in answer.errors)
    assert count(small) == before


def test_strangers_take_nothing_back(small, sten):
    number = small.set("VEN-1", "PM", "", "A").revision
    assert sten.get(address(models.Revision, number.pk, "undo")).status_code == 404
    assert sten.post(address(models.Revision, number.pk, "undo")).status_code == 404


def test_deleting_a_cell_empties_it_in_one_revision(small, alice, opened, count):
    small.set("VEN-1", "PM", "", "A")
    before = count(small)
    page = opened(alice, address(models.Assignment, models.Assignment.objects.get().pk, "delete"))
    assert "Took A from IT Project Manager" in page.text
    assert page.send(why="Not theirs").response.status_code == 302
    assert count(small) == before + 1
    assert models.Revision.objects.latest("number").reason == "Not theirs"
    assert not models.Assignment.objects.exists()
    assert verify(small.organisation) == []


def test_a_row_goes_with_its_cells_and_a_matrix_with_all_that_is_part_of_it(small, alice, opened, count):
    populate(small)
    before = count(small)
    row = models.MatrixRow.objects.get(duty=duty(small))
    assert opened(alice, address(models.MatrixRow, row.pk, "delete")).send().response.status_code == 302
    assert count(small) == before + 1
    assert not models.Assignment.objects.exists()
    assert opened(alice, address(models.Matrix, small.matrix.pk, "delete")).send().response.status_code == 302
    assert count(small) == before + 2
    assert not models.Matrix.objects.exists()
    assert models.Duty.objects.count() == 3
    assert verify(small.organisation) == []


def test_what_is_still_in_use_is_not_deleted_and_the_page_says_so(small, alice, opened, count):
    before = count(small)
    answer = opened(alice, address(models.Role, role(small).pk, "delete")).send(why="Gone")
    assert answer.response.status_code == 200
    assert any("still in use elsewhere" in error for error in answer.errors)
    assert answer.values["why"] == "Gone"
    assert count(small) == before


def test_a_deletion_confirmed_on_an_old_page_is_asked_about_again(small, alice, opened, count):
    page = opened(alice, address(models.MatrixRow, models.MatrixRow.objects.first().pk, "delete"))
    small.set("VEN-1", "PM", "", "A")
    before = count(small)
    again = page.send()
    assert again.response.status_code == 200
    assert "Took A from IT Project Manager" in again.text
    assert count(small) == before
    assert again.send().response.status_code == 302
    assert count(small) == before + 1


def test_several_are_deleted_in_one_revision(small, alice, count):
    small.set("VEN-1", "PM", "", "A")
    small.set("VEN-2", "PM", "", "A")
    before = count(small)
    page = chosen(alice, models.Assignment, "delete_selected", models.Assignment.objects.all())
    assert page.response.status_code == 200
    path = address(models.Assignment)
    data = {**page.values, "_selected_action": [cell.pk for cell in models.Assignment.objects.all()]}
    assert alice.post(path, data).status_code == 302
    assert not models.Assignment.objects.exists()
    assert count(small) == before + 1


def test_records_of_two_organisations_are_not_deleted_together(small, other, root, count):
    rows = models.MatrixRow.objects.all()
    answer = chosen(root, models.MatrixRow, "delete_selected", rows)
    assert answer.response.status_code == 302
    assert models.MatrixRow.objects.count() == 6
    assert count(small) == count(other)


def test_the_history_of_a_record_tells_its_revisions(small, alice, opened):
    where = Address(Kind.ROLE, "", small.roles["PM"])
    write(small.organisation, Change(where, "name", "IT Project Manager", "Project lead"))
    page = opened(alice, address(models.Role, role(small).pk, "history"))
    assert "Renamed the role “IT Project Manager” to “Project lead”" in page.text
    assert "Added the role" in page.text


def test_relations_offer_only_what_belongs_to_the_same_organisation(small, other, root, sten):
    asked = {"app_label": "raci", "model_name": "duty", "field_name": "area", "term": ""}
    found = json.loads(root.get("/admin/autocomplete/", {**asked, "organisation": small.organisation.pk}).content)
    assert [item["id"] for item in found["results"]] == [str(duty(small).area_id)]
    found = json.loads(sten.get("/admin/autocomplete/", {**asked, "organisation": small.organisation.pk}).content)
    assert found["results"] == []
