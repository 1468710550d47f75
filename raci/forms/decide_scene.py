"""What there is to choose from when a duty is decided in a matrix, and what the form proposes."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import DecisionType, GreyArea, Role
from raci.domain.reporting import Reporting, Shared
from raci.domain.scheme import LetterClass
from raci.forms.decide_words import usual_type

Choices = list[tuple[str, object]]


@dataclass(frozen=True)
class Scene:
    """One duty in one matrix. ``sheets`` are the matrices of the organisation as choices; ``by`` is who decides."""

    sheet: models.Matrix
    loaded: Matrix
    duty: str
    sheets: tuple[tuple[str, str], ...] = ()
    by: str = ""

    @property
    def grey_key(self) -> str:
        return self.loaded.open_by_duty.get(self.duty, "")

    @property
    def grey_area(self) -> GreyArea | None:
        return self.loaded.grey_areas[self.grey_key] if self.grey_key else None

    @property
    def usual(self) -> DecisionType | None:
        return usual_type(self.grey_area.usual_decision) if self.grey_area else None

    @cached_property
    def roles(self) -> Choices:
        """The roles of the matrix in the order of its columns, those that claim the duty first."""
        rest = [role for role in self.loaded.column_keys if role not in self.parties]
        return [("", _("Choose a role")), *((role, self.loaded.roles[role].name) for role in (*self.parties, *rest))]

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The roles between which it lies: who claims it, else between whom its area is shared, else who owns it."""
        claiming = self.loaded.claimants(self.grey_key) if self.grey_key else ()
        area = self.loaded.areas.get(self.loaded.duties[self.duty].area)
        pair = tuple(role for role in self.loaded.column_keys if area and role in area.pair)
        if len(claiming) < 2:
            claiming = tuple(dict.fromkeys((*claiming, *pair)))
        return claiming or self.loaded.holders(self.duty, LetterClass.OWNER)

    @cached_property
    def shared(self) -> Shared | None:
        """The lowest superior that those roles share."""
        retired = [key for key, role in self.loaded.roles.items() if role.retired]
        return Reporting(self.loaded.lines).shared_superior(self.parties, passing=retired)

    @property
    def superior(self) -> Role | None:
        return self.loaded.roles[self.shared.superior] if self.shared else None

    @property
    def superior_stands_here(self) -> bool:
        return self.shared is not None and self.shared.superior in self.loaded.columns

    @property
    def party_pages(self) -> list[tuple[str, str]]:
        """Those roles with their names."""
        return [(role, self.loaded.roles[role].name) for role in self.parties]

    @property
    def party_names(self) -> list[str]:
        return [self.loaded.roles[role].name for role in self.parties]

    @property
    def ways_up(self) -> list[list[str]]:
        """How the reporting lines lead from each of those roles to that superior, by name."""
        if self.shared is None:
            return []
        reporting = Reporting(self.loaded.lines)
        ways = [reporting.way_up(role, self.shared) for role in self.parties]
        return [[self.loaded.roles[role].name for role in way] for way in ways]

    @property
    def superiors(self) -> Choices:
        """The roles to whom a question can go: the shared superior first, also where it has no column here."""
        if self.shared is None:
            return self.roles
        first = (self.shared.superior, self.loaded.roles[self.shared.superior].name)
        return [self.roles[0], first, *(choice for choice in self.roles[1:] if choice[0] != self.shared.superior)]
