"""Addresses that scripts ask: who is signed out is told so instead of being sent to a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def wants_json(request: HttpRequest) -> bool:
    """Tell whether JSON is what a request would rather have than a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def signed_in(view: View) -> View:
    """Answer 401 in JSON to a script that is signed out; people are led to sign in."""
    led = login_required(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if not request.user.is_authenticated and wants_json(request):
            return JsonResponse({"error": _("You are signed out.")}, status=401)
        return led(request, *args, **options)

    return answer
