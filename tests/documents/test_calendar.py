"""Calendar files: whole days that keep their identity, whatever the words have in them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from raci.documents.calendar import Entry, write_calendar
from raci.domain.text import normalise, problem

NOW = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
DUE = Entry(
    "due-g1.demo@roles.example.org", date(2026, 3, 9), "VEN-4 is due", "Who signs?", "https://roles.example.org/x"
)


def events(content: bytes) -> list:
    return Calendar.from_ical(content).walk("VEVENT")


def test_a_file_is_read_as_rfc_5545_says():
    assert write_calendar([DUE], NOW).decode() == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//orgroles//digest//EN\r\nMETHOD:PUBLISH\r\n"
        "BEGIN:VEVENT\r\nSUMMARY:VEN-4 is due\r\nDTSTART;VALUE=DATE:20260309\r\nDTEND;VALUE=DATE:20260310\r\n"
        "DTSTAMP:20260301T063000Z\r\nUID:due-g1.demo@roles.example.org\r\nDESCRIPTION:Who signs?\r\n"
        "TRANSP:TRANSPARENT\r\nURL:https://roles.example.org/x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def test_entries_stand_in_the_order_of_their_days_and_the_same_entries_give_the_same_bytes():
    later = Entry("a", date(2026, 4, 1), "later")
    content = write_calendar([later, DUE], NOW)
    assert [str(event["UID"]) for event in events(content)] == [DUE.uid, "a"]
    assert content == write_calendar([DUE, later], NOW)


def test_two_entries_of_one_identity_are_refused():
    with pytest.raises(ValueError, match="two entries have the uid"):
        write_calendar([DUE, DUE], NOW)


def test_words_cannot_add_lines_of_their_own():
    content = write_calendar(
        [Entry("a", NOW.date(), "x\r\nATTENDEE:mailto:eve@example.org\nEND:VEVENT", "1\r\nURL:2")], NOW
    )
    (event,) = events(content)
    assert b"\r\nATTENDEE" not in content
    assert "ATTENDEE" not in event
    assert "URL" not in event


def test_words_say_their_language():
    assert b"SUMMARY;LANGUAGE=de:VEN-4 is due" in write_calendar([DUE], NOW, "de")


texts = st.text(st.characters(codec="utf-8"), max_size=120).map(normalise).filter(lambda text: not problem(text))


@given(texts, texts, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_text_that_can_be_stored_comes_back_as_it_was(title, told, day):
    content = write_calendar([Entry("a", day, title, told)], NOW)
    (event,) = events(content)
    assert (str(event["SUMMARY"]), str(event.get("DESCRIPTION", ""))) == (title, told)
    assert event.decoded("DTSTART") == day
    assert (event.decoded("DTEND") - day).days == 1
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
