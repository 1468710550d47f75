"""What one of our own workbooks holds when it comes back: text and addresses, nothing decided.

The JSON form is compact: a row is a list, and its letters are one text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from raci.domain.reading import Problem

BETWEEN_CELLS = "\t"  # between the letters of a row; no letters hold one
UNREADABLE = "\ufffe"  # stands for a cell that was reported as a problem; no workbook can hold it

# What a row says of itself, in the words of the hidden row above the header.
KEY, AREA, CODE, TITLE = "key", "area", "code", "title"


class BroughtColumn(NamedTuple):
    """A column that may hold letters. ``key`` is the role's, "" where it was inserted; ``at`` is what it is called.

    ``inside`` says that it stands among the roles.
    """

    key: str
    name: str
    at: str
    hidden: bool = False
    inside: bool = True


class BroughtRow(NamedTuple):
    """A row of the table. ``key`` is the duty's, "" where it was inserted.

    ``letters`` holds what stands in every column of `BroughtBack.columns`, as it was typed, between tabs. What the
    file has no column for is "".
    """

    number: int
    key: str
    area: str
    code: str
    title: str
    letters: str
    hidden: bool = False


class BroughtQuestion(NamedTuple):
    """What somebody put down beside a grey area, and what they made of what the sheet said, with the addresses.

    ``question`` and ``due`` are None where nothing can be taken; a day that could be read is ISO text. ``edited`` has
    the addresses of all cells that say something else than at export, by the names of their columns. ``copied`` says
    that a row above has the same key. Data of former versions end with the comment.
    """

    key: str
    owner: str
    owner_at: str
    comment: str
    comment_at: str
    question: str | None = None
    due: str | None = None
    edited: Mapping[str, str] = MappingProxyType({})
    copied: bool = False


_EDITED = BroughtQuestion._fields.index("edited")


@dataclass(frozen=True)
class BroughtBack:
    """One workbook that came home.

    ``sheet`` is what the sheet of the matrix is called by now, ``facts`` lead back to the matrix and its revision,
    ``fields`` says in which column area, code and title stand, ``labels`` which letter a word of the document's own
    language means. Columns and rows stand in the order of the sheet.
    """

    sheet: str
    facts: Mapping[str, str]
    fields: Mapping[str, str]
    columns: tuple[BroughtColumn, ...] = ()
    rows: tuple[BroughtRow, ...] = ()
    questions: tuple[BroughtQuestion, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def matrix(self) -> str:
        """The key of the matrix that it was exported from."""
        return self.facts["matrix"]

    @property
    def revision(self) -> int:
        """The number of the revision that it was exported from."""
        return int(self.facts["revision"])

    @property
    def is_part(self) -> bool:
        """Whether it was narrowed: what it lacks, nobody has taken out."""
        return bool(self.facts.get("narrowed_to"))

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data; the inverse of `from_data`."""
        return {
            "sheet": self.sheet,
            "facts": dict(self.facts),
            "fields": dict(self.fields),
            "columns": [list(column) for column in self.columns],
            "rows": [list(row) for row in self.rows],
            "questions": [[*question[:_EDITED], dict(question.edited), question.copied] for question in self.questions],
            "labels": dict(self.labels),
            "problems": [problem.to_data() for problem in self.problems],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "BroughtBack":
        return cls(
            data["sheet"],
            data["facts"],
            data["fields"],
            tuple(BroughtColumn(*column) for column in data["columns"]),
            tuple(map(BroughtRow._make, data["rows"])),
            tuple(BroughtQuestion(*question) for question in data["questions"]),
            data["labels"],
            tuple(Problem.from_data(problem) for problem in data["problems"]),
        )
