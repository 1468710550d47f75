"""A wish of the grid, as it stands in a request: read into an action, or refused for its shape."""

from collections.abc import Callable, Mapping
from typing import Any

from raci.domain.text import LONGEST_TEXT
from raci.services.structure import Action, actions

MOST_KEYS = 20_000


class WrongShape(ValueError):
    """What was sent is not what can be read; the message says which part. For who writes the client."""


class Wish:
    """One JSON object, read part by part. Every method raises `WrongShape` where its part is not of its form."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self.parts = parts

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self.parts.get(name, default)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise WrongShape(f"“{name}” must be a text.")
        return value

    def perhaps(self, name: str) -> str | None:
        """Return a text, None where it is left out or null."""
        return None if self.parts.get(name) is None else self.text(name)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.parts.get(name)
        if not isinstance(value, bool):
            raise WrongShape(f"“{name}” must be true or false.")
        return value

    def keys(self, name: str) -> tuple[str, ...]:
        """Return a list of keys with at least one in it."""
        value = self.parts.get(name)
        if not isinstance(value, list) or not 0 < len(value) <= MOST_KEYS:
            raise WrongShape(f"“{name}” must be a list of keys.")
        if not all(isinstance(key, str) for key in value):
            raise WrongShape(f"“{name}” must be a list of keys.")
        return tuple(value)

    def fields(self, *names: str) -> tuple[dict[str, str], dict[str, str]]:
        """Return what was seen of some fields, and what is wanted."""
        seen = self.parts.get("seen")
        if not isinstance(seen, Mapping):
            raise WrongShape("“seen” must say what was shown.")
        shown = Wish(seen)
        return {name: shown.text(name) for name in names}, {name: self.text(name).strip() for name in names}


_READERS: dict[str, Callable[[Wish], Action]] = {
    "add-duty": lambda wish: actions.AddDuty(
        wish.text("title"), wish.text("code", ""), wish.text("area", ""), wish.perhaps("after")
    ),
    "add-row": lambda wish: actions.AddRows((wish.text("duty"),), wish.perhaps("after")),
    "rename-duty": lambda wish: actions.EditDuty(wish.text("duty"), *wish.fields("code", "title")),
    "move-rows": lambda wish: actions.MoveRows(wish.keys("duties"), wish.text("after"), wish.perhaps("area")),
    "remove-rows": lambda wish: actions.RemoveRows(wish.keys("duties")),
    "retire-duties": lambda wish: actions.RetireDuties(wish.keys("duties")),
    "applies": lambda wish: actions.SetApplies(wish.text("duty"), wish.flag("applies"), wish.text("reason", "")),
    "add-role": lambda wish: actions.AddRole(wish.text("name"), wish.text("code", ""), wish.perhaps("after")),
    "add-column": lambda wish: actions.AddColumns((wish.text("role"),), wish.perhaps("after")),
    "rename-role": lambda wish: actions.EditRole(wish.text("role"), *wish.fields("code", "name")),
    "move-columns": lambda wish: actions.MoveColumns(wish.keys("roles"), wish.text("after")),
    "remove-columns": lambda wish: actions.RemoveColumns(wish.keys("roles")),
    "retire-roles": lambda wish: actions.RetireRoles(wish.keys("roles")),
}


def read_wish(parts: Mapping[str, Any]) -> tuple[Action, str]:
    """Return the action that a request asks for, and the reason given. Raises `WrongShape`."""
    wish = Wish(parts)
    reader = _READERS.get(wish.text("do"))
    if reader is None:
        raise WrongShape(f"“do” must be one of {', '.join(_READERS)}.")
    return reader(wish), wish.text("reason", "")
