"""What lint reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from raci.domain.text import Fact, Sentence


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class SubjectKind(StrEnum):
    MATRIX = "matrix"
    ROW = "row"
    COLUMN = "column"
    CELL = "cell"


@dataclass(frozen=True)
class Subject:
    """What a finding is about: a duty key for a row, a role key for a column, both for a cell.

    ``other`` is a second role where a finding is about two columns at once.
    """

    kind: SubjectKind
    duty: str = ""
    role: str = ""
    other: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that it is about."""
        return tuple(role for role in (self.role, self.other) if role)


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found.

    ``message`` and ``hint`` are texts with ``{name}`` places that ``facts`` fill, so that another
    language can fill them in its own order. ``variant`` tells apart what one rule reports in several
    ways ("owner", "doer"). ``key`` stays the same from run to run: a waiver names it. ``covers`` holds
    the duties of the rows for which a finding on the whole matrix stands.
    """

    rule: str
    name: str
    level: Level
    subject: Subject
    message: str
    hint: str
    variant: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    covers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        subject = self.subject
        parts = (self.rule, self.variant, subject.kind, subject.duty, *(subject.roles or ("",)))
        return ":".join(parts)

    @property
    def says(self) -> Sentence:
        """What was found, to be said in any language."""
        return Sentence(self.message, self.facts)

    @property
    def advises(self) -> Sentence:
        """What to do about it, to be said in any language."""
        return Sentence(self.hint, self.facts)

    @property
    def text(self) -> str:
        """What was found, in English."""
        return str(self.says)

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return str(self.advises)
