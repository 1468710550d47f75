"""The digest as a mail: plain text, the same as HTML, and a calendar file with the days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, override

from raci.documents.calendar import Entry, write_calendar
from raci.domain.reminders import Wait, Waiting
from raci.services.reminders import Part, Reminder

HEADINGS: Mapping[Wait, Any] = {
    Wait.DECIDE: gettext_lazy("To decide"),
    Wait.CLAIM: gettext_lazy("To claim, or to say that it is not yours"),
    Wait.ACKNOWLEDGE: gettext_lazy("Decisions to acknowledge, or to disagree with"),
    Wait.SIGN: gettext_lazy("Charters to read and to sign"),
    Wait.MARK: gettext_lazy("Blind rounds to mark"),
    Wait.DUE: gettext_lazy("Due soon, for others to decide"),
    Wait.REVIEW: gettext_lazy("Decisions to look at again"),
    Wait.END: gettext_lazy("Decisions whose term ends"),
}
# So many things of a kind are told one by one: a mail of a hundred is read by nobody.
_MOST = 10
# What a day is called in a calendar, where many other things stand beside it.
_ENTRIES: Mapping[Wait, Any] = {
    Wait.MARK: gettext_lazy("Blind round to be marked: %(about)s"),
    Wait.REVIEW: gettext_lazy("Look again at the decision: %(about)s"),
    Wait.END: gettext_lazy("The decision ends: %(about)s"),
}
_DUE = gettext_lazy("Grey area due: %(about)s")


@dataclass(frozen=True)
class Section:
    """What waits for one reason: the most urgent things line by line, and how many ``more`` there are."""

    heading: str
    lines: tuple["Line", ...]
    more: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that waits, in words."""

    about: str
    matrix: str
    roles: str
    when: str
    late: bool
    link: str


def language_of(user: Any) -> str:
    """Return the language in which somebody is written to: that which they chose, where the site still speaks it."""
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def compose(reminder: Reminder, today: date) -> EmailMultiAlternatives:
    """Return the mail, in the language of the person and with nothing of anybody else's in it."""
    with override(language_of(reminder.user)):
        context = {
            "person": reminder.user,
            "day": date_format(today, "DATE_FORMAT"),
            "total": reminder.total,
            "parts": [(part, list(_sections(part, today))) for part in reminder.parts],
            "site": settings.SITE_ADDRESS,
            "language": get_language(),
        }
        subject = ngettext("%(count)s thing waits for you", "%(count)s things wait for you", reminder.total)
        mail = EmailMultiAlternatives(
            subject=f"[orgroles] {subject % {'count': reminder.total}}",
            body=_drawn("digest.txt", context),
            to=[reminder.user.email],
            # RFC 3834: so that no program answers it.
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(_drawn("digest.html", context), "text/html")
        if entries := [entry for part in reminder.parts for entry in _entries(part)]:
            content = write_calendar(entries, timezone.now(), get_language() or "")
            mail.attach("orgroles.ics", content.decode(), "text/calendar")
    return mail


def told(reminder: Reminder, today: date) -> Iterator[str]:
    """Yield what a mail would say, a line for each thing, in the current language: for whoever tries it out."""
    for part in reminder.parts:
        for section in _sections(part, today):
            for line in section.lines:
                said = " · ".join(filter(None, (line.about, line.matrix, line.when)))
                yield f"{part.name} · {section.heading}: {said}"
            if section.more:
                yield f"{part.name} · {section.heading}: {section.more}"


def _drawn(name: str, context: Mapping[str, Any]) -> str:
    """Return a template's text; the empty lines around it are the template's own."""
    return f"{render_to_string(f'raci/mail/{name}', context).strip()}\n"


def _sections(part: Part, today: date) -> Iterator[Section]:
    for wait, group in groupby(part.waiting, key=lambda item: item.wait):
        items = list(group)
        lines = tuple(_line(part, item, today) for item in items[:_MOST])
        left = len(items) - len(lines)
        more = ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left} if left else ""
        yield Section(str(HEADINGS[wait]), lines, more)


def _line(part: Part, item: Waiting, today: date) -> Line:
    roles = ", ".join(sorted(_on_one_line(part.role_names[role]) for role in item.roles))
    late = item.day is not None and item.day < today
    place = _on_one_line(item.matrix_title) if item.matrix_title else gettext("Charter")
    return Line(_about(item), place, roles, _when(item.day, today), late, link(part, item))


def _about(item: Waiting) -> str:
    return _on_one_line(f"{item.row.code} {item.row.title}" if item.row else item.title)


def _when(day: date | None, today: date) -> str:
    if day is None:
        return ""
    days, shown = (day - today).days, date_format(day, "DATE_FORMAT")
    if days in _NEAR:
        return str(_NEAR[days]) % {"day": shown}
    if days > 0:
        said = ngettext("%(day)s, in %(days)s day", "%(day)s, in %(days)s days", days)
    else:
        said = ngettext("%(day)s, overdue for %(days)s day", "%(day)s, overdue for %(days)s days", -days)
    return said % {"day": shown, "days": abs(days)}


# Days that have a word of their own, by how far they are off.
_NEAR = {
    0: gettext_lazy("today"),
    1: gettext_lazy("%(day)s, tomorrow"),
    -1: gettext_lazy("%(day)s, overdue since yesterday"),
}


def link(part: Part, item: Waiting) -> str:
    """Return where a person can do something about what waits, as an address that stands for itself."""
    return f"{settings.SITE_ADDRESS}{_path(part.slug, item)}"


def _path(slug: str, item: Waiting) -> str:
    if item.wait is Wait.SIGN:
        return reverse("charter_sign", args=[slug, item.key])
    if item.row is None:
        return reverse("marking", args=[slug, item.key])
    if item.wait is Wait.CLAIM:
        return reverse("claim", args=[slug, item.key])
    if item.wait in (Wait.DECIDE, Wait.DUE):
        return reverse("grey_area", args=[slug, item.key])
    return reverse("decision", args=[slug, item.key])


def _entries(part: Part) -> Iterator[Entry]:
    for item in part.waiting:
        if item.day:
            title = str(_ENTRIES.get(item.wait, _DUE)) % {"about": _about(item)}
            about = f"{_on_one_line(part.name)} · {_on_one_line(item.matrix_title)}"
            yield Entry(f"{item.identity}@orgroles", item.day, title, about, link(part, item))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
