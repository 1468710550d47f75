"""Calendars that whoever knows their secret may read: the days of what somebody is accountable for."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from raci import models
from raci.documents.calendar import Entry, write_calendar
from raci.domain.mine import Day, DayKind, mine_of
from raci.services.digest_mail import language_of
from raci.services.door import from_microseconds
from raci.services.people import person_of
from raci.services.whole import load_whole

_SECRET_BYTES = 32  # 256 bits: nobody guesses that
# How old the noted time of the last reading may get: calendars ask often, and not each time has to be written.
_GRAIN = timedelta(hours=1)

_TITLES: Mapping[DayKind, Any] = {
    DayKind.REVIEW: gettext_lazy("Look again at the decision: %(about)s"),
    DayKind.CHARTER: gettext_lazy("Look again at the charter: %(about)s"),
    DayKind.DUE: gettext_lazy("Grey area due: %(about)s"),
    DayKind.HOLDING: gettext_lazy("Last day as %(about)s"),
    DayKind.ABSENCE: gettext_lazy("Last day away"),
}


def make_feed(organisation: models.Organisation, user: models.User) -> str:
    """Return the secret of a new feed; the one before it can no longer be read. It is kept nowhere: show it now."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    fresh = {"digest": _digest(secret), "made_at": timezone.now(), "read_at": None}
    models.Feed.objects.update_or_create(organisation=organisation, user=user, defaults=fresh)
    return secret


def revoke_feed(organisation: models.Organisation, user: models.User) -> bool:
    """Let nobody read a feed any more; False where there was none."""
    return bool(models.Feed.objects.filter(organisation=organisation, user=user).delete()[0])


def feed_of(organisation: models.Organisation, user: models.User) -> models.Feed | None:
    """Return the feed of somebody, None where they have none."""
    return models.Feed.objects.filter(organisation=organisation, user=user).first()


def open_feed(secret: str) -> tuple[models.Feed, models.Person] | None:
    """Return the feed of a secret and whose it is.

    None where it was revoked or never made, the account is inactive or has left the organisation, or is linked to
    nobody there.
    """
    feed = models.Feed.objects.select_related("user", "organisation").filter(digest=_digest(secret)).first()
    if feed is None or not models.Organisation.objects.visible_to(feed.user).filter(pk=feed.organisation_id).exists():
        return None
    person = person_of(feed.organisation, feed.user)
    return None if person is None else (feed, person)


def tag_of(feed: models.Feed, today: date) -> str:
    """Return what stays the same while a feed says the same: its revision, the day and the language."""
    about = f"{feed.organisation.head}:{today}:{language_of(feed.user)}:{feed.pk}"
    return f'"{hashlib.sha256(about.encode()).hexdigest()[:32]}"'


def note_reading(feed: models.Feed) -> None:
    """Note that a feed was read, to the hour."""
    now = timezone.now()
    if feed.read_at is None or now - feed.read_at > _GRAIN:
        models.Feed.objects.filter(pk=feed.pk).update(read_at=now)


def write_feed(feed: models.Feed, person: models.Person, today: date) -> bytes:
    """Return the calendar of a feed in the language of whose it is: a constant number of queries."""
    whole = load_whole(feed.organisation)
    with override(language_of(feed.user)):
        entries = list(_entries(feed.organisation, mine_of(whole, person.key, today).days))
        return write_calendar(entries, _made_at(feed), get_language() or "")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _made_at(feed: models.Feed) -> datetime:
    latest = models.Revision.objects.filter(organisation=feed.organisation_id).order_by("-number")
    at_us = latest.values_list("at_us", flat=True).first()
    return feed.made_at if at_us is None else from_microseconds(at_us)


def _entries(organisation: models.Organisation, days: tuple[Day, ...]) -> Iterator[Entry]:
    for item in days:
        place = " · ".join(filter(None, (item.matrix, item.role_name)))
        yield Entry(
            uid="-".join(filter(None, (item.kind, item.sheet, item.key))) + f"@{organisation.key}",
            day=item.day,
            title=str(_TITLES[item.kind]) % {"about": item.title},
            told=_("%(organisation)s: %(place)s") % {"organisation": organisation.name, "place": place}
            if place
            else organisation.name,
            link=f"{settings.SITE_ADDRESS}{_path(organisation.slug, item)}",
        )


def _path(slug: str, item: Day) -> str:
    match item.kind:
        case DayKind.REVIEW:
            return reverse("decision", args=[slug, item.key])
        case DayKind.DUE:
            return reverse("grey_area", args=[slug, item.key])
        case DayKind.CHARTER:
            return reverse("role", args=[slug, item.key])
        case _:
            return reverse("mine", args=[slug])
