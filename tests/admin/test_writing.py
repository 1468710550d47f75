"""Saving in the admin: one revision through the door, or none, and never over somebody else's change."""

import json

import pytest

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.domain.text import code_key
from raci.services.history import verify
from tests.admin.conftest import duty, role
from tests.factories import write

ROLE = "/admin/raci/role/{}/change/"


def test_saving_a_field_makes_one_revision_with_its_reason(small, alice, opened, count):
    before = count(small)
    page = opened(alice, ROLE.format(role(small).pk)).send(name="Project lead", revision_reason="Renamed by the board")
    assert page.response.status_code == 302
    assert role(small).name == "Project lead"
    assert count(small) == before + 1
    latest = models.Revision.objects.latest("number")
    assert (latest.actor_name, latest.door, latest.reason) == ("Alice", "admin", "Renamed by the board")
    assert list(latest.changes.values_list("field", "before", "after")) == [
        ("name", "IT Project Manager", "Project lead")
    ]
    assert verify(small.organisation) == []


def test_saving_what_was_there_makes_no_revision_and_says_so(small, alice, opened, count):
    before = count(small)
    page = opened(alice, ROLE.format(role(small).pk)).send()
    assert page.response.status_code == 302
    assert count(small) == before
    assert "nothing to save" in alice.get("/admin/raci/role/").content.decode()


def test_an_edit_against_a_moved_record_is_refused_with_both_values_and_loses_nothing(small, alice, opened, count):
    page = opened(alice, ROLE.format(role(small).pk))
    write(small.organisation, Change(_role(small), "name", "IT Project Manager", "Programme manager"))
    before = count(small)
    answer = page.send(name="Project lead", purpose="Delivers", revision_reason="Because")
    assert answer.response.status_code == 200
    assert count(small) == before
    said = " ".join(answer.errors)
    assert "it was “IT Project Manager” and is “Programme manager” now. It was Tester, on" in said
    values = answer.values
    assert (values["name"], values["purpose"], values["revision_reason"]) == ("Project lead", "Delivers", "Because")
    assert json.loads(values["seen"])["name"] == "Programme manager"


def test_saving_again_after_a_conflict_replaces_what_was_shown(small, alice, opened):
    page = opened(alice, ROLE.format(role(small).pk))
    write(small.organisation, Change(_role(small), "name", "IT Project Manager", "Programme manager"))
    answer = page.send(name="Project lead").send()
    assert answer.response.status_code == 302
    assert role(small).name == "Project lead"


def test_a_field_that_nobody_touched_keeps_what_somebody_else_wrote(small, alice, opened):
    page = opened(alice, ROLE.format(role(small).pk))
    write(small.organisation, Change(_role(small), "purpose", "", "Delivers"))
    assert page.send(name="Project lead").response.status_code == 302
    assert (role(small).name, role(small).purpose) == ("Project lead", "Delivers")


@pytest.mark.parametrize("seen", ["", "{}", "no json", '["a"]', '{"name": "IT Project Manager"}'])
def test_an_edit_that_does_not_say_what_it_saw_is_refused(small, alice, opened, count, seen):
    before = count(small)
    answer = opened(alice, ROLE.format(role(small).pk)).send(name="Project lead", seen=seen)
    assert "The page was sent incompletely. Load it again." in answer.errors
    assert count(small) == before


def test_what_the_door_refuses_stands_at_its_field(small, alice, opened, count):
    before = count(small)
    answer = opened(alice, ROLE.format(role(small).pk)).send(code="itm")
    assert answer.response.status_code == 200
    form = answer.response.context["adminform"].form
    assert form.errors["code"] == ["The code “ITM” is taken; choose another."]
    assert count(small) == before


def test_text_that_a_workbook_cannot_hold_is_refused(small, alice, opened, count):
    before = count(small)
    for field in ("purpose", "revision_reason"):
        answer = opened(alice, ROLE.format(role(small).pk)).send(name="New", **{field: "bell \x07"})
        assert "U+0007" in answer.response.context["adminform"].form.errors[field][0]
    assert count(small) == before


def test_adding_makes_one_revision_and_leads_to_the_new_record(small, alice, opened, count):
    before = count(small)
    page = opened(alice, "/admin/raci/duty/add/")
    answer = page.send(code="FIN-2", title="Approve invoices", area=str(duty(small).area_id), _continue="1")
    new = models.Duty.objects.get(code="FIN-2")
    assert answer.response["Location"] == f"/admin/raci/duty/{new.pk}/change/"
    assert (new.organisation, new.code_key, new.area) == (small.organisation, code_key("FIN-2"), duty(small).area)
    assert count(small) == before + 1
    assert verify(small.organisation) == []


def test_adding_what_the_door_refuses_keeps_what_was_typed(small, alice, opened, count):
    before = count(small)
    answer = opened(alice, "/admin/raci/duty/add/").send(code="ven-1", title="Again")
    assert answer.response.status_code == 200
    assert "The code “VEN-1” is taken; choose another." in answer.errors
    assert answer.values["title"] == "Again"
    assert count(small) == before


def test_a_page_and_what_hangs_on_it_make_one_revision(small, alice, opened, count):
    before = count(small)
    line = {
        "lines-TOTAL_FORMS": "1",
        "lines-0-superior": str(role(small, "CIO").pk),
        "lines-0-option": "1",
        "lines-0-role": str(role(small).pk),
    }
    page = opened(alice, ROLE.format(role(small).pk)).send(name="Project lead", **line)
    assert page.response.status_code == 302
    assert count(small) == before + 1
    assert models.Revision.objects.latest("number").size == 2
    assert role(small).lines.get().superior == role(small, "CIO")
    gone = opened(alice, ROLE.format(role(small).pk)).send(**{"lines-0-DELETE": "on"})
    assert gone.response.status_code == 302
    assert not role(small).lines.exists()
    assert verify(small.organisation) == []


def test_a_refused_line_keeps_the_whole_page_from_being_saved(small, alice, opened, count):
    page = opened(alice, ROLE.format(role(small, "ITM").pk))
    write(small.organisation, Change(_line(small), "note", "", "On paper"))
    before = count(small)
    answer = page.send(**{"name": "Head of IT", "lines-0-note": "In fact"})
    assert answer.response.status_code == 200
    assert "it was empty and is “On paper” now" in " ".join(answer.errors)
    assert count(small) == before
    assert role(small, "ITM").name == "IT Manager"
    assert answer.send().response.status_code == 302
    assert role(small, "ITM").lines.get().note == "In fact"


def test_removing_a_line_that_somebody_changed_is_refused(small, alice, opened, count):
    page = opened(alice, ROLE.format(role(small, "ITM").pk))
    write(small.organisation, Change(_line(small), "note", "", "On paper"))
    before = count(small)
    answer = page.send(**{"lines-0-DELETE": "on"})
    assert answer.response.status_code == 200
    assert "Somebody changed it in the meantime, so it is not removed." in " ".join(answer.errors)
    assert count(small) == before


def _role(small):
    return Address(Kind.ROLE, "", small.roles["PM"])


def _line(small):
    return Address(Kind.LINE, "", small.roles["ITM"], small.roles["CIO"])
