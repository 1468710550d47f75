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
        parts.append(f"{duty.code} {duty.title}")
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
class Verdicts:
    """What the rules R01, R02, R03, R08 and S04 say of a row, in words, for one scheme."""

    scheme: Scheme

    @cached_property
    def owners(self) -> tuple[Letter, ...]:
        """The letters that answer; where a scheme has none, those that lead."""
        return self._of(LetterClass.OWNER) or self._of(LetterClass.LEAD)

    @cached_property
    def doers(self) -> tuple[Letter, ...]:
        return self._of(LetterClass.DOER)

    @cached_property
    def most_owners(self) -> int | None:
        """How many cells of a row may answer, ``None`` where the scheme sets no limit."""
        limits = [letter.maximum for letter in self.owners]
        return None if None in limits else sum(limit for limit in limits if limit is not None)

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

    def weigh(self, letters: str) -> tuple[int, int]:
        """Return how many owners and doers a cell adds to its row: (0 or 1, 0 or 1)."""
        codes = set(split_letters(letters))
        return (
            int(any(letter.code in codes for letter in self.owners)),
            int(any(letter.code in codes for letter in self.doers)),
        )

    def of_row(self, claimed: str, filled: bool, owners: int, doers: int) -> str:
        """Return the verdict: `CLEAN`, or all that is wrong."""
        found = [f"{UNDECIDED}: {claimed}"] if claimed else []
        if not filled:
            found.append(NOBODY)
        else:
            found += self._of_letters(owners, doers)
        return "; ".join(found) or CLEAN

    def _of_letters(self, owners: int, doers: int) -> list[str]:
        found = []
        if not owners:
            found.append(self.no_owner)
        elif self.most_owners is not None and owners > self.most_owners:
            found.append(f"{owners} {self.owner_label}")
        if self.doers and not doers and not (self.scheme.owner_may_do and owners):
            found.append(self.no_doer)
        return found

    def _of(self, wanted: LetterClass) -> tuple[Letter, ...]:
        return tuple(letter for letter in self.scheme.letters if letter.letter_class is wanted)


def _nobody(label: str) -> str:
    return f"nobody {label}" if label.endswith("ble") else f"no {label}"
