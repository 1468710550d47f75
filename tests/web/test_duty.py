"""The page of a duty and of a new one: fields, where it stands, the end of it; without any script."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import Duty, Kind, Row, Sheet
from raci.models.base import new_key
from raci.services.loading import load_matrix
from tests.factories import create, write

SEEN = {"title": "Do what VEN-1 says", "code": "VEN-1", "note": "", "is_control": False}


@pytest.fixture
def url(cast):
    return cast.url(f"duties/{cast.small.duties['VEN-1']}/")


def filled(cast, seen=(), **typed):
    """What a browser sends from the form: the fields as they were shown but for what was typed."""
    shown = {**SEEN, "area": cast.small.area, **dict(seen)}
    sent = {name: "on" if value is True else value for name, value in {**shown, **typed}.items() if value is not False}
    return {**sent, "seen": json.dumps(shown), "action": "save"}


def follow(client, url, sent):
    answer = client.post(url, sent, follow=True)
    return answer, [str(message) for message in answer.context["messages"]]


def test_it_shows_where_the_duty_stands_and_what_can_be_done(cast, url):
    cast.small.set("VEN-1", "PM", "", "A/R")
    page = cast.client("ed").get(url).content.decode()
    for words in ("Projects", "Accountable and Responsible", "Undecided", "Take out", "Does not apply here", "Retire"):
        assert words in page
    shown = cast.client("bob").get(url).content.decode()
    assert "Accountable and Responsible" in shown
    assert not any(words in shown for words in ("Take out", "Retire", 'name="title"'))


def test_fields_are_saved_as_one_revision_with_undo(cast, url):
    client = cast.client("ed")
    answer, said = follow(client, url, filled(cast, title="Sign", code="VEN-7", area="", is_control="on"))
    assert said == ["Renamed VEN-1 Do what VEN-1 says to VEN-7 Sign."]
    duty = models.Duty.objects.get(key=cast.small.duties["VEN-1"])
    assert (str(duty), duty.area, duty.is_control) == ("VEN-7 Sign", None, True)
    revision = models.Revision.objects.latest("number")
    assert (revision.size, revision.door) == (4, "workspace")
    assert f"/history/{revision.number}/undo/" in answer.content.decode()


def test_a_stale_form_is_a_conflict_and_nothing_typed_is_lost(cast, url):
    client = cast.client("ed")
    client.post(url, filled(cast, title="Sign", note="By two."))
    answer = client.post(url, filled(cast, title="Seal", code="VEN-8"))
    page, form = answer.content.decode(), answer.context["form"]
    assert answer.status_code == 409
    assert "You saw <b>Do what VEN-1 says</b> and want <b>Seal</b>; now there is <b>Sign</b>" in page
    assert "Changed by Ed" in page
    # What was typed stays, what was left alone follows the other one.
    assert (form["title"].value(), form["code"].value(), form["note"].value()) == ("Seal", "VEN-8", "By two.")
    again = {name: form[name].value() for name in ("title", "code", "note", "area", "seen")}
    client.post(url, {**again, "action": "save"})
    duty = models.Duty.objects.get(key=cast.small.duties["VEN-1"])
    assert (str(duty), duty.note) == ("VEN-8 Seal", "By two.")


def test_a_box_ticked_by_somebody_else_stays_ticked(cast, url):
    client = cast.client("ed")
    client.post(url, filled(cast, is_control="on", title="Sign"))
    form = client.post(url, filled(cast, title="Seal")).context["form"]
    assert form["is_control"].value() is True


def test_a_box_that_somebody_else_cleared_stays_clear(cast, url):
    client = cast.client("ed")
    client.post(url, filled(cast, is_control="on"))
    shown = {"is_control": True}
    client.post(url, filled(cast, shown, is_control=False, title="Sign"))
    form = client.post(url, filled(cast, shown, title="Seal")).context["form"]
    assert form["is_control"].value() is False


def test_what_the_door_refuses_stands_at_its_field(cast, url):
    answer = cast.client("ed").post(url, filled(cast, code="ven-2", title="Sign"))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"code": ["The code “VEN-2” is taken; choose another."]}
    assert 'value="Sign"' in answer.content.decode()
    empty = cast.client("ed").post(url, filled(cast, code="", title=""))
    assert empty.context["form"].errors.keys() == {"title"}


@pytest.mark.parametrize("seen", ["", "{}", "[]", "null", "x", '{"title": 1}'])
def test_a_form_that_forgot_what_it_showed_overwrites_nothing(cast, url, seen):
    answer = cast.client("ed").post(url, {**filled(cast, title="Sign"), "seen": seen})
    assert answer.status_code == 422
    assert models.Duty.objects.filter(title="Do what VEN-1 says").exists()


def test_it_is_taken_out_and_added_again(cast, url):
    client, here = cast.client("ed"), cast.small.matrix_key
    _, said = follow(client, url, {"action": "remove", "matrix": here})
    assert said == ["Took VEN-1 Do what VEN-1 says out of Projects. 1 open grey area is withdrawn."]
    page = client.get(url).content.decode()
    assert "No matrix yet" in page
    _, said = follow(client, url, {"action": "add", "matrix": here})
    assert said == ["Added VEN-1 Do what VEN-1 says to Projects."]


def test_it_does_not_apply_for_a_reason_and_applies_again(cast, url):
    client, here = cast.client("ed"), cast.small.matrix_key
    refused = client.post(url, {"action": "out", "matrix": here, "reason": " "})
    assert refused.status_code == 422
    assert "Say why it does not apply." in refused.content.decode()
    follow(client, url, {"action": "out", "matrix": here, "reason": "No vendor."})
    assert "No vendor." in client.get(url).content.decode()
    follow(client, url, {"action": "applies", "matrix": here})
    assert load_matrix(cast.small.matrix).rows[cast.small.duties["VEN-1"]].applies


def test_it_retires_leaves_the_lists_and_comes_back(cast, url):
    client = cast.client("ed")
    _, said = follow(client, url, {"action": "retire"})
    assert said == ["Retired VEN-1 Do what VEN-1 says in 1 matrix. 1 open grey area is withdrawn."]
    assert "Bring back" in client.get(url).content.decode()
    assert "Do what VEN-1 says" not in client.get(cast.url("duties/")).content.decode()
    assert "Do what VEN-1 says" in client.get(cast.url("duties/"), {"retired": "shown"}).content.decode()
    follow(client, url, {"action": "restore"})
    assert not models.Duty.objects.filter(retired=True).exists()


@pytest.mark.parametrize("sent", [{"action": "explode"}, {"action": "add"}, {"action": "remove", "matrix": "other"}])
def test_a_button_that_asks_for_what_is_not_there_does_nothing(cast, url, sent):
    sent = {**sent, "matrix": cast.other.matrix_key} if sent.get("matrix") else sent
    before = models.Revision.objects.count()
    answer = cast.client("ed").post(url, sent)
    assert answer.status_code == 422
    assert "not there any more" in answer.content.decode()
    assert models.Revision.objects.count() == before


def test_a_new_duty_stands_where_it_was_ticked(cast):
    client, here = cast.client("ed"), cast.small.matrix_key
    page = client.get(cast.url("duties/new/"), {"matrices": here, "area": cast.small.area})
    assert page.context["form"]["matrices"].value() == here
    assert page.content.decode().count("checked") == 1
    sent = {"title": "Pay the vendor", "area": cast.small.area, "note": "In time.", "matrices": [here]}
    answer, said = follow(client, cast.url("duties/new/"), sent)
    assert said == ["Added VEN-3 Pay the vendor."]
    duty = models.Duty.objects.get(title="Pay the vendor")
    assert answer.redirect_chain == [(cast.url(f"duties/{duty.key}/"), 302)]
    assert (duty.note, duty.rows.get().matrix.key) == ("In time.", here)


def test_a_new_duty_that_exists_is_not_made_twice(cast):
    answer = cast.client("ed").post(cast.url("duties/new/"), {"title": "do what ven-1 SAYS", "note": "Mine"})
    assert answer.status_code == 422
    (message,) = answer.context["form"].errors["title"]
    assert message.startswith("VEN-1 Do what VEN-1 says exists already.")
    assert "Mine" in answer.content.decode()


def test_matrices_of_others_are_no_choice(cast):
    sent = {"title": "Pay", "matrices": [cast.other.matrix_key]}
    assert cast.client("ed").post(cast.url("duties/new/"), sent).status_code == 422


def test_the_number_of_queries_does_not_grow_with_the_matrices(cast, url):
    client = cast.client("ed")

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    one = count()
    for number in range(5):
        key = new_key()
        rows = [create(Kind.ROW, Row(1), cast.small.duties["VEN-1"], matrix=key)] if number % 2 else []
        write(cast.small.organisation, create(Kind.SHEET, Sheet(f"More {number}"), key), *rows)
    write(cast.small.organisation, *(create(Kind.DUTY, Duty(f"X-{n}", f"Try {n}"), new_key()) for n in range(9)))
    assert count() == one
