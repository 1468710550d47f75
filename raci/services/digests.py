"""Sends the digest of a day: to each person once, however often and by however many processes it is started."""

import logging
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from raci import models
from raci.services.digest_mail import compose
from raci.services.reminders import Gathered, Reminder, gather

logger = logging.getLogger("orgroles")


@dataclass
class Sent:
    """What became of the digests of a day. ``failed`` are those that are still to be sent, with why they were not."""

    gathered: Gathered
    sent: list[Reminder] = field(default_factory=list)
    already: int = 0
    failed: list[tuple[Reminder, str]] = field(default_factory=list)


def send_digests(*, today: date, days: int) -> Sent:
    """Send each person what waits for them on a day, unless somebody has done so already.

    That it was sent is written down before it is, in a transaction of its own, so that of two processes only one
    sends. Where sending fails that is taken back, for the next start to try again; the others are sent all the same.
    A process that is killed in between has not sent that one mail, and nobody will before the next day.
    """
    found = Sent(gather(today, days))
    for reminder in found.gathered.reminders:
        row = _claimed(reminder, today)
        if row is None:
            found.already += 1
            continue
        try:
            compose(reminder, today).send()
        except Exception as error:  # whatever stops one mail must not stop those of others
            row.delete()
            logger.exception("digest of %s for user %s not sent", today, reminder.user.pk)
            found.failed.append((reminder, f"{type(error).__name__}: {error}"))
        else:
            found.sent.append(reminder)
    return found


def _claimed(reminder: Reminder, today: date) -> models.Digest | None:
    """Return the new row that says that a person gets the digest of a day; None where there is one already.

    The database decides who was first: PostgreSQL lets the second wait for the first and then refuses it.
    """
    try:
        with transaction.atomic():
            return models.Digest.objects.create(user=reminder.user, day=today)
    except IntegrityError:
        return None
