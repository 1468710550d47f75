"""Heads of histories, kept outside the database.

A chain of hashes cannot show that its end was cut off and the head set back to match, nor that all of it
was written anew. An anchor can: what it names must still be there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from raci import models
from raci.services.history import Fault


@dataclass(frozen=True)
class Anchor:
    """The number and the hash of a revision that was the latest one when the anchor was set."""

    number: int
    hash: str


def anchors_of(organisations: Iterable[models.Organisation]) -> dict[str, Anchor]:
    """Return an anchor at the head of each organisation, by the organisation's key."""
    return {item.key: Anchor(item.revision, item.head) for item in organisations}


def compare(anchors: Mapping[str, Anchor]) -> dict[str, Fault]:
    """Return, by organisation key, the anchors that history has lost: cut off, rewritten, or gone altogether."""
    found: dict[str, Fault] = {}
    for key, anchor in anchors.items():
        revision = models.Revision.objects.filter(organisation__key=key, number=anchor.number).first()
        if not models.Organisation.objects.filter(key=key).exists():
            found[key] = Fault(None, f"the organisation {key}, anchored at revision {anchor.number}, is gone")
        elif anchor.number and revision is None:
            found[key] = Fault(anchor.number, f"revision {anchor.number} was there when the anchor was set and is gone")
        elif revision and revision.hash != anchor.hash:
            found[key] = Fault(anchor.number, f"revision {anchor.number} is not the one that the anchor names")
    return found
