"""What a document wants of the register: wishes that a person accepts or refuses one by one.

A wish is made of changes that stand or fall together. Each says what was *seen* (at the revision that the document
was made from) and what is *wanted*; what is *current* decides at the time of asking whether it is to be made, has been
made already, or is disputed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from raci.domain.change import Address, Change
from raci.domain.merge import Plan, Spot, decide
from raci.domain.reading import Problem, sentence_from_data, sentence_to_data
from raci.domain.records import Kind
from raci.domain.text import NOTHING, Sentence


class Group(StrEnum):
    """Wishes of one kind, which can be accepted or refused as a whole, in the order of the page."""

    MATRIX = "matrix"  # a matrix that is new
    AREAS = "areas"  # sections that are new
    NEW_COLUMNS = "new_columns"
    NEW_ROWS = "new_rows"
    TITLES = "titles"  # duties and roles that are called something else
    MOVES = "moves"  # rows and columns in another order, duties in another area
    CELLS = "cells"
    MISSING_ROWS = "missing_rows"  # missing is not empty: refused unless somebody accepts
    MISSING_COLUMNS = "missing_columns"
    TERMS = "terms"  # questions and due dates of grey areas
    CLAIMS = "claims"  # what was put down on the sheet of grey areas
    GREY_AREAS = "grey_areas"  # rows with several owners become questions
    COMMENTS = "comments"
    ALIASES = "aliases"  # names by which roles are known from now on


class Wish(NamedTuple):
    """One line of a preview. ``id`` is the same for the same document read again.

    ``where`` is the address in the document, ``about`` says in words what it is about, ``needs`` names the wishes
    without which it cannot be made: the letters of a new row need the row. ``offered`` is whether it stands accepted
    before anybody has looked. A change that wants what was seen is a condition: several wishes may have the same one.
    """

    id: str
    group: Group
    changes: tuple[Change, ...]
    where: str = ""
    about: Sentence = NOTHING
    needs: tuple[str, ...] = ()
    offered: bool = True

    def to_data(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "group": self.group.value,
            "changes": [
                [str(c.address.kind), c.address.matrix, c.address.subject, c.address.other, c.field, c.before, c.after]
                for c in self.changes
            ],
            "where": self.where,
            "about": sentence_to_data(self.about),
            "needs": list(self.needs),
            "offered": self.offered,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Wish":
        changes = tuple(
            Change(Address(_KINDS[kind], matrix, subject, other), name, before, after)
            for kind, matrix, subject, other, name, before, after in data["changes"]
        )
        about = sentence_from_data(data["about"]) if data["about"]["text"] else NOTHING
        needs = tuple(data["needs"])
        return cls(data["id"], _GROUPS[data["group"]], changes, data["where"], about, needs, data["offered"])


# Looked up a hundred thousand times for a large document, which an enumeration takes five times as long for.
_KINDS = {kind.value: kind for kind in Kind}
_GROUPS = {group.value: group for group in Group}


@dataclass(frozen=True)
class Proposal:
    """All that a document wants. ``seen`` is the revision that its changes saw; problems are for reading only."""

    seen: int
    wishes: tuple[Wish, ...] = ()
    problems: tuple[Problem, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the proposal as JSON data; the inverse of `from_data`."""
        return {
            "seen": self.seen,
            "wishes": [wish.to_data() for wish in self.wishes],
            "problems": [problem.to_data() for problem in self.problems],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Proposal":
        wishes = tuple(Wish.from_data(wish) for wish in data["wishes"])
        return cls(data["seen"], wishes, tuple(Problem.from_data(problem) for problem in data["problems"]))


class Standing(StrEnum):
    """How a wish stands against what is current."""

    OPEN = "open"  # only the document says so: it can be made
    DONE = "done"  # it is so already
    DISPUTED = "disputed"  # the document and somebody else changed the same


def standing(wish: Wish, current: Mapping[Spot, Any]) -> tuple[Standing, Plan]:
    """Return how a wish stands, and the plan of its changes. ``current`` maps every spot that the changes name."""
    plan = decide(wish.changes, current)
    if plan.conflicts:
        return Standing.DISPUTED, plan
    return (Standing.OPEN if plan.changes else Standing.DONE), plan


def insisted(wish: Wish, current: Mapping[Spot, Any]) -> Wish:
    """Return a wish that has seen what is current, so that it replaces what somebody else put there.

    What had only to be as it was for something else to be wanted is left alone: a grey area that was decided meanwhile
    gets the other question and is not opened again.
    """
    conditional = any(change.before != change.after for change in wish.changes)
    return wish._replace(
        changes=tuple(_insisted(one, current[one.address, one.field], conditional) for one in wish.changes)
    )


def _insisted(change: Change, found: Any, conditional: bool) -> Change:
    after = found if conditional and change.before == change.after else change.after
    return change._replace(before=found, after=after)


def accepted(wishes: Iterable[Wish], ids: Iterable[str]) -> tuple[tuple[Wish, ...], tuple[Wish, ...]]:
    """Return the wishes that were accepted and can be made, and those that lack a wish that they need."""
    by_id, wanted = {wish.id: wish for wish in wishes}, set(ids)
    made: list[Wish] = []
    lacking: list[Wish] = []
    for wish in by_id.values():
        if wish.id in wanted:
            (made if _complete(wish, by_id, wanted) else lacking).append(wish)
    return tuple(made), tuple(lacking)


def _complete(wish: Wish, by_id: Mapping[str, Wish], wanted: set[str]) -> bool:
    """Tell whether all that a wish needs is wanted too, however far removed. Needs never go in a circle."""
    return all(need in wanted and need in by_id and _complete(by_id[need], by_id, wanted) for need in wish.needs)
