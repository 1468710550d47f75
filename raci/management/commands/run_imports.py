"""Work on the imports that wait; the web starts this by itself, and cron may start it too."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q

from raci.models import Organisation
from raci.services.imports.running import run


class Command(BaseCommand):
    requires_system_checks = ()  # the server has passed them; they take longer than most files
    help = "Read, compare and apply the imports that wait, until none does. It may be started at any time and twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "organisation", nargs="?", default="", help="its key or its part of the address; all of them by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        named = options["organisation"]
        asked = Organisation.objects.filter(Q(key=named) | Q(slug=named)) if named else Organisation.objects.all()
        steps = sum(run(pk, alone=True) for pk in asked.order_by("pk").values_list("pk", flat=True))
        if options["verbosity"] > 1:
            self.stdout.write(f"{steps} steps")
