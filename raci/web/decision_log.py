"""Decisions leave the list in words: each field for tables, and as a log that a repository keeps."""

import io
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from raci.services.decision_log import tell_all, write_decisions
from raci.services.exporting import KINDS
from raci.web import access
from raci.web.list_export import file_name
from raci.web.listing import Listing, is_whole


def in_words(request: HttpRequest, decisions: Sequence[Any]) -> None:
    """Put each decision's fields in words beside it, as ``told``."""
    told = tell_all(list({item.matrix_id: item.matrix for item in decisions}.values()))
    for item in decisions:
        item.told = told[item.matrix.key, item.key]


def log_file(request: HttpRequest, listing: Listing) -> HttpResponse:
    """Return the log of the decisions that are filtered, in its own order, whatever the list is sorted by."""
    filtered = listing.filtered(request)
    only = set(filtered.qs.order_by().values_list("matrix__key", "key"))
    stream = io.BytesIO()
    write_decisions(access.place(request).organisation, "md", stream, only=only)
    response = HttpResponse(stream.getvalue(), content_type=KINDS["md"].content_type)
    name = file_name(request, "md", str(listing.title), is_whole(filtered))
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
