"""Addresses that a script asks: JSON in, JSON out, and a plain status for whatever is wrong."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, UNPROCESSABLE = 400, 401, 403, 404, 409, 422

View = Callable[..., HttpResponse]


class Answered(Exception):
    """The request has its answer already, and it is not what was asked for."""

    def __init__(self, status: int, error: str, **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, **more}


def answers_json(view: View) -> View:
    """Let a view speak JSON only: who is signed out gets 401 rather than the way to a page for signing in."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        try:
            if not request.user.is_authenticated:
                raise Answered(UNAUTHORIZED, _("You are signed out."))
            return view(request, *given, **named)
        except Answered as other:
            return JsonResponse(other.body, status=other.status)
        except Http404:
            return JsonResponse({"error": _("There is no such matrix.")}, status=NOT_FOUND)
        except PermissionDenied as error:
            return JsonResponse({"error": str(error)}, status=FORBIDDEN)

    return answer


def read_json(request: HttpRequest) -> dict[str, Any]:
    """Return the object that a request carries. Raises `Answered`: 400 where it carries none, 422 where too much."""
    try:
        body = json.loads(request.body)
    except RequestDataTooBig:
        raise Answered(UNPROCESSABLE, _("That is too much at once: send it in parts.")) from None
    except (ValueError, RecursionError):
        raise Answered(BAD_REQUEST, _("This is not JSON.")) from None
    if not isinstance(body, dict):
        raise malformed()
    return body


def malformed() -> Answered:
    """Return the answer to JSON that is not of the form that the address takes."""
    return Answered(BAD_REQUEST, _("The request is not of the form that this address takes."))


def whole_number(value: Any) -> int:
    """Return a number of a revision. Raises `Answered`, 400, where it is none."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31:
        return value
    raise malformed()
