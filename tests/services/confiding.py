"""Somebody with an account who wants to change roles, and whom they let in: for tests."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command

from raci import models
from raci.domain.records import Competency, Gain, Kind, Requirement, Route, Skill
from raci.models.base import new_key
from raci.services import private
from tests.factories import Small, create, write

DAY = date(2026, 3, 1)
# Required of the IT manager in the vectors of the reference, and assessed of the project manager.
REQUIRED = {"CMP-1": 5, "CMP-2": 5, "CMP-3": 5, "CMP-4": 5, "CMP-5": 5, "CMP-6": 6}
ASSESSED = {"CMP-1": 3, "CMP-2": 4, "CMP-3": 2, "CMP-4": 4, "CMP-5": 4, "CMP-6": 5}


def member(small: Small, name: str, level: str = "contributor", **options: Any) -> models.User:
    """Return a new member of the organisation."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name.title(), **options)
    models.Membership.objects.create(organisation=small.organisation, user=user, level=level)
    return user


class Path:
    """The way of a project manager to IT manager: six competencies, two routes; pia is the person, cara her boss."""

    def __init__(self, small: Small, person: models.User | None = None) -> None:
        call_command("loaddata", "scales", verbosity=0)
        self.small = small
        self.competencies = {code: new_key() for code in REQUIRED}
        self.routes = {name: new_key() for name in ("study", "lead")}
        self.skill = new_key()
        write(small.organisation, *self._records())
        self.user = person or member(small, "pia")
        self.person = models.Person.objects.create(organisation=small.organisation, name="Pia Planner", user=self.user)
        self.own = self.let_in(self.user)

    def _records(self) -> list[Any]:
        itm = self.small.roles["ITM"]
        return [
            *(
                create(
                    Kind.COMPETENCY,
                    Competency(code, f"Competency {code[-1]}", scale="sfia-9", lowest=1, highest=7, position=place),
                    self.competencies[code],
                )
                for place, code in enumerate(REQUIRED)
            ),
            *(
                create(Kind.REQUIREMENT, Requirement(level, essential=True), itm, other=self.competencies[code])
                for code, level in REQUIRED.items()
            ),
            create(Kind.SKILL, Skill("Vendors, contracts and licences"), itm, other=self.skill),
            create(Kind.ROUTE, Route("Study", position=1, cost="900", unit="EUR", months=6), self.routes["study"]),
            create(Kind.ROUTE, Route("Lead a team", position=2, months=12), self.routes["lead"]),
            create(Kind.GAIN, Gain(1), self.routes["study"], other=self.competencies["CMP-1"]),
            create(Kind.GAIN, Gain(2), self.routes["lead"], other=self.competencies["CMP-3"]),
        ]

    def let_in(self, user: models.User) -> private.Confidence:
        found = private.let_in(self.person, user)
        assert found is not None
        return found

    def assess(self, who: private.Confidence | None = None, **levels: int) -> None:
        """Assess by codes with an underscore: CMP_1=3."""
        given = {self.competencies[code.replace("_", "-")]: private.Given(level) for code, level in levels.items()}
        private.put_assessments(confidence=who or self.own, given=given, day=DAY)

    def assess_all(self) -> None:
        self.assess(**{code.replace("-", "_"): level for code, level in ASSESSED.items()})

    def step(self, route: str = "study", key: str = "", **more: Any) -> private.Step:
        given = {"starts_on": DAY, "ends_on": date(2026, 9, 1), **more}
        step = private.Step(key or new_key(), self.small.roles["ITM"], self.routes[route], **given)
        private.put_step(confidence=self.own, step=step)
        return step

    def allow(self, user: models.User, *, assesses: bool = False) -> private.Confidence:
        private.allow(confidence=self.own, user=user.pk, assesses=assesses, day=DAY)
        return self.let_in(user)
