"""What documents say in words, the same in every one of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from raci.domain.lint.finding import Finding, SubjectKind
from raci.domain.matrix import Matrix
from raci.domain.records import ScopeKind, Sheet
from raci.domain.scheme import SEPARATOR, Letter, LetterClass, Scheme, split_letters

CLEAN = "clean"
NOT_HERE = "does not apply"
UNDECIDED = "undecided"
NOBODY = "nobody assigned"
NOT_RAISED = "overlap without a decision"

_LONGEST_NAME = 300  # where a record is only pointed at

CLASS_MEANINGS = {
    LetterClass.OWNER: "answers for the outcome",
    LetterClass.DOER: "does the work",
    LetterClass.LEAD: "drives or proposes it",
    LetterClass.HELP: "helps with the work",
    LetterClass.INPUT: "is asked before it is done; answers",
    LetterClass.VETO: "can stop it",
    LetterClass.VERIFY: "checks the result",
    LetterClass.SIGN: "signs the result",
    LetterClass.NOTICE: "is told when it is done",
    LetterClass.COACH: "coaches whoever does it",
    LetterClass.OUT: "has no part in it, by decision",
}


def scope(sheet: Sheet) -> str:
    """Return what a matrix is for: "project Alpha", "every single project", "department IT"."""
    if sheet.scope_kind is ScopeKind.PROJECTS:
        return sheet.scope_name or "every single project"
    kind = "project" if sheet.scope_kind is ScopeKind.PROJECT else "department"
    return f"{kind} {sheet.scope_name}" if sheet.scope_name else f"the {kind}"


def joined(names: tuple[str, ...]) -> str:
    """Return names as a sentence has them: "Ann, Bob and Cid"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def day(moment: date) -> str:
    """Return a date as people write it: "3 May 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def short(value: str, longest: int) -> str:
    """Return words of the document's own, shortened. Never for what is on record."""
    return value if len(value) <= longest else value[: longest - 1] + "…"


def part(shown: int, total: int, told: str) -> str:
    """Return what a part of a matrix is: "12 of 121 rows: area Vendor management, undecided"."""
    return f"{shown:,} of {total:,} rows" + (f": {told}" if told else "")


def total(rows: int, clean: int, not_here: int) -> str:
    """Return the sum of a matrix: "54 rows, 48 clean, 6 to settle"."""
    rest = f", {not_here} not applicable here" if not_here else ""
    return f"{rows} {'row' if rows == 1 else 'rows'}, {clean} clean, {rows - clean - not_here} to settle{rest}"


def subject_of(matrix: Matrix, finding: Finding) -> str:
    """Return what a finding is about, by the names that people know."""
    if finding.subject.kind is SubjectKind.MATRIX:
        return "the whole matrix"
    parts = []
    if duty := matrix.duties.get(finding.subject.duty):
        parts.append(short(f"{duty.code} {duty.title}", _LONGEST_NAME))
    if role := matrix.roles.get(finding.subject.role):
        parts.append(role.name)
    return " · ".join(parts)


def claim(matrix: Matrix, duty: str) -> str:
    """Say who claims a row that is open, "" where it is not."""
    key = matrix.open_by_duty.get(duty)
    if key is None:
        return ""
    names = tuple(matrix.roles[role].name for role in matrix.claimants(key))
    said = f"claimed by {joined(names)}" if names else "claimed by nobody"
    interim = matrix.roles.get(matrix.grey_areas[key].interim)
    return f"{said}; {interim.name} in the interim" if interim else said


@dataclass(frozen=True)
class Standing:
    """What the verdict on a row depends on.

    ``claimed`` says who claims it, where it is an open grey area. ``contenders`` counts the roles that
    own or claim an overlap on which nothing is decided, 0 where the row is none.
    """

    filled: bool
    owners: int
    doers: int
    claimed: str = ""
    contenders: int = 0


@dataclass(frozen=True)
class Verdicts:
    """What the rules R01, R02, R03, R08 and S04 say of a row, in words, for one scheme.

    ``owner_may_do`` is the organisation's own answer; ``None`` leaves it to the scheme.
    """

    scheme: Scheme
    owner_may_do: bool | None = None

    @cached_property
    def owners(self) -> tuple[Letter, ...]:
        """The letters that answer for a row."""
        return self._of(self.scheme.pivot)

    @cached_property
    def doers(self) -> tuple[Letter, ...]:
        return self._of(LetterClass.DOER)

    @property
    def owner_does(self) -> bool:
        return self.scheme.owner_may_do if self.owner_may_do is None else self.owner_may_do

    @cached_property
    def owner_label(self) -> str:
        return SEPARATOR.join(letter.label for letter in self.owners).lower()

    @cached_property
    def doer_label(self) -> str:
        return SEPARATOR.join(letter.label for letter in self.doers).lower()

    @cached_property
    def no_owner(self) -> str:
        return _nobody(self.owner_label)

    @cached_property
    def no_doer(self) -> str:
        return _nobody(self.doer_label)

    def weigh(self, letters: str) -> tuple[bool, bool]:
        """Tell whether a cell adds an owner to its row, and whether it adds a doer."""
        codes = set(split_letters(letters))
        return any(item.code in codes for item in self.owners), any(item.code in codes for item in self.doers)

    def of_row(self, row: Standing) -> str:
        """Return the verdict: `CLEAN`, or all that is wrong. What a decision will bring is not missed before it."""
        found = [f"{UNDECIDED}: {row.claimed}"] if row.claimed else [NOT_RAISED] if row.contenders > 1 else []
        limit = self.scheme.owner_limit
        missing = [] if found else self._missing(row)
        if limit is not None and row.owners > limit:
            found.append(f"{row.owners} {self.owner_label}")
        return "; ".join(found + missing) or CLEAN

    def _missing(self, row: Standing) -> list[str]:
        if not row.filled:
            return [NOBODY]
        found = [] if row.owners else [self.no_owner]
        if self.doers and not row.doers and not (self.owner_does and row.owners):
            found.append(self.no_doer)
        return found

    def _of(self, wanted: LetterClass) -> tuple[Letter, ...]:
        return tuple(letter for letter in self.scheme.letters if letter.letter_class is wanted)


def _nobody(label: str) -> str:
    return f"nobody {label}" if label.endswith("ble") else f"no {label}"
