"""Write the decision log: as Markdown for a repository, or as an Excel workbook."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from raci.documents.held import CannotBeHeld
from raci.management.matrices import chosen_organisation
from raci.services.decision_log import write_decisions


class Command(BaseCommand):
    help = "Write all decisions of an organisation, oldest first, one record each, in an order that never changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its part of the address, such as demo")
        parser.add_argument("--format", required=True, choices=("md", "xlsx"))
        parser.add_argument("--output", default="", help="the file; Markdown goes to the terminal without one")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=sorted(dict(settings.LANGUAGES)))

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = chosen_organisation(options["organisation"])
        if options["format"] == "xlsx" and not options["output"]:
            raise CommandError("A workbook needs a file: name one with --output.")
        stream = io.BytesIO()  # whole or not at all
        try:
            with override(options["language"]):
                count = write_decisions(organisation, options["format"], stream)
        except CannotBeHeld as refusal:
            raise CommandError(str(refusal)) from refusal
        if not options["output"]:
            self.stdout.write(stream.getvalue().decode(), ending="")
            return
        path = Path(options["output"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stream.getvalue())
        self.stdout.write(f"{path}  {organisation.name}, decisions: {count}")
