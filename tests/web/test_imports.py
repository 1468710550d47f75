"""The pages of imports: bringing a file or a text, how far it is, how it ended, stopping it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.services.imports import asking, leases
from raci.services.imports.leases import State, take_up
from raci.services.imports.taking_in import take_in
from tests.importing import Parts, ours, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts(monkeypatch, cast):
    made = Parts((cast.small.cell("VEN-1", "PM", "", "R"),))
    made.install(monkeypatch)
    return made


def file(content=b"a;b", name="matrix.csv"):
    return SimpleUploadedFile(name, content)


def send(cast, who="ed", **fields):
    return cast.client(who).post(cast.url("imports/new/"), fields)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def newest():
    return models.Import.objects.first()


def waiting(cast, content=b"a;b", **more):
    """An import that nobody has worked on yet."""
    return take_in(cast.small.organisation, cast.people["ed"], name="matrix.csv", content=content, **more).item


def test_a_foreign_file_leads_to_the_questions_that_it_raises(cast, parts):
    answer = send(cast, file=file(name="C:\\tables\\Café (1).csv"))
    item = newest()
    assert (answer.status_code, answer.url) == (302, cast.url(f"imports/{item.key}/mapping/"))
    assert (item.file_name, item.uploaded_by_name, item.size) == ("Café (1).csv", "Ed", 3)


def test_a_workbook_of_our_own_leads_to_its_preview(cast, parts):
    answer = send(cast, file=file(ours(), "home.xlsx"))
    assert answer.url == cast.url(f"imports/{newest().key}/preview/")


def test_text_is_taken_like_a_file(cast, parts):
    answer = send(cast, text="Duty\tPM\nChoose\tR", matrix=cast.small.matrix_key)
    item = newest()
    assert answer.url.endswith("/mapping/")
    assert (item.file_name, bytes(item.content)) == ("pasted.txt", b"Duty\tPM\nChoose\tR")
    assert item.matrix == cast.small.matrix


def test_a_refused_file_says_why_and_leads_back(cast, parts):
    answer = send(cast, file=file(refused("This is a picture. Upload the workbook.")))
    page = text(cast.client("ed").get(answer.url))
    assert "This is a picture. Upload the workbook." in page
    assert "Nothing was changed by it." in page
    assert cast.url("imports/new/") in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Choose a file, or paste a table"),
        ({"text": "  \n"}, "Choose a file, or paste a table"),
        ({"file": b"", "name": "empty.xlsx"}, "This file is empty"),
        ({"file": b"a", "text": "b"}, "not both"),
        ({"files": 2}, "One file at a time, please: these are 2."),
    ],
)
def test_what_is_no_document_is_sent_back_with_what_to_do(cast, parts, fields, says):
    sent = {name: value for name, value in fields.items() if name == "text"}
    if "file" in fields:
        sent["file"] = file(fields["file"], fields.get("name", "x.csv"))
    if "files" in fields:
        sent["file"] = [file(b"a"), file(b"b")]
    answer = send(cast, **sent)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not models.Import.objects.exists()


def test_a_file_that_is_too_large_is_told_apart_from_a_form_that_is(cast, parts, settings):
    settings.IMPORT_BYTES = 1000
    answer = send(cast, file=file(b"x" * 1001))
    assert answer.status_code == 422
    assert "This file has 1,001 bytes; at most 1,000 are taken." in text(answer)
    huge = send(cast, file=file(b"x" * 1_100_000))
    assert huge.status_code == 413
    assert "too large" in text(huge)


def test_a_text_that_is_too_large_for_a_form_is_refused_in_words(cast, parts, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = send(cast, text="x" * 1001)
    assert answer.status_code == 413
    assert "too large" in text(answer)


def test_an_upload_that_broke_off_is_refused_in_words(cast, parts):
    answer = cast.client("ed").post(
        cast.url("imports/new/"), b"no form at all", content_type="multipart/form-data; boundary="
    )
    assert answer.status_code == 400
    assert "broke off" in text(answer)


def test_a_forged_form_is_refused(cast, parts):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["ed"])
    assert client.post(cast.url("imports/new/"), {"text": "a;b"}).status_code == 403
    assert not models.Import.objects.exists()


def test_the_same_file_again_leads_to_the_import_that_is_there(cast, parts):
    first = send(cast, file=file(ours(), "home.xlsx"))
    again = cast.client("alice").post(cast.url("imports/new/"), {"file": file(ours(), "copy.xlsx")}, follow=False)
    assert again.url == first.url
    assert models.Import.objects.count() == 1


def test_a_file_that_was_applied_says_so_and_can_be_brought_once_more(cast, parts):
    send(cast, file=file(ours(), "home.xlsx"))
    assert asking.begin_applying(newest(), user=cast.people["ed"], shown_revision=2)
    item = newest()
    client = cast.client("ed")
    page = text(client.post(cast.url("imports/new/"), {"file": file(ours(), "home.xlsx")}, follow=True))
    assert f"it became revision {item.revision}" in page
    assert cast.url(f"history/{item.revision}/undo/") in page
    assert "again=1" in page
    form = text(client.get(cast.url("imports/new/") + "?again=1"))
    assert 'name="again" value="True"' in form
    send(cast, file=file(ours(), "home.xlsx"), again="True")
    assert models.Import.objects.count() == 2


def test_while_it_works_the_page_says_how_far_it_is(cast, parts):
    item = waiting(cast)
    lease = take_up(cast.small.organisation.pk)
    lease.beat("parse", 500, 1000)
    client = cast.client("ed")
    page = text(client.get(cast.url(f"imports/{item.key}/")))
    assert "Reading the file" in page
    assert "500 of 1,000" in page
    assert "25 %" in page
    assert 'http-equiv="refresh"' in page
    told = client.get(cast.url(f"imports/{item.key}/state.json"))
    assert told.json() == {
        "works": True,
        "says": "Reading the file",
        "counted": "500 of 1,000",
        "share": 25,
        "standings": ["done", "now", "next", "next", "next"],
    }
    again = client.get(cast.url(f"imports/{item.key}/state.json"), headers={"if-none-match": told["ETag"]})
    assert again.status_code == 304
    lease.beat("parse", 900, 1000)
    later = client.get(cast.url(f"imports/{item.key}/state.json"), headers={"if-none-match": told["ETag"]})
    assert later.json()["share"] == 37


def test_asking_how_far_it_is_costs_little_and_never_loads_the_file(cast, parts):
    item = waiting(cast)
    take_up(cast.small.organisation.pk).beat("guard", 1_048_576, 2_097_152)
    client, address = cast.client("ed"), cast.url(f"imports/{item.key}/state.json")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        told = client.get(address).json()
    assert told["counted"] == "1.0\xa0MB of 2.0\xa0MB"
    assert len(asked) <= 6
    assert not any('"content"' in query["sql"] for query in asked)


def test_looking_at_the_page_starts_what_nobody_works_on(cast, parts):
    item = waiting(cast)
    answer = cast.client("ed").get(cast.url(f"imports/{item.key}/"))
    assert answer.url == cast.url(f"imports/{item.key}/mapping/")


def test_another_state_tells_the_script_that_there_is_nothing_to_wait_for(cast, parts):
    item = waiting(cast)
    assert cast.client("ed").get(cast.url(f"imports/{item.key}/state.json")).json() == {"works": False}


def test_stopping_while_it_is_read_leaves_nothing(cast, parts):
    item = waiting(cast)
    lease = take_up(cast.small.organisation.pk)
    answer = cast.client("ed").post(cast.url(f"imports/{item.key}/cancel/"), follow=True)
    assert "is stopped; nothing was changed" in text(answer)
    with pytest.raises(leases.Cancelled):
        lease.end(State.MAPPING, kind="csv")
    item.refresh_from_db()
    assert (item.state, item.content) == (State.CANCELLED, None)


def test_stopping_too_late_says_how_it_ended(cast, parts):
    send(cast, file=file(ours(), "home.xlsx"))
    asking.begin_applying(newest(), user=cast.people["ed"], shown_revision=2)
    page = text(cast.client("ed").post(cast.url(f"imports/{newest().key}/cancel/"), follow=True))
    assert "It had ended before it could be stopped." in page
    assert f"as revision {newest().revision}" in page


def test_the_list_says_what_became_of_each_file(cast, parts):
    send(cast, file=file(refused("No."), "bad.xlsx"))
    send(cast, file=file(b"a;b", "good.csv"), matrix=cast.small.matrix_key)
    page = text(cast.client("alice").get(cast.url("imports/")))
    assert "bad.xlsx" in page and "Refused" in page
    assert "good.csv" in page and "To be mapped" in page
    narrowed = text(cast.client("alice").get(cast.url("imports/?q=good")))
    assert "bad.xlsx" not in narrowed


def test_the_empty_list_says_what_to_do(cast):
    page = text(cast.client("ed").get(cast.url("imports/")))
    assert "Bring your spreadsheet" in page
    assert cast.url("imports/new/") in page


def test_the_list_takes_as_many_queries_for_many_as_for_few(cast, parts):
    client = cast.client("ed")
    waiting(cast)
    client.get(cast.url("imports/"))
    with CaptureQueriesContext(connection) as few:
        client.get(cast.url("imports/"))
    for number in range(20):
        waiting(cast, f"a;{number}".encode(), matrix=cast.small.matrix)
    with CaptureQueriesContext(connection) as more:
        client.get(cast.url("imports/"))
    assert len(more) == len(few)
    assert not any('"raci_import"."content"' in query["sql"] for query in more)


def test_those_of_another_organisation_are_not_there(cast, parts):
    item = take_in(cast.other.organisation, None, name="x.csv", content=b"x", by="Somebody").item
    client = cast.client("ed")
    assert client.get(cast.url(f"imports/{item.key}/")).status_code == 404
    assert client.post(cast.url("imports/new/"), {"text": "a", "matrix": cast.other.matrix_key}).status_code == 422


def test_the_ways_in_are_for_those_who_may_write(cast):
    address = cast.url("imports/new/")
    for page in ("", "matrices/", f"matrices/{cast.small.matrix_key}/"):
        side = cast.url("imports/")
        assert side in text(cast.client("ed").get(cast.url(page)))
        assert side not in text(cast.client("bob").get(cast.url(page)))
    assert f"{address}?matrix={cast.small.matrix_key}" in text(
        cast.client("ed").get(cast.url(f"matrices/{cast.small.matrix_key}/"))
    )


def test_a_file_is_forgotten_when_it_has_ended_and_its_papers_after_a_month(cast, parts):
    send(cast, file=file(refused("No.")))
    assert newest().content is None
    send(cast, file=file(b"a;b"))
    old = newest()
    models.Import.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timezone.timedelta(days=31))
    send(cast, file=file(b"c;d"))
    old.refresh_from_db()
    assert (old.state, old.content, old.reading) == (State.CANCELLED, None, None)
    assert "30 days" in text(cast.client("ed").get(cast.url(f"imports/{old.key}/")))


def test_a_state_that_is_asked_for_by_somebody_signed_out_is_refused_as_json(cast, parts):
    item = waiting(cast)
    answer = Client().get(cast.url(f"imports/{item.key}/state.json"))
    assert answer.status_code == 401
    assert json.loads(answer.content)["error"]
