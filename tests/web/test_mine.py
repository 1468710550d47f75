"""What somebody is accountable for, and the calendar of it."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Decision, Duty, Holding, Kind, Row
from raci.models.base import new_key
from raci.services import across
from raci.services.history import verify
from tests.factories import create, write
from tests.web.conftest import RAISED, Cast


@pytest.fixture
def zoe(cast: Cast) -> models.Person:
    """connie as a person who holds the role of the project manager, and is accountable for FIN-1."""
    small = cast.small
    person = models.Person.objects.create(
        organisation=small.organisation, name="Connie C.", email="c@example.org", user=cast.people["connie"]
    )
    write(small.organisation, create(Kind.HOLDING, Holding(person.key), small.roles["PM"], other="hold"))
    small.set("FIN-1", "PM", "", "A")
    return person


def text(cast: Cast, rest: str, who: str = "connie") -> str:
    answer = cast.client(who).get(cast.url(rest))
    assert answer.status_code == 200
    return answer.content.decode()


def decide(cast: Cast, duty: str, review_on: date) -> str:
    key = new_key()
    decision = Decision(
        cast.small.duties[duty], owner=cast.small.roles["PM"], reason="So", decided_on=RAISED, decided_by="Ed",
        review_on=review_on,
    )  # fmt: skip
    write(cast.small.organisation, create(Kind.DECISION, decision, key, matrix=cast.small.matrix_key))
    return key


# --- The page


def test_who_is_linked_to_nobody_and_who_holds_nothing_are_told_so(cast):
    assert "linked to nobody here" in text(cast, "mine/")
    models.Person.objects.create(organisation=cast.small.organisation, name="C", user=cast.people["connie"])
    assert "You hold no role today" in text(cast, "mine/")
    assert not models.Look.objects.filter(user=cast.people["bob"]).exists()


def test_it_shows_roles_duties_and_days(cast, zoe):
    decide(cast, "FIN-1", date(2030, 5, 4))
    shown = text(cast, "mine/")
    assert "IT Project Manager" in shown
    assert "Do what FIN-1 says" in shown
    assert "Do what VEN-2 says" in shown  # not owned, but theirs to claim, and due
    assert "4 May 2030" in shown
    assert "for the first time" in shown


def test_what_changed_since_the_last_look_is_told_once(cast, zoe):
    text(cast, "mine/")
    small = cast.small
    number = models.Organisation.objects.get(pk=small.organisation.pk).revision
    small.set("FIN-1", "CIO", "", "I")
    small.set("VEN-2", "CIO", "", "I")
    shown = text(cast, "mine/")
    assert f"revision {number}" in shown
    assert "Gave Chief Information Officer I for" in shown
    assert shown.count("Gave Chief Information Officer") == 1  # VEN-2 is nothing of theirs
    assert "Nothing that touches" in text(cast, "mine/")
    again = text(cast, f"mine/?since={number}")
    assert "Gave Chief Information Officer I for" in again


def test_a_role_that_is_given_and_taken_is_told(cast, zoe):
    text(cast, "mine/")
    small = cast.small
    write(small.organisation, create(Kind.HOLDING, Holding(zoe.key), small.roles["CIO"], other="more"))
    ended = Change(Address(Kind.HOLDING, "", small.roles["PM"], "hold"), "ends_on", "", "2026-01-01")
    write(small.organisation, ended)
    shown = text(cast, "mine/")
    assert "Chief Information Officer" in shown
    assert shown.count('class="number"') == 2


@pytest.mark.parametrize("since", ["x", "-1", "9" * 30, "²"])
def test_a_strange_revision_is_passed_over(cast, zoe, since):
    assert "What changed for you" in text(cast, f"mine/?since={since}")


def test_others_may_read_it_and_no_look_is_noted(cast, zoe):
    shown = text(cast, f"people/{zoe.key}/owns/", "bob")
    assert "What Connie C. is accountable for" in shown
    assert "Make a calendar" not in shown
    assert "What changed for you" not in shown
    assert not models.Look.objects.exists()


def queries(cast: Cast, url: str) -> int:
    client = cast.client("connie")
    for _ in range(2):
        across._cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(cast, zoe):
    small, urls = cast.small, (cast.url("mine/"), cast.url("mine/?since=1"))
    few = [queries(cast, url) for url in urls]
    changes = []
    for at in range(12):
        key = new_key()
        changes += [
            create(Kind.DUTY, Duty(f"NEW-{at}", f"Do {at}"), key),
            create(Kind.ROW, Row(10 + at), key, matrix=small.matrix_key),
            Change(Address(Kind.CELL, small.matrix_key, key, small.roles["PM"]), "letters", "", "A/R"),
        ]
    for role in ("CIO", "ITM"):
        changes.append(create(Kind.HOLDING, Holding(zoe.key), small.roles[role], other=new_key()))
    write(small.organisation, *changes)
    decide(cast, "FIN-1", date(2030, 5, 4))
    queries(cast, urls[0])
    assert [queries(cast, url) for url in urls] == few


# --- The calendar


def make(cast: Cast, who: str = "connie", action: str = "make") -> str:
    """Make a feed; return the address that is shown, "" where none is."""
    answer = cast.client(who).post(cast.url("mine/feed/"), {"action": action})
    assert answer.status_code in (200, 302)
    assert "no-store" in answer["Cache-Control"]
    found = answer.content.decode().partition("/feeds/")[2].partition(".ics")[0]
    return f"/feeds/{found}.ics" if found else ""


def read(url: str, **headers: str):
    return Client().get(url, headers=headers)


def test_a_calendar_is_read_without_signing_in_and_has_the_days(cast, zoe):
    key = decide(cast, "FIN-1", date(2030, 5, 4))
    url = make(cast)
    assert len(url) > 43
    answer = read(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    events = {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    (review,) = [one for uid, one in events.items() if key in uid]
    assert review["summary"] == "Look again at the decision: FIN-1 Do what FIN-1 says"
    assert review["dtstart"].dt == date(2030, 5, 4)
    assert any("Grey area due" in str(one["summary"]) for one in events.values())
    assert models.Feed.objects.get().read_at is not None


def test_only_a_hash_of_the_secret_is_kept(cast, zoe):
    secret = make(cast).removeprefix("/feeds/").removesuffix(".ics")
    assert secret not in str(models.Feed.objects.values())
    assert secret not in text(cast, "mine/")


def test_it_answers_304_until_something_changes(cast, zoe):
    url = make(cast)
    tag = read(url)["ETag"]
    same = read(url, if_none_match=tag)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    cast.small.set("VEN-2", "CIO", "", "I")
    assert read(url, if_none_match=tag).status_code == 200


def test_a_new_address_replaces_the_old_one_and_revoking_ends_both(cast, zoe):
    old, new = make(cast), make(cast)
    assert (read(old).status_code, read(new).status_code) == (404, 200)
    make(cast, action="revoke")
    assert read(new).status_code == 404
    assert read("/feeds/unknown.ics").status_code == 404


def leave(cast: Cast, person: models.Person) -> None:
    models.Membership.objects.filter(user=person.user).delete()


def deactivate(cast: Cast, person: models.Person) -> None:
    models.User.objects.filter(pk=person.user_id).update(is_active=False)


def unlink(cast: Cast, person: models.Person) -> None:
    models.Person.objects.filter(pk=person.pk).update(user=None)


@pytest.mark.parametrize("end", [leave, deactivate, unlink])
def test_whoever_has_left_has_no_calendar_any_more(cast, zoe, end):
    url = make(cast)
    end(cast, zoe)
    assert read(url).status_code == 404


def test_the_calendar_asks_a_constant_number_of_queries(cast, zoe):
    url = make(cast)
    read(url)
    with CaptureQueriesContext(connection) as few:
        read(url)
    for role in ("CIO", "ITM"):
        holding = Holding(zoe.key, ends_on=timezone.localdate() + timedelta(days=9))
        write(cast.small.organisation, create(Kind.HOLDING, holding, cast.small.roles[role], other=new_key()))
    decide(cast, "FIN-1", date(2030, 5, 4))
    read(url)
    with CaptureQueriesContext(connection) as many:
        read(url)
    assert len(few) == len(many)


# --- What is held about somebody


def test_they_themselves_get_everything_and_an_owner_not_what_is_private(cast, zoe):
    own = json.loads(text(cast, f"people/{zoe.key}/data.json"))
    assert own["person"]["email"] == "c@example.org"
    assert own["private"]["assessments"] == []
    assert own["account"]["username"] == "connie"
    owners = json.loads(text(cast, f"people/{zoe.key}/data.json", "alice"))
    assert isinstance(owners["private"], str)
    assert cast.client("ed").get(cast.url(f"people/{zoe.key}/data.json")).status_code == 403


def test_an_owner_erases_after_typing_the_name(cast, zoe):
    url, alice = cast.url(f"people/{zoe.key}/erase/"), cast.client("alice")
    page = alice.get(url).content.decode()
    assert "1 role that they hold ends today" in page
    assert alice.post(url, {"name": "Someone"}).status_code == 422
    assert models.Person.objects.get(pk=zoe.pk).name == "Connie C."
    assert alice.post(url, {"name": "connie c."}).status_code == 302
    zoe.refresh_from_db()
    assert (zoe.name, zoe.email, zoe.user, zoe.erased_on) == ("", "", None, timezone.localdate())
    assert verify(cast.small.organisation) == []
    assert alice.get(url).status_code == 404
    assert "linked to nobody" in text(cast, "mine/")


def test_a_person_leads_to_their_data_only_for_themselves_and_owners(cast, zoe):
    data, erase = (f"people/{zoe.key}/{rest}" for rest in ("data.json", "erase/"))
    seen = {name: text(cast, f"people/{zoe.key}/", name) for name in ("alice", "connie", "ed")}
    assert {name: (data in page, erase in page) for name, page in seen.items()} == {
        "alice": (True, True),
        "connie": (True, False),
        "ed": (False, False),
    }


def test_somebody_may_not_erase_themselves_without_being_an_owner(cast, zoe):
    assert cast.client("connie").post(cast.url(f"people/{zoe.key}/erase/"), {"name": zoe.name}).status_code == 403


def test_the_history_shows_a_revision_that_only_erased(cast, zoe):
    cast.client("alice").post(cast.url(f"people/{zoe.key}/erase/"), {"name": zoe.name})
    assert "Erased the name of a person" in text(cast, "history/", "bob")
    number = models.Organisation.objects.get(pk=cast.small.organisation.pk).revision
    assert "Erased the name of a person" in text(cast, f"history/{number}/", "bob")
    assert cast.client("ed").post(cast.url(f"history/{number}/undo/"), {"reason": "No"}).status_code in (302, 422)
    assert verify(cast.small.organisation) == []
