"""The live formulas of the Matrix sheet. They say the same as `words.Verdicts`; a test compares the two.

Only functions that every spreadsheet program has, and no dynamic arrays. A cell is searched for
"/A/" between slashes, so that "A/R" counts for A and for R, and "A-V" never for A.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from raci.documents.words import CLEAN, NOBODY, NOT_HERE, UNDECIDED, Verdicts
from raci.documents.workbook.cells import literal
from raci.documents.workbook.layout import CLAIM_COLUMN, FIRST_ROLE_COLUMN, FIRST_ROW, Grid, letter
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
        claim = f"${letter(CLAIM_COLUMN)}{self.row}"
        undecided = f'IF({claim}="","",{literal("; " + UNDECIDED + ": ")}&{claim})'
        problems = f"{undecided}&IF({self._filled}=0,{literal('; ' + NOBODY)},{self._owner_words}&{self._doer_words})"
        return f'IF({problems}="",{literal(CLEAN)},MID({problems},3,32767))'

    @property
    def total(self) -> str:
        """How many rows there are, how many are clean and how many are to settle."""
        checks = self.grid.checks
        clean = f"SUMPRODUCT(--({checks}={literal(CLEAN)}))"
        not_here = f"SUMPRODUCT(--(LEFT({checks},{len(NOT_HERE)})={literal(NOT_HERE)}))"
        rows = f"COUNTA({checks})"
        return (
            f'{rows}&IF({rows}=1," row, "," rows, ")&{clean}&" clean, "&({rows}-{clean}-{not_here})&" to settle"'
            f'&IF({not_here}=0,"",", "&{not_here}&" not applicable here")'
        )

    def count_in_column(self, code: str, column: str) -> str:
        """Return how often a role has a letter, in the rows that apply."""
        cells = f"{column}${FIRST_ROW}:{column}${self.grid.last_row}"
        return (
            f"SUMPRODUCT({has((code,), cells)}*(LEFT({self.grid.checks},{len(NOT_HERE)})<>{literal(NOT_HERE)}))"
        )

    @property
    def _row(self) -> str:
        return f"${letter(FIRST_ROLE_COLUMN)}{self.row}:${letter(self.grid.last_role_column)}{self.row}"

    @property
    def _filled(self) -> str:
        return f"COUNTA({self._row})" if self.grid.columns else "0"

    def _count_in_row(self, letters: Iterable[Letter]) -> str:
        codes = tuple(item.code for item in letters)
        if not self.grid.columns or not codes:
            return "0"
        return f"SUMPRODUCT(--({has(codes, self._row)}>0))"

    @property
    def _owner_words(self) -> str:
        verdicts = self.verdicts
        count = f"${letter(self.grid.owners_column)}{self.row}"
        several = '""'
        if verdicts.most_owners is not None:
            words = literal(" " + verdicts.owner_label)
            several = f'IF({count}>{verdicts.most_owners},"; "&{count}&{words},"")'
        return f"IF({count}=0,{literal('; ' + verdicts.no_owner)},{several})"

    @property
    def _doer_words(self) -> str:
        verdicts = self.verdicts
        if not verdicts.doers:
            return '""'
        owners, doers = (f"${letter(self.grid.owners_column + step)}{self.row}" for step in (0, 1))
        missing = f"AND({doers}=0,{owners}=0)" if verdicts.scheme.owner_may_do else f"{doers}=0"
        return f'IF({missing},{literal("; " + verdicts.no_doer)},"")'


def has(codes: Iterable[str], cells: str) -> str:
    """Return a formula that is above zero where a cell holds one of the codes, whatever its case."""
    return "(" + "+".join(f"ISNUMBER(FIND({_wanted(code)},{_between_slashes(cells)}))" for code in codes) + ")"


def _wanted(code: str) -> str:
    words = literal(f"{SEPARATOR}{code}{SEPARATOR}")
    return words.upper() if code.isascii() else f"UPPER({words})"


def _between_slashes(cells: str) -> str:
    return f'UPPER("{SEPARATOR}"&{cells}&"{SEPARATOR}")'
