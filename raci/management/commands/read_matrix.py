"""Say what a file holds: every matrix with its roles, duties and letters, what was left of it and why."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from raci.documents.intake.sandbox import read_file
from raci.domain.reading import FoundMatrix, Problem, Reading, Weight, sentence_from_data
from raci.domain.text import Sentence

OURS = Sentence("This workbook was exported from here. Import it to see what was changed in it.")


class Command(BaseCommand):
    help = (
        "Read a workbook, a table of text, Markdown or HTML, and print the matrices in it. Nothing is stored. "
        "Exits with 1 where there is none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = _reading(options["file"])
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(reading), ensure_ascii=False))
        else:
            self._tell(reading)
        if not reading.matrices:
            sys.exit(1)

    def _tell(self, reading: Reading) -> None:
        for note in reading.notes:
            self.stdout.write(str(note))
        for matrix in reading.matrices:
            self._tell_matrix(matrix)
        for problem in reading.problems:
            place = f"{problem.where}: " if problem.where else ""
            self.stdout.write(f"  {problem.weight:<8}{place}{problem.message}")

    def _tell_matrix(self, matrix: FoundMatrix) -> None:
        self.stdout.write(f"{matrix.name or 'Matrix'} ({matrix.where}): {matrix.layout}, {matrix.sureness} % sure")
        self.stdout.write(f"  roles: {', '.join(party.name for party in matrix.parties)}")
        cells: dict[int, list[str]] = {}
        for one in matrix.crossings:
            cells.setdefault(one.item, []).append(f"{matrix.parties[one.party].name} {'/'.join(one.letters)}")
        for number, item in enumerate(matrix.items):
            title = " ".join(filter(None, (item.code, item.title)))
            self.stdout.write(f"  {title}: {', '.join(cells.get(number, ())) or 'nobody'}")


def _reading(path: Path) -> Reading:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    answer = read_file(content, path.name)
    if "foreign" in answer:
        return Reading.from_data(answer["foreign"])
    refused = sentence_from_data(answer["refused"]) if "refused" in answer else OURS
    return Reading(path.suffix.lstrip("."), problems=(Problem("", refused, Weight.REFUSED),))


def _as_data(reading: Reading) -> dict[str, Any]:
    """Return a reading in the form in which readers of matrices are compared."""
    return {
        "matrices": [
            {
                "name": matrix.name,
                "where": matrix.where,
                "layout": matrix.layout,
                "sureness": matrix.sureness,
                "roles": [party.name for party in matrix.parties],
                "duties": [item.title for item in matrix.items],
                "cells": [[one.item, one.party, "".join(one.letters)] for one in matrix.crossings],
            }
            for matrix in reading.matrices
        ],
        "problems": [
            {"where": problem.where, "message": str(problem.message), "weight": problem.weight}
            for problem in reading.problems
        ],
    }
