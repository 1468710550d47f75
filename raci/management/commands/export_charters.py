"""Write the charters of an organisation: for Word or as Markdown a file for each role, or as one workbook."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from raci.documents.held import CannotBeHeld
from raci.management.matrices import chosen_organisation
from raci.services.charters.exporting import CHARTER_KINDS, charter_files


class Command(BaseCommand):
    help = "Write the charters of all roles in use to a folder: a file for each role, or one workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its part of the address, such as demo")
        parser.add_argument("--format", required=True, choices=sorted(CHARTER_KINDS))
        parser.add_argument("--to", default="build", help="the folder; it is made where there is none")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=sorted(dict(settings.LANGUAGES)))

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = chosen_organisation(options["organisation"])
        try:
            with override(options["language"]):
                files = charter_files(organisation, options["format"])
        except CannotBeHeld as refusal:
            raise CommandError(str(refusal)) from refusal
        folder = Path(options["to"])
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / file.name).write_bytes(file.content)
            self.stdout.write(str(folder / file.name))
