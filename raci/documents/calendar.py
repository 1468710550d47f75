"""Days to keep in mind as a calendar file (RFC 5545), for any calendar program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

_MAKER = "-//orgroles//digest//EN"


@dataclass(frozen=True)
class Entry:
    """A whole day on which something is due.

    ``uid`` stays the same for the same thing, so that a calendar that gets the file again moves its entry instead of
    making a second one.
    """

    uid: str
    day: date
    title: str
    told: str = ""
    link: str = ""


def write_calendar(entries: Iterable[Entry], made_at: datetime, language: str = "") -> bytes:
    """Return entries as a calendar file; the same entries and moment give the same bytes.

    Raises `ValueError` where two entries have one uid.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _MAKER)
    calendar.add("method", "PUBLISH")
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda one: (one.day, one.uid)):
        if entry.uid in seen:
            raise ValueError(f"two entries have the uid {entry.uid}")
        seen.add(entry.uid)
        calendar.add_component(_event(entry, made_at, language))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, made_at: datetime, language: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))  # the day after: ends are not part (RFC 5545, 3.6.1)
    # A day to keep in mind takes no time: it must not show its reader as busy.
    event.add("transp", "TRANSPARENT")
    spoken = {"language": language} if language else {}
    event.add("summary", entry.title, parameters=spoken)
    if entry.told:
        event.add("description", entry.told, parameters=spoken)
    if entry.link:
        event.add("url", entry.link)
    return event
