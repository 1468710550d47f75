"""What the page of a matrix and its payload say alike: sections, notes, what is wrong on a row, figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from raci.domain.lint import Finding, Level
from raci.domain.matrix import Matrix
from raci.domain.records import GreyArea
from raci.domain.scheme import LetterClass, split_letters
from raci.domain.text import code_key
from raci.web.look import age

# An undecided row is hatched and leads to where it is settled; the finding that says the same is left out.
SAID_BY_THE_ROW = "S04"

ByKey = Mapping[str, Sequence[Finding]]


@dataclass(frozen=True)
class Marks:
    """The findings that are shown: by duty, by role (those on columns), and all of them."""

    by_duty: ByKey
    by_role: ByKey
    all: Sequence[Finding]


def marks_of(findings: Iterable[Finding]) -> Marks:
    """Return the findings that the grid shows: no mere hints, and nothing that the row says itself."""
    shown = [item for item in findings if item.level is not Level.INFO and item.rule != SAID_BY_THE_ROW]
    by_duty: dict[str, list[Finding]] = {}
    by_role: dict[str, list[Finding]] = {}
    for item in shown:
        if item.subject.duty:
            by_duty.setdefault(item.subject.duty, []).append(item)
        elif item.subject.role:
            by_role.setdefault(item.subject.role, []).append(item)
    return Marks(by_duty, by_role, shown)


@dataclass(frozen=True)
class Section:
    """An area that rows of a matrix belong to, and how many of those that apply are settled."""

    area: str
    title: str
    settled: int
    total: int


def sections(matrix: Matrix) -> dict[str, Section]:
    """Return the sections of a matrix by the key of their area, in order; "" holds the other duties and comes last."""
    total = Counter(section_of(matrix, duty) for duty in matrix.applicable_rows)
    settled = Counter(section_of(matrix, duty) for duty in matrix.applicable_rows if duty not in matrix.open_by_duty)
    used = {section_of(matrix, duty) for duty in matrix.rows}
    return {
        area: Section(area, matrix.areas[area].name if area else _("Other duties"), settled[area], total[area])
        for area in sorted(used, key=lambda area: _rank(matrix, area))
    }


def in_sections(matrix: Matrix) -> list[str]:
    """Return the duties of all rows as they stand below one another: section by section, by position in each."""
    place = {area: index for index, area in enumerate(sections(matrix))}
    return sorted(matrix.row_keys, key=lambda duty: place[section_of(matrix, duty)])


def section_of(matrix: Matrix, duty: str) -> str:
    """Return the area under which the row of a duty stands, "" for the other duties."""
    area = matrix.duties[duty].area
    return area if area in matrix.areas else ""


def _rank(matrix: Matrix, area: str) -> tuple[bool, int, str, str]:
    if not area:
        return (True, 0, "", "")
    return (False, matrix.areas[area].position, code_key(matrix.areas[area].code), area)


def paired_roles(matrix: Matrix) -> set[str]:
    """Return the roles that are one of two that share an area."""
    return {role for area in matrix.areas.values() for role in area.pair}


def open_rows(matrix: Matrix) -> dict[str, str]:
    """Return the key of the open grey area of each row that is undecided."""
    return {duty: key for duty, key in matrix.open_by_duty.items() if duty in matrix.rows}


def clean_rows(matrix: Matrix, marks: Marks) -> int:
    """Return how many of the rows that apply are decided and have nothing wrong with them."""
    return sum(duty not in marks.by_duty and duty not in matrix.open_by_duty for duty in matrix.applicable_rows)


def totals(matrix: Matrix) -> tuple[str, ...]:
    """Return for each column how often its role is accountable and does the work ("4A 3R")."""
    weighty = [
        letter.code
        for letter in matrix.scheme.letters
        if letter.letter_class in (LetterClass.OWNER, LetterClass.LEAD, LetterClass.DOER)
    ]
    counts = {role: Counter[str]() for role in matrix.column_keys}
    for (role, letters), held in Counter(item for row in matrix.cells.values() for item in row.items()).items():
        for code in split_letters(letters):
            counts[role][code] += held
    return tuple(
        " ".join(f"{counts[role][code]}{code}" for code in weighty if counts[role][code]) or "–"
        for role in matrix.column_keys
    )


def note(matrix: Matrix, key: str) -> str:
    """Say who claims an open grey area, and for how long it has been open."""
    grey_area: GreyArea = matrix.grey_areas[key]
    since = age(grey_area.raised_on).replace(" ", "\N{NO-BREAK SPACE}")
    roles = matrix.claimants_by_grey_area.get(key, frozenset())
    if not roles:
        return _("nobody claims it, %(age)s") % {"age": since}
    if len(roles) == 2:
        return _("both claim it, %(age)s") % {"age": since}
    names = ", ".join(matrix.roles[role].name for role in matrix.column_keys if role in roles)
    return _("claimed by %(names)s, %(age)s") % {"names": names, "age": since}
