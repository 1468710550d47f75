"""Every statement of the article is found: docs/article.md, against the catalogue and against the pages."""

import json
import re
from collections import defaultdict
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.test import Client

from raci import models
from raci.services.catalogue import of_role
from raci.services.organisations import start_organisation
from tests.factories import TESTER

ROOT = Path(__file__).resolve().parents[2]
STRUCTURAL = {"S22", "S41", "S42", "S43", "S44", "S53", "S77"}
ROW = re.compile(r"^\| (S\d\d) \| ([^|]+) \| ([^|]+) \|")
GROUP = re.compile(r"((?:`[A-Z0-9-]+` )+)(charter (?:PM|ITM|PEX|MGR|CIO|CTO)|boundary|transition)")
PAGE_OF = {
    **dict.fromkeys(("role", "purpose", "duty", "skill", "reporting_line", "party"), "charter"),
    **dict.fromkeys(("difference", "overlap", "statement", "principle"), "boundary"),
    **dict.fromkeys(("transition", "competency", "development_route"), "transition"),
}


class Statement(NamedTuple):
    """A row of the table: its number, what it says, and per entry of the catalogue the page that shows it."""

    number: str
    words: str
    pages: dict[str, str]


def read_table() -> list[Statement]:
    found = []
    for line in (ROOT / "docs" / "article.md").read_text(encoding="utf-8").splitlines():
        if match := ROW.match(line):
            number, words, where = match.groups()
            pages = {}
            if where != "–":
                parts = [GROUP.fullmatch(part) for part in where.split("; ")]
                assert all(parts), f"{number}: {where}"
                pages = {code: part[2] for part in parts for code in part[1].replace("`", "").split()}
            found.append(Statement(number, words, pages))
    return found


TABLE = read_table()
ENTRIES = {
    item["fields"]["code"]: item["fields"]
    for item in json.loads((ROOT / "fixtures" / "catalogue.json").read_text(encoding="utf-8"))
}
BY_PAGE: dict[str, set[str]] = defaultdict(set)
for _statement in TABLE:
    for _code, _page in _statement.pages.items():
        BY_PAGE[_page].add(_code)


def test_the_table_has_every_statement_with_the_entries_that_come_from_it():
    assert [statement.number for statement in TABLE] == [f"S{number:02}" for number in range(1, 84)]
    for statement in TABLE:
        wanted = {code for code, entry in ENTRIES.items() if statement.number in entry["sources"]}
        assert set(statement.pages) == wanted, statement.number
        assert statement.words
    assert {statement.number for statement in TABLE if not statement.pages} == STRUCTURAL


def test_every_entry_has_one_page_and_it_is_the_one_for_its_kind():
    assert set().union(*BY_PAGE.values()) == set(ENTRIES)
    assert len(ENTRIES) == sum(len(codes) for codes in BY_PAGE.values()) == 113
    for page, codes in BY_PAGE.items():
        for code in codes:
            entry = ENTRIES[code]
            kind, _, role = page.partition(" ")
            assert PAGE_OF[entry["kind"]] == kind, code
            if entry["kind"] == "role":
                assert entry["details"]["code"] == role, code
            elif kind == "charter" and entry["kind"] != "party":
                assert entry["role"] == f"ROLE-{role}", code


@pytest.fixture
def fresh(db):
    """A client of an owner of an organisation fresh from the template, and the addresses of the pages of the table."""
    call_command("loaddata", "schemes", "scales", "catalogue", verbosity=0)
    organisation, keys = start_organisation(name="Fresh", slug="fresh", author=TESTER)
    owner = models.User.objects.create_user("alice")
    models.Membership.objects.create(organisation=organisation, user=owner, level="owner")
    client, roles = Client(), keys.roles
    client.force_login(owner)
    addresses = {f"charter {code}": f"/o/fresh/roles/{key}/charter/" for code, key in roles.items()}
    addresses["boundary"] = f"/o/fresh/boundaries/{roles['PM']}/{roles['ITM']}/"
    addresses["transition"] = f"/o/fresh/roles/{roles['ITM']}/from/{roles['PM']}/"
    return client, addresses


def test_a_party_stands_with_the_role_that_the_table_names(fresh):
    for page, codes in BY_PAGE.items():
        kind, _, role = page.partition(" ")
        if kind == "charter":
            assert codes <= {entry.code for entry in of_role(f"ROLE-{role}")}, page


@pytest.mark.parametrize("page", sorted(BY_PAGE))
def test_every_entry_is_read_on_the_page_that_the_table_names(fresh, page):
    client, addresses = fresh
    answer = client.get(addresses[page])
    assert answer.status_code == 200, addresses[page]
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())
    missing = [f"{code}: {part}" for code in sorted(BY_PAGE[page]) for part in said_of(code) if part not in text]
    assert not missing, "\n".join(missing)


def said_of(code: str) -> list[str]:
    """Return what must be read of an entry: its title, and of a difference both values."""
    entry = ENTRIES[code]
    if entry["kind"] == "difference":
        return [entry["details"][name] for name in ("dimension", "first", "second")]
    return [entry["title"]]
