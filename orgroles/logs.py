"""Logging to standard error: one line per event, with the request's number, without secrets."""

import logging
import re
from contextvars import ContextVar
from typing import Any

logger = logging.getLogger("orgroles")

request_id: ContextVar[str] = ContextVar("request_id", default="-")

HIDDEN = "[hidden]"
NAMES = r"[\w-]*(?:passw(?:or)?d|token|secret|cookie|authorization|session_?id|csrf|api[_-]?key)[\w-]*"
# name=value, name: value, 'name': 'value', "name": "value"; the value of a header may be two words.
NAMED = re.compile(
    rf"""(?P<name>\b{NAMES}["']?\s*[=:]\s*)(?P<value>"[^"]*"|'[^']*'|(?:(?:Bearer|Basic|Token)\s+)?[^\s,;&}}\])]+)""",
    re.IGNORECASE,
)
IN_ADDRESS = re.compile(r"(?P<name>\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@]+(?=@)", re.IGNORECASE)
# The keys in the addresses that reset a password, confirm an e-mail address or read a calendar.
IN_PATH = re.compile(r"(?P<name>/(?:reset/key|confirm-email|feeds)/)[^\s/]+", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def redact(line: str) -> str:
    """The line with the values of secrets hidden."""
    for pattern in (NAMED, IN_ADDRESS, IN_PATH):
        line = pattern.sub(rf"\g<name>{HIDDEN}", line)
    return line


def on_one_line(text: str) -> str:
    """The text with line ends and other control characters written as escapes, so that nobody can forge a line."""
    return CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


class Formatter(logging.Formatter):
    """Formats the whole event, its traceback included, before hiding and escaping."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        record.request_id = request_id.get()
        return on_one_line(redact(super().format(record)))


def configuration(level: str) -> dict[str, Any]:
    """The LOGGING setting: everything goes to one handler; Django's own handlers are taken off."""
    quiet: dict[str, Any] = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "orgroles.logs.Formatter",
                "format": "{asctime} {levelname} {name} {request_id} {message}",
                "style": "{",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": quiet, "django.server": quiet},
    }
