"""The page of a blind round: who has answered while it is open, the heat map and the figures once it is revealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from django.http import HttpRequest, QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from raci import models
from raci.domain.claims import Rates, Verdict
from raci.domain.matrix import Matrix
from raci.services.loading import load_matrix
from raci.services.round_results import Line, Pair, Result, results_of
from raci.web import access
from raci.web.charts import Bars, stacked
from raci.web.round_words import MARKS, VERDICTS, Look, mark_word

# How the parts of a bar are drawn, in the order in which they stand.
BAR_STYLES = ("agreed", "unclear", "orphan", "collision")
_EARLIER = 12
# Stands between the keys of a pair, and alone for no area; no key has it.
_BETWEEN = "."


@dataclass(frozen=True)
class Said:
    """What one person of a role said, where its people do not agree."""

    person: str
    word: str
    reason: str


@dataclass(frozen=True)
class HeatCell:
    """What one role says of a row."""

    look: Look
    word: str
    reason: str
    differs: tuple[Said, ...] = ()


@dataclass(frozen=True)
class HeatRow:
    """One row of the heat map. ``owner`` is the name of the role agreed upon, ``grey_area`` the key of the open one."""

    duty: str
    code: str
    title: str
    area: str
    area_name: str
    cells: tuple[HeatCell, ...]
    verdict: Look
    owner: str
    grey_area: str


@dataclass(frozen=True)
class RateRow:
    """Rates of one area, one pair or one round, as people read them: whole per cents, kappa with two decimals."""

    name: str
    rates: Rates
    key: str = ""
    kappa: float | None = None

    @property
    def percents(self) -> list[str]:
        """Agreement, collisions, orphans, all else."""
        rates = self.rates
        return [percent(share) for share in (rates.agreed, rates.collision, rates.orphan, rates.unclear)]

    @property
    def parts(self) -> list[int]:
        """How many rows each part of a bar stands for."""
        counts = self.rates.counts
        unclear = counts[Verdict.PARTIAL] + counts[Verdict.NAME_ONE] + counts[Verdict.OPEN]
        agreed = counts[Verdict.AGREED] + counts[Verdict.CONFIRM]
        return [agreed, unclear, counts[Verdict.ORPHAN], counts[Verdict.COLLISION]]

    @property
    def kappa_text(self) -> str:
        return decimal(self.kappa)


@dataclass(frozen=True)
class Asked:
    """What of a heat map is asked for: one verdict, one area, the view of one pair of roles; "" and None for all."""

    verdict: str = ""
    area: str | None = None
    pair: Pair | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.verdict) or self.area is not None

    @classmethod
    def read(cls, data: QueryDict, pairs: Sequence[Pair]) -> "Asked":
        """Read it from a query; what makes no sense is passed over."""
        verdict = data.get("verdict", "")
        first, _between, second = data.get("pair", "").partition(_BETWEEN)
        area = data.get("area", "")
        return cls(
            verdict if verdict in set(Verdict) else "",
            None if not area else "" if area == _BETWEEN else area,
            (first, second) if (first, second) in pairs else None,
        )


class RevealedPage:
    """A round that is revealed, as it is asked for."""

    def __init__(self, request: HttpRequest, blind: models.Round) -> None:
        self.request, self.round = request, blind
        self.loaded: Matrix = load_matrix(blind.matrix)
        before = access.rounds(request).filter(matrix=blind.matrix, revealed_on__isnull=False)
        self.others = list(before.exclude(pk=blind.pk).order_by("-revealed_on", "-pk")[:_EARLIER])
        self.result, *self._other_results = results_of(self.loaded, [blind, *self.others])
        self.asked = Asked.read(request.GET, self.result.all_pairs())

    # --- The heat map

    @property
    def roles(self) -> list[str]:
        """The names of the roles whose marks are shown."""
        return [self.loaded.roles[role].name for role in self.asked.pair or self.result.roles]

    @cached_property
    def rows(self) -> list[HeatRow]:
        """The rows that are asked for."""
        pair = self.asked.pair
        lines = self.result.lines_of_pair(pair) if pair else self.result.lines
        return [self._row(line) for line in lines if self._is_asked(line)]

    @property
    def sections(self) -> list[tuple[str, list[HeatRow]]]:
        """The rows, area by area."""
        return [(area, list(rows)) for area, rows in groupby(self.rows, key=lambda row: row.area_name)]

    def _is_asked(self, line: Line) -> bool:
        area = self.loaded.duties[line.duty].area
        return self.asked.verdict in ("", line.verdict) and self.asked.area in (None, area)

    def _row(self, line: Line) -> HeatRow:
        duty = self.loaded.duties[line.duty]
        cells = tuple(self._cell(line, role) for role in line.voices)
        owner = self.loaded.roles[line.reading.owner].name if line.reading.owner else ""
        look = VERDICTS[line.verdict]
        grey, area = self.loaded.open_by_duty.get(line.duty, ""), self._area(duty.area)
        return HeatRow(line.duty, duty.code, duty.title, duty.area, area, cells, look, owner, grey)

    def _cell(self, line: Line, role: str) -> HeatCell:
        voice = line.voices[role]
        if not voice.given:
            return HeatCell(MARKS[voice.mark.value], _("no answer"), "")
        if not voice.differs:
            return HeatCell(MARKS[voice.mark.value], mark_word(voice.mark, self.loaded), voice.reason)
        said = tuple(
            Said(item.person, mark_word(item.given.mark, self.loaded), item.given.reason) for item in voice.given
        )
        return HeatCell(MARKS[voice.mark.value], _("they differ"), "", said)

    def _area(self, key: str) -> str:
        return self.loaded.areas[key].name if key in self.loaded.areas else _("Other duties")

    # --- Figures

    @cached_property
    def total(self) -> RateRow:
        """The rates of the whole round, or of the pair that is asked for."""
        if self.asked.pair:
            return next(row for row in self.pairs if row.key == _BETWEEN.join(self.asked.pair))
        return RateRow(_("All rows"), self.result.rates, kappa=self.result.kappa)

    @cached_property
    def areas(self) -> list[RateRow]:
        """The rates of each area."""
        pair = self.asked.pair
        lines = self.result.lines_of_pair(pair) if pair else self.result.lines
        grouped: dict[str, list[Verdict]] = {}
        for line in lines:
            grouped.setdefault(self.loaded.duties[line.duty].area, []).append(line.verdict)
        return [RateRow(self._area(key), Rates.of(verdicts), key or _BETWEEN) for key, verdicts in grouped.items()]

    @cached_property
    def chart(self) -> Bars:
        """The rates of each area as bars."""
        return stacked([(row.name, row.parts) for row in self.areas], BAR_STYLES)

    @cached_property
    def pairs(self) -> list[RateRow]:
        """The rates and kappa of each pair of roles, where there are more than two."""
        found = []
        for pair in self.result.all_pairs():
            rates = Rates.of(line.verdict for line in self.result.lines_of_pair(pair))
            name = " · ".join(self.loaded.roles[role].name for role in pair)
            found.append(RateRow(name, rates, _BETWEEN.join(pair), self.result.pairs[pair]))
        return found

    @cached_property
    def over_time(self) -> list[tuple[models.Round, RateRow]]:
        """This round and the others of the matrix that are revealed, latest first."""
        results: list[Result] = [self.result, *self._other_results]
        found = [
            (blind, RateRow(blind.title, result.rates, kappa=result.kappa))
            for blind, result in zip([self.round, *self.others], results, strict=True)
        ]
        return sorted(found, key=lambda item: (item[0].revealed_on, item[0].pk), reverse=True)

    # --- What can be asked for

    @property
    def verdict_choices(self) -> list[tuple[str, str]]:
        """The verdicts that some row has, with how many."""
        counts = self.total.rates.counts
        return [(one.value, f"{look.word} ({counts[one]})") for one, look in VERDICTS.items() if counts[one]]

    @property
    def area_choices(self) -> list[tuple[str, str]]:
        return [(row.key, row.name) for row in self.areas]

    @property
    def asked_area(self) -> str:
        return _BETWEEN if self.asked.area == "" else self.asked.area or ""

    @property
    def asked_pair(self) -> str:
        return _BETWEEN.join(self.asked.pair) if self.asked.pair else ""

    @property
    def legend(self) -> list[Look]:
        """The verdicts that some row has."""
        return [look for one, look in VERDICTS.items() if self.total.rates.counts[one]]

    @property
    def left(self) -> int:
        """How many rows are not agreed."""
        return self.result.rates.rows - self.agreed

    @property
    def agreed(self) -> int:
        """How many rows are agreed."""
        return self.result.rates.counts[Verdict.AGREED] + self.result.rates.counts[Verdict.CONFIRM]


def percent(share: Fraction | None) -> str:
    """Return a share in whole per cent, a dash where there is none."""
    return "–" if share is None else f"{round(100 * share)} %"


def decimal(value: float | None) -> str:
    """Return a number with two decimals, as people write it; a dash where it is not defined."""
    return "–" if value is None else str(number_format(value, 2))
