"""The live formulas of the Matrix sheet. They say the same as `words.Verdicts`; a test compares the two.

Only functions that every spreadsheet program has, and no dynamic arrays. A cell is searched for
"/A/" between slashes, so that "A/R" counts for A and for R, and "A-V" never for A.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from raci.documents.speech import gettext as _
from raci.documents.words import (
    CLEAN,
    NOBODY,
    NOT_HERE,
    NOT_RAISED,
    ONE_ROW,
    REST,
    ROWS,
    SUM,
    TOO_MANY,
    UNDECIDED,
    Verdicts,
)
from raci.documents.workbook.cells import literal
from raci.documents.workbook.layout import (
    ABSENT_CLAIMANT,
    CLAIM_COLUMN,
    FIRST_ROLE_COLUMN,
    FIRST_ROW,
    KEY_ROW,
    KEY_SEPARATOR,
    OVERLAP_COLUMN,
    Grid,
    letter,
)
from raci.domain.scheme import SEPARATOR, Letter


@dataclass(frozen=True)
class Formulas:
    """The formulas of one sheet; those of a row are written for ``row`` and shared by the rows below."""

    grid: Grid
    verdicts: Verdicts
    row: int

    @property
    def owners(self) -> str:
        """How many cells of the row answer."""
        return self._count_in_row(self.verdicts.owners)

    @property
    def doers(self) -> str:
        """How many cells of the row do the work."""
        return self._count_in_row(self.verdicts.doers)

    @property
    def check(self) -> str:
        """What is wrong with the row, in words."""
        claim = self._at(CLAIM_COLUMN)
        not_raised = f'IF({self._contenders}>1,{literal("; " + _(NOT_RAISED))},"")'
        open_words = f'IF({claim}="",{not_raised},{literal("; " + _(UNDECIDED) + ": ")}&{claim})'
        missing = f'IF(OR({claim}<>"",{self._contenders}>1),"",{self._missing})'
        problems = f"{open_words}&{self._too_many}&{missing}"
        return f'IF({problems}="",{literal(_(CLEAN))},MID({problems},3,32767))'

    @property
    def total(self) -> str:
        """How many rows there are, how many are clean and how many are to settle."""
        checks = self.grid.checks
        clean = f"SUMPRODUCT(--({checks}={literal(_(CLEAN))}))"
        not_here = f"SUMPRODUCT(--({begins_with(checks, NOT_HERE)}))"
        rows = f"COUNTA({checks})"
        head = f"IF({rows}=1,{_spliced(ONE_ROW, rows=rows)},{_spliced(ROWS, rows=rows)})"
        body = _spliced(SUM, clean=clean, open=f"({rows}-{clean}-{not_here})")
        return f'{head}&{body}&IF({not_here}=0,"",{_spliced(REST, count=not_here)})'

    def count_in_column(self, code: str, column: str) -> str:
        """Return how often a role has a letter, in the rows that apply."""
        cells = f"{column}${FIRST_ROW}:{column}${self.grid.last_row}"
        return (
            f"SUMPRODUCT({has((code,), cells)}*(LEFT({self.grid.checks},{len(_(NOT_HERE))})<>{literal(_(NOT_HERE))}))"
        )

    def _at(self, column: int) -> str:
        return f"${letter(column)}{self.row}"

    @property
    def _row(self) -> str:
        return f"{self._at(FIRST_ROLE_COLUMN)}:{self._at(self.grid.last_role_column)}"

    def _count_in_row(self, letters: Iterable[Letter]) -> str:
        codes = tuple(item.code for item in letters)
        if not self.grid.columns or not codes:
            return "0"
        return f"SUMPRODUCT(--({has(codes, self._row)}>0))"

    @property
    def _contenders(self) -> str:
        """How many roles own or claim a row that is an overlap without a decision."""
        overlap = self._at(OVERLAP_COLUMN)
        absent = f'LEN({overlap})-LEN(SUBSTITUTE({overlap},"{ABSENT_CLAIMANT}",""))'
        here = "0"
        if self.grid.columns:
            names = f"${letter(FIRST_ROLE_COLUMN)}${KEY_ROW}:${letter(self.grid.last_role_column)}${KEY_ROW}"
            claims = f'ISNUMBER(FIND("{KEY_SEPARATOR}"&{names}&"{KEY_SEPARATOR}",{overlap}))'
            owns = has((item.code for item in self.verdicts.owners), self._row)
            here = f"SUMPRODUCT(--({owns}+{claims}>0))"
        return f'IF({overlap}="",0,{here}+{absent})'

    @property
    def _too_many(self) -> str:
        limit, count = self.verdicts.scheme.owner_limit, self._at(self.grid.owners_column)
        if limit is None:
            return '""'
        said = _spliced(TOO_MANY, count=count, label=literal(self.verdicts.owner_label))
        return f'IF({count}>{limit},"; "&{said},"")'

    @property
    def _missing(self) -> str:
        """Words on what the letters lack; nothing at all is one lack, not two."""
        verdicts = self.verdicts
        filled = f"COUNTA({self._row})" if self.grid.columns else "0"
        no_owner = f'IF({self._at(self.grid.owners_column)}=0,{literal("; " + verdicts.no_owner)},"")'
        return f"IF({filled}=0,{literal('; ' + _(NOBODY))},{no_owner}&{self._no_doer})"

    @property
    def _no_doer(self) -> str:
        verdicts = self.verdicts
        if not verdicts.doers:
            return '""'
        owners, doers = self._at(self.grid.owners_column), self._at(self.grid.doers_column)
        missing = f"AND({doers}=0,{owners}=0)" if verdicts.owner_does else f"{doers}=0"
        return f'IF({missing},{literal("; " + verdicts.no_doer)},"")'


def begins_with(cells: str, words: str) -> str:
    """Return a formula that is true where cells begin with words, in the language of the document."""
    return f"LEFT({cells},{len(_(words))})={literal(_(words))}"


def _spliced(text: str, **expressions: str) -> str:
    """Return a formula that says a text in the language of the document, with expressions in its places."""
    parts = [
        expressions[part[1:-1]] if part.startswith("{") else literal(part)
        for part in re.split(r"(\{\w+\})", _(text))
        if part
    ]
    return "&".join(parts)


def has(codes: Iterable[str], cells: str) -> str:
    """Return a formula that is above zero where a cell holds one of the codes, whatever its case."""
    return "(" + "+".join(f"ISNUMBER(FIND({_wanted(code)},{_between_slashes(cells)}))" for code in codes) + ")"


def _wanted(code: str) -> str:
    words = literal(f"{SEPARATOR}{code}{SEPARATOR}")
    return words.upper() if code.isascii() else f"UPPER({words})"


def _between_slashes(cells: str) -> str:
    return f'UPPER("{SEPARATOR}"&{cells}&"{SEPARATOR}")'
