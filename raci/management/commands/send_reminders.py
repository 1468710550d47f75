"""Send everybody one digest of what waits for them; exit 1 where a mail could not be sent."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from raci.services.digest_mail import language_of, told
from raci.services.digests import send_digests
from raci.services.reminders import Gathered, Reminder, gather

_NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


class Command(BaseCommand):
    help = "Send each person a mail with what waits for them, once a day. Exits with 1 where one could not be sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would get what; send and write nothing")
        parser.add_argument("--days", type=int, default=7, help="how long before its day a thing is told (7)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 0:
            raise CommandError("--days is a number of days, 0 or more.")
        today = timezone.localdate()
        if options["dry_run"]:
            self._try_out(gather(today, options["days"]))
            return
        if settings.EMAIL_BACKEND == _NOWHERE:
            raise CommandError("This site has no mail server: set EMAIL_HOST, or use --dry-run.")
        found = send_digests(today=today, days=options["days"])
        already = f", {found.already} had theirs already" if found.already else ""
        self.stdout.write(f"{len(found.sent)} sent{already}.")
        self._skipped(found.gathered)
        for reminder, why in found.failed:
            self.stderr.write(f"Not sent to {_whom(reminder)}: {why}")
        if found.failed:
            sys.exit(1)

    def _try_out(self, found: Gathered) -> None:
        today = timezone.localdate()
        for reminder in found.reminders:
            self.stdout.write(f"{_whom(reminder)}, {language_of(reminder.user)}, things that wait: {reminder.total}")
            with override(language_of(reminder.user)):
                for line in told(reminder, today):
                    self.stdout.write(f"  {line}")
        self.stdout.write(f"{len(found.reminders)} would be sent; nothing was.")
        self._skipped(found)

    def _skipped(self, found: Gathered) -> None:
        for count, what in ((found.without_address, "without an address"), (found.inactive, "not active")):
            if count:
                self.stdout.write(f"{count} left out: {what}.")


def _whom(reminder: Reminder) -> str:
    return f"{reminder.user.username} <{reminder.user.email}>"
