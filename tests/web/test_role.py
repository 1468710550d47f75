"""The page of a role and of a new one, without any script."""

import json

import pytest

from raci import models

SEEN = {"name": "IT Manager", "code": "ITM", "kind": "post", "purpose": "", "scope": ""}


@pytest.fixture
def url(cast):
    return cast.url(f"roles/{cast.small.roles['ITM']}/")


def filled(**typed):
    return {**SEEN, **typed, "seen": json.dumps(SEEN), "action": "save"}


def said(client, url, sent):
    return [str(message) for message in client.post(url, sent, follow=True).context["messages"]]


def test_it_shows_what_the_role_holds_where(cast, url):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    (place,) = cast.client("bob").get(url).context["places"].there
    assert (place.matrix.title, place.held) == ("Projects", [("A", 1), ("R", 1)])
    assert "Take out" not in cast.client("bob").get(url).content.decode()


def test_fields_are_saved_and_a_stale_form_keeps_what_was_typed(cast, url):
    client = cast.client("ed")
    assert said(client, url, filled(code="HEAD")) == ["IT Manager has the code HEAD now."]
    assert said(client, url, filled(name="Head of IT", kind="group")) == ["Renamed IT Manager to Head of IT."]
    answer = client.post(url, filled(name="Boss of IT"))
    assert answer.status_code == 409
    assert answer.context["form"]["name"].value() == "Boss of IT"
    assert answer.context["form"]["code"].value() == "HEAD"
    assert models.Role.objects.get(key=cast.small.roles["ITM"]).name == "Head of IT"


def test_it_is_taken_out_added_again_and_retired(cast, url):
    cast.small.set("FIN-1", "ITM", "", "A/R")
    client, here = cast.client("ed"), cast.small.matrix_key
    assert said(client, url, {"action": "remove", "matrix": here}) == [
        "Took IT Manager out of Projects. 1 duty loses its accountable role."
    ]
    assert said(client, url, {"action": "add", "matrix": here}) == ["Added IT Manager to Projects."]
    assert said(client, url, {"action": "retire"}) == ["Retired IT Manager in 1 matrix."]
    assert "IT Manager</a>" not in client.get(cast.url("roles/")).content.decode()
    assert said(client, url, {"action": "restore"}) == ["IT Manager is in use again."]


def test_a_new_role_gets_a_code_and_a_column(cast):
    client = cast.client("ed")
    sent = {"name": "Head of Purchasing", "kind": "post", "matrices": [cast.small.matrix_key]}
    assert said(client, cast.url("roles/new/"), sent) == ["Added Head of Purchasing."]
    role = models.Role.objects.get(name="Head of Purchasing")
    assert (role.code, role.columns.get().matrix.key) == ("HOP", cast.small.matrix_key)
    again = client.post(cast.url("roles/new/"), sent)
    assert again.status_code == 422
    assert "exists already" in again.context["form"].errors["name"][0]


def test_the_lists_lead_to_the_pages(cast, url):
    assert url in cast.client("bob").get(cast.url("roles/")).content.decode()
    duties = cast.client("bob").get(cast.url("duties/")).content.decode()
    assert cast.url(f"duties/{cast.small.duties['VEN-1']}/") in duties
    assert "New duty" not in duties
    assert "New duty" in cast.client("ed").get(cast.url("duties/")).content.decode()
