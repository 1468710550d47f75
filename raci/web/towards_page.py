"""The page of one person on the way to a role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.competence import Route
from raci.domain.whole import Whole
from raci.services.paths import Line, Towards, Way, held_today, look_towards, percent
from raci.services.private import Allowed, Confidence, Given, Step, allowed
from raci.services.words import shown_number
from raci.web import access, access_paths
from raci.web.charts_levels import LevelChart, level_chart
from raci.web.path_in_general import Turned, turned


@dataclass(frozen=True)
class PlanLine:
    """A step of the plan with its route; ``late`` where its days are over and it is not done."""

    step: Step
    route: Route
    way: Way | None
    late: bool


class TowardsPage:
    """What stands on the page, for the person themselves or somebody whom they let in."""

    def __init__(self, request: HttpRequest, confidence: Confidence, whole: Whole, role: models.Role) -> None:
        self.request, self.confidence, self.whole, self.role = request, confidence, whole, role
        self.towards: Towards = look_towards(confidence, whole, role.key)
        self.today: date = timezone.localdate()

    @property
    def person(self) -> models.Person:
        return self.confidence.person

    @property
    def may_write(self) -> bool:
        """Whether the visitor may do anything here: those who only read an organisation do not."""
        return access.place(self.request).may_claim

    @property
    def may_plan(self) -> bool:
        return self.may_write and self.confidence.is_own

    @property
    def may_assess(self) -> bool:
        return self.may_write and self.confidence.may_assess

    @property
    def readiness(self) -> str:
        return percent(self.towards.gaps.readiness)

    @property
    def expected_readiness(self) -> str:
        return percent(self.towards.expected.readiness)

    @cached_property
    def codes(self) -> dict[str, str]:
        """The codes of the competencies by key."""
        return {key: one.code for key, one in self.whole.register.competencies.items()}

    @cached_property
    def chart(self) -> LevelChart:
        """What is required and assessed, one bar for each competency."""
        return level_chart([(one.competency.name, _figure(one), one.gap) for one in self.towards.lines])

    @cached_property
    def plan(self) -> Sequence[PlanLine]:
        """The steps of the plan by their days, each with its route."""
        routes, found = self.whole.register.routes, []
        for step in self.towards.steps:
            late = step.done_on is None and step.ends_on < self.today
            found.append(PlanLine(step, routes[step.route], self.towards.way(step.route), late))
        return found

    @cached_property
    def allowed(self) -> list[Allowed]:
        """Whom the person lets in."""
        return allowed(self.confidence)

    @cached_property
    def starts(self) -> list[models.Role]:
        """The roles from which the person can come: those they hold today, then those their account stands for."""
        held = held_today(self.whole.register, self.person.key, self.today)
        keys = dict.fromkeys([*held, *access_paths.stood_for(self.request, self.person)])
        asked = self.request.GET.get("from", "")
        roles = {role.key: role for role in access.roles(self.request).filter(key__in=[*keys, asked])}
        return [roles[key] for key in keys if key in roles and key != self.role.key]

    @cached_property
    def start(self) -> models.Role | None:
        """The role that is held against the target: the one that is asked for, else the first of those held."""
        asked = self.request.GET.get("from", "")
        if asked and asked != self.role.key:
            found: models.Role | None = access.roles(self.request).filter(key=asked).first()
            if found:
                return found
        return self.starts[0] if self.starts else None

    @cached_property
    def turned(self) -> list[Turned]:
        """What the person would gain and lose in the matrices."""
        return turned(self.whole, self.start.key, self.role.key) if self.start else []

    @property
    def other_roles(self) -> Any:
        """What can be held against the target."""
        return access.roles(self.request).filter(retired=False).exclude(pk=self.role.pk).order_by("name")

    def given(self) -> dict[str, Given]:
        """Return what the visitor said before, by competency."""
        return {
            one.competency: Given(one.level, one.evidence)
            for line in self.towards.lines
            for one in line.opinions
            if one.is_mine
        }


def _figure(line: Line) -> str:
    if line.gap.assessed is None:
        return _("not assessed")
    facts = {"assessed": shown_number(line.gap.assessed), "required": shown_number(line.gap.required)}
    return _("%(assessed)s of %(required)s") % facts
