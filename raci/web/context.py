"""What every page of the workspace shows around its content."""

from typing import Any

from django.http import HttpRequest

from raci.web import access
from raci.web.waiting import waits


def workspace(request: HttpRequest) -> dict[str, Any]:
    """Return where the visitor is and where they could go; nothing on pages outside an organisation."""
    if not hasattr(request, "place"):
        return {}
    unresolved = access.unresolved(request).count()
    return {
        "place": access.place(request),
        "organisations": access.organisations(request).order_by("name"),
        "own_matrices": access.matrices(request),
        "unresolved": unresolved,
        "waits": waits(request),
    }
