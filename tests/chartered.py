"""A small organisation whose IT manager has a charter, and people who hold the role."""

from datetime import date
from typing import Any

from raci import models
from raci.domain.records import Accountability, Authority, Charter, Holding, Kind, Manner, Verb
from tests.factories import Small, create, write

REVIEW = date(2030, 1, 1)


def person(small: Small, key: str, user: models.User | None = None) -> models.Person:
    return models.Person.objects.create(organisation=small.organisation, key=key, name=key.title(), user=user)


def write_charter(small: Small, role: str = "ITM", **fields: Any) -> None:
    """Write a charter with one main duty and one authority; `VEN-1` is owned by the role."""
    charter = Charter("The schedule", "The on-call plan", valid_from=date(2026, 1, 1), review_on=REVIEW, **fields)
    main = Accountability("Sign contracts", duty=small.duties["VEN-1"])
    power = Authority("contracts", Verb.SIGN, "EUR", "50000")
    key = small.roles[role]
    write(
        small.organisation,
        small.cell("VEN-1", role, "", "A/R"),
        create(Kind.CHARTER, charter, key),
        create(Kind.ACCOUNTABILITY, main, key, other="m1"),
        create(Kind.AUTHORITY, power, key, other="a1"),
    )


def hold(small: Small, key: str, role: str = "ITM", holding: str = "", **fields: Any) -> None:
    fields.setdefault("manner", Manner.PERMANENT)
    write(
        small.organisation, create(Kind.HOLDING, Holding(key, **fields), small.roles[role], other=holding or f"h-{key}")
    )
