"""The form of one cell, and the same address as JSON."""

import pytest
from django.contrib.auth import get_user_model

from raci import models
from raci.services.loading import load_matrix
from tests.factories import Small

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def small() -> Small:
    return Small()


def member(small: Small, level: str, name: str) -> models.User:
    user = get_user_model().objects.create_user(name, first_name=name.title(), last_name="Lind")
    models.Membership.objects.create(organisation=small.organisation, user=user, level=level)
    return user


@pytest.fixture
def editor(small, client):
    user = member(small, "editor", "eva")
    client.force_login(user)
    return client


def address(small: Small, duty: str = "VEN-1", role: str = "PM") -> str:
    return f"/o/small/matrices/{small.matrix_key}/cells/{small.duties[duty]}/{small.roles[role]}/"


def letters(small: Small) -> str:
    return load_matrix(small.matrix).letters(small.duties["VEN-1"], small.roles["PM"])


def test_the_form_shows_what_the_cell_holds_and_who_changed_it(small, editor):
    small.set("VEN-1", "PM", "", "A/R")
    page = editor.get(address(small)).content.decode()
    assert "holds <strong>A/R</strong>" in page
    assert "Last changed by Tester" in page
    assert '<input type="hidden" name="seen" value="A/R">' in page
    for choice in ("", "A", "R", "C", "I", "A/R"):
        assert f'name="letters" value="{choice}"' in page
    assert page.count(" checked>") == 1


def test_saving_goes_through_the_door_and_back_to_the_matrix(small, editor):
    answer = editor.post(address(small), {"seen": "", "letters": "r/a"})
    assert answer.status_code == 303
    assert letters(small) == "A/R"
    latest = models.Revision.objects.latest("number")
    assert (latest.actor_name, latest.door) == ("Eva Lind", "workspace")


def test_json_tells_letters_and_revision(small, editor):
    number = small.set("VEN-1", "PM", "", "A").revision.number
    assert editor.get(address(small), headers=JSON).json() == {"letters": "A", "revision": number}


def test_json_answers_a_write_with_its_revision(small, editor):
    answer = editor.post(address(small), {"seen": "", "letters": "Consulted"}, headers=JSON)
    latest = models.Revision.objects.latest("number")
    assert (answer.status_code, answer.json()) == (200, {"revision": latest.number, "letters": "C", "changed": True})


def test_what_is_already_so_is_answered_with_the_revision_that_holds(small, editor):
    number = small.set("VEN-1", "PM", "", "A").revision.number
    answer = editor.post(address(small), {"seen": "R", "letters": "A"}, headers=JSON)
    assert answer.json() == {"revision": number, "letters": "A", "changed": False}


def test_a_conflict_shows_both_sides_and_can_be_overwritten_knowingly(small, editor):
    small.set("VEN-1", "PM", "", "A")
    answer = editor.post(address(small), {"seen": "", "letters": "R"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "you wanted <strong>R</strong>, it now holds <strong>A</strong>" in page
    assert "Last changed by Tester" in page
    assert '<input type="hidden" name="seen" value="A">' in page
    assert '<input type="hidden" name="letters" value="R">' in page
    assert letters(small) == "A"
    assert editor.post(address(small), {"seen": "A", "letters": "R"}).status_code == 303
    assert letters(small) == "R"


def test_json_answers_a_conflict_with_what_is_there_and_by_whom(small, editor):
    small.set("VEN-1", "PM", "", "A")
    answer = editor.post(address(small), {"seen": "C", "letters": "R"}, headers=JSON)
    told = answer.json()
    assert (answer.status_code, told["current"], told["by"]) == (409, "A", "Tester")
    assert told["at"].startswith("20")


def test_letters_that_the_scheme_lacks_are_refused_by_name_and_nothing_typed_is_lost(small, editor):
    answer = editor.post(address(small), {"seen": "", "letters": "Z"})
    assert answer.status_code == 422
    assert "“z” is not a letter of RACI; it has A, R, C, I." in answer.content.decode()
    told = editor.post(address(small), {"seen": "", "letters": "C I"}, headers=JSON)
    assert told.status_code == 422
    assert told.json() == {"error": "C and I cannot stand in one cell of RACI."}


def test_a_write_without_what_was_seen_is_428_in_both_forms(small, editor):
    for headers in ({}, JSON):
        assert editor.post(address(small), {"letters": "A"}, headers=headers).status_code == 428
    assert letters(small) == ""


def test_a_write_without_letters_does_not_clear_the_cell(small, editor):
    small.set("VEN-1", "PM", "", "A")
    assert editor.post(address(small), {"seen": "A"}).status_code == 422
    assert letters(small) == "A"


def test_an_empty_choice_clears_the_cell(small, editor):
    small.set("VEN-1", "PM", "", "A")
    assert editor.post(address(small), {"seen": "A", "letters": ""}).status_code == 303
    assert letters(small) == ""


def test_a_cell_of_a_row_or_column_that_the_matrix_lacks_is_not_found(small, editor):
    other = Small("other")
    for duty, role in ((other.duties["VEN-1"], small.roles["PM"]), (small.duties["VEN-1"], "nothing")):
        assert editor.get(f"/o/small/matrices/{small.matrix_key}/cells/{duty}/{role}/").status_code == 404


@pytest.mark.parametrize(
    ("level", "reads", "writes"), [("owner", 200, 303), ("reader", 200, 403), ("auditor", 200, 403)]
)
def test_only_owners_and_editors_write(small, client, level, reads, writes):
    client.force_login(member(small, level, "kim"))
    assert client.get(address(small)).status_code == reads
    assert client.post(address(small), {"seen": "", "letters": "A"}).status_code == writes


def test_a_stranger_finds_nothing(small, client):
    client.force_login(get_user_model().objects.create_user("mallory"))
    for answer in (client.get(address(small)), client.post(address(small), {"seen": "", "letters": "A"})):
        assert answer.status_code == 404


def test_opening_a_cell_takes_the_same_few_queries_however_large_the_matrix(
    small, editor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):  # session, user, matrix, and six for the cell
        editor.get(address(small), headers=JSON)
