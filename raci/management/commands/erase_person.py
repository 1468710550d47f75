"""Erase a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from raci.management.people import add_arguments, chosen_person
from raci.services.door import Author
from raci.services.erasing import NotErased, erase, leaving


class Command(BaseCommand):
    help = (
        "Erase a person: their name and all that is held about them alone, from the tables and from history, which "
        "stays whole. It cannot be taken back. Backups and files that were handed out keep what they held."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="only say what would go and where the name stays")

    def handle(self, *args: Any, **options: Any) -> None:
        person, today = chosen_person(options["organisation"], options["person"]), timezone.localdate()
        if person.erased_on is not None:
            self.stdout.write(f"Erased already, on {person.erased_on}.")
            return
        found = leaving(person, today)
        counts = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in found.counts.items() if count)
        self.stdout.write(
            f"{'Would erase' if options['dry_run'] else 'Erasing'} {person.name} ({counts or 'no traces'})."
        )
        for kind, text in found.mentions:
            self.stdout.write(f"Stays, since somebody wrote it ({kind}): {text}")
        if options["dry_run"]:
            return
        author = Author("Administrator", "command", "Erased the name of a person")
        try:
            erase(organisation=person.organisation, person=person, author=author, today=today)
        except NotErased as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Erased. History is whole.")
