"""The answers of the mapping page as plain values, each with the reason why it was suggested."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from raci.domain.matrix import Matrix
from raci.domain.reading import sentence_from_data, sentence_to_data
from raci.domain.scheme import Scheme
from raci.domain.text import NOTHING, Sentence

# What a choice may lead to beside a record. No key of a record and no letter is written so.
NEW = "+"
LEFT = "!"


class Fit(StrEnum):
    """How something of a document is known in the organisation."""

    EXACT = "exact"
    ALIAS = "alias"  # a role goes by that name as well
    SIMILAR = "similar"
    NEW = "new"


class Detail(StrEnum):
    """What becomes of another column of the document."""

    NOTE = "note"  # of the duties that are new
    LEFT = "left"


@dataclass(frozen=True)
class Choice:
    """What something of a document is here: ``to`` is the key of a record (of a letter, its code), `NEW` or `LEFT`.

    ``fit``, ``sureness`` (0 to 100) and ``why`` say how it was suggested; ``others`` are keys that come near as well.
    """

    to: str
    fit: Fit = Fit.NEW
    sureness: int = 100
    why: Sentence = NOTHING
    others: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        return {
            "to": self.to,
            "fit": self.fit.value,
            "sureness": self.sureness,
            "why": sentence_to_data(self.why),
            "others": list(self.others),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Choice":
        why = sentence_from_data(data["why"])
        return cls(**{**data, "fit": Fit(data["fit"]), "why": why, "others": tuple(data["others"])})


@dataclass(frozen=True)
class MatrixChoice:
    """What becomes of one matrix of a document.

    ``target`` is the key of a matrix, `NEW` or `LEFT`; several that are new and have the same ``title`` become one.
    ``title``, ``scope_kind``, ``scope_name`` and ``scheme`` (its code) are those of a new one. ``roles`` and ``duties``
    answer party by party and item by item, ``letters``, ``areas`` and ``details`` by what stands in the document.
    """

    target: str
    title: str
    scheme: str
    scope_kind: str = "department"
    scope_name: str = ""
    why: Sentence = NOTHING
    roles: tuple[Choice, ...] = ()
    letters: Mapping[str, Choice] = field(default_factory=dict)
    areas: Mapping[str, Choice] = field(default_factory=dict)
    duties: tuple[Choice, ...] = ()
    details: Mapping[str, Detail] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "title": self.title,
            "scheme": self.scheme,
            "scope_kind": self.scope_kind,
            "scope_name": self.scope_name,
            "why": sentence_to_data(self.why),
            "roles": [choice.to_data() for choice in self.roles],
            "letters": {letter: choice.to_data() for letter, choice in self.letters.items()},
            "areas": {section: choice.to_data() for section, choice in self.areas.items()},
            "duties": [choice.to_data() for choice in self.duties],
            "details": {heading: detail.value for heading, detail in self.details.items()},
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "MatrixChoice":
        lists = {name: tuple(map(Choice.from_data, data[name])) for name in ("roles", "duties")}
        maps = {name: {key: Choice.from_data(one) for key, one in data[name].items()} for name in ("letters", "areas")}
        details = {heading: Detail(value) for heading, value in data["details"].items()}
        return cls(**{**data, **lists, **maps, "details": details, "why": sentence_from_data(data["why"])})


@dataclass(frozen=True)
class Choices:
    """The answers for all matrices of a document, in its order."""

    matrices: tuple[MatrixChoice, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the answers as JSON data; the inverse of `from_data`."""
        return {"matrices": [matrix.to_data() for matrix in self.matrices]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Choices":
        return cls(tuple(MatrixChoice.from_data(matrix) for matrix in data["matrices"]))


@dataclass(frozen=True)
class Target:
    """A matrix that a document may go into, and the keys of the duties that stand in it."""

    key: str
    title: str
    scheme: str
    duties: frozenset[str] = frozenset()
    position: int = 0


@dataclass(frozen=True)
class Register:
    """What an organisation has: roles with their other names, areas and duties in ``matrix``, its matrices, schemes.

    ``schemes`` are by code, those that are preferred where several fit come first.
    """

    matrix: Matrix
    schemes: Mapping[str, Scheme]
    targets: tuple[Target, ...] = ()

    def target(self, key: str) -> Target | None:
        return next((one for one in self.targets if one.key == key), None)

    def scheme_of(self, choice: MatrixChoice) -> Scheme:
        """Return the scheme that a matrix of the document is to be written in."""
        target = self.target(choice.target)
        return self.schemes[target.scheme if target else choice.scheme]


@dataclass(frozen=True)
class Bearer:
    """Who brought a document, when (ISO text with offset, and the day), what it is called.

    ``mark`` tells it from all others: keys of what it makes are drawn from it. It must not be the same in two
    organisations, since keys lead to names without asking whose they are.
    """

    name: str
    moment: str
    day: date
    document: str
    mark: str


def answered(choice: Choice, to: str) -> Choice:
    """Return a choice as somebody made it."""
    return choice if choice.to == to else replace(choice, to=to)
