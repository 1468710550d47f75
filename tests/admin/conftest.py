"""The cast of the admin: alice owns Small, sten owns another organisation, ed edits in Small, root may do all."""

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from raci import models
from tests.factories import Small


@pytest.fixture
def small(db) -> Small:
    return Small()


@pytest.fixture
def other(db) -> Small:
    return Small("other")


def person(name: str, organisation: models.Organisation | None = None, level: str = "", **options: Any) -> models.User:
    user = get_user_model().objects.create_user(name, f"{name}@example.com", first_name=name.title(), **options)
    if organisation:
        models.Membership.objects.create(organisation=organisation, user=user, level=level)
    return user


def signed_in(user: models.User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alice(small) -> Client:
    return signed_in(person("alice", small.organisation, "owner"))


@pytest.fixture
def ed(small) -> Client:
    return signed_in(person("ed", small.organisation, "editor"))


@pytest.fixture
def sten(other) -> Client:
    return signed_in(person("sten", other.organisation, "owner"))


@pytest.fixture
def root(db) -> Client:
    return signed_in(person("root", is_superuser=True))


class _Reader(HTMLParser):
    """Reads what the last form of a page would send, and every error in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.errors: list[str] = []
        self._select = self._area = ""
        self._lists = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "form":
            self.values = {}
        elif tag == "input" and found.get("type") not in ("submit", "button"):
            self._input(found, name, value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.values[self._select] = value
        elif tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "ul" and "errorlist" in (found.get("class") or ""):
            self._lists += 1
        elif tag == "li" and self._lists:
            self.errors.append("")

    def _input(self, found: dict[str, Any], name: str, value: str) -> None:
        ticked = found.get("type") not in ("checkbox", "radio") or "checked" in found
        if name and ticked and "disabled" not in found:
            self.values[name] = value or ("on" if found.get("type") == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "ul" and self._lists:
            self._lists -= 1

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data
        elif self._lists and self.errors:
            self.errors[-1] += data


@dataclass
class Page:
    """A page as a browser has it: its last form can be filled in and sent."""

    client: Client
    path: str
    response: Any

    @property
    def text(self) -> str:
        return self.response.content.decode()

    @property
    def errors(self) -> list[str]:
        return [error.strip() for error in self._read().errors]

    @property
    def values(self) -> dict[str, str]:
        return self._read().values

    def send(self, **typed: Any) -> "Page":
        """Send the form with what was typed; None leaves a field out, as an unticked box is."""
        data = {name: value for name, value in {**self.values, **typed}.items() if value is not None}
        return Page(self.client, self.path, self.client.post(self.path, data))

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.text)
        return reader


@pytest.fixture
def opened() -> Callable[[Client, str], Page]:
    def open_page(client: Client, path: str) -> Page:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return Page(client, path, response)

    return open_page


@pytest.fixture
def count() -> Callable[[Small], int]:
    """How many revisions an organisation has."""
    return lambda small: models.Revision.objects.filter(organisation=small.organisation).count()


def role(small: Small, code: str = "PM") -> models.Role:
    return models.Role.objects.get(key=small.roles[code])


def duty(small: Small, code: str = "VEN-1") -> models.Duty:
    return models.Duty.objects.get(key=small.duties[code])
