"""The page on which a duty is assigned."""

import json

from raci import models
from raci.services.loading import load_matrix


def row(cast):
    loaded = load_matrix(cast.small.matrix)
    codes = {key: code for code, key in cast.small.roles.items()}
    return {codes[role]: letters for role, letters in loaded.cells.get(cast.small.duties["VEN-1"], {}).items()}


def test_it_shows_both_claims_with_their_reasons(cast):
    page = cast.client("ed").get(cast.assign_url()).content.decode()
    assert "Who signs?" in page
    assert "The project carries the date." in page
    assert "Contracts outlive projects." in page
    assert "Accountable and Responsible" in page


def test_deciding_writes_cells_decision_and_history_as_one_revision(cast):
    before = models.Organisation.objects.get(slug="small").revision
    answer = cast.client("ed").post(cast.assign_url(), cast.answers(), follow=True)
    assert answer.status_code == 200
    assert row(cast) == {"PM": "A/R", "ITM": "C"}
    decision = models.Decision.objects.get()
    assert (decision.owner.code, decision.reason, decision.decided_by) == ("PM", "Contracts outlive projects.", "Ed")
    assert models.GreyArea.objects.get(key=cast.contested).status == "decided"
    assert models.Organisation.objects.get(slug="small").revision == before + 1
    assert "is decided" in answer.content.decode()
    assert f'action="/o/small/history/{before + 1}/undo/"' in answer.content.decode()


def test_preview_says_what_would_change_and_writes_nothing(cast):
    sent = cast.answers() | {"action": f"preview:{cast.small.matrix_key}"}
    page = cast.client("ed").post(cast.assign_url(), sent).content.decode()
    assert "Gave IT Project Manager A/R" in page
    assert "Contracts outlive projects.</textarea>" in page
    assert not models.Decision.objects.exists()


def test_an_invalid_form_names_the_fields_and_keeps_what_was_typed(cast):
    sent = cast.answers(reason="") | {cast.name(f"letters_{cast.small.roles['ITM']}"): ""}
    answer = cast.client("ed").post(cast.assign_url(), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why" in page
    assert "Say what this role does" in page
    assert page.count("checked") >= 2


def test_a_third_role_can_be_accountable(cast):
    roles = cast.small.roles
    sent = cast.answers(owner="PM", other_owner=roles["CIO"]) | {
        cast.name("owner"): "other",
        cast.name(f"letters_{roles['PM']}"): "R",
    }
    cast.client("ed").post(cast.assign_url(), {name: value for name, value in sent.items() if "does_work" not in name})
    assert row(cast) == {"CIO": "A", "PM": "R", "ITM": "C"}


def test_a_conflict_shows_both_sides_who_and_when_and_loses_nothing(cast):
    cast.small.set("VEN-1", "ITM", "", "I")
    answer = cast.client("ed").post(cast.assign_url(), cast.answers())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody was faster" in page
    assert "want <b>C</b>; now there is <b>I</b>" in page
    assert "Changed by Tester" in page
    assert "Contracts outlive projects.</textarea>" in page
    seen = json.dumps({cast.small.roles["ITM"]: "I"}).replace('"', "&quot;")
    assert f'value="{seen}"' in page


def test_sent_again_after_a_conflict_it_is_written(cast):
    cast.small.set("VEN-1", "ITM", "", "I")
    now = json.dumps({cast.small.roles["ITM"]: "I"})
    cast.client("ed").post(cast.assign_url(), cast.answers(seen=now))
    assert row(cast) == {"PM": "A/R", "ITM": "C"}


def test_the_suggestion_fills_the_form_in_and_is_not_in_force(cast):
    client = cast.client("ed")
    page = client.get(cast.assign_url("VEN-2")).content.decode()
    assert "Suggested starting position" in page
    query = page.split('href="?')[1].split("#")[0].replace("&amp;", "&")
    filled = client.get(f"{cast.assign_url('VEN-2')}?{query}").content.decode()
    assert f'value="{cast.small.roles["ITM"]}" id="id_{cast.small.matrix_key}-owner_1"' in filled
    assert "checked" in filled.split(f'id="id_{cast.small.matrix_key}-owner_1"')[1][:60]
    assert load_matrix(cast.small.matrix).cells == {}


def test_proposed_letters_of_third_roles_are_taken_over_only_when_ticked(cast):
    roles, name = cast.small.roles, cast.name
    sent = cast.answers(owner="ITM", other="PM") | {"action": "decide:all"}
    cast.client("ed").post(cast.assign_url("VEN-2"), sent | {name(f"take_{roles['CIO']}"): "on"})
    loaded = load_matrix(cast.small.matrix)
    assert loaded.letters(cast.small.duties["VEN-2"], roles["CIO"]) == "I"
    cast.client("ed").post(cast.assign_url("VEN-1"), cast.answers())
    assert "CIO" not in row(cast)


def test_a_reader_sees_the_claims_and_no_form(cast):
    page = cast.client("bob").get(cast.assign_url()).content.decode()
    assert "The project carries the date." in page
    assert "<textarea" not in page


def test_a_contributor_is_led_to_claiming(cast):
    page = cast.client("connie").get(cast.assign_url()).content.decode()
    assert f"/o/small/grey-areas/{cast.contested}/claim/" in page


def test_text_that_no_workbook_can_hold_is_refused_with_its_place(cast):
    answer = cast.client("ed").post(cast.assign_url(), cast.answers(reason="bell \x07 rings"))
    assert answer.status_code == 422
    assert "U+0007 at position 6" in answer.content.decode()


def test_a_decided_duty_can_be_decided_anew(cast):
    client = cast.client("ed")
    client.post(cast.assign_url(), cast.answers())
    seen = json.dumps({cast.small.roles["PM"]: "A/R", cast.small.roles["ITM"]: "C"})
    client.post(cast.assign_url(), cast.answers(owner="ITM", other="PM", seen=seen))
    assert row(cast) == {"PM": "C", "ITM": "A/R"}
    assert models.Decision.objects.in_force().get().owner.code == "ITM"


def test_a_form_that_forgot_what_it_showed_is_refused(cast):
    sent = {name: value for name, value in cast.answers().items() if not name.endswith("seen")}
    answer = cast.client("ed").post(cast.assign_url(), sent)
    assert answer.status_code == 422
    assert "sent incompletely" in answer.content.decode()
