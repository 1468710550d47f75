"""Records of every kind that defines roles, for the pages of the administration."""

from datetime import date

from raci import models
from raci.domain.records import (
    Absence,
    Accountability,
    Agreement,
    Alias,
    Authority,
    Baseline,
    Charter,
    Competency,
    Difference,
    Gain,
    Holding,
    Incompatibility,
    Kind,
    Need,
    Requirement,
    Role,
    Route,
    Signature,
    Skill,
)
from raci.models.base import new_key
from tests.factories import create, write

# What an owner may add, change and delete, and what is only read.
WRITTEN = (
    models.RoleAlias,
    models.Charter,
    models.Accountability,
    models.Authority,
    models.Need,
    models.Agreement,
    models.Incompatibility,
    models.Difference,
    models.Baseline,
    models.Competency,
    models.Skill,
    models.Requirement,
    models.Route,
    models.Gain,
    models.Holding,
    models.Absence,
)
DEFINING = (*WRITTEN, models.Signature, models.Person)
DAY = date(2026, 3, 2)


def define(small, code: str) -> None:
    """Give an organisation a role with one record of each kind, whatever else it has."""
    scale, _made = models.Scale.objects.get_or_create(
        code="own", defaults={"name": "Six levels", "levels": [{"level": n, "name": str(n)} for n in range(6)]}
    )
    person = models.Person.objects.create(organisation=small.organisation, name=f"Ada {code}")
    role, competency, route = new_key(), new_key(), new_key()
    duty, other = small.duties[code], small.duties["FIN-1" if code != "FIN-1" else "VEN-1"]

    def of_role(kind, record):
        return create(kind, record, role, other=new_key())

    write(
        small.organisation,
        create(Kind.ROLE, Role(f"OF-{code}", f"Of {code}"), role),
        create(Kind.CHARTER, Charter("Money", measures="Uptime", review_on=DAY), role),
        of_role(Kind.ALIAS, Alias(f"Known as {code}")),
        of_role(Kind.ACCOUNTABILITY, Accountability("Plan it", duty=duty, share=40)),
        of_role(Kind.AUTHORITY, Authority("contracts", unit="EUR", ceiling="50000", sheet=small.matrix_key)),
        create(Kind.NEED, Need("contracts"), duty, other=new_key()),
        create(Kind.AGREEMENT, Agreement(role, small.roles["CIO"], reference="On paper"), new_key()),
        create(Kind.INCOMPATIBILITY, Incompatibility("One pays"), duty, other=other),
        create(Kind.DIFFERENCE, Difference(role, small.roles["CIO"], "Span", "a project"), new_key()),
        create(Kind.COMPETENCY, Competency(f"CMP-{code}", "Vendors", scale=scale.code), competency),
        of_role(Kind.SKILL, Skill("Bargain", competency)),
        create(Kind.REQUIREMENT, Requirement(4, essential=True), role, other=competency),
        create(Kind.ROUTE, Route("Go along", cost="100", unit="EUR"), route),
        create(Kind.GAIN, Gain(2), route, other=competency),
        of_role(Kind.HOLDING, Holding(person.key, starts_on=DAY)),
        create(Kind.ABSENCE, Absence(person.key, DAY), new_key()),
        of_role(Kind.SIGNATURE, Signature(person.key, 1, "0" * 64, DAY)),
        create(Kind.BASELINE, Baseline("As agreed", 1, DAY), new_key()),
    )
