"""The duties of a role as the matrices have them: by what it does for them, then by area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from raci.domain.matrix import Matrix
from raci.domain.records import DecisionType, Mode, Part
from raci.domain.scheme import LetterClass, split_letters
from raci.domain.structure import section_of, section_rank
from raci.domain.text import code_key
from raci.domain.whole import Whole

# What a role is for a duty beside what its letters mean.
OWNS = LetterClass.OWNER.value
INTERIM = "interim"  # it acts until an open question is settled
BY_PART = "part"  # it has no letter, but a part by a decision in force

# From most to least: so groups stand in a charter.
ORDER = (
    OWNS, INTERIM, LetterClass.DOER.value, LetterClass.LEAD.value, LetterClass.HELP.value, LetterClass.SIGN.value,
    LetterClass.VERIFY.value, LetterClass.VETO.value, LetterClass.INPUT.value, LetterClass.COACH.value,
    LetterClass.NOTICE.value, BY_PART, LetterClass.OUT.value,
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """What the role gets by one part of a decision, as it was put down: see `raci.domain.settlement.Part`."""

    name: str = ""
    text: str = ""
    category: str = ""
    lower: str = ""
    upper: str = ""
    unit: str = ""
    mode: Mode = Mode.NONE


@dataclass(frozen=True)
class Ruling:
    """A decision in force on a duty, and what this role gets by it."""

    key: str
    type: DecisionType
    valid_from: date | None = None
    valid_until: date | None = None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class HeldDuty:
    """A duty in one matrix. ``contested`` while a grey area is open on it; ``letters`` are "" where it has none."""

    duty: str
    code: str
    title: str
    matrix: str
    matrix_title: str
    letters: str
    contested: bool = False
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True)
class InArea:
    """The duties of one area; ``area`` and its name are "" for duties without one."""

    area: str
    name: str
    duties: tuple[HeldDuty, ...]


@dataclass(frozen=True)
class Group:
    """The duties for which the role does the same. ``kind`` is one of `ORDER`."""

    kind: str
    areas: tuple[InArea, ...]

    @property
    def count(self) -> int:
        return sum(len(area.duties) for area in self.areas)


def held_by(whole: Whole, role: str) -> tuple[Group, ...]:
    """Return what a role holds in the rows that apply, over all matrices."""
    found: dict[str, dict[str, list[HeldDuty]]] = {}
    for matrix in whole.matrices:
        for kind, item in _in_matrix(matrix, role):
            found.setdefault(kind, {}).setdefault(section_of(matrix, item.duty), []).append(item)
    register = whole.register
    groups = []
    for kind in sorted(found, key=ORDER.index):
        ordered = sorted(found[kind], key=lambda area: section_rank(register, area))
        groups.append(Group(kind, tuple(_area(register, area, found[kind][area]) for area in ordered)))
    return tuple(groups)


def _area(register: Matrix, area: str, duties: list[HeldDuty]) -> InArea:
    # Sorting keeps matrices in their order.
    ordered = tuple(sorted(duties, key=lambda item: (code_key(item.code), item.duty)))
    return InArea(area, register.areas[area].name if area else "", ordered)


def _in_matrix(matrix: Matrix, role: str) -> Iterator[tuple[str, HeldDuty]]:
    parted = {of for of, key in matrix.parts if matrix.parts[of, key].role == role}
    for duty in matrix.applicable_rows:
        letters = matrix.letters(duty, role)
        grey_area = matrix.grey_areas.get(matrix.open_by_duty.get(duty, ""))
        interim = grey_area is not None and grey_area.interim == role
        in_force = matrix.in_force_by_duty.get(duty, ())
        if not letters and not interim and parted.isdisjoint(in_force):
            continue
        record = matrix.duties[duty]
        rulings = tuple(_ruling(matrix, key, role) for key in in_force)
        item = HeldDuty(
            duty, record.code, record.title, matrix.key, matrix.sheet.title, letters, grey_area is not None, rulings
        )
        yield (INTERIM if interim else kind_of(matrix, letters)), item


def kind_of(matrix: Matrix, letters: str) -> str:
    """Return what letters make a role for a duty: its owner, else what the heaviest of them means."""
    known = matrix.scheme.by_code
    classes = [known[code].letter_class for code in split_letters(letters) if code in known]
    if matrix.scheme.pivot in classes:
        return OWNS
    return classes[0].value if classes else BY_PART


def _ruling(matrix: Matrix, key: str, role: str) -> Ruling:
    decision = matrix.decisions[key]
    mode = Mode.NONE
    if decision.type is DecisionType.SPLIT_THRESHOLD:
        mode = Mode.LIMITS if decision.mode is Mode.LIMITS else Mode.BANDS
    terms = tuple(_term(part, mode) for part in matrix.parts_of(key) if part.role == role)
    return Ruling(key, decision.type, decision.valid_from, decision.valid_until, terms)


def _term(part: Part, mode: Mode) -> Term:
    return Term(part.name, part.text, part.category, part.lower, part.upper, part.unit, mode)
