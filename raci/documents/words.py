"""What documents say in words, the same in every one of them."""

from dataclasses import dataclass
from functools import cached_property

from raci.documents.speech import gettext as _
from raci.documents.speech import in_a_sentence, number
from raci.domain.lint.finding import Finding, Level, SubjectKind
from raci.domain.matrix import Matrix
from raci.domain.records import DecisionType, GreyAreaStatus, RoleKind, ScopeKind, Sheet
from raci.domain.scheme import SEPARATOR, Letter, LetterClass, Scheme, split_letters
from raci.domain.text import gettext_noop

# In English; whoever writes them down says them in the language of the document.
CLEAN = gettext_noop("clean")
NOT_HERE = gettext_noop("does not apply")
UNDECIDED = gettext_noop("undecided")
NOBODY = gettext_noop("nobody assigned")
NOT_RAISED = gettext_noop("overlap without a decision")
IN_FORCE = gettext_noop("in force")

# The sum of a matrix, in the parts of which its formula is made.
ONE_ROW = gettext_noop("{rows} row")
ROWS = gettext_noop("{rows} rows")
SUM = gettext_noop(", {clean} clean, {open} to settle")
REST = gettext_noop(", {count} not applicable here")
TOO_MANY = gettext_noop("{count} {label}")

STATUS = {
    GreyAreaStatus.OPEN: gettext_noop("open"),
    GreyAreaStatus.DECIDED: gettext_noop("decided"),
    GreyAreaStatus.WITHDRAWN: gettext_noop("withdrawn"),
}
DECISION = {
    DecisionType.SOLE_OWNER: gettext_noop("sole owner"),
    DecisionType.SPLIT_SCOPE: gettext_noop("split by scope"),
    DecisionType.SPLIT_THRESHOLD: gettext_noop("split by threshold"),
    DecisionType.SHARED: gettext_noop("shared, one accountable"),
    DecisionType.DELEGATE: gettext_noop("delegated"),
    DecisionType.ESCALATE: gettext_noop("escalated"),
    DecisionType.DEFER: gettext_noop("deferred"),
}
ROLE = {
    RoleKind.POST: gettext_noop("post"),
    RoleKind.GROUP: gettext_noop("group"),
    RoleKind.EXTERNAL: gettext_noop("external"),
}
LEVEL = {
    Level.ERROR: gettext_noop("error"),
    Level.WARNING: gettext_noop("warning"),
    Level.INFO: gettext_noop("info"),
}

_LONGEST_NAME = 300  # where a record is only pointed at

CLASS_MEANINGS = {
    LetterClass.OWNER: gettext_noop("answers for the outcome"),
    LetterClass.DOER: gettext_noop("does the work"),
    LetterClass.LEAD: gettext_noop("drives or proposes it"),
    LetterClass.HELP: gettext_noop("helps with the work"),
    LetterClass.INPUT: gettext_noop("is asked before it is done; answers"),
    LetterClass.VETO: gettext_noop("can stop it"),
    LetterClass.VERIFY: gettext_noop("checks the result"),
    LetterClass.SIGN: gettext_noop("signs the result"),
    LetterClass.NOTICE: gettext_noop("is told when it is done"),
    LetterClass.COACH: gettext_noop("coaches whoever does it"),
    LetterClass.OUT: gettext_noop("has no part in it, by decision"),
}


def scope(sheet: Sheet) -> str:
    """Return what a matrix is for: "project Alpha", "every single project", "department IT"."""
    if sheet.scope_kind is ScopeKind.PROJECTS:
        return sheet.scope_name or _("every single project")
    if sheet.scope_kind is ScopeKind.PROJECT:
        return _("project {name}").format(name=sheet.scope_name) if sheet.scope_name else _("the project")
    return _("department {name}").format(name=sheet.scope_name) if sheet.scope_name else _("the department")


def joined(names: tuple[str, ...]) -> str:
    """Return names as a sentence has them: "Ann, Bob and Cid"."""
    return _(" and ").join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def short(value: str, longest: int) -> str:
    """Return words of the document's own, shortened. Never for what is on record."""
    return value if len(value) <= longest else value[: longest - 1] + "…"


def part(shown: int, total: int, told: str) -> str:
    """Return what a part of a matrix is: "12 of 121 rows: area Vendor management, undecided"."""
    said = _("{shown} of {total} rows").format(shown=number(shown), total=number(total))
    return f"{said}: {told}" if told else said


def narrowed(told: str) -> str:
    """Return what stands above a part of a matrix, so that nobody takes it for the whole."""
    return _("A part of the matrix: {part}").format(part=told)


def total(rows: int, clean: int, not_here: int) -> str:
    """Return the sum of a matrix: "54 rows, 48 clean, 6 to settle"."""
    said = _(ONE_ROW if rows == 1 else ROWS) + _(SUM) + (_(REST) if not_here else "")
    return said.format(rows=rows, clean=clean, open=rows - clean - not_here, count=not_here)


def subject_of(matrix: Matrix, finding: Finding) -> str:
    """Return what a finding is about, by the names that people know."""
    if finding.subject.kind is SubjectKind.MATRIX:
        return _("the whole matrix")
    parts = []
    if duty := matrix.duties.get(finding.subject.duty):
        parts.append(short(f"{duty.code} {duty.title}", _LONGEST_NAME))
    parts += [matrix.roles[role].name for role in finding.subject.roles if role in matrix.roles]
    return " · ".join(parts)


def claim(matrix: Matrix, duty: str) -> str:
    """Say who claims a row that is open, "" where it is not."""
    key = matrix.open_by_duty.get(duty)
    if key is None:
        return ""
    names = tuple(matrix.roles[role].name for role in matrix.claimants(key))
    said = _("claimed by {roles}").format(roles=joined(names)) if names else _("claimed by nobody")
    interim = matrix.roles.get(matrix.grey_areas[key].interim)
    return said + _("; {role} in the interim").format(role=interim.name) if interim else said


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
        return SEPARATOR.join(in_a_sentence(letter.label) for letter in self.owners)

    @cached_property
    def doer_label(self) -> str:
        return SEPARATOR.join(in_a_sentence(letter.label) for letter in self.doers)

    @cached_property
    def no_owner(self) -> str:
        return _nobody(self.owners, self.owner_label)

    @cached_property
    def no_doer(self) -> str:
        return _nobody(self.doers, self.doer_label)

    def weigh(self, letters: str) -> tuple[bool, bool]:
        """Tell whether a cell adds an owner to its row, and whether it adds a doer."""
        codes = set(split_letters(letters))
        return any(item.code in codes for item in self.owners), any(item.code in codes for item in self.doers)

    def of_row(self, row: Standing) -> str:
        """Return the verdict: clean, or all that is wrong. What a decision will bring is not missed before it."""
        found = [f"{_(UNDECIDED)}: {row.claimed}"] if row.claimed else []
        if not found and row.contenders > 1:
            found = [_(NOT_RAISED)]
        limit = self.scheme.owner_limit
        missing = [] if found else self._missing(row)
        if limit is not None and row.owners > limit:
            found.append(_(TOO_MANY).format(count=row.owners, label=self.owner_label))
        return "; ".join(found + missing) or _(CLEAN)

    def _missing(self, row: Standing) -> list[str]:
        if not row.filled:
            return [_(NOBODY)]
        found = [] if row.owners else [self.no_owner]
        if self.doers and not row.doers and not (self.owner_does and row.owners):
            found.append(self.no_doer)
        return found

    def _of(self, wanted: LetterClass) -> tuple[Letter, ...]:
        return tuple(letter for letter in self.scheme.letters if letter.letter_class is wanted)


def _nobody(letters: tuple[Letter, ...], label: str) -> str:
    """Say that nobody has one of some letters: "nobody accountable", but "no driver"."""
    is_trait = bool(letters) and letters[-1].label.endswith("ble")
    return (_("nobody {label}") if is_trait else _("no {label}")).format(label=label)


def letter_label(letter: Letter) -> str:
    """Return a letter with its name as heads have it: "Accountable (A)"."""
    return f"{_(letter.label)} ({letter.code})"


def known_letters(scheme: Scheme) -> str:
    """Return all letters with their names: "A Accountable · R Responsible"."""
    return " · ".join(f"{item.code} {_(item.label)}" for item in scheme.letters)
