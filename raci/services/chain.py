"""The hash chain of an organisation's history."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    """What is hashed of a revision. ``changes`` are lists of kind, matrix, subject, other, field, before, after."""

    organisation: str
    number: int
    at_us: int
    actor: str
    door: str
    reason: str
    undoes: int | None
    previous: str
    changes: Sequence[Sequence[Any]]

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON: sorted keys, no blanks, whole microseconds, text as stored."""
        text = json.dumps(vars(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def first_broken(links: Iterable[tuple[Link, str]]) -> tuple[int, str] | None:
    """Return the number of the first revision that does not fit, with the reason, or None.

    ``links`` are revisions in order, each with the hash stored for it.
    """
    previous, expected = "", 1
    for link, stored in links:
        if link.number != expected:
            return expected, f"revision {expected} is missing; revision {link.number} follows"
        if link.previous != previous:
            return link.number, f"revision {link.number} does not follow the one before it"
        if link.digest() != stored:
            return link.number, f"revision {link.number} was altered after it was written"
        previous, expected = stored, expected + 1
    return None
