"""Take a document in from the command line: read, compare, say what it would do, apply it; or only say so."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.reading import sentence_from_data
from raci.management import told_imports
from raci.management.matrices import chosen_matrices, chosen_organisation
from raci.services.imports import unattended
from raci.services.imports.leases import State
from raci.services.imports.unattended import Accept
from raci.services.words import said

CONFLICTS = 2


class Command(BaseCommand):
    help = (
        "Import a workbook of our own or any other matrix. Exits with 1 where the file is refused, with 2 where "
        "somebody else's changes stand against it: those are never overwritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="xlsx, xlsm, xls, xlsb, ods, csv, tsv, Markdown, HTML or text")
        parser.add_argument("--organisation", required=True, help="its part of the address, such as demo")
        into = parser.add_mutually_exclusive_group()
        into.add_argument("--matrix", default="", help="title or key of the matrix that it goes into")
        into.add_argument("--new", default="", metavar="TITLE", help="make a matrix of this title")
        parser.add_argument("--dry-run", action="store_true", help="say what it would do; write nothing")
        parser.add_argument("--accept", default="offered", choices=[one.value for one in Accept])
        parser.add_argument("--map", default="", metavar="FILE.json", help="what the roles, letters and duties are")
        parser.add_argument("--save-map", default="", metavar="FILE.json", help="write that down, as a start for --map")
        parser.add_argument("--by", default="Administrator", metavar="NAME", help="who imports, for the history")
        parser.add_argument("--reason", default="", help="why, for the history")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            item = self._brought(options)
        except Refused as refused:
            raise CommandError(said(refused.sentence)) from refused
        try:
            self._go(item, options)
        except Refused as refused:
            raise CommandError(said(refused.sentence)) from refused
        finally:
            if options["dry_run"]:
                models.Import.objects.filter(pk=item.pk).delete()

    def _brought(self, options: dict[str, Any]) -> models.Import:
        organisation, path = chosen_organisation(options["organisation"]), Path(options["file"])
        matrix = chosen_matrices(options)[0] if options["matrix"] else None
        try:
            with path.open("rb") as file:
                content = file.read(settings.IMPORT_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        return unattended.bring(organisation, name=path.name, content=content, matrix=matrix, by=options["by"])

    def _go(self, item: models.Import, options: dict[str, Any]) -> None:
        if item.state == State.MAPPING:
            item = self._mapped(item, options)
        elif options["map"] or options["new"]:
            self.stderr.write("This workbook comes from here, so nothing is mapped: --map and --new are passed over.")
        if item.state != State.READY:
            raise CommandError(_why(item))
        unattended.accept(item, Accept(options["accept"]))
        item.refresh_from_db()
        self._tell(item, options)
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
            self._leave_on_conflicts(told_imports.conflicts(item))
            return
        self._apply(item, options)

    def _mapped(self, item: models.Import, options: dict[str, Any]) -> models.Import:
        given = _json(options["map"]) if options["map"] else None
        answers = unattended.answers_of(item, options["new"], given)
        if options["save_map"]:
            text = json.dumps(answers, ensure_ascii=False, indent=1)
            Path(options["save_map"]).write_text(text + "\n", encoding="utf-8")
        return unattended.compare(item, answers)

    def _tell(self, item: models.Import, options: dict[str, Any]) -> None:
        for line in told_imports.problems(item):
            self.stdout.write(line)
        for line in told_imports.wishes(item, whole=options["verbosity"] > 1):
            self.stdout.write(line)
        self.stdout.write(told_imports.lint(item))

    def _apply(self, item: models.Import, options: dict[str, Any]) -> None:
        disputed = told_imports.conflicts(item)
        done = unattended.apply(item, by=options["by"], reason=options["reason"])
        if done.state != State.APPLIED:
            raise CommandError(_why(done), returncode=CONFLICTS if (done.asked or {}).get("conflicts") else 1)
        became = f"revision {done.revision}" if done.revision else "nothing new: all of it is so already"
        self.stdout.write(f"{done.file_name} became {became}.")
        self._leave_on_conflicts(disputed)

    def _leave_on_conflicts(self, count: int) -> None:
        if count:
            raise CommandError(f"{count} conflicts are left as they are: look at them above.", returncode=CONFLICTS)


def _why(item: models.Import) -> str:
    """Say why an import went no further."""
    if item.refusal:
        return said(sentence_from_data(item.refusal))
    asked = item.asked or {}
    if asked.get("refusals"):
        return "Nothing was written. " + " ".join(asked["refusals"])
    if asked.get("conflicts"):
        return f"Nothing was written: {asked['conflicts']} places were changed by others meanwhile. Try again."
    return f"The import ended as “{item.get_state_display()}”."


def _json(name: str) -> Any:
    try:
        return json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{name} cannot be read as JSON: {error}") from error
