"""The page on which a meeting is held over two roles: numbers, differences, and every line area by area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.formats import date_format

from raci.documents.boundary import words
from raci.documents.speech import speaking
from raci.domain.boundary import AreaPart, Boundary, HandOver, Line, LineClass, Side
from raci.domain.matrix import Matrix
from raci.domain.records import Agreement, Duty
from raci.forms.boundary import BoundaryFilter
from raci.services.boundaries import Between, Point, Said, trend
from raci.services.boundary_export import agreement_in_words, decisions_in_words
from raci.services.words import spoken_language
from raci.web import access
from raci.web.charts import Curve, curve

# In an address "" means any area, so duties without one need a word.
NO_AREA = "none"


@dataclass(frozen=True)
class Shown:
    """One line with everything that it leads to. ``decisions`` are (key, words), ``points`` words."""

    line: Line
    duty: Duty
    kind: str
    owners: str
    interim: str
    decisions: tuple[tuple[str, str], ...]
    points: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.line.grey_area)

    @property
    def is_undecided(self) -> bool:
        return self.line.kind is LineClass.UNDECIDED


@dataclass(frozen=True)
class Scope:
    """The lines of one matrix in one area."""

    matrix: Matrix
    lines: tuple[Shown, ...]


@dataclass(frozen=True)
class Section:
    """One area: what the catalogue says of it, its numbers, its lines by matrix, its hand-over points (code, words)."""

    key: str
    name: str
    part: AreaPart
    said: str
    coefficient: str
    counts: tuple[tuple[str, int], ...]
    scopes: tuple[Scope, ...]
    points: tuple[tuple[str, str, str], ...]


class BoundaryPage:
    """What stands between two roles, and what of it is asked for."""

    def __init__(self, request: HttpRequest, stands: Between) -> None:
        self.request, self.stands = request, stands
        self.first, self.second = stands.found.first, stands.found.second
        self.organisation = access.place(request).organisation

    @property
    def names(self) -> tuple[str, str]:
        return self.stands.names

    @property
    def pair(self) -> Boundary:
        return self.stands.found

    @cached_property
    def filter(self) -> BoundaryFilter:
        """What may be asked for: areas, classes and matrices that have something."""
        whole = self.stands.whole
        with speaking(spoken_language()):
            areas = [(part.area or NO_AREA, words.area_name(whole, part)) for part in self.pair.areas]
            kinds = list(words.class_words(self.names).items())
        return BoundaryFilter(
            areas, kinds, [(one.key, one.sheet.title) for one in whole.matrices], self.request.GET or None
        )

    @cached_property
    def found(self) -> Boundary:
        """What is left of the boundary by the filters."""
        area, kind = self.filter.chosen("area"), self.filter.chosen("kind")
        return self.pair.narrowed(
            area=None if not area else "" if area == NO_AREA else area,
            kinds=[kind] if kind else [],
            sheet=self.filter.chosen("matrix"),
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.filter.asked)

    @property
    def lines(self) -> int:
        """How many lines are shown."""
        return sum(len(part.lines) for part in self.found.areas)

    @cached_property
    def summary(self) -> str:
        with speaking(spoken_language()):
            return words.summary(self.pair, self.names)

    @cached_property
    def figures(self) -> list[tuple[str, str]]:
        with speaking(spoken_language()):
            return words.figures(self.pair, self.names)

    @property
    def sides(self) -> Sequence[Side]:
        return self.pair.differences

    @property
    def fillable(self) -> int:
        """How many dimensions the catalogue could fill in."""
        return sum(side.fillable for side in self.sides)

    # --- Area by area

    @cached_property
    def sections(self) -> list[Section]:
        told = decisions_in_words(self.stands.whole, self.found)
        with speaking(spoken_language()):
            kinds = words.class_words(self.names)
            return [self._section(part, kinds, told) for part in self.found.areas]

    def _section(self, part: AreaPart, kinds: Mapping[str, str], told: Mapping[tuple[str, str], str]) -> Section:
        whole = self.stands.whole
        area, points = whole.register.areas.get(part.area), words.points_of(part)
        said = next((one.text for one in self.stands.said if area and one.code == area.source), "")
        scopes = (
            Scope(whole.by_key[sheet], tuple(self._shown(line, kinds, told, points) for line in lines))
            for sheet, lines in part.by_sheet.items()
        )
        named = [(kinds[kind], part.counts[kind]) for kind in words.ORDER if part.counts.get(kind)]
        handed = tuple(
            (point.duty, whole.register.duties[point.duty].code, words.hand_over(whole, point, self.names))
            for point in part.hand_overs
        )
        name = words.area_name(whole, part)
        return Section(
            part.area or NO_AREA, name, part, said, words.coefficient(part.share), tuple(named), tuple(scopes), handed
        )

    def _shown(
        self,
        line: Line,
        kinds: Mapping[str, str],
        told: Mapping[tuple[str, str], str],
        points: Mapping[tuple[str, str], Sequence[HandOver]],
    ) -> Shown:
        whole = self.stands.whole
        passing = points.get((line.duty, line.matrix), ())
        return Shown(
            line,
            whole.register.duties[line.duty],
            kinds[line.kind],
            words.accountable(whole, line),
            words.role_name(whole, line.interim),
            tuple((key, told[line.matrix, key]) for key in line.decisions),
            tuple(words.hand_over(whole, point, self.names) for point in passing),
        )

    # --- Beside it

    @property
    def catalogue(self) -> list[Said]:
        """What the catalogue says of the pair and stands at no area of theirs."""
        at_areas = {one.source for one in self.stands.register.areas.values()}
        return [one for one in self.stands.said if one.code not in at_areas]

    @property
    def agreements(self) -> list[tuple[str, Agreement, str, bool]]:
        """Key, record, words, and whether it has run out, of each agreement between the two."""
        today = self.stands.today
        return [
            (key, one, agreement_in_words(self.stands.whole, one), bool(one.valid_until and one.valid_until < today))
            for key, one in self.stands.agreements.items()
        ]

    @cached_property
    def trend(self) -> tuple[Point, ...]:
        return trend(self.organisation, self.stands.register, self.first, self.second)

    @cached_property
    def over_time(self) -> list[tuple[Point, str]]:
        """The baselines, each with its coefficient as people write it."""
        with speaking(spoken_language()):
            return [(point, words.coefficient(point.share) if point.share else "–") for point in self.trend]

    @cached_property
    def now(self) -> str:
        """The coefficient as it stands."""
        with speaking(spoken_language()):
            return words.coefficient(self.pair.share)

    @cached_property
    def chart(self) -> Curve:
        """The coefficient over the baselines, and as it stands."""
        values = [point.share.coefficient if point.share else None for point in self.trend]
        labels = [
            date_format(point.baseline.published_on, "SHORT_DATE_FORMAT") if point.baseline.published_on else ""
            for point in self.trend
        ]
        told = [value for _point, value in self.over_time]
        return curve([*values, self.pair.share.coefficient], [*labels, ""], [*told, self.now])
