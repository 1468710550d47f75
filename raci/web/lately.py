"""What happened in the last two weeks, day by day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from raci.services.history import day_begins
from raci.web import access
from raci.web.charts import Columns, columns

DAYS = 14
WEEK = 7


@dataclass(frozen=True)
class Day:
    """One day of the visitor's time zone."""

    day: date
    revisions: int
    cells: int


@dataclass(frozen=True)
class Lately:
    """The days, the latest last, with a chart of each figure, and the sums of the last seven."""

    days: tuple[Day, ...]
    revisions: Columns
    cells: Columns
    revisions_this_week: int
    cells_this_week: int

    @property
    def is_quiet(self) -> bool:
        return not any(day.revisions for day in self.days)


def lately(request: HttpRequest) -> Lately:
    """Return the last days of the place, in two queries."""
    today = timezone.localdate()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    revisions = _by_day(access.revisions(request).order_by(), "at_us", days)
    cells = _by_day(access.cell_changes(request), "revision__at_us", days)
    counted = tuple(Day(day, revisions[at], cells[at]) for at, day in enumerate(days))
    labels = [date_format(day, "j") for day in days]
    return Lately(
        counted,
        columns([day.revisions for day in counted], labels, "doer"),
        columns([day.cells for day in counted], labels, "owner"),
        sum(day.revisions for day in counted[-WEEK:]),
        sum(day.cells for day in counted[-WEEK:]),
    )


def _by_day(rows: Any, moment: str, days: list[date]) -> Counter[int]:
    """Count rows by the place of their day among the days given; what is older is left out."""
    begins = [day_begins(day) for day in days]
    earlier = [When(**{f"{moment}__lt": next_day}, then=Value(at)) for at, next_day in enumerate(begins[1:])]
    place = Case(*earlier, default=Value(len(days) - 1), output_field=IntegerField())
    counted = rows.filter(**{f"{moment}__gte": begins[0]}).annotate(place=place).values("place")
    return Counter(dict(counted.annotate(count=Count("pk")).values_list("place", "count")))
