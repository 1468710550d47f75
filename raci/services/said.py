"""Sentences that still know what they name, so that a page can lead there."""

from collections.abc import Mapping
from dataclasses import dataclass


class Named(str):
    """What something is called; ``duty`` is its key where it is a duty that is still on record, else ""."""

    duty: str

    def __new__(cls, text: str, duty: str = "") -> "Named":
        named = super().__new__(cls, text)
        named.duty = duty
        return named


@dataclass(frozen=True)
class Said:
    """A sentence, or a part of one: a translated pattern with names and values to put in. ``str`` gives its words."""

    pattern: str
    parts: Mapping[str, object]

    def __str__(self) -> str:
        return self.pattern % {name: str(part) for name, part in self.parts.items()}
