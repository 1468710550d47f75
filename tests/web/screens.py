"""A screen as the script keeps it: filled from the whole payload, then kept up with what is newer."""

from typing import Any

from django.test import Client

from raci.domain.change import Address, Change
from raci.domain.records import Kind
from tests.web.conftest import Cast

JSON = "application/json"


def base(cast: Cast) -> str:
    return cast.url(f"matrices/{cast.small.matrix_key}/")


def screen(cast: Cast, who: str = "ed") -> "Screen":
    return Screen(cast.client(who), base(cast))


def place(cast: Cast, duty: str, role: str) -> tuple[str, str]:
    return cast.small.duties[duty], cast.small.roles[role]


def field(kind: Kind, subject: str, name: str, before: Any, after: Any, *, matrix: str = "") -> Change:
    return Change(Address(kind, matrix, subject), name, before, after)


def rows_of(payload: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the rows of a whole payload by key, each as a delta would tell it, its cells as letters."""
    rows = payload["rows"]
    keys = [rows["key"][at : at + 12] for at in range(0, len(rows["key"]), 12)]
    areas = [area["key"] for area in payload["areas"]]
    found = {
        key: {
            "key": key,
            "code": rows["code"][index],
            "title": rows["title"][index],
            "area": areas[rows["area"][index]],
            "cells": letters(payload, rows["cells"][index]),
        }
        for index, key in enumerate(keys)
    }
    for index, state in payload["state"]:
        found[keys[index]] |= state
    return found


def letters(payload: dict[str, Any], cells: str) -> list[str]:
    """Return the letters of each column."""
    row = [payload["contents"][ord(character) - 32] for character in cells]
    return row + [""] * (len(payload["columns"]) - len(row))


class Screen:
    """What a person has before them; ``rows`` in order."""

    def __init__(self, client: Client, base: str) -> None:
        self.client, self.base = client, base
        self.top: dict[str, Any] = {}
        self.rows: dict[str, dict[str, Any]] = {}
        self.reloads = -1
        self.load()

    def load(self) -> None:
        payload = self.client.get(f"{self.base}grid.json").json()
        self.rows = rows_of(payload)
        self.top = {name: part for name, part in payload.items() if name not in ("rows", "state")}
        self.reloads += 1

    def poll(self) -> None:
        answer = self.client.get(f"{self.base}changes.json", {"since": self.top["revision"]})
        if answer.status_code != 304:
            self.take(answer.json())

    def post(self, name: str, **body: Any) -> Any:
        """Send a write with what this screen has seen, and take in what comes back."""
        answer = self.client.post(f"{self.base}{name}.json", {"since": self.top["revision"], **body}, content_type=JSON)
        if answer.status_code == 200:
            self.take(answer.json())
        return answer

    def write(self, *changes: Any) -> Any:
        return self.post("cells", changes=[list(change) for change in changes])

    def take(self, newer: dict[str, Any]) -> None:
        if newer.get("reload"):
            self.load()
            return
        self.rows |= {row["key"]: row | {"cells": letters(newer, row["cells"])} for row in newer["rows"]}
        if "order" in newer:
            self.rows = {key: self.rows[key] for key in newer["order"]}
        self.top = {name: newer[name] for name in self.top}

    def state(self) -> tuple[Any, Any]:
        return self.top, list(self.rows.values())
