"""One grey area with all that helps to decide it: the row as it is, what each side says, decisions, near duties."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import Claim, Decision, Duty, GreyArea, GreyAreaStatus
from raci.domain.related import Nearness, related
from raci.services.loading import load_matrix
from raci.services.row_history import Past, past_of_grey_area
from raci.services.settling.words import part_in_words
from raci.web.row_panel import RowPanel


@dataclass(frozen=True)
class Side:
    """One role that is asked: what it claims, None where it makes no claim; what it holds; what was proposed for it."""

    key: str
    name: str
    claim: Claim | None
    now: str
    proposed: str


@dataclass(frozen=True)
class Decided:
    """One decision on the row, in words. ``standing`` is "in force", "replaced" or "withdrawn"."""

    key: str
    decision: Decision
    kind: str
    owner: str
    parts: tuple[tuple[str, str], ...]
    standing: str


@dataclass(frozen=True)
class NearDuty:
    """A duty that may be the same: how near it is, and how it stands in this matrix."""

    key: str
    duty: Duty
    nearness: Nearness
    grey_area: str
    owners: tuple[str, ...]


class GreyPage:
    """A grey area as it is now. Raises `Http404` where the matrix has none of that key any more."""

    def __init__(self, request: HttpRequest, row: models.GreyArea) -> None:
        self.request, self.sheet, self.key = request, row.matrix, row.key
        self.loaded: Matrix = load_matrix(row.matrix)
        if row.key not in self.loaded.grey_areas:
            raise Http404
        self.grey_area: GreyArea = self.loaded.grey_areas[row.key]
        self.duty_key = self.grey_area.duty
        self.status, self.origin = row.get_status_display(), row.get_origin_display()

    @property
    def duty(self) -> Duty:
        return self.loaded.duties[self.duty_key]

    @property
    def scheme(self) -> object:
        return self.loaded.scheme

    @property
    def is_open(self) -> bool:
        return self.grey_area.status is GreyAreaStatus.OPEN

    @property
    def area(self) -> str:
        return self.loaded.areas[self.duty.area].name if self.duty.area in self.loaded.areas else ""

    @property
    def pair(self) -> tuple[str, ...]:
        """The two roles between which its area is a declared overlap, none where it is not."""
        found = self.loaded.areas.get(self.duty.area)
        return found.pair if found else ()

    @cached_property
    def around(self) -> RowPanel | None:
        """The row with its letters and comments; None where it is not in the matrix any more."""
        return RowPanel(self.request, self.sheet, self.duty_key) if self.duty_key in self.loaded.rows else None

    @property
    def not_asked(self) -> bool:
        """Whether it is open although nobody has to answer for the row."""
        return self.is_open and (self.around is None or not self.around.applies)

    @property
    def decider(self) -> str:
        return self._name(self.grey_area.decider)

    @property
    def interim(self) -> str:
        return self._name(self.grey_area.interim)

    @cached_property
    def sides(self) -> list[Side]:
        """The roles that claim it and those between which it lies, in column order."""
        made = {role: claim for (key, role), claim in self.loaded.claims.items() if key == self.key}
        area = self.loaded.areas.get(self.duty.area)
        asked = {*made, *(area.pair if area else ())}
        columns = [role for role in self.loaded.column_keys if role in asked]
        return [
            Side(role, self._name(role), made.get(role), self._letters(role), self.grey_area.proposed.get(role, ""))
            for role in (*columns, *sorted(made.keys() - set(columns)))
        ]

    @property
    def proposals(self) -> list[tuple[str, str]]:
        """What a template proposes for the roles that are not asked, by their names."""
        sides, proposed = {side.key for side in self.sides}, self.grey_area.proposed
        return [
            (self._name(role), proposed[role]) for role in self.loaded.column_keys if role in proposed.keys() - sides
        ]

    @cached_property
    def decisions(self) -> list[Decided]:
        """All decisions on the row, the latest first; each stands above the one that it replaced."""
        replaced = {item.supersedes for item in self.loaded.decisions.values()}
        found = {key: item for key, item in self.loaded.decisions.items() if item.duty == self.duty_key}
        return [self._decided(key, item, key in replaced) for key, item in sorted(found.items(), key=self._by_chain)]

    def _by_chain(self, item: tuple[str, Decision]) -> tuple[int, str, int]:
        """Sort chains by the day of their latest decision, and within them by how many decisions came after."""
        after = {one.supersedes: name for name, one in self.loaded.decisions.items() if one.supersedes}
        latest, steps = item[0], 0
        while latest in after:
            latest, steps = after[latest], steps + 1
        day = self.loaded.decisions[latest].decided_on
        return (-day.toordinal() if day else 0, latest, steps)

    def _decided(self, key: str, item: Decision, replaced: bool) -> Decided:
        parts = ((self._name(part.role), part_in_words(item, part)) for part in self.loaded.parts_of(key))
        standing = "withdrawn" if item.withdrawn_on else "replaced" if replaced else "in force"
        kind = str(models.Decision.Type(item.type.value).label)
        return Decided(key, item, kind, self._name(item.owner), tuple(parts), standing)

    @cached_property
    def related(self) -> list[NearDuty]:
        """Duties whose wording is near to this one."""
        return list(self._related())

    def _related(self) -> Iterator[NearDuty]:
        loaded, pivot = self.loaded, self.loaded.scheme.pivot
        for item in related(loaded.duties, self.duty_key):
            owners = tuple(self._name(role) for role in loaded.holders(item.duty, pivot))
            opened = loaded.open_by_duty.get(item.duty, "")
            yield NearDuty(item.duty, loaded.duties[item.duty], item.nearness, opened, owners)

    @cached_property
    def past(self) -> Past:
        """What happened to it: its claims and the decisions on it too."""
        return past_of_grey_area(self.sheet.organisation, self.loaded, self.key)

    def _letters(self, role: str) -> str:
        return self.loaded.letters(self.duty_key, role)

    def _name(self, role: str) -> str:
        return self.loaded.roles[role].name if role in self.loaded.roles else ""
