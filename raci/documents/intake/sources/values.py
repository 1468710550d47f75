"""What stands in a cell, as people see it."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

# What neither a workbook nor a database can hold (`raci.domain.text.problem`); it is left out.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# From here on a number has more digits than it knows.
_EXACT = 1e15


def clean(text: str) -> str:
    """Return a text without the characters that nothing can hold."""
    return _IMPOSSIBLE.sub("", text) if _IMPOSSIBLE.search(text) else text


def text_of(value: Any) -> str:
    """Return what a reader found in a cell as text: 3 for 3.0, days as 2026-11-26, truth as TRUE."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(value, ".15g")


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}"
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(" ", "seconds")
    if isinstance(value, time):
        return value.isoformat("seconds")
    return value.isoformat()
