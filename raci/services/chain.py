"""The hash chain of an organisation's history."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from raci.services.personal import ACTOR, Salts, commitment, spots, with_text

_SECOND_FORM = 2


@dataclass(frozen=True)
class Link:
    """What is hashed of a revision. ``changes`` are lists of kind, matrix, subject, other, field, before, after.

    There are two forms. In the first (``salts`` is None) names of people are hashed as they stand. In the second they
    are hashed as commitments (`raci.services.personal`), and so are ``seals``: by the numbers of revisions of the
    first form, what these come to since names were erased in them.
    """

    organisation: str
    number: int
    at_us: int
    actor: str
    door: str
    reason: str
    undoes: int | None
    previous: str
    changes: Sequence[Sequence[Any]]
    salts: Salts | None = None
    seals: Mapping[str, str] | None = None

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON: sorted keys, no blanks, whole microseconds, text as stored."""
        said = {name: value for name, value in vars(self).items() if name not in ("salts", "seals")}
        if self.salts is not None:
            actor = {"sha256": commitment(self.salts.get(ACTOR, ""), self.actor)}
            said |= {"form": _SECOND_FORM, "actor": actor, "changes": self._committed(self.salts), "seals": self.seals}
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _committed(self, salts: Salts) -> Sequence[Sequence[Any]]:
        """Return the changes with a commitment in each spot that names somebody: an object, so never a text."""
        named = list(spots(self.changes))
        if not named:
            return self.changes
        changes = [list(change) for change in self.changes]
        for spot in named:
            change = changes[spot.ordinal]
            place = 5 if spot.side == "before" else 6
            covered: Any = {"sha256": commitment(salts.get(spot.name, ""), spot.text, spot.erased)}
            change[place] = with_text(change[place], change[4], spot.field, covered)
        return changes


def first_broken(links: Iterable[tuple[Link, str]], seals: Mapping[int, str] | None = None) -> tuple[int, str] | None:
    """Return the number of the first revision that does not fit, with the reason, or None.

    ``links`` are revisions in order, each with the hash stored for it. ``seals`` are, by number, what revisions come to
    in which names were erased that had been hashed as they stood: such a revision keeps its hash, so that its place in
    the chain is checked by that, and all else in it by the seal, which is part of a later revision.
    """
    previous, expected, sealed = "", 1, seals or {}
    for link, stored in links:
        if link.number != expected:
            return expected, f"revision {expected} is missing; revision {link.number} follows"
        if link.previous != previous:
            return link.number, f"revision {link.number} does not follow the one before it"
        if link.digest() != (sealed.get(link.number, stored) if link.salts is None else stored):
            return link.number, f"revision {link.number} was altered after it was written"
        previous, expected = stored, expected + 1
    return None
