"""What a document is written from: one matrix at one revision, with what was found in it."""

from dataclasses import dataclass
from datetime import date, datetime

from raci.documents.speech import ENGLISH, Language
from raci.domain.lint import DEFAULTS
from raci.domain.lint.finding import Finding
from raci.domain.lint.settings import LintSettings
from raci.domain.matrix import Matrix


@dataclass(frozen=True)
class Edition:
    """One matrix at one revision, ready to leave the house. Times carry their zone.

    ``settings`` are those that the findings were made with; ``language`` is that of whoever exports it. Where
    ``matrix`` has lost rows on the way out, ``narrowed_to`` says what it was narrowed to ("12 of 121 rows: area
    Vendor management"). ``started_on`` is the day on which the matrix was made, None where nobody knows.
    """

    organisation: str
    matrix: Matrix
    findings: tuple[Finding, ...]
    revised_at: datetime
    revised_by: str
    exported_at: datetime
    exported_by: str
    export_id: str
    version: str
    settings: LintSettings = DEFAULTS
    narrowed_to: str = ""
    language: Language = ENGLISH
    started_on: date | None = None

    @property
    def revision(self) -> int:
        return self.matrix.revision

    @property
    def today(self) -> date:
        return self.exported_at.date()
