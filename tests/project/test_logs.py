"""The log: one line per event, whatever the text, and no secret in it."""

import logging

import pytest

from orgroles import logs


def formatted(message, *arguments, **more):
    formatter = logs.Formatter("{levelname} {request_id} {message}", style="{")
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, message, arguments, more.get("exc_info"))
    number = logs.request_id.set("-")
    try:
        return formatter.format(record)
    finally:
        logs.request_id.reset(number)


@pytest.mark.parametrize(
    "line",
    [
        "password=hunter2 ok",
        "{'password1': 'hunter2', 'name': 'x'}",
        '{"api_key": "hunter2"}',
        "Authorization: Bearer hunter2",
        "Cookie: sessionid=hunter2; x=1",
        "csrfmiddlewaretoken=hunter2&next=/",
        "EMAIL_HOST_PASSWORD: hunter2",
        "postgresql://me:hunter2@db.example.org/roles",
        "Not Found: /accounts/password/reset/key/hunter2/",
        "Not Found: /feeds/hunter2.ics",
        "client_secret = 'hunter2 and more'",
    ],
)
def test_the_value_of_a_secret_is_hidden(line):
    found = formatted("%s", line)
    assert "hunter2" not in found
    assert logs.HIDDEN in found


@pytest.mark.parametrize(
    "line", ["Duty VEN-4 saved by alice", "http://127.0.0.1:8000/accounts/login/?next=/", "ok: 12"]
)
def test_other_text_stays_as_it_is(line):
    assert formatted(line) == f"INFO - {line}"


@pytest.mark.parametrize("character", ["\n", "\r", "\x1b", "\0", "\x85", "\u2028"])
def test_nobody_can_forge_a_second_line(character):
    found = formatted("name %s", f"x{character}ERROR forged")
    assert character not in found
    assert "ERROR forged" in found


def test_a_traceback_is_on_the_same_line_without_its_secret():
    try:
        raise ValueError("token=hunter2")
    except ValueError as error:
        found = formatted("failed", exc_info=(ValueError, error, error.__traceback__))
    assert "\n" not in found
    assert "Traceback" in found
    assert "hunter2" not in found
