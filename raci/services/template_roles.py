"""What a template says of the roles themselves: how they differ, their charters, what they must be able to do."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from raci.domain.change import Address, Change
from raci.domain.records import (
    Accountability,
    Charter,
    Competency,
    Difference,
    Incompatibility,
    Kind,
    Need,
    Record,
    Requirement,
    Route,
    RouteType,
    Skill,
    Verb,
    to_fields,
)
from raci.models import Scale
from raci.models.base import new_key


@dataclass
class Started:
    """The keys that a template's codes were given, routes by the entries of the catalogue that they come from."""

    roles: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    duties: dict[str, str] = field(default_factory=dict)
    matrices: dict[str, str] = field(default_factory=dict)
    competencies: dict[str, str] = field(default_factory=dict)
    routes: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def add(self, kind: Kind, record: Record, subject: str, *, matrix: str = "", other: str = "") -> None:
        self.changes.append(Change(Address(kind, matrix, subject, other), "", None, to_fields(record)))


def add_roles_defined(started: Started, data: dict[str, Any]) -> None:
    """Put on record what a template says of its roles, once they, their areas and duties have keys.

    Whatever is about an area or a duty that was left out is left out too; a main duty stays, as words. No day and
    no share of time is made up: both are the organisation's to say.
    """
    for position, item in enumerate(data.get("differences", ()), start=1):
        first, second = (started.roles[code] for code in item["roles"])
        values = (item["dimension"], item["first_value"], item["second_value"], item["source"])
        started.add(Kind.DIFFERENCE, Difference(first, second, *values, position=position), new_key())
    for item in data.get("charters", ()):
        _add_charter(started, item)
    for pair in data.get("incompatible_duties", ()):
        if all(code in started.duties for code in pair["duties"]):
            duty, other = (started.duties[code] for code in pair["duties"])
            started.add(Kind.INCOMPATIBILITY, Incompatibility(pair["reason"]), duty, other=other)
    for item in data.get("needs", ()):
        if item["duty"] in started.duties:
            need = Need(item["thing"], Verb(item["verb"]))
            started.add(Kind.NEED, need, started.duties[item["duty"]], other=new_key())
    _add_competence(started, data)


def _add_charter(started: Started, item: dict[str, Any]) -> None:
    role = started.roles[item["role"]]
    charter = Charter(
        excludes=_lines(item["excludes"]),
        dependencies=_lines(item["dependencies"]),
        measures=_lines(item["measures"]),
    )
    started.add(Kind.CHARTER, charter, role)
    for position, duty in enumerate(item["main_duties"], start=1):
        area = started.areas.get(duty["area"], "")
        started.add(Kind.ACCOUNTABILITY, Accountability(duty["text"], area, position=position), role, other=new_key())


def _lines(items: Iterable[dict[str, Any]]) -> str:
    return "\n".join(item["text"] for item in items)


def _add_competence(started: Started, data: dict[str, Any]) -> None:
    for position, item in enumerate(data.get("competencies", ()), start=1):
        started.competencies[item["code"]] = new_key()
        competency = Competency(**item, position=position)
        started.add(Kind.COMPETENCY, competency, started.competencies[item["code"]])
    for position, item in enumerate(data.get("skills", ()), start=1):
        covered = started.competencies.get(item["competency"], "")
        skill = Skill(item["name"], covered, item["source"], position)
        started.add(Kind.SKILL, skill, started.roles[item["role"]], other=new_key())
    for item in data.get("requirements", ()):
        requirement = Requirement(item["level"], item["essential"])
        competency_key = started.competencies[item["competency"]]
        started.add(Kind.REQUIREMENT, requirement, started.roles[item["role"]], other=competency_key)
    for position, item in enumerate(data.get("routes", ()), start=1):
        key = started.routes[item["source"]] = new_key()
        route = Route(
            item["name"],
            RouteType(item["type"]),
            description=item["description"],
            source=item["source"],
            position=position,
        )
        started.add(Kind.ROUTE, route, key)


def provide_scales(data: dict[str, Any]) -> None:
    """Make sure of the scales of levels that a template stands on: they are data that come with the product.

    An installation that was updated has the tables, and may not have loaded the fixture yet.
    """
    wanted = {item["scale"] for item in data.get("competencies", ())}
    missing = wanted - set(Scale.objects.filter(code__in=wanted).values_list("code", flat=True))
    if missing:
        shipped = json.loads((settings.BASE_DIR / "fixtures" / "scales.json").read_text(encoding="utf-8"))
        fields = [item["fields"] for item in shipped if item["fields"]["code"] in missing]
        Scale.objects.bulk_create([Scale(**one) for one in fields], ignore_conflicts=True)
