"""What the settings work out: the version, the secret of a development site, what production must have."""

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

from orgroles import env

SHORTEST_SECRET = 50


def version(changelog: Path) -> str:
    """The version that the first heading of the changelog names: its only source."""
    heading = re.search(r"^## (\d+\.\d+\.\d+)", changelog.read_text(encoding="utf-8"), re.MULTILINE)
    if heading is None:
        raise ImproperlyConfigured(f"{changelog.name} has no heading such as “## 1.2.3”, so the version is unknown.")
    return heading.group(1)


def development_secret(path: Path) -> str:
    """A random key that this copy keeps in `path`, so that sessions survive a restart and no key is shared.

    Processes that start together agree: a hard link fails where another was first, and its key is used.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)  # readable by this user only
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SHORTEST_SECRET))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text(encoding="ascii")


def require_production(*, secret_key: str, allowed_hosts: list[str]) -> None:
    """Refuse to start a production site that lacks what nobody can guess for it; name everything at once."""
    problems = []
    if not secret_key:
        problems.append("SECRET_KEY (or SECRET_KEY_FILE) is not set; make one with `openssl rand -base64 60`.")
    elif len(secret_key) < SHORTEST_SECRET:
        problems.append(f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters.")
    if not allowed_hosts:
        problems.append("ALLOWED_HOSTS is not set; list the host names of the site, separated by commas.")
    if "*" in allowed_hosts:
        problems.append("ALLOWED_HOSTS has “*”, which accepts any host name; list the names of the site.")
    if problems:
        raise ImproperlyConfigured(" ".join(["This is a production site (ORGROLES_ENV or DEBUG says so).", *problems]))


def openid_connect() -> dict[str, Any]:
    """The OpenID Connect provider when its three variables are set; none when none is; a sentence in between.

    The provider vouches for the addresses of its people, so a person whose address an administrator has entered
    signs in as that user.
    """
    names = ("ORGROLES_OIDC_URL", "ORGROLES_OIDC_CLIENT_ID", "ORGROLES_OIDC_CLIENT_SECRET")
    values = [env.secret(name) for name in names]
    if not any(values):
        return {}
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing:
        raise ImproperlyConfigured(f"OpenID Connect is half configured: {', '.join(missing)} is missing.")
    address, client_id, client_secret = values
    app = {
        "provider_id": "oidc",
        "name": env.text("ORGROLES_OIDC_NAME", "OpenID Connect"),
        "client_id": client_id,
        "secret": client_secret,
        "settings": {"server_url": address, "oauth_pkce_enabled": True},
    }
    return {
        "openid_connect": {
            "APPS": [app],
            "EMAIL_AUTHENTICATION": True,
            "EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        }
    }


def address(*, production: bool, allowed_hosts: list[str]) -> str:
    """Where people reach the site, for links that leave it: https://host, without a slash at the end.

    Unless ORGROLES_URL says so, it is the first of the allowed hosts.
    """
    parts = env.url("ORGROLES_URL", _guessed(production, allowed_hosts), ("https", "http"))
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured("ORGROLES_URL must be an address such as https://roles.example.org, and no more.")
    return f"{parts.scheme}://{parts.netloc}"


def _guessed(production: bool, allowed_hosts: list[str]) -> str:
    return f"https://{allowed_hosts[0].lstrip('.')}" if production else "http://127.0.0.1:8000"


def time_zone() -> str:
    """The zone in which times are shown; they are stored in UTC."""
    name = env.text("TIME_ZONE", "UTC")
    if name not in available_timezones():
        raise ImproperlyConfigured(f"TIME_ZONE is {name!r}; use a name such as Europe/Berlin.")
    return name
