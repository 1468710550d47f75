"""Large matrices to measure with, always the same ones."""

import json
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime

from raci.documents.edition import Edition
from raci.domain.lint.finding import Finding, Level, Subject, SubjectKind
from raci.domain.matrix import Matrix
from raci.domain.records import Area, Column, Duty, Role, Row, Sheet
from raci.domain.scheme import Letter, LetterClass, Scheme

FILLED = 0.45
_WORDS = ("plan", "review", "approve", "budget", "vendor", "service", "release", "contract", "staff", "report", "risk")
_MIX = ("C", "C", "I", "I", "R", "A", "A/R")
_RACI = Scheme(
    "raci",
    "RACI",
    (
        Letter("A", "Accountable", LetterClass.OWNER, 1, 1, frozenset("R")),
        Letter("R", "Responsible", LetterClass.DOER, 1),
        Letter("C", "Consulted", LetterClass.INPUT),
        Letter("I", "Informed", LetterClass.NOTICE),
    ),
)


def matrix(duties: int, roles: int) -> Matrix:
    """Return a matrix of so many duties and roles in which 45 % of the cells are filled."""
    chance = random.Random(20)
    columns = [f"r{number:03}" for number in range(roles)]
    keys = [f"d{number:06}" for number in range(duties)]
    areas = {f"a{number}": Area(f"A{number}", f"Area number {number}", position=number) for number in range(12)}
    return Matrix(
        key="m",
        sheet=Sheet("A large matrix"),
        scheme=_RACI,
        areas=areas,
        roles={key: Role(key.upper(), f"Role number {key}") for key in columns},
        duties={
            key: Duty(f"DUT-{number}", " ".join(chance.choices(_WORDS, k=6)).capitalize(), f"a{number * 12 // duties}")
            for number, key in enumerate(keys)
        },
        rows={key: Row(number) for number, key in enumerate(keys)},
        columns={key: Column(number) for number, key in enumerate(columns)},
        cells={
            key: {role: chance.choice(_MIX) for role in columns if chance.random() < FILLED} or {columns[0]: "A"}
            for key in keys
        },
        revision=1,
    )


def edition(duties: int, roles: int, findings: int = 0) -> Edition:
    """Return an edition of such a matrix, with so many findings."""
    moment = datetime(2026, 11, 12, 14, 5, tzinfo=UTC)
    large = matrix(duties, roles)
    found = tuple(
        Finding(
            "R02", "row-many-owners", Level.ERROR, Subject(SubjectKind.ROW, duty),
            "{count} roles answer for {duty}.", "Keep one of them as owner of {duty}.",
            facts={"count": 2, "duty": large.duties[duty].code},
        )
        for duty in large.row_keys[:findings]
    )  # fmt: skip
    return Edition("Example", large, found, moment, "An editor", moment, "An editor", "e", "0")


def store(duties: int, roles: int) -> tuple[str, str]:
    """Write such a matrix into the database of the settings; return a session that may write, and its path."""
    import django

    django.setup()
    from raci import models
    from raci.domain.change import cell_change
    from raci.domain.matrix import records
    from raci.domain.records import Kind
    from raci.models.base import new_key
    from tests.factories import create, scheme, write
    from tests.races.site import _sign_in

    scheme()
    large = matrix(duties, roles)
    organisation = models.Organisation.objects.create(slug="large", name="Large")
    keys = {key: new_key() for key in (*large.areas, *large.roles, *large.duties, large.key)}
    changes = []
    for address, record in records(large):
        moved = replace(record, area=keys[record.area]) if isinstance(record, Duty) else record
        here = {"matrix": keys[address.matrix]} if address.matrix else {}
        changes.append(create(Kind(address.kind), moved, keys[address.subject], **here))
    cells = [
        cell_change(keys[large.key], keys[duty], keys[role], "", letters)
        for duty, row in large.cells.items()
        for role, letters in row.items()
    ]
    write(organisation, *changes, *cells)
    return _sign_in(organisation, "editor"), f"/o/large/matrices/{keys[large.key]}/"


if __name__ == "__main__":
    print(json.dumps(store(int(sys.argv[1]), int(sys.argv[2]))))
