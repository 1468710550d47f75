"""Write down everything that is held about a person."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from raci.management.people import add_arguments, chosen_person
from raci.services.held_data import data_of


class Command(BaseCommand):
    help = (
        "Write everything that an organisation holds about a person as JSON, what is private to them included: it is "
        "theirs, so hand it to nobody else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)
        parser.add_argument("--output", metavar="FILE", type=Path, help="where to; standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        person = chosen_person(options["organisation"], options["person"])
        text = json.dumps(data_of(person, viewer=person.user), indent=2, ensure_ascii=False)
        if options["output"]:
            options["output"].write_text(f"{text}\n", encoding="utf-8")
            self.stdout.write(f"Written to {options['output']}.")
        else:
            self.stdout.write(text)
