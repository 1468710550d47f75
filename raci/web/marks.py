"""What the page of a matrix and its payload say alike: sections, notes, what is wrong on a row, figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from raci.domain.lint import Finding, Level, SubjectKind
from raci.domain.matrix import Matrix
from raci.domain.records import GreyArea
from raci.domain.scheme import LetterClass, split_letters
from raci.domain.structure import section_rank
from raci.web.look import age

# An undecided row is hatched and leads to where it is settled; the finding that says the same is left out.
SAID_BY_THE_ROW = "S04"

ByDuty = Mapping[str, Sequence[Finding]]


def is_shown(rule: str, level: Level) -> bool:
    """Tell whether the grid shows a finding: no mere hints, and nothing that the row says itself."""
    return level is not Level.INFO and rule != SAID_BY_THE_ROW


def by_duty(findings: Iterable[Finding]) -> ByDuty:
    """Return the findings that the grid shows on rows."""
    found: dict[str, list[Finding]] = {}
    for item in findings:
        if item.subject.duty and is_shown(item.rule, item.level):
            found.setdefault(item.subject.duty, []).append(item)
    return found


@dataclass(frozen=True)
class Section:
    """An area that rows of a matrix belong to, and how many of those that apply are settled."""

    area: str
    title: str
    settled: int
    total: int


def sections(matrix: Matrix) -> dict[str, Section]:
    """Return the sections of a matrix by the key of their area, in order; "" holds the other duties and comes last."""
    duties, opened = matrix.duties, Counter[str]()
    for duty in open_rows(matrix):
        opened[section_of(matrix, duty)] += matrix.rows[duty].applies
    total = Counter([duties[duty].area for duty in matrix.applicable_rows])
    used = total.keys() | {duties[duty].area for duty, row in matrix.rows.items() if not row.applies}
    found: dict[str, Section] = {}
    for area in sorted(used & matrix.areas.keys(), key=lambda area: section_rank(matrix, area)):
        found[area] = Section(area, matrix.areas[area].name, total[area] - opened[area], total[area])
    if others := used - matrix.areas.keys():
        rest = sum(total[area] for area in others)
        found[""] = Section("", _("Other duties"), rest - opened[""], rest)
    return found


def section_of(matrix: Matrix, duty: str) -> str:
    """Return the area under which the row of a duty stands, "" for the other duties."""
    area = matrix.duties[duty].area
    return area if area in matrix.areas else ""


def paired_roles(matrix: Matrix) -> set[str]:
    """Return the roles that are one of two that share an area."""
    return {role for area in matrix.areas.values() for role in area.pair}


def open_rows(matrix: Matrix) -> dict[str, str]:
    """Return the key of the open grey area of each row that is undecided."""
    return {duty: key for duty, key in matrix.open_by_duty.items() if duty in matrix.rows}


def clean_rows(matrix: Matrix, found: ByDuty, findings: Iterable[Finding] = ()) -> int:
    """Return how many of the rows that apply are decided and have nothing wrong with them.

    What ``findings`` say of columns with some rows in mind is wrong with these as well.
    """
    wrong = {*found, *matrix.open_by_duty, *covered(findings)}
    return sum(duty not in wrong for duty in matrix.applicable_rows)


def covered(findings: Iterable[Finding]) -> set[str]:
    """Return the duties of the rows that findings on columns are about."""
    shown = (item for item in findings if item.subject.kind is SubjectKind.COLUMN and is_shown(item.rule, item.level))
    return {duty for item in shown for duty in item.covers}


def totals(matrix: Matrix) -> tuple[str, ...]:
    """Return for each column how often its role is accountable and does the work ("4A 3R")."""
    weighty = [
        letter.code
        for letter in matrix.scheme.letters
        if letter.letter_class in (LetterClass.OWNER, LetterClass.LEAD, LetterClass.DOER)
    ]
    counts = {role: Counter[str]() for role in matrix.column_keys}
    for (role, letters), held in matrix.tally.items():
        for code in split_letters(letters):
            counts[role][code] += held
    return tuple(
        " ".join(f"{counts[role][code]}{code}" for code in weighty if counts[role][code]) or "–"
        for role in matrix.column_keys
    )


def note(matrix: Matrix, key: str) -> str:
    """Say who claims an open grey area, and for how long it has been open."""
    grey_area: GreyArea = matrix.grey_areas[key]
    since = age(grey_area.open_since).replace(" ", "\N{NO-BREAK SPACE}")
    roles = matrix.claimants_by_grey_area.get(key, frozenset())
    if not roles:
        return _("nobody claims it, %(age)s") % {"age": since}
    if len(roles) == 2:
        return _("both claim it, %(age)s") % {"age": since}
    names = ", ".join(matrix.roles[role].name for role in matrix.column_keys if role in roles)
    return _("claimed by %(names)s, %(age)s") % {"names": names, "age": since}
