"""Typed readers of environment variables. Each fails on nonsense with a sentence rather than guess."""

import os
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks; `default` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    """1, true, yes, on or 0, false, no, off, in any case."""
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; use 1 or 0 (true/false, yes/no, on/off also work).")


def integer(name: str, default: int, *, minimum: int = 0, maximum: int = 2**31 - 1) -> int:
    """A whole number from `minimum` to `maximum`."""
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from None
    if not minimum <= number <= maximum:
        raise ImproperlyConfigured(f"{name} is {number}; it must be from {minimum} to {maximum}.")
    return number


def items(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Values separated by commas; an empty one between two commas is a slip and refused."""
    value = text(name)
    if not value:
        return list(default)
    parts = [part.strip() for part in value.split(",")]
    if not all(parts):
        raise ImproperlyConfigured(f"{name} is {value!r}; it has an empty value between its commas.")
    return parts


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of `allowed`."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; use one of {', '.join(allowed)}.")
    return value


def secret(name: str, default: str = "") -> str:
    """A secret from NAME, or from the file that NAME_FILE names (how container secrets arrive).

    Setting both is refused: nobody could tell which one counts. The value never appears in a message.
    """
    value, path = text(name), text(f"{name}_FILE")
    if value and path:
        raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set; keep one.")
    if not path:
        return value or default
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE is {path!r}, which cannot be read: {type(error).__name__}.") from None
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE is {path!r}, which is empty.")
    return value


def url(name: str, default: str, schemes: tuple[str, ...]) -> SplitResult:
    """An address split into its parts, with one of `schemes`. It may hold a password, so messages omit it."""
    parts = urlsplit(secret(name, default))
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
    try:
        _ = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is not a number from 0 to 65535.") from None
    return parts
