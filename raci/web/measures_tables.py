"""The tables beside the charts of the measures page: the same figures in words, by area, by matrix, and in all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from raci.domain.measures import Days, FirstDecision, Measures, Share
from raci.services.measuring import Measured
from raci.services.words import shown_number

NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """A row of a table: what it is about, then its figures."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Rows of one kind under what they have in common."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FigureTable:
    """Column heads, the first of which names the rows, and the rows in groups."""

    heads: tuple[str, ...]
    groups: tuple[Group, ...]


def coverage_table(found: Measured) -> FigureTable:
    """Return how many rows are covered by a decision."""
    heads = (_("Area"), _("Rows"), _("with a valid decision"), "%")
    return FigureTable(heads, _groups(found, lambda item: _share(item.coverage)))


def ages_table(found: Measured) -> FigureTable:
    """Return what is open, by age."""
    heads = (_("Area"), _("up to 30 days"), "31–60", "61–90", _("over 90"), _("All"), _("Median"), _("85 of 100 up to"))

    def cells(item: Measures) -> tuple[str, ...]:
        return (*map(shown_number, item.buckets), shown_number(item.open), *_days(item.open_age))

    return FigureTable(heads, _groups(found, cells))


def times_table(found: Measured) -> FigureTable:
    """Return how long deciding took, and what became of it."""
    heads = (_("Area"), _("Decided"), _("Median days"), _("85 of 100 up to"), _("Reopened"), _("After an escalation"))

    def cells(item: Measures) -> tuple[str, ...]:
        times = item.time_to_decide
        return (shown_number(times.count), *_days(times), *map(_in_short, (item.reopened, item.escalated)))

    return FigureTable(heads, _groups(found, cells))


def reviews_table(found: Measured) -> FigureTable:
    """Return how many reviews are overdue."""
    heads = (_("Area"), _("Decisions with a review date"), _("Overdue"))

    def cells(item: Measures) -> tuple[str, ...]:
        return shown_number(item.overdue_reviews.of), shown_number(item.overdue_reviews.count)

    return FigureTable(heads, _groups(found, cells))


def first_table(found: Measured) -> FigureTable:
    """Return how early each area was decided for the first time."""
    heads = (_("Area"), _("Days"), _("First decision"))
    lines = tuple(Line(one.name or _("Other duties"), _first(one.first)) for one in found.areas if one.first)
    return FigureTable(heads, (Group(_("By area"), lines),))


def _groups(found: Measured, cells: Callable[[Measures], tuple[str, ...]]) -> tuple[Group, ...]:
    return tuple(
        Group(heading, tuple(Line(name, cells(item)) for name, item in items)) for heading, items in _all(found)
    )


def _all(found: Measured) -> Iterator[tuple[str, Sequence[tuple[str, Measures]]]]:
    yield _("By area"), [(one.name or _("Other duties"), one.measures) for one in found.areas]
    if len(found.matrices) > 1:
        yield _("By matrix"), [(one.title, one.measures) for one in found.matrices]
    yield "", [(_("All"), found.whole)]


def _share(share: Share) -> tuple[str, ...]:
    percent = NOTHING if share.percent is None else shown_number(share.percent)
    return shown_number(share.of), shown_number(share.count), percent


def _in_short(share: Share) -> str:
    return NOTHING if share.percent is None else f"{shown_number(share.count)} ({share.percent} %)"


def _days(days: Days) -> tuple[str, str]:
    return shown_days(days.median), shown_days(days.p85)


def shown_days(days: float | None) -> str:
    """Return days as people write them, with one decimal where they are not whole; a dash for none."""
    if days is None:
        return NOTHING
    shown = round(days, 1)
    return str(number_format(shown, 0 if shown == int(shown) else 1, use_l10n=True, force_grouping=True))


def _first(first: FirstDecision) -> tuple[str, str]:
    if first.decided_on is None:
        return shown_number(first.days), _("none yet")
    return shown_number(first.days), date_format(first.decided_on, "DATE_FORMAT")
