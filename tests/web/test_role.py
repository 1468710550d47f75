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


def lines_of(cast):
    found = models.ReportingLine.objects.filter(organisation=cast.small.organisation)
    return set(found.values_list("role__code", "superior__code", "option", "dotted"))


def test_reporting_lines_are_added_and_removed(cast):
    client, roles = cast.client("ed"), cast.small.roles
    url = cast.url(f"roles/{roles['PM']}/")
    sent = {"action": "report", "superior": roles["CIO"], "option": "2", "dotted": "on"}
    assert said(client, url, sent) == ["IT Project Manager reports to Chief Information Officer."]
    assert lines_of(cast) == {("ITM", "CIO", 1, False), ("PM", "CIO", 2, True)}
    assert "dotted line" in cast.client("bob").get(url).content.decode()
    assert "Add the line" not in cast.client("bob").get(url).content.decode()
    gone = {"action": "release", "superior": roles["CIO"]}
    assert said(client, url, gone) == ["IT Project Manager no longer reports to Chief Information Officer."]
    assert lines_of(cast) == {("ITM", "CIO", 1, False)}
    assert "not there any more" in client.post(url, gone).content.decode()


def test_a_line_that_makes_a_role_its_own_superior_is_refused_at_the_field(cast):
    client, roles = cast.client("ed"), cast.small.roles
    sent = {"action": "report", "superior": roles["ITM"], "option": "1"}
    answer = client.post(cast.url(f"roles/{roles['CIO']}/"), sent)
    assert answer.status_code == 422
    assert answer.context["line_form"].errors["superior"] == [
        "IT Manager reports to Chief Information Officer, directly or not."
    ]
    twice = client.post(cast.url(f"roles/{roles['ITM']}/"), {**sent, "superior": roles["CIO"]})
    assert "reports to Chief Information Officer already" in twice.content.decode()
    assert client.post(cast.url(f"roles/{roles['ITM']}/"), {**sent, "superior": ""}).status_code == 422


def test_a_role_gets_another_name_that_the_search_knows_and_undo_takes_away(cast, url):
    client = cast.client("ed")
    assert said(client, url, {"action": "call", "alias-name": " Delivery lead "}) == [
        "IT Manager is also called “Delivery lead”."
    ]
    found = client.get(cast.url("who-owns/?q=delivery")).content.decode()
    assert "IT Manager" in found
    again = client.post(url, {"action": "call", "alias-name": "DELIVERY LEAD"})
    assert again.status_code == 422
    assert "is another name of a role already" in again.content.decode()
    taken = client.post(url, {"action": "call", "alias-name": "it project manager"})
    assert "is the name of a role itself" in taken.content.decode()
    assert client.post(url, {"action": "call", "alias-name": ""}).status_code == 422
    alias = models.RoleAlias.objects.get()
    assert said(client, url, {"action": "uncall", "alias": alias.key}) == ["Took away the name “Delivery lead”."]
    assert client.post(url, {"action": "uncall", "alias": alias.key}).status_code == 422
    latest = models.Revision.objects.latest("number")
    client.post(cast.url(f"history/{latest.number}/undo/"), {})
    assert models.RoleAlias.objects.get().name == "Delivery lead"


def test_a_reader_sees_other_names_and_changes_none(cast, url):
    cast.client("ed").post(url, {"action": "call", "alias-name": "Delivery lead"})
    page = cast.client("bob").get(url).content.decode()
    assert "Delivery lead" in page
    assert "Add the name" not in page
    assert cast.client("bob").post(url, {"action": "call", "alias-name": "Mine"}).status_code == 403
