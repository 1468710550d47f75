"""Where things sit in the workbook. Writer and reader share this file and nothing else.

Rows and columns count from one, as people see them.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from openpyxl.utils import get_column_letter

from raci.documents.held import CannotBeHeld
from raci.documents.speech import gettext, number
from raci.domain.text import as_saved
from raci.domain.text import gettext_noop as _

FORMAT = "orgroles.matrix"
FORMAT_VERSION = 1

# The names of the sheets, in English. A reader finds them by the defined names and their order instead.
MATRIX = _("Matrix")
GREY_AREAS = _("Grey areas")
DECISIONS = _("Decisions")
ROLES = _("Roles")
WORKLOAD = _("Workload")
MEASURES = _("Measures")
FINDINGS = _("Findings")
LEGEND = _("Legend")
HOME = "orgroles"  # very hidden: the way home

# Defined names.
LEGAL_LETTERS = "orgroles_letters"  # every legal content of a cell, on the Legend
CELLS = "orgroles_cells"  # the crossings of the matrix

# Widths that decide where text wraps, in characters.
DUTY_WIDTH = 46
CHECK_WIDTH = 46

# The matrix: what stands above it.
TITLE_ROW = 1
SUBJECT_ROW = 2
REVISION_ROW = 3
TOTAL_ROW = 4
READING_ROW = 5
KEY_ROW = 6  # hidden: what each column holds
HEADER_ROW = 7
FIRST_ROW = 8

# The matrix: its columns. The hidden ones stand inside the filter, so that sorting takes them along.
KEY_COLUMN = 1
CLAIM_COLUMN = 2
INTERIM_COLUMN = 3
OVERLAP_COLUMN = 4
AREA_COLUMN = 5
CODE_COLUMN = 6
DUTY_COLUMN = 7
FIRST_ROLE_COLUMN = 8
HIDDEN_COLUMNS = (KEY_COLUMN, CLAIM_COLUMN, INTERIM_COLUMN, OVERLAP_COLUMN)

# What the hidden row says of the columns that are no role; a role's is this prefix with its key.
ROLE_PREFIX = "role:"

# What the key column says of the counts under the roles; the code of the letter follows.
COUNT_PREFIX = "count:"

# The overlap column of a row says that no decision is in force where two roles meet: a mark for each role
# that claims to own it without having a column, then the keys of those that have one, between slashes.
ABSENT_CLAIMANT = "|"
KEY_SEPARATOR = "/"
FIELD_OF_COLUMN = {
    KEY_COLUMN: "key",
    CLAIM_COLUMN: "claim",
    INTERIM_COLUMN: "interim",
    OVERLAP_COLUMN: "overlap",
    AREA_COLUMN: "area",
    CODE_COLUMN: "code",
    DUTY_COLUMN: "title",
}
# What the header says above the columns that are seen.
HEADS = {AREA_COLUMN: _("Area"), CODE_COLUMN: _("Code"), DUTY_COLUMN: _("Duty")}
OWNERS_FIELD = "owners"
DOERS_FIELD = "doers"
CHECK_FIELD = "check"

# Other sheets: a title, a sentence, the header, then records.
TABLE_TITLE_ROW = 1
TABLE_NOTE_ROW = 2
TABLE_KEY_ROW = 3  # hidden, where a sheet comes home: what its columns hold
TABLE_HEADER_ROW = 4
TABLE_FIRST_ROW = 5

# What the hidden row of the Grey areas sheet says of its columns: first those that tell what is on record, in their
# order, then two for people to fill, then two that are hidden.
QUESTION_FIELD = "question"
DUE_FIELD = "due_on"
DAY_FIELDS = ("raised_on", DUE_FIELD)
TOLD_FIELDS = (
    "code",
    "duty",
    "status",
    QUESTION_FIELD,
    "claims",
    "proposed",
    "decider",
    "interim",
    "raised_on",
    "raised_by",
    DUE_FIELD,
    "days_open",
    "usual_decision",
)
OWNER_FIELD = "proposed_owner"
COMMENT_FIELD = "comment"
GREY_AREA_FIELD = "grey_area"
PRINTS_FIELD = "as_exported"

# The Legend has the legal combinations in a column of their own.
COMBINATION_COLUMN = 8

# Names of the facts on the very hidden sheet and among the document's own properties.
FACTS = (
    "format",
    "format_version",
    "product_version",
    "export_id",
    "organisation",
    "matrix",
    "scheme",
    "revision",
    "exported_at",
)

NARROWED = "narrowed_to"  # a fact only of a file that holds a part of its matrix

_LONGEST_SHEET_NAME = 31
LAST_ROW_OF_A_SHEET = 1_048_576
LAST_COLUMN_OF_A_SHEET = 16_384


def sheet_name(name: str) -> str:
    """Return the name of a sheet in the language of the document, as a sheet may be called."""
    return re.sub(r"[\\/?*\[\]:']", " ", gettext(name))[:_LONGEST_SHEET_NAME]


def sheet_reference(name: str) -> str:
    """Return the name of a sheet as formulas have it before the exclamation mark."""
    called = sheet_name(name)
    return called if called.isascii() and called.isalpha() else f"'{called}'"


def letter(column: int) -> str:
    """Return the letters of a column: 1 is A."""
    name: str = get_column_letter(column)
    return name


def fingerprint(text: str) -> str:
    """Return what tells a text from what somebody makes of it, whatever program saves it in between."""
    return f"{zlib.crc32(as_saved(text).encode('utf-8', 'replace')):08x}"


def fingerprints(values: Sequence[str | int | date | None]) -> str:
    """Return what the columns of `TOLD_FIELDS` said at export, as one text.

    They speak the language and know the day of the export, so nobody else can tell later what they said.
    """
    return " ".join(
        f"{name}:{fingerprint('' if value is None else str(value))}"
        for name, value in zip(TOLD_FIELDS, values, strict=True)
    )


def read_fingerprints(text: str) -> Mapping[str, str]:
    """Return the fingerprints by the names of their columns; the inverse of `fingerprints`."""
    found = (item.partition(":") for item in text.split())
    return {name: print_ for name, _colon, print_ in found}


@dataclass(frozen=True)
class Grid:
    """Where the parts of the Matrix sheet are, for so many rows, role columns and letters of the scheme."""

    rows: int
    columns: int
    letters: int

    def __post_init__(self) -> None:
        if self.check_column > LAST_COLUMN_OF_A_SHEET:
            raise CannotBeHeld(
                gettext("{roles} roles make {columns} columns; a sheet holds {limit}").format(
                    roles=number(self.columns), columns=number(self.check_column), limit=number(LAST_COLUMN_OF_A_SHEET)
                ),
                sheet=MATRIX,
            )
        if self.last_count_row > LAST_ROW_OF_A_SHEET:
            raise CannotBeHeld(
                gettext("{duties} duties make {rows} rows; a sheet holds {limit}").format(
                    duties=number(self.rows), rows=number(self.last_count_row), limit=number(LAST_ROW_OF_A_SHEET)
                ),
                sheet=MATRIX,
            )

    @property
    def last_row(self) -> int:
        """The last row of the matrix; one row is kept where it has none, so that every range exists."""
        return FIRST_ROW + max(self.rows, 1) - 1

    @property
    def first_count_row(self) -> int:
        """Where the counts under the roles begin. A row stays free, or the filter would take them in."""
        return self.last_row + 2

    @property
    def last_count_row(self) -> int:
        return self.first_count_row + self.letters - 1

    @property
    def last_role_column(self) -> int:
        return FIRST_ROLE_COLUMN + self.columns - 1

    @property
    def owners_column(self) -> int:
        return FIRST_ROLE_COLUMN + self.columns

    @property
    def doers_column(self) -> int:
        return self.owners_column + 1

    @property
    def check_column(self) -> int:
        return self.owners_column + 2

    @cached_property
    def check(self) -> str:
        """The letters of the column that says in words what is wrong."""
        return letter(self.check_column)

    @property
    def checks(self) -> str:
        """The range of the words, fixed in both directions."""
        return f"${self.check}${FIRST_ROW}:${self.check}${self.last_row}"

    @property
    def cells(self) -> str:
        """The range of the crossings, "" where there are no roles."""
        if not self.columns:
            return ""
        return f"{letter(FIRST_ROLE_COLUMN)}{FIRST_ROW}:{letter(self.last_role_column)}{self.last_row}"

    @property
    def table(self) -> str:
        """Header and rows, hidden columns and all: the range of the filter."""
        return f"A{HEADER_ROW}:{self.check}{self.last_row}"

    @property
    def body(self) -> str:
        """What is seen of the rows."""
        return f"{letter(AREA_COLUMN)}{FIRST_ROW}:{self.check}{self.last_row}"

    @property
    def printed(self) -> str:
        return f"{letter(AREA_COLUMN)}1:{self.check}{self.last_count_row}"
