"""The overview: what is undecided and how old, how clean the matrices are, how much rests on whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.ages import bucket
from raci.domain.lint import RULES, Finding, Health, health
from raci.domain.matrix import Matrix
from raci.domain.workload import Workload, letters_for, workloads
from raci.services.comments import written_by
from raci.services.holders import Uncovered, uncovered
from raci.services.linting import looked_at
from raci.web import access
from raci.web.charts import Bars, grouped, stacked
from raci.web.lately import Lately, lately
from raci.web.scheme import common_scheme
from raci.web.told import Told, told
from raci.web.unanswered import Unanswered, unanswered
from raci.web.uncovered import AHEAD
from raci.web.waiting import Fault, faults, waits

_SHOWN = 5
# A chart of more roles is a list; the table beside it has them all.
_MOST_BARS = 12
AGE_STYLES = ("age-1", "age-2", "age-3", "age-4")


@dataclass(frozen=True)
class Card:
    """One matrix: how many rows are undecided, how many clean, and its findings that are errors or warnings."""

    matrix: models.Matrix
    loaded: Matrix
    undecided: int
    found: tuple[Finding, ...]
    health: Health

    @property
    def findings(self) -> int:
        return len(self.found)


@dataclass(frozen=True)
class AreaAges:
    """How many grey areas of one area are open, by their age: up to 30, 60, 90 days, older. ``key`` may be ""."""

    key: str
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Undecided:
    """What is open. ``median_age`` is in days, None where nothing is; ``chart`` shows ``ages``."""

    total: int
    overdue: int
    median_age: int | None
    contested: int
    claimed: int
    unclaimed: int
    ages: tuple[AreaAges, ...]
    chart: Bars


@dataclass(frozen=True)
class RuleFound:
    """One rule that found something: one of its findings, and how many in which matrix."""

    sample: Finding
    counts: tuple[tuple[models.Matrix, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _matrix, count in self.counts)

    @property
    def is_across(self) -> bool:
        """Whether the rule holds matrices against one another; the grid of one does not know of it."""
        return RULES[self.sample.rule].find_across is not None


@dataclass(frozen=True)
class Burden:
    """Who carries how much; ``letters`` are those for owning and for doing. ``chart`` shows those who carry most."""

    workloads: tuple[Workload, ...]
    letters: tuple[str, str]
    chart: Bars
    left_out: int


@dataclass(frozen=True)
class Glance:
    """An organisation on one page."""

    cards: list[Card]
    undecided: Undecided
    waiting: list[Any]
    findings: int
    rules: tuple[RuleFound, ...]
    burden: Burden
    faults: list[Fault]
    unanswered: list[Unanswered]
    lately: Lately
    latest: list[Told]
    uncovered: tuple[Uncovered, ...]

    @property
    def waits_for_me(self) -> bool:
        """Whether something is to be put right or to be answered."""
        return bool(self.faults or self.unanswered)

    @property
    def clean_percent(self) -> int | None:
        """Clean rows of all matrices in per cent, rounded down; None where there is no row to judge."""
        rows = sum(card.health.applicable for card in self.cards)
        return 100 * sum(card.health.clean for card in self.cards) // rows if rows else None


@dataclass(frozen=True)
class Start:
    """What an organisation without a matrix has already."""

    roles: int
    duties: int


def glance(request: HttpRequest) -> Glance | None:
    """Return the figures of the place; the number of queries grows with its matrices, never with its duties.

    None where there is no matrix to look at.
    """
    found = cards(request)
    if not found:
        return None
    today = timezone.localdate()
    return Glance(
        cards=found,
        undecided=_undecided(request),
        waiting=list(access.unresolved(request)[:_SHOWN]),
        findings=sum(card.findings for card in found),
        rules=_rules(found),
        burden=_burden([card.loaded for card in found]),
        faults=faults(waits(request).roles, [(card.loaded, card.found) for card in found]),
        unanswered=unanswered(
            waits(request).roles,
            written_by(access.place(request).organisation, access.signed_in(request)),
            [card.loaded for card in found],
        ),
        lately=lately(request),
        latest=told(access.revisions(request)[:_SHOWN]),
        uncovered=uncovered([card.loaded for card in found], today, today + AHEAD),
    )


def start(request: HttpRequest) -> Start:
    """Return how far a place without a matrix is."""
    return Start(access.roles(request).count(), access.duties(request).count())


def cards(request: HttpRequest) -> list[Card]:
    """Return how far each matrix of the place is."""
    today = timezone.localdate()
    return [_card(matrix, today) for matrix in access.matrices(request)]


def _card(matrix: models.Matrix, today: date) -> Card:
    loaded, all_found = looked_at(matrix, today)
    serious = tuple(item for item in all_found if item.level != "info")
    return Card(matrix, loaded, len(loaded.open_by_duty), serious, health(loaded, all_found))


def _undecided(request: HttpRequest) -> Undecided:
    today = timezone.localdate()
    parts = ("pk", "since", "due_on", "duty__area__position", "duty__area__key", "duty__area__name")
    rows = access.unresolved(request).order_by().values(*parts).annotate(made=Count("claims"))
    opened = list(rows.values_list(*parts[1:], "made"))
    ages = [(today - since).days for since, *_rest in opened]
    made = Counter(min(row[-1], 2) for row in opened)
    by_area = _ages(opened, ages)
    return Undecided(
        total=len(opened),
        overdue=sum(due is not None and due < today for _since, due, *_rest in opened),
        median_age=round(median(ages)) if ages else None,
        contested=made[2],
        claimed=made[1],
        unclaimed=made[0],
        ages=by_area,
        chart=stacked([(area.name, area.counts) for area in by_area], AGE_STYLES),
    )


def _ages(opened: Sequence[Any], ages: Sequence[int]) -> tuple[AreaAges, ...]:
    """Count by area, in the order of the areas, and by the bucket of the age; what has no area comes last."""
    counted: dict[tuple[bool, int, str, str], Counter[int]] = {}
    for (_since, _due, position, key, name, _made), age in zip(opened, ages, strict=True):
        area = (key is None, position or 0, name or _("Other duties"), key or "")
        counted.setdefault(area, Counter())[bucket(age)] += 1
    return tuple(
        AreaAges(area[3], area[2], tuple(counts[at] for at in range(len(AGE_STYLES))))
        for area, counts in sorted(counted.items(), key=lambda item: item[0])
    )


def _rules(found: Sequence[Card]) -> tuple[RuleFound, ...]:
    """Return the rules that found something, errors first, then by how much they found."""
    samples: dict[str, Finding] = {}
    counts: dict[str, list[tuple[models.Matrix, int]]] = {}
    for card in found:
        by_rule = Counter(item.rule for item in card.found)
        for item in card.found:
            if item.rule not in samples or item.level == "error":
                samples[item.rule] = item
        for rule, count in by_rule.items():
            counts.setdefault(rule, []).append((card.matrix, count))
    rules = (RuleFound(samples[rule], tuple(in_matrices)) for rule, in_matrices in counts.items())
    return tuple(sorted(rules, key=lambda item: (item.sample.level != "error", -item.total, item.sample.rule)))


def _burden(matrices: Sequence[Matrix]) -> Burden:
    found = workloads(matrices)
    schemes = {matrix.scheme.code: matrix.scheme for matrix in matrices}
    scheme = next(iter(schemes.values())) if len(schemes) == 1 else common_scheme()
    shown = [(item.name, (item.owns, item.does)) for item in found[:_MOST_BARS]]
    return Burden(found, letters_for(scheme), grouped(shown, ("owner", "doer")), max(0, len(found) - _MOST_BARS))
