"""The cast, and an organisation in which something is contested."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from raci import models
from raci.domain.records import Claim, GreyArea, Kind, Line, Round
from raci.models.base import new_key
from tests.factories import Small, create, write

RAISED = date(2026, 1, 15)


@dataclass
class Cast:
    """alice owns, ed edits, connie contributes, bob reads, audrey audits; charlie belongs to another organisation.

    In the matrix VEN-1 is contested by PM and ITM, VEN-2 is open with a proposal, FIN-1 is nobody's question.
    """

    small: Small
    other: Small
    people: dict[str, models.User] = field(default_factory=dict)
    contested: str = field(default_factory=new_key)
    open: str = field(default_factory=new_key)

    @cached_property
    def round(self) -> str:
        """The key of a blind round of PM and ITM over all rows, opened when it is first asked for."""
        wanted = Round(
            "Whose is it?",
            duties=dict.fromkeys(self.small.duties.values(), ""),
            roles={self.small.roles["PM"]: "", self.small.roles["ITM"]: ""},
            opened_on=RAISED,
            opened_by="Ed",
        )
        key = new_key()
        write(self.small.organisation, create(Kind.ROUND, wanted, key, matrix=self.small.matrix_key))
        return key

    def client(self, name: str) -> Client:
        """Return a browser in which that person is signed in; for "anonymous" nobody is."""
        client = Client()
        if name != "anonymous":
            client.force_login(self.people[name])
        return client

    def url(self, rest: str = "") -> str:
        """Return an address within the organisation."""
        return f"/o/small/{rest}"

    def duty_url(self, duty: str = "VEN-1") -> str:
        return self.url(f"duties/{self.small.duties[duty]}/")

    def assign_url(self, duty: str = "VEN-1") -> str:
        return f"{self.duty_url(duty)}assign/"

    def leads(self, answer: HttpResponse) -> dict[str, set[str]]:
        """Return where the duties within the page lead that have their code in front, by that code."""
        page = answer.content.decode().partition("<main")[2]
        found: dict[str, set[str]] = {}
        for to, code in re.findall(r'<a href="([^"]*)"><span class="code">([^<]*)</span>', page):
            found.setdefault(code, set()).add(to)
        return found

    def name(self, field_name: str) -> str:
        """Return the name of a field in the panel of the matrix."""
        return f"{self.small.matrix_key}-{field_name}"

    def answers(self, owner: str = "PM", other: str = "ITM", **more: str) -> dict[str, str]:
        """Return what is sent to settle a duty: one role accountable, the other consulted."""
        roles = self.small.roles
        given = {
            "owner": roles[owner],
            "does_work": "on",
            f"letters_{roles[other]}": "C",
            "reason": "Contracts outlive projects.",
            "seen": "{}",
            **more,
        }
        action = {"action": f"decide:{self.small.matrix_key}"}
        return {self.name(name): value for name, value in given.items()} | action


@pytest.fixture
def cast(db) -> Cast:
    """Return the cast on its stage."""
    stage = Cast(Small("small"), Small("other"))
    for name, level in (
        ("alice", "owner"),
        ("ed", "editor"),
        ("connie", "contributor"),
        ("bob", "reader"),
        ("audrey", "auditor"),
    ):
        stage.people[name] = person(name)
        models.Membership.objects.create(organisation=stage.small.organisation, user=stage.people[name], level=level)
    stage.people["charlie"] = person("charlie")
    models.Membership.objects.create(organisation=stage.other.organisation, user=stage.people["charlie"], level="owner")
    stage.people["sue"] = person("sue", is_superuser=True, is_staff=True)
    contest(stage)
    return stage


def person(name: str, **options: bool) -> models.User:
    """Return a new user; the password is not hashed for real, nobody signs in with it."""
    return get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name.title(), **options)


def contest(stage: Cast) -> None:
    """Raise two grey areas, one of them claimed by both roles."""
    small, roles = stage.small, stage.small.roles
    proposed = {roles["PM"]: "R", roles["ITM"]: "A", roles["CIO"]: "I"}
    raised = GreyArea(small.duties["VEN-1"], "Who signs?", raised_on=RAISED, decider=roles["CIO"], interim=roles["ITM"])
    second = GreyArea(small.duties["VEN-2"], raised_on=RAISED, proposed=proposed, due_on=date(2026, 2, 1))
    mine = {"matrix": small.matrix_key}
    write(
        small.organisation,
        create(Kind.GREY_AREA, raised, stage.contested, **mine),
        create(Kind.GREY_AREA, second, stage.open, **mine),
        create(
            Kind.CLAIM,
            Claim("A/R", "The project carries the date.", RAISED),
            stage.contested,
            other=roles["PM"],
            **mine,
        ),
        create(
            Kind.CLAIM, Claim("A", "Contracts outlive projects.", RAISED), stage.contested, other=roles["ITM"], **mine
        ),
    )


@pytest.fixture
def stage(cast: Cast) -> Cast:
    """The cast, with both claimants under one superior."""
    roles = cast.small.roles
    write(cast.small.organisation, create(Kind.LINE, Line(), roles["PM"], other=roles["CIO"]))
    return cast


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def context(browser: Browser, live_server: LiveServer, stage: Cast, request) -> Iterator[BrowserContext]:
    """A browser in which ed, who may write, is signed in; once with scripts and once without."""
    size = {"width": 1280, "height": 900}
    made = browser.new_context(base_url=live_server.url, viewport=size, java_script_enabled=request.param)
    cookie = stage.client("ed").cookies["sessionid"].value
    made.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    made.scripts = request.param
    yield made
    made.close()
