"""What somebody else's document holds, as it was read: with the address of all that was taken and all that was left.

A reading is text and nothing else. Which role of the organisation a party is, which letter of the scheme a letter is,
is asked afterwards (`raci.domain.mapping`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from raci.domain.text import Sentence


class Layout(StrEnum):
    """How a matrix is laid out in its document."""

    ROLES_ACROSS = "roles_across"  # duties down, roles across: most are
    ROLES_DOWN = "roles_down"  # transposed
    LETTERS_ACROSS = "letters_across"  # a column for each letter, which holds names
    NAMED_CELLS = "named_cells"  # cells such as “Ben (A)”
    CARDS = "cards"  # a block of “Responsible: …” lines for each duty


class Weight(StrEnum):
    """What a problem means for the reading."""

    REFUSED = "refused"  # the document holds nothing that can be taken
    DOUBT = "doubt"  # it was taken, but somebody should look
    LEFT = "left"  # it was left out, and why
    NOTE = "note"  # it is good to know


@dataclass(frozen=True)
class Problem:
    """Something that a person should know of a document, where it stands ("Sheet1!D4"), and what it means."""

    where: str
    message: Sentence
    weight: Weight = Weight.LEFT

    def to_data(self) -> dict[str, Any]:
        return {"where": self.where, "message": sentence_to_data(self.message), "weight": self.weight.value}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Problem":
        return cls(data["where"], sentence_from_data(data["message"]), Weight(data["weight"]))


@dataclass(frozen=True)
class Party:
    """A role as the document names it. ``group`` is a heading over several, ``people`` are names beside it."""

    name: str
    where: str = ""
    group: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """A duty as the document names it. ``details`` are the other columns of its line, by their headings."""

    title: str
    where: str = ""
    section: str = ""
    code: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


class Crossing(NamedTuple):  # there are many of them
    """Letters where an item and a party cross (indices into the matrix), in the order in which they were read.

    A letter is one letter in capitals, or a code that only the document's legend explains. ``raw`` is the text as it
    stands, ``note`` what stood beside the letters ("veto").
    """

    item: int
    party: int
    letters: tuple[str, ...]
    raw: str = ""
    where: str = ""
    note: str = ""


@dataclass(frozen=True)
class FoundMatrix:
    """One matrix of a document. ``sureness`` is from 0 to 100; ``legend`` says what the document says of letters."""

    name: str
    where: str
    layout: Layout
    parties: tuple[Party, ...]
    items: tuple[Item, ...]
    crossings: tuple[Crossing, ...]
    legend: Mapping[str, str] = field(default_factory=dict)
    sureness: int = 100
    hidden: bool = False

    def to_data(self) -> dict[str, Any]:
        """Return the matrix as JSON data; the inverse of `from_data`."""
        return {
            "name": self.name,
            "where": self.where,
            "layout": self.layout.value,
            "parties": [asdict(party) for party in self.parties],
            "items": [{**asdict(item), "details": dict(item.details)} for item in self.items],
            "crossings": [
                [one.item, one.party, list(one.letters), one.raw, one.where, one.note] for one in self.crossings
            ],
            "legend": dict(self.legend),
            "sureness": self.sureness,
            "hidden": self.hidden,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "FoundMatrix":
        parties = tuple(Party(**{**party, "people": tuple(party["people"])}) for party in data["parties"])
        crossings = tuple(
            Crossing(item, party, tuple(letters), *rest) for item, party, letters, *rest in data["crossings"]
        )
        items = tuple(Item(**item) for item in data["items"])
        layout = Layout(data["layout"])
        return cls(**{**data, "layout": layout, "parties": parties, "items": items, "crossings": crossings})


@dataclass(frozen=True)
class Reading:
    """All that was read from one document. Without a matrix there is at least one problem that says why.

    ``kind`` is the kind of file ("xlsx", "csv", …); ``notes`` say how it was read: encoding, separator, macros that
    were ignored.
    """

    kind: str
    matrices: tuple[FoundMatrix, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Sentence, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the reading as JSON data; the inverse of `from_data`."""
        return {
            "kind": self.kind,
            "matrices": [matrix.to_data() for matrix in self.matrices],
            "problems": [problem.to_data() for problem in self.problems],
            "notes": [sentence_to_data(note) for note in self.notes],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Reading":
        return cls(
            data["kind"],
            tuple(FoundMatrix.from_data(matrix) for matrix in data["matrices"]),
            tuple(Problem.from_data(problem) for problem in data["problems"]),
            tuple(sentence_from_data(note) for note in data["notes"]),
        )


def sentence_to_data(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence as JSON data, its facts whole numbers, texts or sentences; the inverse of the next."""
    facts = {
        name: sentence_to_data(fact) if isinstance(fact, Sentence) else fact for name, fact in sentence.facts.items()
    }
    return {"text": sentence.text, "facts": facts}


def sentence_from_data(data: Mapping[str, Any]) -> Sentence:
    # What JSON makes of an object is a dict, and asking for that alone is ten times as fast: a large file has many.
    facts = {name: sentence_from_data(fact) if isinstance(fact, dict) else fact for name, fact in data["facts"].items()}
    return Sentence(data["text"], facts)
