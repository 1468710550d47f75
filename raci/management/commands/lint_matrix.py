"""Print what lint finds, for people or as JSON; exit 1 where there are errors."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from raci import models
from raci.domain.lint import Finding, Level
from raci.domain.matrix import Matrix
from raci.management.matrices import add_arguments, chosen_matrices
from raci.services.linting import findings, matrix_health
from raci.services.loading import load_matrix


class Command(BaseCommand):
    help = "Check matrices against the rules. Exits with 1 where a rule finds an error."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        matrices = chosen_matrices(options)
        found = {matrix: findings(matrix) for matrix in matrices}
        if options["json"]:
            told = [_as_data(matrix, items) for matrix, items in found.items()]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for matrix, items in found.items():
                self._tell(matrix, items)
        if any(item.level is Level.ERROR for items in found.values() for item in items):
            sys.exit(1)

    def _tell(self, matrix: models.Matrix, items: tuple[Finding, ...]) -> None:
        loaded, state = load_matrix(matrix), matrix_health(matrix)
        self.stdout.write(f"{matrix.title}: {state.clean} of {state.applicable} rows clean, {len(items)} findings")
        for item in items:
            self.stdout.write(f"  {item.level:<8}{item.rule}  {_where(loaded, item)}: {item.text} {item.remedy}")


def _where(matrix: Matrix, item: Finding) -> str:
    duty = matrix.duties.get(item.subject.duty)
    roles = (matrix.roles[role].name for role in item.subject.roles if role in matrix.roles)
    parts = [part for part in (duty and duty.code, *roles) if part]
    return " × ".join(parts) or "matrix"


def _as_data(matrix: models.Matrix, items: tuple[Finding, ...]) -> dict[str, Any]:
    loaded, state = load_matrix(matrix), matrix_health(matrix)
    return {
        "matrix": matrix.key,
        "title": matrix.title,
        "revision": loaded.revision,
        "health": {"clean": state.clean, "applicable": state.applicable},
        "findings": [
            {
                "rule": item.rule,
                "name": item.name,
                "variant": item.variant,
                "level": str(item.level),
                "where": _where(loaded, item),
                "message": item.text,
                "hint": item.remedy,
                "key": item.key,
            }
            for item in items
        ],
    }
