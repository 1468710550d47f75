"""Lists: filtered, sorted and cut into pages, with whatever their rows show beside their own fields."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_filters import FilterSet
from django_tables2 import RequestConfig, Table

ROWS_ON_A_PAGE = 50

Prepare = Callable[[HttpRequest, Sequence[Any]], None]


def render_list(
    request: HttpRequest,
    template: str,
    table_class: type[Table],
    filter_class: type[FilterSet],
    found: QuerySet[Any],
    *,
    prepare: Prepare | None = None,
    **context: Any,
) -> HttpResponse:
    """Draw a list page. ``prepare`` sees the rows of the page that is shown, once, all together."""
    filtered = filter_class(request.GET, queryset=found, request=request)
    table = table_class(filtered.qs, request=request)
    RequestConfig(request, paginate={"per_page": ROWS_ON_A_PAGE, "silent": True}).configure(table)
    if prepare:
        prepare(request, [row.record for row in table.paginated_rows])
    asked = bool([value for name, value in request.GET.items() if value and name in filtered.filters])
    return render(request, template, {"table": table, "filter": filtered, "is_filtered": asked, **context})
