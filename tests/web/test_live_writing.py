"""Cells written as data, and steps back and forth through the history."""

import json

import pytest
from django.test import Client

from raci import models
from raci.domain.records import Kind, Row, Sheet
from raci.models.base import new_key
from raci.services.door import Author
from raci.services.loading import load_matrix
from tests.factories import create, write
from tests.web.screens import JSON, base, field, place, screen


def held(cast, duty="FIN-1", role="PM"):
    return load_matrix(cast.small.matrix).letters(*place(cast, duty, role))


def test_many_cells_are_one_revision_with_its_reason(cast):
    shown = screen(cast)
    number = shown.top["revision"]
    changes = [[*place(cast, "FIN-1", "PM"), "", "A"], [*place(cast, "VEN-2", "CIO"), "", "Informed"]]
    answer = shown.post("cells", changes=changes, reason="As agreed")
    assert (answer.status_code, answer.json()["revision"]) == (200, number + 1)
    revision = models.Revision.objects.latest("number")
    assert (revision.size, revision.reason, revision.door, revision.actor_name) == (2, "As agreed", "workspace", "Ed")
    assert answer.json()["by"][0]["mine"] is True


def test_what_is_so_already_is_no_revision(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    shown = screen(cast)
    answer = shown.write((*place(cast, "FIN-1", "PM"), "R", "a"))
    assert (answer.status_code, answer.json()["changed"]) == (200, False)
    assert (answer.json()["rows"], answer.json()["by"]) == ([], [])


def test_a_cell_that_has_moved_is_a_conflict_with_both_sides_and_nothing_is_half_written(cast):
    shown = screen(cast)
    cast.small.set("FIN-1", "PM", "", "A")
    answer = shown.write((*place(cast, "FIN-1", "CIO"), "", "I"), (*place(cast, "FIN-1", "PM"), "", "r"))
    (conflict,) = answer.json()["conflicts"]
    assert answer.status_code == 409
    duty, role = place(cast, "FIN-1", "PM")
    assert conflict.pop("at").startswith("20")
    assert conflict == {"duty": duty, "role": role, "seen": "", "wanted": "R", "current": "A", "by": "Tester"}
    assert held(cast, role="CIO") == ""


def test_all_cells_that_cannot_be_are_named(cast):
    shown = screen(cast)
    fine, odd = place(cast, "FIN-1", "PM"), place(cast, "FIN-1", "ITM")
    answer = shown.write((*fine, "", "A"), (*odd, "", "Z"), (*place(cast, "VEN-1", "CIO"), "", "C I"))
    refused = answer.json()["refused"]
    assert answer.status_code == 422
    assert [(item["duty"], item["role"]) for item in refused] == [odd, place(cast, "VEN-1", "CIO")]
    assert refused[0]["error"] == "“z” is not a letter of RACI; it has A, R, C, I."
    assert answer.json()["error"] == refused[0]["error"]
    assert held(cast) == ""


def test_a_cell_of_no_row_is_named(cast):
    answer = screen(cast).write(("nosuchduty00", cast.small.roles["PM"], "", "A"))
    assert answer.status_code == 422
    assert answer.json()["refused"][0]["duty"] == "nosuchduty00"


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "nonsense", "{}", '{"since": 1}', '{"since": -1, "changes": []}', '{"since": true, "changes": []}',
        '{"since": 1, "changes": [["a", "b", ""]]}', '{"since": 1, "changes": [["a", "b", "", null]]}',
        '{"since": 1, "changes": {}}', '{"since": 1, "changes": [], "reason": 3}', "[" * 5000, '{"since": 1e400}',
    ],
)  # fmt: skip
def test_a_body_that_is_not_of_the_form_is_400_with_a_sentence(cast, body):
    answer = cast.client("ed").post(f"{base(cast)}cells.json", body, content_type=JSON)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


def test_too_many_cells_are_refused_with_a_sentence(cast):
    body = json.dumps({"since": 1, "changes": [["a", "b", "", "A"]] * 20_001})
    answer = cast.client("ed").post(f"{base(cast)}cells.json", body, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]) == (422, "At most 20,000 cells can be written at once.")


def test_a_body_that_is_too_large_is_refused_with_a_sentence(cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = cast.client("ed").post(f"{base(cast)}cells.json", " " * 1001, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]) == (422, "That is too much at once: send it in parts.")


def test_a_write_without_its_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["ed"])
    assert client.post(f"{base(cast)}cells.json", "{}", content_type=JSON).status_code == 403


def test_undo_and_redo_go_through_the_history_and_outlive_a_reload(cast):
    duty, role = place(cast, "FIN-1", "PM")
    shown = screen(cast)
    shown.write((duty, role, "", "A"))
    shown.write((duty, role, "A", "R"))
    back = screen(cast).post("undo").json()
    assert (back["cells"], held(cast)) == ([[duty, role]], "A")
    assert back["sentence"] == "Changed IT Project Manager from R to A for FIN-1 Do what FIN-1 says in Projects"
    assert screen(cast).post("undo").json()["sentence"].startswith("Took A from IT Project Manager")
    assert held(cast) == ""
    assert screen(cast).post("undo").status_code == 404
    assert screen(cast).post("redo").json()["sentence"].startswith("Gave IT Project Manager A for FIN-1")
    assert screen(cast).post("redo").status_code == 200
    assert held(cast) == "R"
    gone = screen(cast).post("redo")
    assert (gone.status_code, gone.json()) == (404, {"error": "There is nothing to do again."})


def test_undo_brings_what_is_newer_like_any_write(cast):
    shown = screen(cast)
    shown.write((*place(cast, "FIN-1", "PM"), "", "A"))
    cast.small.set("FIN-1", "CIO", "", "I")
    assert shown.post("undo").status_code == 200
    assert shown.state() == screen(cast).state()


def test_only_own_steps_are_taken_back(cast):
    screen(cast, "alice").write((*place(cast, "FIN-1", "PM"), "", "A"))
    assert screen(cast, "ed").post("undo").status_code == 404
    assert held(cast) == "A"


def test_only_steps_of_this_matrix_and_its_register_are_taken_back(cast):
    ed, other = Author.of(cast.people["ed"], "workspace"), new_key()
    write(cast.small.organisation, create(Kind.SHEET, Sheet("Elsewhere"), other), author=ed)
    write(cast.small.organisation, create(Kind.ROW, Row(), cast.small.duties["FIN-1"], matrix=other), author=ed)
    assert screen(cast).post("undo").status_code == 404
    title = field(Kind.DUTY, cast.small.duties["FIN-1"], "title", "Do what FIN-1 says", "Pay")
    write(cast.small.organisation, title, author=ed)
    assert screen(cast).post("undo").status_code == 200
    assert models.Duty.objects.get(key=cast.small.duties["FIN-1"]).title == "Do what FIN-1 says"


def test_what_has_changed_since_is_left_as_it_is_and_can_be_passed_over(cast):
    shown = screen(cast)
    shown.write((*place(cast, "FIN-1", "ITM"), "", "R"))
    shown.write((*place(cast, "FIN-1", "PM"), "", "A"))
    cast.small.set("FIN-1", "PM", "A", "C")
    answer = shown.post("undo")
    told = answer.json()
    assert (answer.status_code, told["by"]) == (409, "Tester")
    assert told["sentence"].startswith("Took A from IT Project Manager")
    assert held(cast) == "C"
    assert shown.post("undo", skip=[told["number"]]).status_code == 200
    assert held(cast, role="ITM") == ""
    assert shown.post("redo", skip=[told["number"]]).status_code == 200
    assert held(cast, role="ITM") == "R"


def test_what_somebody_else_took_back_already_is_in_the_way(cast):
    shown = screen(cast)
    shown.write((*place(cast, "FIN-1", "PM"), "", "A"))
    cast.small.set("FIN-1", "PM", "A", "")
    answer = shown.post("undo")
    assert (answer.status_code, answer.json()["sentence"][:6]) == (409, "Took A")
