"""Lists: filtered, sorted and cut into pages, or whole as a file, with whatever their rows show beside their fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_tables2 import RequestConfig, Table

from raci.web import access
from raci.web.list_export import as_file, asked_for
from raci.web.tables import values_of

ROWS_ON_A_PAGE = 50

Prepare = Callable[[HttpRequest, Sequence[Any]], None]


@dataclass(frozen=True)
class Listing:
    """One list. ``found`` gives its rows, ``prepare`` sees those that are shown or handed out, once, all together.

    ``prepare_file`` sees those that are handed out, for what only files have. ``actions`` can be done to those that are
    ticked (`raci.web.bulk_actions`).
    """

    name: str
    title: Any
    table: type[Table]
    filter: type[FilterSet]
    found: Callable[[HttpRequest], QuerySet[Any]]
    prepare: Prepare | None = None
    actions: Mapping[str, Any] = field(default_factory=dict)
    prepare_file: Prepare | None = None
    exports: bool = True

    def filtered(self, request: HttpRequest) -> FilterSet:
        """Return the filters as they are asked for, with what they leave."""
        return self.filter(request.GET, queryset=self.found(request), request=request)


def render_list(request: HttpRequest, listing: Listing, **context: Any) -> HttpResponse:
    """Draw one page of a list."""
    filtered = listing.filtered(request)
    may_tick = access.place(request).may_write
    table = listing.table(filtered.qs, request=request, exclude=() if may_tick else ("tick",))
    RequestConfig(request, paginate={"per_page": ROWS_ON_A_PAGE, "silent": True}).configure(table)
    if listing.prepare:
        listing.prepare(request, [row.record for row in table.paginated_rows])
    context |= {
        "table": table,
        "filter": filtered,
        "is_filtered": is_filtered(filtered),
        "export": f"{listing.name}_export" if listing.exports else "",
        "actions": listing.actions if may_tick else {},
        "change": f"{listing.name}_change",
    }
    return render(request, f"raci/{listing.name}.html", context)


def export_list(request: HttpRequest, listing: Listing, kind: str) -> HttpResponse:
    """Hand out all that is filtered, sorted as it is shown, in a constant number of queries."""
    filtered = listing.filtered(request)
    table = listing.table(filtered.qs, request=request)
    RequestConfig(request, paginate=False).configure(table)
    records = list(table.data)
    for prepare in (listing.prepare, listing.prepare_file):
        if prepare:
            prepare(request, records)
    titles, rows = values_of(table, records)
    asked = asked_for(filtered.form)
    if sorting := ", ".join(_sorted_by(table)):
        asked.append((_("Sorted by"), sorting))
    return as_file(request, kind, listing.title, (titles, rows), asked, whole=is_whole(filtered))


def is_filtered(filtered: FilterSet) -> bool:
    """Tell whether anything but the usual is asked for."""
    return bool(_asked(filtered))


def is_whole(filtered: FilterSet) -> bool:
    """Tell whether nothing is left out that the list usually shows."""
    return _asked(filtered) <= set(getattr(filtered, "widening", ()))


def _asked(filtered: FilterSet) -> set[tuple[str, str]]:
    return {(name, value) for name, value in filtered.data.items() if value and name in filtered.filters}


def _sorted_by(table: Table) -> list[str]:
    words = []
    for alias in table.order_by or ():
        name = str(alias).lstrip("-")
        if name in table.columns.names():
            title = table.columns[name].header
            words.append(_("%(title)s, descending") % {"title": title} if str(alias).startswith("-") else str(title))
    return words
