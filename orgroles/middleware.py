"""What every request passes: a number for the logs, headers, session limits, and 503 for a busy database."""

import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin

from orgroles import logs

Handler = Callable[[HttpRequest], HttpResponseBase]

RETRY_AFTER_SECONDS = 5

# How old, in seconds, the noted time of the last request may get: not every request has to write the session.
SEEN_GRAIN = 60

FEATURES_REFUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in FEATURES_REFUSED)

# SQLite raises the same class for a wrong query; only these of its messages mean that trying again can help.
SQLITE_PASSING = ("locked", "busy", "unable to open database", "disk i/o error", "disk is full")


class RequestId:
    """Gives each request a random number that its log lines and its answer carry."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = secrets.token_hex(6)
        logs.request_id.set(number)  # never reset: Django logs an error answer after the last middleware
        response = self.get_response(request)
        response["X-Request-ID"] = number
        return response


class PermissionsPolicy:
    """Refuses every device feature of the browser; no page uses one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


def is_passing(error: DatabaseError | InterfaceError) -> bool:
    """Whether the database is locked, full or out of reach, rather than asked something wrong."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return connection.vendor != "sqlite" or any(words in str(error).lower() for words in SQLITE_PASSING)


def busy_page(request: HttpRequest) -> HttpResponse:
    """The answer while the database cannot take the request: nothing was saved, and when to try again."""
    page = render_to_string("503.html", {"seconds": RETRY_AFTER_SECONDS})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


class DatabaseUnavailable:
    """Answers 503 where a view found the database locked or out of reach."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Take over passing errors of the database; leave the others alone."""
        if not isinstance(error, DatabaseError | InterfaceError) or not is_passing(error):
            return None
        logs.logger.warning("database unavailable: %s", error)
        return busy_page(request)


class Sessions(SessionMiddleware):
    """Django's, save that a session which cannot be written is 503 too: this happens outside any view."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session."""
        try:
            return super().process_response(request, response)
        except OperationalError as error:
            if not is_passing(error):
                raise
            logs.logger.warning("session not saved: %s", error)
            return busy_page(request)


def start_clock(sender: type, request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    """Note the time of a sign-in in its session."""
    request.session["signed_in_at"] = request.session["seen_at"] = int(time.time())


class SessionLimits(MiddlewareMixin):
    """Ends a session that was idle too long, or that is too old however busy it was."""

    def process_request(self, request: HttpRequest) -> None:
        """Sign out, or note that the user was seen."""
        session = request.session
        if SESSION_KEY not in session:
            return
        now = int(time.time())
        idle, age = now - session.get("seen_at", 0), now - session.get("signed_in_at", 0)
        if idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif idle >= SEEN_GRAIN:
            session["seen_at"] = now
