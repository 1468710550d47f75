"""Organisations for tests, made through the one door like any other."""

from typing import Any

from raci import models
from raci.domain.change import Address, Change, cell_change
from raci.domain.records import Area, Column, Duty, Kind, Line, Record, Role, Row, Sheet, to_fields
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes

TESTER = Author(name="Tester", door="command", reason="Test data")


def create(kind: Kind, record: Record, subject: str, *, matrix: str = "", other: str = "") -> Change:
    """Return the change that creates a record."""
    return Change(Address(kind, matrix, subject, other), "", None, to_fields(record))


def write(organisation: models.Organisation, *changes: Change, **options: Any) -> Outcome:
    outcome = apply_changes(organisation=organisation, changes=changes, author=options.pop("author", TESTER), **options)
    assert outcome.ok, (outcome.conflicts, outcome.refusals)
    return outcome


def scheme() -> models.Scheme:
    """Return plain RACI, as the fixture has it."""
    letters = [
        {
            "code": "A",
            "label": "Accountable",
            "letter_class": "owner",
            "minimum": 1,
            "maximum": 1,
            "combines_with": ["R"],
        },
        {"code": "R", "label": "Responsible", "letter_class": "doer", "minimum": 1, "combines_with": ["A"]},
        {"code": "C", "label": "Consulted", "letter_class": "input"},
        {"code": "I", "label": "Informed", "letter_class": "notice"},
    ]
    definition = {"code": "raci", "name": "RACI", "letters": letters}
    return models.Scheme.objects.get_or_create(code="raci", defaults={"name": "RACI", "definition": definition})[0]


class Small:
    """An organisation with one matrix of three duties by three roles, all cells empty."""

    def __init__(self, slug: str = "small") -> None:
        scheme()
        self.organisation = models.Organisation.objects.create(slug=slug, name=slug.title())
        self.roles = {code: new_key() for code in ("PM", "ITM", "CIO")}
        self.duties = {code: new_key() for code in ("VEN-1", "VEN-2", "FIN-1")}
        self.area, self.matrix_key = new_key(), new_key()
        write(self.organisation, *self._register(), *self._sheet())
        self.matrix = models.Matrix.objects.get(key=self.matrix_key)

    def cell(self, duty: str, role: str, before: str, after: str) -> Change:
        return cell_change(self.matrix_key, self.duties[duty], self.roles[role], before, after)

    def set(self, duty: str, role: str, before: str, after: str) -> Outcome:
        return write(self.organisation, self.cell(duty, role, before, after))

    def _register(self) -> list[Change]:
        names = {"PM": "IT Project Manager", "ITM": "IT Manager", "CIO": "Chief Information Officer"}
        area = Area("VEN", "Vendor management", first_role=self.roles["PM"], second_role=self.roles["ITM"])
        return [
            *(create(Kind.ROLE, Role(code, names[code]), key) for code, key in self.roles.items()),
            create(Kind.LINE, Line(), self.roles["ITM"], other=self.roles["CIO"]),
            create(Kind.AREA, area, self.area),
            *(
                create(Kind.DUTY, Duty(code, f"Do what {code} says", self.area if code[0] == "V" else ""), key)
                for code, key in self.duties.items()
            ),
        ]

    def _sheet(self) -> list[Change]:
        rows, columns = enumerate(self.duties.values()), enumerate(self.roles.values())
        return [
            create(Kind.SHEET, Sheet("Projects", "projects"), self.matrix_key),  # type: ignore[arg-type]
            *(create(Kind.ROW, Row(position), key, matrix=self.matrix_key) for position, key in rows),
            *(create(Kind.COLUMN, Column(position), key, matrix=self.matrix_key) for position, key in columns),
        ]
