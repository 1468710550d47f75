"""Digests: who is reminded of what, once a day, and what happens when mail cannot be sent."""

import smtplib
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from raci import models
from raci.domain.records import (
    Acknowledgement,
    Claim,
    Comment,
    Decision,
    DecisionType,
    GreyArea,
    Kind,
    Part,
    Round,
)
from raci.models.base import new_key
from raci.services import digest_mail, digests
from raci.services.digests import send_digests
from raci.services.reminders import gather
from tests.factories import Small, create, write

TODAY = date(2026, 3, 1)
SOON = TODAY + timedelta(days=5)
SECRET = "nobody-else-may-read-this"


def person(small: Small, name: str, *codes: str, level: str = "editor", **options: Any) -> models.User:
    """Return somebody who stands for roles; known by their name elsewhere too."""
    user = models.User.objects.filter(username=name).first()
    if user is None:
        options.setdefault("email", f"{name}@example.org")
        user = models.User.objects.create_user(name, first_name=name.title(), **options)
    member = models.Membership.objects.create(organisation=small.organisation, user=user, level=level)
    member.stands_for.set(models.Role.objects.filter(key__in=[small.roles[code] for code in codes]))
    return user


def raised(small: Small, duty: str = "VEN-1", *claims: str, **fields: Any) -> str:
    key = new_key()
    names = {name: small.roles[fields.pop(name)] for name in ("decider", "interim") if name in fields}
    item = GreyArea(small.duties[duty], "Who signs?", raised_on=TODAY - timedelta(days=40), **names, **fields)
    made = [
        create(Kind.CLAIM, Claim("A", SECRET, TODAY), key, matrix=small.matrix_key, other=small.roles[role])
        for role in claims
    ]
    write(small.organisation, create(Kind.GREY_AREA, item, key, matrix=small.matrix_key), *made)
    return key


def decided(small: Small, duty: str = "FIN-1", owner: str = "ITM", *, also: Any = (), **fields: Any) -> str:
    key = new_key()
    settled = Decision(
        small.duties[duty],
        owner=small.roles[owner] if owner else "",
        reason=SECRET,
        decided_on=TODAY - timedelta(days=30),
        decided_by="Olga",
        letters=fields.pop("letters", {}),
        **fields,
    )
    more = [create(kind, record, key, matrix=small.matrix_key, other=new_key()) for kind, record in also]
    write(small.organisation, create(Kind.DECISION, settled, key, matrix=small.matrix_key), *more)
    return key


def waits(name: str, days: int = 7) -> list[tuple[str, str]]:
    """What waits for somebody: why, and the code of the duty."""
    found = [one for one in gather(TODAY, days).reminders if one.user.username == name]
    return [
        (item.wait.value, item.row.code if item.row else item.title)
        for one in found
        for part in one.parts
        for item in part.waiting
    ]


def test_grey_areas_wait_for_those_who_decide_or_have_not_claimed(small):
    person(small, "cio", "CIO")
    person(small, "pm", "PM")
    person(small, "itm", "ITM", level="reader")
    raised(small, "VEN-1", "ITM", decider="CIO", due_on=SOON)
    assert waits("cio") == [("decide", "VEN-1")]
    assert waits("pm") == [("claim", "VEN-1")]
    assert waits("itm") == [("due", "VEN-1")]
    assert waits("itm", days=4) == []


def test_what_was_escalated_waits_for_the_post_above_by_the_day_it_was_asked_for(small):
    person(small, "cio", "CIO")
    person(small, "itm", "ITM")
    grey_area = raised(small, "VEN-1", "ITM", "PM", decider="ITM", due_on=SOON)
    asked = {"type": DecisionType.ESCALATE, "grey_area": grey_area, "due_on": TODAY + timedelta(days=1)}
    decided(small, "VEN-1", "CIO", **asked)
    (item,) = gather(TODAY, 7).reminders[0].parts[0].waiting
    assert (item.wait.value, item.day) == ("decide", TODAY + timedelta(days=1))
    assert waits("itm") == [("due", "VEN-1")]


def test_decisions_wait_to_be_acknowledged_reviewed_and_ended(small):
    roles = small.roles
    pm = person(small, "pm", "PM")
    person(small, "itm", "ITM")
    answer = Acknowledgement(roles["PM"], str(pm.pk), "Pm", answered_on=TODAY)
    letters = {roles["ITM"]: "A", roles["PM"]: "C", roles["CIO"]: ""}
    decided(small, letters=letters, review_on=SOON, valid_until=SOON, also=[(Kind.ACKNOWLEDGEMENT, answer)])
    assert waits("itm") == [("acknowledge", "FIN-1"), ("review", "FIN-1"), ("end", "FIN-1")]
    assert waits("pm") == []


def test_a_decision_that_names_nobody_for_the_whole_is_watched_by_those_who_share_it(small):
    person(small, "pm", "PM", level="reader")
    shared = {"type": DecisionType.SPLIT_SCOPE, "terms": "site", "review_on": SOON}
    decided(small, owner="", also=[(Kind.PART, Part(small.roles["PM"], name="Leeds"))], **shared)
    assert waits("pm") == [("review", "FIN-1")]


def test_what_was_withdrawn_or_replaced_waits_for_nobody(small):
    person(small, "itm", "ITM")
    letters = {small.roles["ITM"]: "A"}
    decided(small, letters=letters, review_on=SOON, withdrawn_on=TODAY)
    assert waits("itm") == []
    first = decided(small, "VEN-2", letters=letters, review_on=SOON)
    decided(small, "VEN-2", "CIO", supersedes=first)
    assert waits("itm") == []


def opened(small: Small, **fields: Any) -> models.Round:
    key = new_key()
    duties = {small.duties["VEN-1"]: "", small.duties["VEN-2"]: ""}
    roles = {small.roles["PM"]: "", small.roles["ITM"]: ""}
    item = Round("Spring", duties=duties, roles=roles, opened_on=TODAY, opened_by="Olga", due_on=SOON, **fields)
    write(small.organisation, create(Kind.ROUND, item, key, matrix=small.matrix_key))
    return models.Round.objects.get(key=key)


def mark(small: Small, item: models.Round, user: models.User, duty: str, role: str = "PM") -> None:
    models.Mark.objects.create(
        round=item,
        duty=models.Duty.objects.get(key=small.duties[duty]),
        role=models.Role.objects.get(key=small.roles[role]),
        user=user,
        value="mine",
        reason=SECRET,
    )


def test_a_blind_round_waits_until_every_row_is_marked(small):
    pm, itm = person(small, "pm", "PM"), person(small, "itm", "ITM")
    item = opened(small)
    mark(small, item, pm, "VEN-1")
    mark(small, item, itm, "VEN-2", "ITM")
    assert waits("pm") == waits("itm") == [("mark", "Spring")]
    mark(small, item, pm, "VEN-2")
    assert (waits("pm"), waits("itm")) == ([], [("mark", "Spring")])


def test_one_mail_holds_all_organisations_and_nothing_that_others_said(small):
    other = Small("other")
    for place in (small, other):
        person(place, "cio", "CIO")
        raised(place, "VEN-1", "ITM", decider="CIO", due_on=SOON)
        remark = Comment(place.duties["VEN-1"], text=SECRET, written_by="Eve", written_at="2026-02-01T09:30:00+01:00")
        write(place.organisation, create(Kind.COMMENT, remark, new_key(), matrix=place.matrix_key))
    pm = person(small, "pm", "PM")
    mark(small, opened(small), pm, "VEN-1")
    found = send_digests(today=TODAY, days=7)
    assert [one.user.username for one in found.sent] == ["cio", "pm"]
    first = mail.outbox[0]
    assert first.to == ["cio@example.org"]
    assert first.subject == "[orgroles] 2 things wait for you"
    for text in (first.body, first.alternatives[0].content):
        assert "Small" in text
        assert "Other" in text
        assert "6 March 2026, in 5 days" in text
        for place in (small, other):
            asked = models.GreyArea.objects.get(matrix=place.matrix, duty__code="VEN-1")
            assert f"http://127.0.0.1:8000/o/{place.organisation.slug}/grey-areas/{asked.key}/" in text
    assert not any(SECRET in str(one.message()) for one in mail.outbox)
    assert "Mine" not in mail.outbox[1].body
    blind = models.Round.objects.get()
    assert f"http://127.0.0.1:8000/o/small/rounds/{blind.key}/mark/" in mail.outbox[1].body


def test_days_come_along_as_a_calendar_file_with_lasting_identities(small):
    person(small, "cio", "CIO")
    key = raised(small, "VEN-1", decider="CIO", due_on=SOON)
    send_digests(today=TODAY, days=7)
    (name, content, kind) = mail.outbox[0].attachments[0]
    assert (name, kind) == ("orgroles.ics", "text/calendar")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["UID"]) == f"due-{small.matrix_key}-{key}@orgroles"
    assert event.decoded("DTSTART") == SOON
    assert str(event["SUMMARY"]) == "Grey area due: VEN-1 Do what VEN-1 says"


def test_what_has_no_day_brings_no_calendar(small):
    person(small, "cio", "CIO")
    raised(small, "VEN-1", decider="CIO")
    send_digests(today=TODAY, days=7)
    assert mail.outbox[0].attachments == []


def test_titles_are_written_as_they_are(small):
    duty = models.Duty.objects.get(key=small.duties["VEN-1"])
    models.Duty.objects.filter(pk=duty.pk).update(title="Sign <b>R&D</b> contracts")
    person(small, "cio", "CIO")
    raised(small, "VEN-1", decider="CIO")
    send_digests(today=TODAY, days=7)
    assert "VEN-1 Sign <b>R&D</b> contracts" in mail.outbox[0].body
    assert "Sign &lt;b&gt;R&amp;D&lt;/b&gt; contracts" in mail.outbox[0].alternatives[0].content


def test_of_many_things_the_most_urgent_are_told_and_the_others_counted(small, monkeypatch):
    monkeypatch.setattr(digest_mail, "_MOST", 2)
    person(small, "cio", "CIO")
    for number, duty in enumerate(small.duties):
        raised(small, duty, decider="CIO", due_on=TODAY + timedelta(days=number))
    send_digests(today=TODAY, days=7)
    for text in (mail.outbox[0].body, mail.outbox[0].alternatives[0].content):
        assert "VEN-2" in text
        assert "FIN-1" not in text
        assert "and 1 more" in text
    assert len(Calendar.from_ical(mail.outbox[0].attachments[0][1]).walk("VEVENT")) == 3


def test_a_day_brings_one_digest_and_the_next_day_another(small):
    person(small, "cio", "CIO")
    raised(small, decider="CIO")
    assert len(send_digests(today=TODAY, days=7).sent) == 1
    again = send_digests(today=TODAY, days=7)
    assert (len(again.sent), again.already) == (0, 1)
    assert len(send_digests(today=TODAY + timedelta(days=1), days=7).sent) == 1
    assert len(mail.outbox) == 2


class Refusing(EmailBackend):
    """A mail server that does not know one of the people."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["cio@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


def test_what_cannot_be_sent_is_tried_again_and_stops_no_other(small, settings):
    person(small, "cio", "CIO")
    person(small, "itm", "ITM")
    raised(small, "VEN-1", decider="CIO")
    raised(small, "VEN-2", decider="ITM")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    found = send_digests(today=TODAY, days=7)
    assert [(one.user.username, why) for one, why in found.failed] == [("cio", "SMTPRecipientsRefused: {}")]
    assert [one.user.username for one in found.sent] == ["itm"]
    assert [one.user.username for one in models.Digest.objects.all()] == ["itm"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert [one.user.username for one in send_digests(today=TODAY, days=7).sent] == ["cio"]


def test_the_row_stands_before_the_mail_goes_out(small, settings, monkeypatch):
    person(small, "cio", "CIO")
    raised(small, decider="CIO")
    rows = []
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_: rows.append(models.Digest.objects.count()))
    send_digests(today=TODAY, days=7)
    assert rows == [1]


def test_a_second_process_that_comes_in_between_finds_the_row(small, monkeypatch):
    person(small, "cio", "CIO")
    raised(small, decider="CIO")
    inner = digests._claimed
    answers = []

    def twice(reminder: Any, today: date) -> Any:
        answers.extend([inner(reminder, today), inner(reminder, today)])
        return answers[0]

    monkeypatch.setattr(digests, "_claimed", twice)
    assert len(send_digests(today=TODAY, days=7).sent) == 1
    assert answers[1] is None


def test_a_day_has_one_row_a_person_whoever_writes_it(small):
    user = person(small, "cio", "CIO")
    models.Digest.objects.create(user=user, day=TODAY)
    with pytest.raises(IntegrityError):
        models.Digest.objects.create(user=user, day=TODAY)


def test_people_whom_no_mail_reaches_are_counted_if_something_waits_for_them(small):
    person(small, "gone", "CIO", is_active=False)
    person(small, "silent", "CIO", email="")
    person(small, "idle", "PM", email="")
    person(small, "none", email="")
    raised(small, "FIN-1", decider="CIO")
    found = send_digests(today=TODAY, days=7)
    assert (found.gathered.inactive, found.gathered.without_address, found.sent) == (1, 1, [])


def test_a_role_that_is_retired_waits_for_nothing(small):
    person(small, "cio", "CIO")
    raised(small, decider="CIO")
    models.Role.objects.filter(key=small.roles["CIO"]).update(retired=True)
    assert waits("cio") == []


def test_people_are_written_to_in_the_language_that_they_chose(small):
    user = person(small, "cio", "CIO")
    raised(small, "VEN-1", decider="CIO", due_on=SOON)
    models.User.objects.filter(pk=user.pk).update(language="de")
    send_digests(today=TODAY, days=7)
    assert "6. März 2026" in mail.outbox[0].body
    assert '<html lang="de">' in mail.outbox[0].alternatives[0].content


def test_the_number_of_queries_does_not_grow_with_what_waits(small):
    person(small, "cio", "CIO")
    raised(small, "VEN-1", "PM", decider="CIO")
    decided(small, letters={small.roles["CIO"]: "A"})
    gather(TODAY, 7)
    with CaptureQueriesContext(connection) as few:
        gather(TODAY, 7)
    for number in range(4):
        person(small, f"more-{number}", "CIO", "PM")
    raised(small, "VEN-2", "PM", "ITM", decider="CIO")
    decided(small, "VEN-1", letters={small.roles["CIO"]: "A"}, review_on=SOON)
    with CaptureQueriesContext(connection) as many:
        assert len(gather(TODAY, 7).reminders) == 5
    assert len(many) == len(few) <= 13


def test_days_are_told_as_people_say_them(small):
    person(small, "cio", "CIO")
    for duty, day in (("VEN-1", 0), ("VEN-2", 1), ("FIN-1", -1)):
        raised(small, duty, decider="CIO", due_on=TODAY + timedelta(days=day))
    send_digests(today=TODAY, days=7)
    body = mail.outbox[0].body
    assert "Projects · today" in body
    assert "Projects · 2 March 2026, tomorrow" in body
    assert "Projects · 28 February 2026, overdue since yesterday" in body
