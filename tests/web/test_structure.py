"""structure.json: what the grid asks for beside letters, and what it is told."""

import json

import pytest

from raci import models
from raci.models.base import new_key
from raci.services.loading import load_matrix

JSON = {"Accept": "application/json"}


@pytest.fixture
def send(cast):
    def post(wish, who="ed", headers=JSON):
        body = wish if isinstance(wish, str) else json.dumps(wish)
        url = cast.url(f"matrices/{cast.small.matrix_key}/structure.json")
        return cast.client(who).post(url, body, content_type="application/json", headers=headers)

    return post


def test_it_answers_with_revision_key_and_sentence(cast, send):
    answer = send(
        {"do": "add-duty", "title": "Pay the vendor", "area": cast.small.area, "after": None, "reason": "New"}
    )
    latest = models.Revision.objects.latest("number")
    duty = models.Duty.objects.get(title="Pay the vendor")
    assert (answer.status_code, answer.json()) == (
        200,
        {"revision": latest.number, "key": duty.key, "sentence": "Added VEN-3 Pay the vendor.", "changed": True},
    )
    assert (latest.actor_name, latest.door, latest.reason) == ("Ed", "workspace", "New")


def test_every_action_of_the_grid_is_understood(cast, send):
    small = cast.small
    duties, roles = small.duties, small.roles
    spare = send({"do": "add-duty", "title": "Spare", "code": "SPARE-1", "area": "", "after": ""}).json()["key"]
    post = send({"do": "add-role", "name": "Procurement", "after": roles["PM"]}).json()["key"]
    wishes = [
        {"do": "remove-rows", "duties": [spare]},
        {"do": "add-row", "duty": spare, "after": duties["VEN-1"]},
        {"do": "rename-duty", "duty": spare, "code": "S-1", "title": "X",
         "seen": {"code": "SPARE-1", "title": "Spare"}},
        {"do": "move-rows", "duties": [spare], "after": "", "area": small.area},
        {"do": "applies", "duty": spare, "applies": False, "reason": "Not here."},
        {"do": "retire-duties", "duties": [spare]},
        {"do": "remove-columns", "roles": [post]},
        {"do": "add-column", "role": post, "after": ""},
        {"do": "rename-role", "role": post, "code": "P", "name": "Buyer",
         "seen": {"code": "PROC", "name": "Procurement"}},
        {"do": "move-columns", "roles": [post], "after": roles["CIO"]},
        {"do": "retire-roles", "roles": [post]},
    ]  # fmt: skip
    said = [(answer.status_code, answer.json().get("changed")) for answer in map(send, wishes)]
    assert said == [(200, True)] * len(wishes)
    assert load_matrix(small.matrix).duties[spare].retired


def test_a_stale_name_is_a_conflict_with_who_and_when(cast, send):
    wish = {"do": "rename-duty", "duty": cast.small.duties["VEN-1"], "code": "VEN-1", "title": "Sign",
            "seen": {"code": "VEN-1", "title": "Do what VEN-1 says"}}  # fmt: skip
    assert send(wish).status_code == 200
    answer = send({**wish, "title": "Seal"})
    told = answer.json()
    assert (answer.status_code, told["field"], told["current"], told["by"]) == (409, "title", {"title": "Sign"}, "Ed")
    assert told["error"].startswith("Ed changed it on ")
    assert told["error"].endswith("it is “Sign” now, not “Seal”.")
    assert told["at"]


def test_what_cannot_be_is_said_with_its_field_and_what_to_do_instead(cast, send):
    small = cast.small
    send({"do": "remove-rows", "duties": [small.duties["FIN-1"]]})
    answer = send({"do": "add-duty", "title": "do what fin-1 SAYS"})
    assert (answer.status_code, answer.json()["field"]) == (422, "title")
    assert answer.json()["offer"] == {"do": "add-row", "duty": small.duties["FIN-1"]}
    taken = send({"do": "add-duty", "title": "Other", "code": "ven-01"})
    assert taken.json() == {"error": "The code “VEN-1” is taken; choose another.", "field": "code"}
    gone = send({"do": "retire-duties", "duties": [new_key()]})
    assert (gone.status_code, gone.json()["field"]) == (422, "duties")


@pytest.mark.parametrize(
    "wish",
    [
        "not json", "[]", {}, {"do": "explode"}, {"do": "add-duty"}, {"do": "add-duty", "title": 5},
        {"do": "move-rows", "duties": "x", "after": ""}, {"do": "move-rows", "duties": ["x"]},
        {"do": "remove-rows", "duties": []}, {"do": "remove-rows", "duties": [[]]},
        {"do": "applies", "duty": "x", "applies": "no"}, {"do": "rename-duty", "duty": "x", "code": "", "title": ""},
        {"do": "rename-duty", "duty": "x", "code": "", "title": "", "seen": {"code": 1}},
        {"do": "add-row", "duty": "x", "after": 7}, {"do": "add-row", "duty": "x", "reason": None},
    ],
)  # fmt: skip
def test_a_wrong_shape_is_refused_and_named(send, wish):
    answer = send(wish)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_text_that_nothing_can_hold_is_refused(send):
    answer = send({"do": "add-duty", "title": "null\0"})
    assert (answer.status_code, answer.json()["field"]) == (422, "title")
    assert send({"do": "add-role", "name": "   "}).json()["field"] == "name"


def test_who_is_signed_out_is_told_so(send):
    answer = send({"do": "add-duty", "title": "x"}, "anonymous")
    assert (answer.status_code, answer.json()) == (401, {"error": "You are signed out."})
